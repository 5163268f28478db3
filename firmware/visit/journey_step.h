#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "visit/journey.h"

/* One line of a journey, and what doing it means. */

#define STEP_WORDS_MAX 3
#define STEP_WORD_BYTES 200

struct word {
    char text[STEP_WORD_BYTES];
    bool quoted;
};

struct step {
    int line;
    bool negated; /* "not see …" */
    const struct verb *verb;
    struct word words[STEP_WORDS_MAX]; /* after the verb */
    int word_count;
};

/* A journey under way. */
struct journey_run {
    const struct journey_parts *parts;
    /* Lets that much time pass; every timer due rings in its turn. */
    bool (*advance)(struct journey *journey, struct journey_run *run, int64_t ms,
                    struct error *error);
    /* Lets slow work come to its end. */
    bool (*settle)(struct journey_run *run, struct error *error);
    struct journey *journey;
    char ticket[PRINTER_PATH_BYTES];     /* the last that a step took */
    char qr[APPOINTMENT_CHECK_IN_BYTES]; /* in the code that was shown last */
    char code[16];                       /* to type, likewise */
    char record[STEP_WORD_BYTES];        /* "": taps are not recorded */
    int recorded;
    enum text_size text; /* whoever begins a visit sets the letters so at once */
    bool text_set, ticket_read;
};

struct verb {
    const char *name;
    int words_min, words_max;
    bool can_negate;
    /* Can this line be done at all? NULL: any words will do. */
    bool (*check)(const struct step *step, struct error *error);
    bool (*run)(struct journey_run *run, const struct step *step, struct error *error);
    bool listens; /* to what was said since the step before it */
};

/* NULL when there is none of that name. */
const struct verb *verb_find(const char *name);

/* "60s", "500ms", "2min". */
bool duration_parse(const char *text, int64_t *ms);
