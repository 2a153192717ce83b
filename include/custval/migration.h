/* custval: how customers move between states from one period to the next. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_MIGRATION_H
#define CUSTVAL_MIGRATION_H

#include <stddef.h>
#include <stdint.h>

#include "equity.h"
#include "host.h"
#include "macros.h"
#include "status.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file migration.h
 * @brief Migration matrices: counts, probabilities, flows, forecasts, the steady state, tests.
 *
 * @defgroup migration Migration of customers
 *
 * A migration follows customers through periods. It is fed one table per period, with each customer's state - a group,
 * a band, or a stage such as suspect, prospect, customer - and counts who went from where to where:
 *
 *     const char *states[] = {"suspect", "prospect", "customer"};          // from the lowest to the highest
 *     custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
 *     options.states = states; options.states_count = 3;
 *     custval_migration_new(&options, &migration, &error);
 *     custval_migration_add(migration, spring, &error);
 *     custval_migration_add(migration, autumn, &error);                    // one step
 *     custval_migration_matrix(migration, CUSTVAL_ALL_STEPS, CUSTVAL_MATRIX_PROBABILITIES, &matrix, &error);
 *
 * A customer who was seen before and is not in a period's table is *absent*: the last state, lowest of all, from which
 * it may come back. One who was never seen before is a *newcomer*, who comes from no state and is counted apart. One
 * whose state is missing in a table is *unknown* there: neither the step to it nor the step from it is counted. So
 * nobody is lost from the books: see custval_migration_flows().
 * @{
 */

/** @brief Customers' states in one period after the other, and what moved between them. @since 0.1 */
typedef struct custval_migration custval_migration;

#define CUSTVAL_ALL_STEPS ((uint32_t)-1) /**< All steps of a migration together. @since 0.1 */

/** @brief What a matrix shows. @since 0.1 */
enum custval_matrix {
    CUSTVAL_MATRIX_COUNTS = 1,       /**< Customers. The default. */
    CUSTVAL_MATRIX_PROBABILITIES = 2 /**< Shares of those in the state before. */
};

/** @brief What a migration reads. @since 0.1 */
typedef struct custval_migration_options {
    size_t struct_size;        /**< Set by #CUSTVAL_MIGRATION_OPTIONS_INIT. */
    const custval_host *host;  /**< Memory; NULL: defaults. */
    const char *const *states; /**< All states but the absent one, from the lowest to the highest; copied. */
    size_t states_count;       /**< How many, 1 to #CUSTVAL_MAX_STATES - 1. */
    const char *absent;        /**< Name of the state of who is not there; default "absent". */
    const char *id;            /**< Column of the customer, texts or whole numbers; default "customer". */
    const char *state;         /**< Column of the state, texts or whole numbers; default "state". */
    uint32_t empty;            /**< A ::custval_empty_state: the probabilities of a state in which no customer was; 0:
                                    refuse. */
    uint32_t reserved;         /**< 0. */
} custval_migration_options;

/** @brief Initialiser of a ::custval_migration_options. @since 0.1 */
#define CUSTVAL_MIGRATION_OPTIONS_INIT {sizeof(custval_migration_options), 0, 0, 0, 0, 0, 0, 0, 0}

/** @name Making one
 * @{ */

/**
 * @brief Makes a migration without periods.
 * @param options the states.
 * @param[out] out the migration, to be freed with custval_migration_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (number of states), #CUSTVAL_ERROR_DUPLICATE (a
 *         state twice, or called like the absent one), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_new(const custval_migration_options *options,
                                                                   custval_migration **out, custval_error *error);

/**
 * @brief Adds the next period.
 * @param migration the migration.
 * @param table one row per customer; borrowed. It may have no rows: then everybody is absent.
 * @param[out] error may be NULL; names column, row and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a column; a state that was not named),
 *         #CUSTVAL_ERROR_TYPE (also customers that are texts in one period and integers in another),
 *         #CUSTVAL_ERROR_RANGE (no customer in a row), #CUSTVAL_ERROR_DUPLICATE (a customer twice),
 *         #CUSTVAL_ERROR_LIMIT (more than 1024 periods), #CUSTVAL_ERROR_MEMORY. After a failure the migration is as it
 *         was.
 * @note Not while another thread uses the migration.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_add(custval_migration *migration,
                                                                   const custval_table *table, custval_error *error);

/**
 * @brief Frees a migration.
 * @param migration the migration, or NULL.
 * @note Not while another thread uses the migration.
 * @since 0.1
 */
CUSTVAL_API void custval_migration_free(custval_migration *migration);

/**
 * @brief Gives the number of steps: periods less one.
 * @param migration the migration; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_migration_steps(const custval_migration *migration);

/**
 * @brief Gives the number of states, the absent one included, which is the last.
 * @param migration the migration; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_migration_states(const custval_migration *migration);

/**
 * @brief Gives the name of a state.
 * @param migration the migration.
 * @param state below custval_migration_states().
 * @return text owned by the migration; NULL if there is no such state.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_migration_state(const custval_migration *migration, uint32_t state);
/** @} */

/** @name What moved
 * @{ */

/**
 * @brief Gives the matrix of a step, or of all steps together.
 *
 * One row per state, the absent one last: `from`, and a column of numbers `to_<state>` for each state. Newcomers and
 * customers of unknown state are in no cell. Probabilities divide by the sum of the row; a row without customers is
 * filled by custval_migration_options::empty.
 * @param migration the migration.
 * @param step 0 for the first, or #CUSTVAL_ALL_STEPS: the sum of the counts.
 * @param what a ::custval_matrix.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the state.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (no such step, no such matrix),
 *         #CUSTVAL_ERROR_STATE (no step yet; a state without customers, refused), #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_matrix(const custval_migration *migration, uint32_t step,
                                                                      uint32_t what, custval_table **out,
                                                                      custval_error *error);

/**
 * @brief Gives the flows of a step, or the sums of those of all steps, state by state.
 *
 * One row per state, the absent one included, then one of all states but it (`state` "all"). Out of the state: `before`
 * = `stayed` + `upgraded` (to a higher state) + `downgraded` (to a lower one) + `lost` (became absent) + `unknown`
 * (nobody knows where). Into it: `after` = stayed + `upgraded_in` (from a lower state) + `downgraded_in` (from a higher
 * one) + `returned` (was absent) + `newcomers` + `unknown_in` (nobody knows from where). `net` = after - before. Coming
 * back from the absent state counts there as `upgraded`, becoming absent as `downgraded_in`; in the row of all states
 * it does not.
 * @param migration the migration.
 * @param step as in custval_migration_matrix().
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_STATE (no step yet),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_flows(const custval_migration *migration, uint32_t step,
                                                                     custval_table **out, custval_error *error);
/** @} */

/** @name Where it leads
 *
 * These take the probabilities of all steps together: a chain whose next step depends on the present state only.
 * custval_migration_test() says whether that is believable.
 * @{ */

/**
 * @brief Forecasts how many customers will be in each state.
 *
 * One row per step, 0 the last period: `step`, and a column of numbers for each state under its name; x(k + 1) = x(k) P
 * + newcomers. A state must not be called "step".
 * @param migration the migration.
 * @param steps how many, at most 100000.
 * @param newcomers customers who come to each state with every step, one number >= 0 per state; NULL: nobody.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_migration_matrix(); #CUSTVAL_ERROR_NOT_FINITE (newcomers).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_forecast(const custval_migration *migration,
                                                                        uint32_t steps, const double *newcomers,
                                                                        custval_table **out, custval_error *error);

/** @brief What custval_migration_steady() says of the chain. @since 0.1 */
typedef struct custval_steady_facts {
    size_t struct_size; /**< Set by #CUSTVAL_STEADY_FACTS_INIT. */
    uint32_t closed;    /**< Closed classes: sets of states that nobody leaves. With more than one the end depends on
                             the beginning. */
    uint32_t absorbing; /**< Those that are a single state. */
    uint32_t passing;   /**< States that everybody leaves for good in the end. */
    uint32_t period;    /**< Largest period of a closed class. 1: the shares settle; more: they go round for ever, and
                             `share` is their mean over time. */
} custval_steady_facts;

/** @brief Initialiser of a ::custval_steady_facts. @since 0.1 */
#define CUSTVAL_STEADY_FACTS_INIT {sizeof(custval_steady_facts), 0, 0, 0, 0}

/**
 * @brief Gives the steady state of the closed chain: where the customers of the last period end, if nobody new comes.
 *
 * One row per state: `state`, `class` (number of its closed class from 0; missing for a state that is only passed
 * through), `absorbing` (1: nobody leaves it), `share` (of the customers in the long run), `customers` (share x those
 * of the last period, the absent ones included, unknown ones not). Within a closed class the shares solve x = x P by
 * elimination without subtraction (Grassmann, Taksar & Heyman 1985, Operations Research 33:1107-1116); how many end in
 * each class follows from where the customers are now (Kemeny & Snell 1960, Finite Markov Chains, chapter 3).
 * @param migration the migration.
 * @param[in,out] facts its `struct_size` must be set; may be NULL.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_migration_matrix(); #CUSTVAL_ERROR_STATE also where no customer has a state in the last period, or
 *         where the chain hardly ever ends.
 * @note Const use may be shared. Time grows with states^3.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_steady(const custval_migration *migration,
                                                                      custval_steady_facts *facts, custval_table **out,
                                                                      custval_error *error);

/**
 * @brief Gives what a customer in each state is worth: custval_markov_value() of the matrix of all steps.
 * @param migration the migration.
 * @param rewards money had in each period spent in a state, the absent one last.
 * @param options rate and horizon; `counts` and `empty` are the migration's and must be 0. NULL: defaults.
 * @param[out] values receives one value per state; left alone on failure.
 * @param[out] error may be NULL; names states, counted from 0.
 * @return as custval_markov_value(); #CUSTVAL_ERROR_STATE also without a step.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_value(const custval_migration *migration,
                                                                     const double *rewards,
                                                                     const custval_markov_options *options,
                                                                     double *values, custval_error *error);

/** @brief What custval_migration_test() finds. @since 0.1 */
typedef struct custval_migration_fit {
    size_t struct_size; /**< Set by #CUSTVAL_MIGRATION_FIT_INIT. */
    double statistic;   /**< Pearson's chi-square. */
    double likelihood;  /**< Likelihood ratio, -2 ln of it: nearly the same where counts are large. */
    double freedom;     /**< Degrees of freedom. */
    double p;           /**< Probability of a chi-square at least as large if the matrices are equal; NaN without
                             freedom. */
    double least;       /**< Smallest expected count. Below 5 the probability is rough (Cochran 1954). */
} custval_migration_fit;

/** @brief Initialiser of a ::custval_migration_fit. @since 0.1 */
#define CUSTVAL_MIGRATION_FIT_INIT {sizeof(custval_migration_fit), 0, 0, 0, 0, 0}

/**
 * @brief Tests whether steps have the same probabilities, or two migrations do.
 *
 * Chi-square = sum over steps t and states i, j of n_i(t) (p_ij(t) - p_ij)^2 / p_ij, where p is that of all together;
 * freedom = sum over states of (steps in which the state was left - 1) x (states reached from it - 1) (Anderson &
 * Goodman 1957, Annals of Mathematical Statistics 28:89-110).
 * @param migration the migration; alone: its steps against each other.
 * @param other a migration of the same states: all steps of the one against all steps of the other. NULL: none.
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (other states), #CUSTVAL_ERROR_STATE (fewer than two steps, or none of
 *         one), #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_migration_test(const custval_migration *migration,
                                                                    const custval_migration *other,
                                                                    custval_migration_fit *out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
