#include "visit/journey.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#include "journey_listen.h"
#include "journey_step.h"
#include "journey_touch.h"
#include "journey_turn.h"

#define JOURNEY_BYTES_MAX (256 * 1024)
#define STEPS_MAX 2000
#define SETTLE_REAL_MS_MAX 30000 /* slow work that takes longer has got stuck */
#define TICKS_MAX 100000         /* of one wait: a timer that is always due */
#define STEADY_START_MS 1000     /* any number does */

struct journey {
    char name[160]; /* the file's path, for messages */
    struct step *steps;
    size_t step_count;
    int64_t start; /* instant */
    atomic_llong passed_ms;
};

struct moment
journey_now(void *data)
{
    struct journey *journey = data;
    int64_t passed_ms = atomic_load(&journey->passed_ms);

    return (struct moment){.now = journey->start + passed_ms / 1000,
                           .now_ms = STEADY_START_MS + passed_ms};
}

/* --- reading ------------------------------------------------------------------------
 */

/* The next word of the line, stepping past it. False at the end, or when it is wrong:
 * then `error` says how. */
static bool
read_word(const char **line, struct word *word, struct error *error)
{
    const char *at = *line;
    struct text text = text_begin(word->text, sizeof(word->text));

    while (*at == ' ' || *at == '\t') {
        at++;
    }
    if (*at == '\0' || *at == '#') {
        return false;
    }
    word->quoted = *at == '"';
    if (word->quoted) {
        at++;
    }
    while (*at != '\0' && (word->quoted ? *at != '"' : *at != ' ' && *at != '\t')) {
        if (word->quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\')) {
            at++;
        }
        text_add_bytes(&text, at++, 1);
    }
    if (word->quoted && *at++ != '"') {
        return error_set(error, ERROR_BAD_INPUT, "a quote is not closed");
    }
    *line = at;
    return !text.truncated || error_set(error, ERROR_BAD_INPUT, "a word is too long");
}

static bool
read_step(const char *line, struct step *step, struct error *error)
{
    struct word verb;

    if (!read_word(&line, &verb, error)) {
        return false; /* nothing on this line, or wrong */
    }
    step->negated = text_equal(verb.text, "not");
    if (step->negated && !read_word(&line, &verb, error)) {
        return error_set(error, ERROR_BAD_INPUT, "not what?");
    }
    step->verb = verb_find(verb.text);
    if (step->verb == NULL || verb.quoted || (step->negated && !step->verb->can_negate))
    {
        return error_set(error, ERROR_BAD_INPUT, "there is no step \"%s%s\"",
                         step->negated ? "not " : "", verb.text);
    }
    for (struct word word; read_word(&line, &word, error);) {
        if (step->word_count == step->verb->words_max) {
            return error_set(error, ERROR_BAD_INPUT, "%s: \"%s\" is a word too many",
                             step->verb->name, word.text);
        }
        step->words[step->word_count++] = word;
    }
    if (error->kind != ERROR_NONE) {
        return false;
    }
    if (step->word_count < step->verb->words_min) {
        return error_set(error, ERROR_BAD_INPUT, "%s: something is missing behind it",
                         step->verb->name);
    }
    return step->verb->check == NULL || step->verb->check(step, error);
}

/* "2026-12-01T14:05+01:00": seconds may be left out. */
static bool
read_clock(const char *text, int64_t *instant)
{
    char whole[TIME_TEXT_BYTES + 8];
    struct text with_seconds = text_begin(whole, sizeof(whole));

    if (instant_parse(text, instant)) {
        return true;
    }
    if (strlen(text) < 16) {
        return false;
    }
    text_add_bytes(&with_seconds, text, 16);
    text_add(&with_seconds, ":00");
    text_add(&with_seconds, text + 16);
    return instant_parse(whole, instant);
}

static bool
add_step(struct journey *journey, const struct step *step, struct error *error)
{
    if (journey->step_count == STEPS_MAX) {
        return error_set(error, ERROR_BAD_INPUT, "a journey has %d steps at most",
                         STEPS_MAX);
    }
    if (text_equal(step->verb->name, "clock")) {
        if (journey->step_count > 0) {
            return error_set(error, ERROR_BAD_INPUT,
                             "the clock is set before all else");
        }
        return read_clock(step->words[0].text, &journey->start) ||
               error_set(error, ERROR_BAD_INPUT,
                         "\"%s\" is no time: 2026-12-01T14:05+01:00",
                         step->words[0].text);
    }
    journey->steps[journey->step_count++] = *step;
    return true;
}

static bool
read_steps(struct journey *journey, char *file, struct error *error)
{
    int number = 0;

    for (char *line = file; line != NULL;) {
        char *end = strchr(line, '\n');
        struct step step = {.line = ++number};
        struct error wrong = {0};

        if (end != NULL) {
            *end = '\0';
        }
        line[strcspn(line, "\r")] = '\0';
        if (read_step(line, &step, &wrong) && !add_step(journey, &step, &wrong)) {
            wrong.kind = ERROR_BAD_INPUT;
        }
        if (wrong.kind != ERROR_NONE) {
            *error = wrong;
            return error_prefix(error, "%s:%d", journey->name, number);
        }
        line = end != NULL ? end + 1 : NULL;
    }
    return journey->step_count > 0 ||
           error_set(error, ERROR_BAD_INPUT, "%s: there are no steps in it",
                     journey->name);
}

struct journey *
journey_open(const char *path, struct error *error)
{
    struct journey *journey = memory_allocate(1, sizeof(*journey));
    size_t length;
    char *file = file_read(path, JOURNEY_BYTES_MAX, &length, error);
    bool read = false;

    text_copy(journey->name, sizeof(journey->name), path);
    journey->start = time_now_s();
    journey->steps = memory_allocate(STEPS_MAX, sizeof(journey->steps[0]));
    if (file != NULL) {
        read = read_steps(journey, file, error);
    }
    free(file);
    if (!read) {
        journey_close(journey);
        return NULL;
    }
    return journey;
}

void
journey_close(struct journey *journey)
{
    if (journey == NULL) {
        return;
    }
    free(journey->steps);
    free(journey);
}

/* --- running ------------------------------------------------------------------------
 */

static bool
settle(struct journey_run *run, struct error *error)
{
    int64_t end_ms = time_steady_ms() + SETTLE_REAL_MS_MAX;

    loop_turn(run->parts->loop, 0);
    while (flow_has_work(run->parts->flow)) {
        if (time_steady_ms() >= end_ms) {
            return error_set(error, ERROR_UNCERTAIN,
                             "slow work does not come to an end");
        }
        loop_turn(run->parts->loop, 100);
    }
    loop_turn(run->parts->loop, 0);
    return true;
}

static bool
advance(struct journey *journey, struct journey_run *run, int64_t ms,
        struct error *error)
{
    struct presenter *presenter = run->parts->presenter;
    int64_t end_ms = journey_now(journey).now_ms + ms;

    for (int ticks = 0; presenter_next_ms(presenter) <= end_ms; ticks++) {
        int64_t due_ms = presenter_next_ms(presenter);

        if (ticks == TICKS_MAX) {
            return error_set(error, ERROR_UNCERTAIN, "something is due without end");
        }
        if (due_ms > journey_now(journey).now_ms) {
            atomic_store(&journey->passed_ms, due_ms - STEADY_START_MS);
        }
        presenter_tick(presenter);
        if (!settle(run, error)) {
            return false;
        }
    }
    atomic_store(&journey->passed_ms, end_ms - STEADY_START_MS);
    return true;
}

bool
journey_run(struct journey *journey, const struct journey_parts *parts,
            struct error *error)
{
    struct journey_run run = {
        .parts = parts, .advance = advance, .settle = settle, .journey = journey};

    for (size_t i = 0; i < journey->step_count; i++) {
        const struct step *step = &journey->steps[i];
        bool good =
            settle(&run, error) && keep_text(&run, error) && read_codes(&run, error);

        if (!step->verb->listens) {
            listen_anew(&run);
        }
        if (!good || !step->verb->run(&run, step, error)) {
            return error_prefix(error, "%s:%d: %s", journey->name, step->line,
                                step->verb->name);
        }
    }
    return settle(&run, error);
}
