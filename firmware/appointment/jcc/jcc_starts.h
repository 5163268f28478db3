#pragma once

#include <stddef.h>
#include <stdint.h>

#include "jcc_call.h"

/* Free times of several questions: JCC answers at most fifty days at once. */

#define JCC_WINDOW_DAYS 50
#define JCC_DAYS_MAX (8 * JCC_WINDOW_DAYS)

struct jcc_starts {
    int64_t *at; /* instants */
    size_t count, size;
};

void jcc_starts_finish(struct jcc_starts *starts); /* zeroed is fine */

/*
 * Adds the free starts for the wish from `from` to `to`, both included and at most
 * JCC_DAYS_MAX days; afterwards all are in order and none is there twice.
 */
bool jcc_starts_ask(struct jcc_call *call, const struct appointment_wish *wish,
                    struct date from, struct date to, struct jcc_starts *starts,
                    struct error *error);

/*
 * Narrows both to the days that JCC takes bookings for: `from` may be zeroed, which is
 * today, and so may `to`, which is as far as can be. False with ERROR_NONE when
 * nothing is left.
 */
bool jcc_days_narrow(struct jcc_call *call, const struct appointment_wish *wish,
                     struct date *from, struct date *to, struct error *error);

/* The first free start from the first day on that can be had; TIME_NONE for none. */
bool
jcc_starts_first(struct jcc_call *call, const struct appointment_wish *wish,
                 struct date from, struct date to, int64_t *first, struct error *error);

struct date jcc_today(const struct jcc_call *call);
