/* custval_features: what a number of features is worth before and after use. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/scenario.h>

#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"

static custval_status check(const custval_features_terms *terms, double count, custval_error *error) {
    const struct {
        const char *name, *words;
        double number;
        int is_good;
    } all[] = {
        {"capability", "0 or more", terms->capability, terms->capability >= 0.0},
        {"saturation", "above 0", terms->saturation, terms->saturation > 0.0},
        {"usability", "a number", terms->usability, 1},
        {"burden", "0 or more", terms->burden, terms->burden >= 0.0},
        {"support", "between 0 and 1", terms->support, terms->support >= 0.0 && terms->support <= 1.0},
        {"weight", "above 0.5 and at most 1", terms->weight, terms->weight > 0.5 && terms->weight <= 1.0},
        {"count", "0 or more", count, count >= 0.0},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i].is_good && isfinite(all[i].number)) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s is %g, but must be %s", all[i].name, all[i].number,
                             all[i].words);
    }
    return CUSTVAL_OK;
}

static double capability_of(const custval_features_terms *terms, double count) {
    return terms->capability * (1.0 - custval__exp(-terms->saturation * count));
}

static double usability_of(const custval_features_terms *terms, double count) {
    return terms->usability - terms->burden * count * (1.0 - terms->support);
}

static double worth_of(const custval_features_terms *terms, double weight, double count) {
    return weight * capability_of(terms, count) + (1.0 - weight) * usability_of(terms, count);
}

/* The whole number of features at which weight C + (1 - weight) U is largest: beside the n where one more brings in as
   much capability as it costs usability, weight a b exp(-b n) = (1 - weight) c (1 - support). */
static double best(const custval_features_terms *terms, double weight) {
    const double brings = weight * terms->capability * terms->saturation;
    const double costs = (1.0 - weight) * terms->burden * (1.0 - terms->support);
    if (!(brings > costs)) return 0.0;
    if (costs == 0.0) return (double)INFINITY;
    const double below = floor(custval__log(brings / costs) / terms->saturation);
    return worth_of(terms, weight, below + 1.0) > worth_of(terms, weight, below) ? below + 1.0 : below;
}

custval_status custval_features(const custval_features_terms *terms, double count, custval_features_facts *out,
                                custval_error *error) {
    custval_features_terms whole = CUSTVAL_FEATURES_TERMS_INIT;
    custval_features_facts facts = CUSTVAL_FEATURES_FACTS_INIT;
    if (terms == NULL) return custval__fail_null(error, "terms");
    if (out == NULL) return custval__fail_null(error, "out");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, terms, "custval_features_terms", error));
    CUSTVAL__TRY(check(&whole, count, error));
    facts.capability = capability_of(&whole, count);
    facts.usability = usability_of(&whole, count);
    facts.before_use = whole.weight * facts.capability + (1.0 - whole.weight) * facts.usability;
    facts.in_use = (1.0 - whole.weight) * facts.capability + whole.weight * facts.usability;
    facts.disappointment = facts.before_use - facts.in_use;
    facts.best_before = best(&whole, whole.weight);
    facts.best_in_use = best(&whole, 1.0 - whole.weight);
    return custval__struct_write(out, &facts, sizeof facts, sizeof facts, "custval_features_facts", error);
}
