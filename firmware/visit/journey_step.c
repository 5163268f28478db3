#include "journey_step.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/scripted.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "device/printer_fake.h"

#include "journey_find.h"
#include "journey_listen.h"
#include "journey_record.h"
#include "journey_touch.h"
#include "journey_turn.h"

#define WAIT_REAL_MS_MAX 20000 /* for slow work that a step waits for */
#define TRACE_BYTES (64 * 1024)
#define TICKET_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* --- seeing -------------------------------------------------------------------------
 */

static const struct {
    const char *word;
    unsigned flag; /* 0: asked of the presenter */
} states[] = {
    {"selected", ELEMENT_SELECTED},
    {"disabled", ELEMENT_DISABLED},
    {"primary", ELEMENT_PRIMARY},
    {"recommended", ELEMENT_RECOMMENDED},
    {"error", ELEMENT_ERROR},
    {"focused", 0},
    {"pressed", 0},
};

static bool
check_see(const struct step *step, struct error *error)
{
    if (step->words[0].quoted || text_equal(step->words[0].text, "screen")) {
        return step->word_count == (step->words[0].quoted ? 1 : 2) ||
               error_set(error, ERROR_BAD_INPUT,
                         "see \"TEXT\", see screen NAME, or "
                         "see ID [STATE]");
    }
    if (step->word_count == 1) {
        return true;
    }
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (text_equal(states[i].word, step->words[1].text)) {
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT,
                     "nothing is \"%s\": selected, disabled, "
                     "primary, recommended, error, focused or "
                     "pressed",
                     step->words[1].text);
}

static bool
is_in_state(const struct journey_run *run, const struct page *page,
            const struct element *element, const char *word)
{
    int index = (int)(element - page->elements);

    if (text_equal(word, "focused")) {
        return presenter_focused(run->parts->presenter) == index;
    }
    if (text_equal(word, "pressed")) {
        return presenter_pressed(run->parts->presenter) == index;
    }
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (text_equal(states[i].word, word)) {
            return (element->flags & states[i].flag) != 0;
        }
    }
    return false;
}

/* `from` is the first word that says what to see. */
static bool
is_seen(const struct journey_run *run, const struct word *from, int count)
{
    const struct page *page = presenter_page(run->parts->presenter);
    const struct element *element;

    if (from->quoted) {
        return page_shows(page, from->text);
    }
    if (text_equal(from->text, "screen")) {
        return text_equal(page->screen, from[1].text);
    }
    element = page_find(page, from->text);
    return element != NULL &&
           (count == 1 || is_in_state(run, page, element, from[1].text));
}

static bool
is_seen_here(const struct journey_run *run, const void *data)
{
    const struct step *step = data;

    return is_seen(run, step->words, step->word_count);
}

/* Where the focus is, and what is pressed, is on the part that is shown. */
static bool
may_be_elsewhere(const struct step *step)
{
    return !step->negated && !text_equal(step->words[0].text, "screen") &&
           (step->word_count == 1 || (!text_equal(step->words[1].text, "focused") &&
                                      !text_equal(step->words[1].text, "pressed")));
}

static bool
run_see(struct journey_run *run, const struct step *step, struct error *error)
{
    const struct word *words = step->words;

    if (may_be_elsewhere(step) &&
        !turn_until(run, touch_button, is_seen_here, step, error)) {
        return false;
    }
    if (is_seen(run, words, step->word_count) != step->negated) {
        return true;
    }
    return error_set(error, ERROR_NOT_FOUND, "expected %sto see %s%s%s%s%s",
                     step->negated ? "not " : "", words[0].quoted ? "\"" : "",
                     words[0].text, words[0].quoted ? "\"" : "",
                     step->word_count > 1 ? " " : "",
                     step->word_count > 1 ? words[1].text : "");
}

/* --- time ---------------------------------------------------------------------------
 */

bool
duration_parse(const char *text, int64_t *ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"min", 60000}, {"h", 3600000}};
    char *unit;
    long number = strtol(text, &unit, 10);

    if (unit == text || number < 0 || number > 100000) {
        return false;
    }
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (text_equal(units[i].unit, unit)) {
            *ms = number * units[i].ms;
            return true;
        }
    }
    return false;
}

static bool
check_duration(const struct word *word, struct error *error)
{
    int64_t ms;

    return duration_parse(word->text, &ms) ||
           error_set(error, ERROR_BAD_INPUT, "\"%s\" is no time: 500ms, 60s, 2min, 1h",
                     word->text);
}

static bool
check_hold(const struct step *step, struct error *error)
{
    return check_duration(&step->words[1], error);
}

static bool
is_until(const struct step *step)
{
    return text_equal(step->words[0].text, "until") && step->word_count > 1;
}

static bool
check_wait(const struct step *step, struct error *error)
{
    return is_until(step) || check_duration(&step->words[0], error);
}

/* For a meaning: real time may pass meanwhile, the journey's stands still. */
static bool
wait_until(struct journey_run *run, const struct step *step, struct error *error)
{
    int64_t end_ms = time_steady_ms() + WAIT_REAL_MS_MAX;

    struct step there = *step;

    for (int i = 1; i < STEP_WORDS_MAX; i++) {
        there.words[i - 1] = step->words[i]; /* without "until" */
    }
    there.word_count--;
    while (!is_seen(run, there.words, there.word_count)) {
        if (!flow_has_work(run->parts->flow) && may_be_elsewhere(&there) &&
            (!turn_until(run, touch_button, is_seen_here, &there, error) ||
             is_seen_here(run, &there)))
        {
            return error->kind == ERROR_NONE;
        }
        if (time_steady_ms() >= end_ms) {
            return error_set(error, ERROR_NOT_FOUND, "waited for %s in vain",
                             step->words[step->word_count - 1].text);
        }
        loop_turn(run->parts->loop, 100);
    }
    return true;
}

static bool
run_wait(struct journey_run *run, const struct step *step, struct error *error)
{
    int64_t ms = 0;

    if (is_until(step)) {
        return wait_until(run, step, error);
    }
    duration_parse(step->words[0].text, &ms);
    return run->advance(run->journey, run, ms, error);
}

/* --- writing down -------------------------------------------------------------------
 */

static bool
check_name(const struct step *step, struct error *error)
{
    for (const char *at = step->words[0].text; *at != '\0'; at++) {
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && *at != '-')
        {
            return error_set(error, ERROR_BAD_INPUT,
                             "\"%s\" is no name: a-z, 0-9 and -", step->words[0].text);
        }
    }
    return true;
}

static void
make_path(const struct journey_run *run, const struct step *step, const char *ending,
          char path[PRINTER_PATH_BYTES])
{
    struct text text = text_begin(path, PRINTER_PATH_BYTES);

    text_format(&text, "%s/%s.%s",
                run->parts->pictures != NULL ? run->parts->pictures : ".",
                step->words[0].text, ending);
}

static bool
run_picture(struct journey_run *run, const struct step *step, struct error *error)
{
    char path[PRINTER_PATH_BYTES];

    make_path(run, step, "png", path);
    return record_picture(run, path, error);
}

static bool
run_trace(struct journey_run *run, const struct step *step, struct error *error)
{
    char *trace = memory_allocate(TRACE_BYTES, 1);
    char path[PRINTER_PATH_BYTES];
    bool written;

    page_trace(presenter_page(run->parts->presenter), trace, TRACE_BYTES);
    make_path(run, step, "txt", path);
    written = file_write(path, trace, strlen(trace), 0644, error);
    free(trace);
    return written;
}

/* The ticket that was printed since the last such step. */
static bool
run_ticket(struct journey_run *run, const struct step *step, struct error *error)
{
    char printed[PRINTER_PATH_BYTES], path[PRINTER_PATH_BYTES];
    size_t length;
    char *png;
    bool written;

    if (run->parts->printer == NULL || !printer_last(run->parts->printer, printed) ||
        text_equal(printed, run->ticket))
    {
        return error_set(error, ERROR_NOT_FOUND, "no ticket was printed");
    }
    text_copy(run->ticket, sizeof(run->ticket), printed);
    png = file_read(printed, TICKET_BYTES_MAX, &length, error);
    if (png == NULL) {
        return false;
    }
    make_path(run, step, "png", path);
    written = file_write(path, png, length, 0644, error);
    free(png);
    return written;
}

/* --- the world around ---------------------------------------------------------------
 */

static bool
check_printer(const struct step *step, struct error *error)
{
    return printer_fake_play_of(step->words[0].text) != NULL ||
           error_set(error, ERROR_BAD_INPUT, "a printer is never \"%s\"",
                     step->words[0].text);
}

static bool
run_printer(struct journey_run *run, const struct step *step, struct error *error)
{
    struct printer *printer = run->parts->printer;

    return (printer != NULL && printer_play(printer, step->words[0].text)) ||
           error_set(error, ERROR_REFUSED, "the printer \"%s\" can't pretend that",
                     printer != NULL ? printer->name : "none");
}

static bool
check_network(const struct step *step, struct error *error)
{
    return text_equal(step->words[0].text, "up") ||
           text_equal(step->words[0].text, "down") ||
           error_set(error, ERROR_BAD_INPUT, "the network is up or down");
}

static bool
run_network(struct journey_run *run, const struct step *step, struct error *error)
{
    (void)error;
    run->parts->set_network(run->parts->data, text_equal(step->words[0].text, "up"));
    return true;
}

static bool
is_scripted(const struct journey_run *run, struct error *error)
{
    return run->parts->scripted != NULL ||
           error_set(error, ERROR_REFUSED, "only the maker \"scripted\" can do that");
}

static enum error_kind
kind_of(const char *name)
{
    for (int kind = ERROR_BAD_INPUT; kind < ERROR_KIND_COUNT; kind++) {
        if (text_equal(error_kind_name((enum error_kind)kind), name)) {
            return (enum error_kind)kind;
        }
    }
    return ERROR_NONE;
}

static bool
check_appointments(const struct step *step, struct error *error)
{
    return kind_of(step->words[0].text) != ERROR_NONE ||
           error_set(error, ERROR_BAD_INPUT,
                     "appointments go wrong as taken, uncertain, offline, refused, "
                     "not-found or bad-input");
}

static bool
run_appointments(struct journey_run *run, const struct step *step, struct error *error)
{
    if (!is_scripted(run, error)) {
        return false;
    }
    scripted_fail_next(run->parts->scripted, kind_of(step->words[0].text));
    return true;
}

static bool
run_numbers(struct journey_run *run, const struct step *step, struct error *error)
{
    return (run->parts->walk_in != NULL &&
            walk_in_play(run->parts->walk_in, step->words[0].text)) ||
           error_set(error, ERROR_REFUSED,
                     "only scripted numbers can be closed, full, offline, uncertain or "
                     "unknown");
}

static bool
check_day(const struct step *step, struct error *error)
{
    struct date date;

    return date_parse(step->words[0].text, &date) ||
           error_set(error, ERROR_BAD_INPUT, "\"%s\" is no day: 2026-12-01",
                     step->words[0].text);
}

/* "free 2026-12-01 "09:20 10:00*"", and without times: closed. */
static bool
run_day(struct journey_run *run, const struct step *step, struct error *error)
{
    struct date date = {0};

    if (!is_scripted(run, error)) {
        return false;
    }
    date_parse(step->words[0].text, &date);
    return scripted_set_day(run->parts->scripted, run->parts->location, date,
                            step->word_count > 1 ? step->words[1].text : NULL, error);
}

/* Done when the file is read: it says when the journey begins. */
static bool
run_nothing(struct journey_run *run, const struct step *step, struct error *error)
{
    (void)run;
    (void)step;
    (void)error;
    return true;
}

/* --- how the screen is set ---------------------------------------------------------
 */

static const char *const text_sizes[TEXT_SIZE_COUNT] = {"normal", "large", "largest"};

static bool
check_text(const struct step *step, struct error *error)
{
    for (int i = 0; i < TEXT_SIZE_COUNT; i++) {
        if (text_equal(text_sizes[i], step->words[0].text)) {
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT, "letters are normal, large or largest");
}

static bool
run_text(struct journey_run *run, const struct step *step, struct error *error)
{
    (void)error;
    for (int i = 0; i < TEXT_SIZE_COUNT; i++) {
        if (text_equal(text_sizes[i], step->words[0].text)) {
            run->text = (enum text_size)i;
        }
    }
    return true;
}

static const struct verb verbs[] = {
    {"clock", 1, 1, false, NULL, run_nothing, false},
    {"text", 1, 1, false, check_text, run_text, false},
    {"tap", 1, 1, false, NULL, run_tap, false},
    {"hold", 2, 2, false, check_hold, run_hold, false},
    {"slide", 1, 1, false, NULL, run_slide, false},
    {"touch", 2, 2, false, check_touch, run_touch, false},
    {"type", 1, 1, false, NULL, run_type, false},
    {"language", 1, 1, false, check_language, run_language, false},
    {"press", 1, 1, false, check_press, run_press, false},
    {"reach", 1, 1, false, NULL, run_reach, false},
    {"scan", 1, 1, false, NULL, run_scan, false},
    {"see", 1, 2, true, check_see, run_see, true},
    {"hear", 1, 1, true, NULL, run_hear, true},
    {"say-nothing", 0, 0, false, NULL, run_say_nothing, true},
    {"listen-for", 1, 1, false, NULL, run_listen_for, true},
    {"spell", 1, 1, false, NULL, run_spell, true},
    {"headphones", 1, 1, false, check_headphones, run_headphones, false},
    {"wait", 1, 3, false, check_wait, run_wait, false},
    {"picture", 1, 1, false, check_name, run_picture, true},
    {"record", 1, 1, false, check_name, run_record, false},
    {"trace", 1, 1, false, check_name, run_trace, true},
    {"ticket", 1, 1, false, check_name, run_ticket, false},
    {"printer", 1, 1, false, check_printer, run_printer, false},
    {"network", 1, 1, false, check_network, run_network, false},
    {"appointments", 1, 1, false, check_appointments, run_appointments, false},
    {"numbers", 1, 1, false, NULL, run_numbers, false},
    {"free", 2, 2, false, check_day, run_day, false},
    {"closed", 1, 1, false, check_day, run_day, false},
};

const struct verb *
verb_find(const char *name)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (text_equal(verbs[i].name, name)) {
            return &verbs[i];
        }
    }
    return NULL;
}
