/* custval report: one page of HTML that shows what other commands found. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "report.h"

static const command_help help = {
    "report",
    "[OPTIONS]",
    "Writes a report as one HTML file, which needs no network: what customers perceive, what drives it,\n"
    "who they are and what they are worth, what plans would do. Each option takes the CSV that another\n"
    "command wrote; what is not given is left out. Nothing is computed anew. Of a table of more than\n"
    "1000 rows the page carries 1000, evenly; means and distributions are of all.",
    "  custval report -o report.html --title \"Advertisers 2026\" --values scores.csv\n"
    "  custval report -o report.html --language zh --values scores.csv --lifetime lifetimes.csv\n",
};

#define KINDS_MOST 32

typedef struct choices {
    const char *output, *title, *language, *date, *money;
    text_list notes;
    data_options data;
    const char *files[KINDS_MOST]; /* of report_kinds */
} choices;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static void check_text(const char *option_name, const char *text) {
    char shown[QUOTED_SIZE];
    if (text == NULL || custval__utf8_valid(text, strlen(text))) return;
    fail_usage(help.name, "%s: %s is not UTF-8", option_name, quoted(text, strlen(text), shown));
}

static void check(const choices *chosen) {
    static const option_word languages[] = {{"en", 1}, {"zh", 2}, {"ko", 3}, {NULL, 0}};
    char shown[QUOTED_SIZE];
    int32_t days = 0;
    args_word(help.name, "--language", chosen->language, languages);
    if (chosen->date != NULL && custval__date_days(chosen->date, strlen(chosen->date), &days) != 0) {
        fail_usage(help.name, "--date: %s is not a date YYYY-MM-DD", quoted(chosen->date, strlen(chosen->date), shown));
    }
    check_text("--title", chosen->title);
    check_text("--money", chosen->money);
    for (size_t i = 0; i < chosen->notes.count; i++) check_text("--note", chosen->notes.texts[i]);
    int given = 0, inputs = 0;
    for (size_t i = 0; report_kinds[i].name != NULL; i++) {
        given += chosen->files[i] != NULL;
        inputs += chosen->files[i] != NULL && strcmp(chosen->files[i], "-") == 0;
    }
    if (given == 0) fail_usage(help.name, "there is nothing to show: give a table, e.g. --values FILE");
    if (inputs > 1) fail_usage(help.name, "standard input can be one table only");
}

/* ---- The payload ------------------------------------------------------------------------------------------------- */

static void write_member(buffer *to, const char *name, const char *text) {
    buffer_format(to, "\"%s\": ", name);
    if (text == NULL) {
        buffer_text(to, "null");
    } else {
        json_write_text(to, text, strlen(text));
    }
    buffer_text(to, ", ");
}

static void write_payload(const choices *chosen, const char *language, buffer *to) {
    char by[64];
    custval__format(by, sizeof by, "custval %s", custval_version_string());
    buffer_text(to, "{\"custval\": \"report\", \"version\": 1, ");
    write_member(to, "by", by);
    write_member(to, "title", chosen->title);
    write_member(to, "language", language);
    write_member(to, "date", chosen->date);
    write_member(to, "money", chosen->money);
    buffer_text(to, "\"notes\": [");
    for (size_t i = 0; i < chosen->notes.count; i++) {
        if (i > 0) buffer_text(to, ", ");
        json_write_text(to, chosen->notes.texts[i], strlen(chosen->notes.texts[i]));
    }
    buffer_text(to, "], \"tables\": {");
    const char *between = "\n";
    for (size_t i = 0; report_kinds[i].name != NULL; i++) {
        if (chosen->files[i] == NULL) continue;
        buffer_text(to, between);
        report_table(&report_kinds[i], chosen->files[i], &chosen->data, chosen->output, to);
        between = ",\n";
    }
    buffer_text(to, "}}");
}

/* ---- The page ---------------------------------------------------------------------------------------------------- */

/* JSON inside <script>: nothing in it may look like markup, or end a line of JavaScript where JSON does not. */
static void put_json(buffer *to, const buffer *json) {
    static const char separator[] = "\xe2\x80"; /* of U+2028 and U+2029 */
    for (size_t i = 0; i < json->length; i++) {
        const char byte = json->data[i];
        const int is_separator = json->length - i > 2 && memcmp(json->data + i, separator, 2) == 0 &&
                                 (json->data[i + 2] == '\xa8' || json->data[i + 2] == '\xa9');
        if (byte == '<' || byte == '>' || byte == '&') {
            buffer_text(to, byte == '<' ? "\\u003c" : byte == '>' ? "\\u003e" : "\\u0026");
        } else if (is_separator) {
            buffer_text(to, json->data[i + 2] == '\xa8' ? "\\u2028" : "\\u2029");
            i += 2;
        } else {
            buffer_byte(to, byte);
        }
    }
}

static void put_text(buffer *to, const char *text) {
    for (; *text != 0; text++) {
        switch (*text) {
        case '<': buffer_text(to, "&lt;"); break;
        case '>': buffer_text(to, "&gt;"); break;
        case '&': buffer_text(to, "&amp;"); break;
        default: buffer_byte(to, *text);
        }
    }
}

/* Copies the page up to a mark; gives what follows it. */
static const char *put_until(buffer *to, const char *page, const char *mark) {
    const char *const found = strstr(page, mark);
    if (found == NULL) fail("the page has no %s", mark);
    buffer_put(to, page, (size_t)(found - page));
    return found + strlen(mark);
}

static void write_report(const choices *chosen) {
    const char *const language = chosen->language == NULL ? "en" : chosen->language;
    buffer payload = {NULL, 0, 0}, page = {NULL, 0, 0};
    write_payload(chosen, language, &payload);
    const char *rest = put_until(&page, report_page[0].text, "@@language@@");
    buffer_text(&page, language);
    rest = put_until(&page, rest, "@@title@@");
    put_text(&page, chosen->title == NULL ? "custval" : chosen->title);
    rest = put_until(&page, rest, "@@payload@@");
    put_json(&page, &payload);
    buffer_text(&page, rest);
    command_write(chosen->output, &page);
    buffer_free(&payload);
    buffer_free(&page);
}

int cmd_report(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option common[] = {
        OPTION_OF_OUTPUT(chosen.output),
        {"--title", 0, OPTION_TEXT, &chosen.title, "TEXT", "what the report is about"},
        {"--language", 0, OPTION_TEXT, &chosen.language, "CODE", "en, zh or ko (default: en)"},
        {"--date", 0, OPTION_TEXT, &chosen.date, "DATE", "YYYY-MM-DD, to be printed (default: none)"},
        {"--money", 0, OPTION_TEXT, &chosen.money, "WORD", "what money is counted in, e.g. EUR"},
        {"--note", 0, OPTION_TEXTS, &chosen.notes, "TEXT", "to be printed under notes; may be repeated"},
        OPTIONS_OF_DATA(chosen.data),
    };
    enum { COMMON = sizeof common / sizeof common[0] };
    option options[COMMON + KINDS_MOST + 1] = {{NULL, 0, OPTION_END, NULL, NULL, NULL}};
    char names[KINDS_MOST][32], helps[KINDS_MOST][64];
    size_t kinds = 0;
    for (; report_kinds[kinds].name != NULL; kinds++) {
        custval__format(names[kinds], sizeof names[kinds], "--%s", report_kinds[kinds].name);
        custval__format(helps[kinds], sizeof helps[kinds], "from %s", report_kinds[kinds].from);
        options[kinds] = (option){names[kinds], 0, OPTION_TEXT, &chosen.files[kinds], "FILE", helps[kinds]};
    }
    memcpy(options + kinds, common, sizeof common);
    args_read(argc, argv, &help, options, 0, 0, arguments);
    check(&chosen);
    write_report(&chosen);
    free(chosen.notes.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
