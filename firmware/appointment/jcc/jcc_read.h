#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/time.h"

/*
 * What JCC says, read leniently: a member that is missing, null or of another type is
 * one that isn't there. `object` may be NULL or no object.
 */

const char *jcc_text(const struct json *object, const char *name); /* "" for none */
bool jcc_flag(const struct json *object, const char *name, bool otherwise);
/* -1 when there is none from 0 to `max`. */
int64_t jcc_number(const struct json *object, const char *name, int64_t max);
/* NULL when it is no list. */
const struct json *jcc_list(const struct json *object, const char *name);

/* A name to show: without control characters, and without spaces at its ends. */
void jcc_copy_name(char *target, size_t size, const char *text);
/* False when it is empty, too long, or nothing to put in an address or on paper. */
bool jcc_copy_id(char *target, size_t size, const char *text);

/* " and code 6001" of an answer with a complaint, else "": for messages. */
#define JCC_CODE_BYTES 40
void jcc_copy_code(char target[JCC_CODE_BYTES], const struct json *object);

/*
 * "2026-08-21T15:40:00", of the clock in `zone`; an offset behind it holds. False when
 * it is no time. `*exists`: the clock does show it (false in the hour that is skipped).
 */
bool jcc_time_read(const struct zone *zone, const char *text, int64_t *instant,
                   bool *exists);
/* The day of such a time. */
bool jcc_date_read(const char *text, struct date *date);
