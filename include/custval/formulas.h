/* custval: formulas of money for one customer, one purchase, one programme. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_FORMULAS_H
#define CUSTVAL_FORMULAS_H

#include <stddef.h>
#include <stdint.h>

#include "lifetime.h"
#include "macros.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file formulas.h
 * @brief Margin multiples, contractual value, present values, economic value to the customer, returns.
 *
 * @defgroup formulas Formulas of money
 *
 * Formulas on single numbers, as books print them, but with every convention stated and every divergence refused.
 * Rates, retention and flows are of one and the same period. None allocates; on failure *out is NaN. All are
 * thread-safe.
 * @{
 */

/** @brief When the first margin comes. @since 0.1 */
enum custval_first_margin {
    CUSTVAL_FIRST_NOW = 1,    /**< At once, certain and undiscounted. */
    CUSTVAL_FIRST_NEXT = 2    /**< After one period, if the customer is retained until then. */
};

/** @brief Terms of a margin multiple. @since 0.1 */
typedef struct custval_multiple_terms {
    size_t struct_size;       /**< Set by #CUSTVAL_MULTIPLE_TERMS_INIT. */
    double retention;         /**< P(kept) per period, 0..1. */
    double rate;              /**< Discount rate per period, > -1. */
    double growth;            /**< Growth of the margin per period, >= -1; default 0. */
    uint32_t first;           /**< A ::custval_first_margin; required: the two differ by a whole margin. */
    uint32_t periods;         /**< Number of margins; 0: for ever. At most 1000000. */
} custval_multiple_terms;

/** @brief Initialiser of a ::custval_multiple_terms. @since 0.1 */
#define CUSTVAL_MULTIPLE_TERMS_INIT {sizeof(custval_multiple_terms), 0, 0, 0, 0, 0}

/**
 * @brief Gives how many times its margin a customer is worth.
 *
 * First margin now: sum of q^t, t from 0, with q = r (1 + g) / (1 + i); for ever (1 + i) / (1 + i - r (1 + g)). Next:
 * sum of r^t (1 + g)^(t - 1) / (1 + i)^t, t from 1; for ever r / (1 + i - r (1 + g)) (Gupta & Lehmann 2003, Journal of
 * Interactive Marketing 17(1):9-24; 2005, Managing Customers as Investments).
 * @param terms retention, rate, growth, when the first margin comes, how many there are.
 * @param[out] out the multiple.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (also when `first` is not stated), #CUSTVAL_ERROR_RANGE (a term; r (1 +
 *         g) >= 1 + i for ever, which diverges), #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_margin_multiple(const custval_multiple_terms *terms, double *out,
                                                                     custval_error *error);

/** @brief Terms of a contract. @since 0.1 */
typedef struct custval_contract_terms {
    size_t struct_size;       /**< Set by #CUSTVAL_CONTRACT_TERMS_INIT. */
    double contribution;      /**< Gross contribution of a period; any sign. */
    double cost;              /**< Cost of keeping the customer, per period; any sign. */
    double retention;         /**< P(renewal), 0..1. */
    double rate;              /**< Discount rate per period, > -1. */
    uint32_t periods;         /**< n: contributions at t = first, ..., n. At most 1000000. */
    uint32_t first;           /**< A ::custval_first_margin: contributions from t = 0 or from t = 1; required. */
    uint32_t cost_timing;     /**< A ::custval_timing: when in period t = 1, ..., n its cost is paid; 0: in its
                                   middle. */
    uint32_t reserved;        /**< 0. */
} custval_contract_terms;

/** @brief Initialiser of a ::custval_contract_terms. @since 0.1 */
#define CUSTVAL_CONTRACT_TERMS_INIT {sizeof(custval_contract_terms), 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Gives the value of a customer under contract.
 *
 * Sum of contribution r^t / (1 + d)^t, t from `first` to n, - sum of cost r^(t-1) / (1 + d)^(t - s), t from 1 to n,
 * where s is 0 at the period's end, 0.5 in its middle, 1 at its beginning (Berger & Nasr 1998, Journal of Interactive
 * Marketing 12(1):17-30, case 1: now, middle).
 * @param terms the terms.
 * @param[out] out the value.
 * @param[out] error may be NULL.
 * @return as custval_margin_multiple().
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_contractual_value(const custval_contract_terms *terms, double *out,
                                                                       custval_error *error);

/**
 * @brief Gives the net present value of flows: sum of flow_k / (1 + rate)^(k + first).
 * @param flows money of any sign, one per period; may be NULL if there are none.
 * @param count how many.
 * @param first period of the first flow, >= 0, not only whole: 0 now, 1 at the end of the first period, 0.5 in its
 *              middle.
 * @param rate discount rate per period, > -1.
 * @param[out] out the value.
 * @param[out] error may be NULL; names the flow.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_present_value(const double *flows, size_t count, double first,
                                                                   double rate, double *out, custval_error *error);

/**
 * @brief Gives what owning a product costs over its life: price + sum of cost_t / (1 + rate)^t, t from 1, - residual /
 *        (1 + rate)^count.
 * @param price paid now, with what it takes to get it running.
 * @param costs of use, upkeep and disposal, one per period, at its end; may be NULL if there are none.
 * @param count how many: the life in periods.
 * @param residual what the product brings at the end of its life.
 * @param rate discount rate per period, > -1.
 * @param[out] out the life-cycle cost.
 * @param[out] error may be NULL; names the cost.
 * @return as custval_present_value().
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_life_cycle_cost(double price, const double *costs, size_t count,
                                                                     double residual, double rate, double *out,
                                                                     custval_error *error);

/** @brief Terms of the economic value to the customer. @since 0.1 */
typedef struct custval_economic_terms {
    size_t struct_size;       /**< Set by #CUSTVAL_ECONOMIC_TERMS_INIT. */
    double reference_cost;    /**< Life-cycle cost of the reference product, its price included. */
    double start_up;          /**< What starting with ours costs, without its price. */
    double post_purchase;     /**< What using ours costs over its life, discounted. */
    double increment;         /**< What ours gives beyond the reference, in money, discounted. */
    double price;             /**< Price of ours. */
} custval_economic_terms;

/** @brief Initialiser of a ::custval_economic_terms. @since 0.1 */
#define CUSTVAL_ECONOMIC_TERMS_INIT {sizeof(custval_economic_terms), 0, 0, 0, 0, 0}

/**
 * @brief Gives the economic value of our product to a customer: the price at which it is as good as the reference.
 *
 * reference_cost - start_up - post_purchase + increment (Forbis & Mehta 1981, Business Horizons 24(3):32-42).
 * @param terms costs and gains.
 * @param[out] out the value.
 * @param[out] out_inducement value - price: what the customer gains by changing; may be NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_economic_value(const custval_economic_terms *terms, double *out,
                                                                    double *out_inducement, custval_error *error);

/**
 * @brief Gives the return on a programme: (gain - cost) / cost, e.g. the gain in customer equity (Rust, Lemon &
 *        Zeithaml 2004).
 * @param gain what it adds, before its cost; any sign.
 * @param cost what it costs, > 0; both at present value.
 * @param[out] out the return; 0.447 for 44.7 %.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (cost), #CUSTVAL_ERROR_NOT_FINITE.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programme_return(double gain, double cost, double *out,
                                                                      custval_error *error);

/**
 * @brief Gives the most that a change of a probability may cost: (after - before) x value.
 * @param before P(acquired) or P(kept) without the effort, 0..1.
 * @param after the same with it, 0..1; less than before gives less than 0.
 * @param value what a customer is worth once acquired or kept.
 * @param[out] out the allowable spending per customer.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_allowable_spend(double before, double after, double value,
                                                                     double *out, custval_error *error);

/**
 * @brief Gives P(active) by the simple rule (last / period)^purchases.
 *
 * Reinartz & Kumar (2000, Journal of Marketing 64(4):17-35), after Schmittlein & Morrison (1985).
 * @param last time of the last purchase since the first one, 0 to `period`.
 * @param period time observed since the first purchase, > 0.
 * @param purchases number of purchases, >= 0 and whole. With none it is 1.
 * @param[out] out the probability.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_active_probability(double last, double period, double purchases,
                                                                        double *out, custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
