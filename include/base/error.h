#pragma once

#include <stdbool.h>

/*
 * What went wrong in the world outside (network, disk, paper, input).
 *
 * A function that can fail returns bool and takes a struct error as its last
 * parameter, never NULL. The caller decides on the kind; the message is for the
 * log and the technician, and is never shown to a citizen. Our own broken
 * promises are asserts, not errors.
 */

enum error_kind {
    ERROR_NONE,
    ERROR_BAD_INPUT, /* the data is wrong; trying again will not help */
    ERROR_NOT_FOUND,
    ERROR_REFUSED,   /* the other side understood and said no */
    ERROR_TAKEN,     /* somebody else has it: a time, a key, a name */
    ERROR_OFFLINE,   /* unreachable and nothing was done; try again later */
    ERROR_UNCERTAIN, /* it was sent, but no answer came: it may have been done */
    ERROR_STORAGE,   /* disk or database */
    ERROR_DEVICE,    /* printer, screen, scanner */
    ERROR_KIND_COUNT
};

#define ERROR_MESSAGE_BYTES 400

struct error {
    enum error_kind kind;
    char message[ERROR_MESSAGE_BYTES];
};

/* Both return false, so that a failing function can end in `return error_set(...)`. */
bool error_set(struct error *error, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "<text>: " in front of the message, keeping kind and cause. */
bool error_prefix(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A stable lower-case word for logs and traces: "offline", "storage". */
const char *error_kind_name(enum error_kind kind);
