/* Worths from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/status.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../worth/worth.h"
#include "document.h"
#include "json.h"
#include "path.h"
#include "shape.h"

/* A quantity is a number or the name of a column. */
#define QUANTITY (CUSTVAL__JSON_NUMBER | CUSTVAL__JSON_TEXT)
#define MEMBERS_MOST (CUSTVAL__WORTH_RULES_MOST + CUSTVAL__WORTH_KINDS + 6)

typedef struct loader {
    custval__json_document document;
    custval_worth *worth;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} loader;

static custval_status fail(loader *load, const custval__json *value, custval_status status, const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

/* ---- Shapes, which follow from the kinds ---------------------------------------------------------------------------- */

/* Appends the members of one kind: its quantities, its children, a note, and those of the whole document. */
static custval_status check_shape(loader *load, const custval__json *object, uint32_t kind) {
    const custval__worth_kind *const which = &custval__worth_kinds[kind];
    custval__member members[MEMBERS_MOST] = {{NULL, 0, 0, 0, 0}};
    size_t count = 0;
    if (kind == CUSTVAL__WORTH_ROOT) {
        members[count++] = (custval__member){"custval", CUSTVAL__JSON_TEXT, 0, 0, 1};
        members[count++] = (custval__member){"version", CUSTVAL__JSON_NUMBER, 0, 0, 1};
        members[count++] = (custval__member){"preset", CUSTVAL__JSON_TEXT, 0, 0, 0};
        members[count++] = (custval__member){"period", CUSTVAL__JSON_TEXT, 0, 0, 0};
    }
    members[count++] = (custval__member){"note", CUSTVAL__JSON_TEXT, 0, 0, 0};
    for (uint32_t i = 0; i < which->rule_count; i++) {
        members[count++] = (custval__member){which->rules[i].key, QUANTITY, 0, 0, which->rules[i].required};
    }
    for (uint32_t child = kind + 1; child < CUSTVAL__WORTH_KINDS; child++) {
        const uint32_t types = custval__worth_kinds[child].is_list ? CUSTVAL__JSON_ARRAY : CUSTVAL__JSON_OBJECT;
        const uint32_t elements = child == CUSTVAL__WORTH_GAINS ? QUANTITY : CUSTVAL__JSON_OBJECT;
        if (custval__worth_kinds[child].parent != kind) continue;
        members[count++] = (custval__member){custval__worth_kinds[child].key, types,
                                             custval__worth_kinds[child].is_list ? elements : 0, 0, 0};
    }
    const custval__shape shape = {"worth", which->words, members};
    return custval__shape_check(object, &shape, &load->error);
}

/* ---- Reading -------------------------------------------------------------------------------------------------------- */

static custval_status read_quantity(loader *load, const custval__json *value, const custval__worth_rule *rule,
                                    custval__quantity *out) {
    *out = (custval__quantity){value != NULL, CUSTVAL_NONE, value == NULL ? rule->otherwise : value->number};
    if (value == NULL) return CUSTVAL_OK;
    if (value->type == CUSTVAL__JSON_TEXT) {
        if (value->text[0] == 0) return fail(load, value, CUSTVAL_ERROR_DOCUMENT, "a column's name must not be empty");
        return custval__worth_add_column(load->worth, value->text, rule->range, &out->column, &load->error);
    }
    if (custval__worth_in_range(rule->range, value->number)) return CUSTVAL_OK;
    return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g must be %s", value->number,
                              custval__worth_range_words(rule->range));
}

static custval_status copy_text(loader *load, const custval__json *value, const char **out) {
    if (value == NULL) return CUSTVAL_OK;
    *out = custval__arena_text(&load->worth->arena, value->text, strlen(value->text));
    return *out == NULL ? custval__fail_memory(&load->error) : CUSTVAL_OK;
}

static custval_status read_entry(loader *load, const custval__json *object, uint32_t kind,
                                 custval__worth_entry *entry) {
    const custval__worth_kind *const which = &custval__worth_kinds[kind];
    if (kind == CUSTVAL__WORTH_GAINS) return read_quantity(load, object, which->rules, entry->quantities);
    CUSTVAL__TRY(check_shape(load, object, kind));
    CUSTVAL__TRY(copy_text(load, custval__json_member(object, "note"), &entry->note));
    for (uint32_t i = 0; i < which->rule_count; i++) {
        const custval__json *const value = custval__json_member(object, which->rules[i].key);
        CUSTVAL__TRY(read_quantity(load, value, &which->rules[i], &entry->quantities[i]));
    }
    return CUSTVAL_OK;
}

/* The member of a kind, or NULL: parents are members of the root, whose shape was checked. */
static const custval__json *member_of(const loader *load, uint32_t kind) {
    const custval__worth_kind *const which = &custval__worth_kinds[kind];
    const custval__json *parent = load->document.root;
    if (kind == CUSTVAL__WORTH_ROOT) return parent;
    if (which->parent != CUSTVAL__WORTH_ROOT) {
        parent = custval__json_member(parent, custval__worth_kinds[which->parent].key);
    }
    return parent == NULL || parent->type != CUSTVAL__JSON_OBJECT ? NULL : custval__json_member(parent, which->key);
}

static custval_status read_kind(loader *load, uint32_t kind) {
    const custval__json *const member = member_of(load, kind);
    custval__worth_list *const list = &load->worth->lists[kind];
    if (member == NULL) return CUSTVAL_OK;
    const uint32_t is_list = custval__worth_kinds[kind].is_list;
    const uint32_t count = is_list ? member->count : 1;
    if (count == 0) return fail(load, member, CUSTVAL_ERROR_STRUCTURE, "must not be empty; leave it out");
    if (count > CUSTVAL__WORTH_ENTRIES_MOST) {
        return custval__json_fail(member, CUSTVAL_ERROR_LIMIT, &load->error, "%u entries, but at most %d are allowed",
                                  (unsigned)count, CUSTVAL__WORTH_ENTRIES_MOST);
    }
    list->entries = custval__arena_alloc(&load->worth->arena, count, sizeof *list->entries);
    if (list->entries == NULL) return custval__fail_memory(&load->error);
    list->count = count;
    if (!is_list) return read_entry(load, member, kind, list->entries);
    for (const custval__json *element = member->first; element != NULL; element = element->next) {
        CUSTVAL__TRY(read_entry(load, element, kind, &list->entries[element->index]));
    }
    return CUSTVAL_OK;
}

/* Quantities that the document may have at most: each could name a column. */
static size_t count_quantities(const loader *load) {
    size_t count = 0;
    for (uint32_t kind = 0; kind < CUSTVAL__WORTH_KINDS; kind++) {
        const custval__json *const member = member_of(load, kind);
        const size_t entries = member == NULL ? 0 : custval__worth_kinds[kind].is_list ? member->count : 1;
        count += (entries < CUSTVAL__WORTH_ENTRIES_MOST ? entries : CUSTVAL__WORTH_ENTRIES_MOST) *
                 custval__worth_kinds[kind].rule_count;
    }
    return count;
}

/* ---- What the parts must have together ------------------------------------------------------------------------------ */

static int given(const loader *load, uint32_t kind, uint32_t quantity) {
    return custval__worth_is_given(load->worth, kind, quantity);
}

static custval_status check_existing(loader *load) {
    const custval__json *const object = member_of(load, CUSTVAL__WORTH_EXISTING);
    uint32_t others = 0;
    for (uint32_t i = CUSTVAL__REVENUE; i <= CUSTVAL__KEEP; i++) others += given(load, CUSTVAL__WORTH_EXISTING, i) != 0;
    if (given(load, CUSTVAL__WORTH_EXISTING, CUSTVAL__EXISTING_VALUE)) {
        return others == 0 ? CUSTVAL_OK
                           : fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                                  "is either a ready \"value\" or made of revenue and costs, not both");
    }
    if (!given(load, CUSTVAL__WORTH_EXISTING, CUSTVAL__REVENUE)) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE, "needs \"revenue\", or a ready \"value\"");
    }
    const int has_margin = given(load, CUSTVAL__WORTH_EXISTING, CUSTVAL__MARGIN);
    if (has_margin != given(load, CUSTVAL__WORTH_EXISTING, CUSTVAL__COST_OF_GOODS)) return CUSTVAL_OK;
    return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                "needs either \"margin\" (share of the revenue) or \"cost_of_goods\", to turn revenue into profit");
}

static custval_status check_potential(loader *load) {
    const custval__json *const object = member_of(load, CUSTVAL__WORTH_POTENTIAL);
    const int has_lists = custval__worth_has(load->worth, CUSTVAL__WORTH_TRIGGERS) ||
                          custval__worth_has(load->worth, CUSTVAL__WORTH_CROSS);
    const int terms = given(load, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__PERIODS) +
                      given(load, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__FIRST_PERIOD) +
                      given(load, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__RETENTION);
    if (has_lists && terms == 3) return CUSTVAL_OK;
    if (has_lists) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                    "purchases to come need \"periods\", \"first_period\" (0 or 1) and \"retention\"");
    }
    if (terms > 0) return fail(load, object, CUSTVAL_ERROR_STRUCTURE, "periods without \"triggers\" or \"cross\"");
    return given(load, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__POTENTIAL_VALUE)
               ? CUSTVAL_OK
               : fail(load, object, CUSTVAL_ERROR_STRUCTURE, "needs \"triggers\" or \"cross\", or a ready \"value\"");
}

static custval_status check_chain(loader *load) {
    const custval__json *const object = member_of(load, CUSTVAL__WORTH_CHAIN);
    if (object == NULL) return CUSTVAL_OK;
    if (!custval__worth_has(load->worth, CUSTVAL__WORTH_REFERRALS)) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE, "a chain needs \"referrals\" to begin with");
    }
    const custval__quantity *const chain = load->worth->lists[CUSTVAL__WORTH_CHAIN].entries[0].quantities;
    const double k = chain[CUSTVAL__CHAIN_K].number, decay = chain[CUSTVAL__CHAIN_DECAY].number;
    const int is_stated =
        chain[CUSTVAL__CHAIN_K].column == CUSTVAL_NONE && chain[CUSTVAL__CHAIN_DECAY].column == CUSTVAL_NONE;
    if (!is_stated || k * decay < 1.0) return CUSTVAL_OK;
    return custval__json_fail(object, CUSTVAL_ERROR_RANGE, &load->error,
                              "k x decay is %g, but must be below 1: such a chain grows with every link", k * decay);
}

static custval_status check_satisfaction(loader *load, const custval__json *object) {
    const custval__quantity *const all = load->worth->lists[CUSTVAL__WORTH_INFLUENCE].entries[0].quantities;
    const custval__quantity from = all[CUSTVAL__RECOMMENDS_FROM], below = all[CUSTVAL__COMPLAINS_BELOW];
    if (all[CUSTVAL__SATISFACTION].is_given != (from.is_given || below.is_given)) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                    "\"satisfaction\" goes with \"recommends_from\" or \"complains_below\", and they with it");
    }
    if (custval__worth_has(load->worth, CUSTVAL__WORTH_COMPLAINTS) != (below.is_given != 0)) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                    "\"complaints\" go with \"complains_below\", the satisfaction below which they are made");
    }
    const int are_stated =
        from.is_given && below.is_given && from.column == CUSTVAL_NONE && below.column == CUSTVAL_NONE;
    if (!are_stated || below.number <= from.number) return CUSTVAL_OK;
    return custval__json_fail(object, CUSTVAL_ERROR_RANGE, &load->error,
                              "complains_below is %g, but must not be above recommends_from, %g", below.number,
                              from.number);
}

static custval_status check_influence(loader *load) {
    const custval__json *const object = member_of(load, CUSTVAL__WORTH_INFLUENCE);
    const int has_margins = given(load, CUSTVAL__WORTH_INFLUENCE, CUSTVAL__INFLUENCE_VALUE) ||
                            custval__worth_has(load->worth, CUSTVAL__WORTH_REFERRALS) ||
                            custval__worth_has(load->worth, CUSTVAL__WORTH_REFERENCE);
    if (!has_margins && !custval__worth_has(load->worth, CUSTVAL__WORTH_HELPED) &&
        !custval__worth_has(load->worth, CUSTVAL__WORTH_COMPLAINTS)) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                    "needs \"referrals\", \"helped\", \"reference\", \"complaints\" or a ready \"value\"");
    }
    if (has_margins && !given(load, CUSTVAL__WORTH_INFLUENCE, CUSTVAL__ATTRIBUTION)) {
        return fail(
            load, object, CUSTVAL_ERROR_STRUCTURE,
            "needs \"attribution\": the share (0..1) of others' margins that counts here; their own value counts "
            "the rest, so 1 only where they are no rows of the table");
    }
    CUSTVAL__TRY(check_chain(load));
    return check_satisfaction(load, object);
}

static custval_status check_learning(loader *load) {
    const custval__json *const object = member_of(load, CUSTVAL__WORTH_LEARNING);
    const int has_value = given(load, CUSTVAL__WORTH_LEARNING, CUSTVAL__LEARNING_VALUE);
    const int has_flows =
        given(load, CUSTVAL__WORTH_LEARNING, CUSTVAL__LOSS) || custval__worth_has(load->worth, CUSTVAL__WORTH_GAINS);
    const int has_score = given(load, CUSTVAL__WORTH_LEARNING, CUSTVAL__SCORE);
    const int has_price = given(load, CUSTVAL__WORTH_LEARNING, CUSTVAL__MONEY_PER_POINT);
    if (load->worth->preset == CUSTVAL__WORTH_THREE) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE, "preset \"three\" has no learning value");
    }
    if (has_price && !has_score) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE, "\"money_per_point\" goes with a \"score\"");
    }
    if (has_value + has_flows + has_price > 1) {
        return fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                    "its money is either a ready \"value\", \"loss\" and \"gains\", or \"money_per_point\"");
    }
    return has_value || has_flows || has_score ? CUSTVAL_OK
                                               : fail(load, object, CUSTVAL_ERROR_STRUCTURE,
                                                      "needs a \"score\", \"loss\" and \"gains\", or a \"value\"");
}

/* Is any money of another period than now? */
static int is_discounted(const loader *load) {
    static const uint32_t dated[] = {CUSTVAL__WORTH_REFERRALS, CUSTVAL__WORTH_HELPED, CUSTVAL__WORTH_COMPLAINTS};
    if (given(load, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__PERIODS)) return 1;
    for (size_t k = 0; k < sizeof dated / sizeof dated[0]; k++) {
        const custval__worth_list *const list = &load->worth->lists[dated[k]];
        /* The period is the first quantity of all three. */
        for (uint32_t i = 0; i < list->count; i++) {
            if (list->entries[i].quantities[CUSTVAL__REFERRAL_PERIOD].is_given) return 1;
        }
    }
    return custval__worth_has(load->worth, CUSTVAL__WORTH_GAINS) ||
           custval__worth_has(load->worth, CUSTVAL__WORTH_WALLET);
}

static custval_status check_rate(loader *load) {
    const custval__json *const root = load->document.root;
    const int has_rate = given(load, CUSTVAL__WORTH_ROOT, CUSTVAL__RATE);
    if (is_discounted(load) && !has_rate) {
        return fail(
            load, root, CUSTVAL_ERROR_STRUCTURE,
            "money of later periods needs a \"rate\" (0 to leave it undiscounted) and the \"period\" it is for");
    }
    if (has_rate && load->worth->period == NULL) {
        return fail(
            load, root, CUSTVAL_ERROR_STRUCTURE,
            "a rate needs the \"period\" of the flows in words, e.g. \"year\"; where the rate is for several of "
            "them, \"rate_period\" says how many");
    }
    if (!has_rate && given(load, CUSTVAL__WORTH_ROOT, CUSTVAL__RATE_PERIOD)) {
        return fail(load, root, CUSTVAL_ERROR_STRUCTURE, "\"rate_period\" goes with a \"rate\"");
    }
    return CUSTVAL_OK;
}

static custval_status check_parts(loader *load) {
    const uint32_t parts = custval_worth_parts(load->worth);
    if ((parts & ~(uint32_t)CUSTVAL_WORTH_WALLET) == 0) {
        return fail(load, load->document.root, CUSTVAL_ERROR_STRUCTURE,
                    "a worth needs a part: \"existing\", \"potential\", \"influence\" or \"learning\"");
    }
    if (parts & CUSTVAL_WORTH_EXISTING) CUSTVAL__TRY(check_existing(load));
    if (parts & CUSTVAL_WORTH_POTENTIAL) CUSTVAL__TRY(check_potential(load));
    if (parts & CUSTVAL_WORTH_INFLUENCE) CUSTVAL__TRY(check_influence(load));
    if (parts & CUSTVAL_WORTH_LEARNING) CUSTVAL__TRY(check_learning(load));
    return check_rate(load);
}

/* ---- The document --------------------------------------------------------------------------------------------------- */

static custval_status read_preset(loader *load) {
    const custval__json *const preset = custval__json_member(load->document.root, "preset");
    if (preset == NULL) return CUSTVAL_OK;
    if (strcmp(preset->text, CUSTVAL__WORD_FOUR) == 0) load->worth->preset = CUSTVAL__WORTH_FOUR;
    if (strcmp(preset->text, CUSTVAL__WORD_THREE) == 0) load->worth->preset = CUSTVAL__WORTH_THREE;
    if (load->worth->preset != 0) return CUSTVAL_OK;
    return fail(load, preset, CUSTVAL_ERROR_DOCUMENT, "a preset is \"four\" or \"three\"");
}

static custval_status parse(loader *load, const custval_host *host, const char *text, size_t length) {
    CUSTVAL__TRY(custval__json_read(&load->document, host, text, length, &load->error));
    CUSTVAL__TRY(custval__shape_check_head(load->document.root, "worth", CUSTVAL__WORTH_VERSION, &load->error));
    CUSTVAL__TRY(check_shape(load, load->document.root, CUSTVAL__WORTH_ROOT));
    CUSTVAL__TRY(custval__worth_new(host, count_quantities(load), &load->worth, &load->error));
    CUSTVAL__TRY(read_preset(load));
    CUSTVAL__TRY(copy_text(load, custval__json_member(load->document.root, "period"), &load->worth->period));
    for (uint32_t kind = 0; kind < CUSTVAL__WORTH_KINDS; kind++) CUSTVAL__TRY(read_kind(load, kind));
    return check_parts(load);
}

custval_status custval_worth_parse(const custval_host *host, const char *text, size_t length, custval_worth **out,
                                   custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    loader load = {.error = CUSTVAL_ERROR_INIT};
    const custval_status status = parse(&load, &whole, text, length);
    custval__json_free(&load.document);
    if (status == CUSTVAL_OK) {
        *out = load.worth;
        return CUSTVAL_OK;
    }
    custval_worth_free(load.worth);
    return custval__fail(error, status, "%s", load.error.message);
}
