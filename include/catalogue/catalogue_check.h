#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "catalogue/catalogue.h"

/*
 * Everything that is wrong with a catalogue file, for the editor who has to mend
 * it: catalogue_parse() stops a kiosk at the first, this goes on to the last.
 */

/* More are counted but not kept; advice leaves room for what is wrong. */
#define CATALOGUE_PROBLEMS_MAX 1000
#define CATALOGUE_ADVICE_MAX 500

struct catalogue_problem {
    int line;
    bool advice;    /* hard to read, but not wrong */
    char *sentence; /* "products[3].cost[0].cents: must be a whole number …" */
};

struct catalogue_problems {
    struct catalogue_problem *list; /* by line */
    size_t count;
    size_t wrong_count, advice_count; /* also those that are not in the list */
};

/*
 * The catalogue, or NULL when wrong_count > 0. `problems` is filled either way;
 * advice (Dutch that is not plain: B1) is given only with `advise`.
 */
struct catalogue *catalogue_check(const char *text, size_t length, bool advise,
                                  struct catalogue_problems *problems);
void catalogue_problems_finish(struct catalogue_problems *problems);
