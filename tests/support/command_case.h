#pragma once

#include <stddef.h>

/* `loketzuilctl appointment`, run as a script runs it, in a folder of the test's own.
 */

#define CTL_PATH_BYTES 48

extern char ctl_folder[CTL_PATH_BYTES], ctl_conf[CTL_PATH_BYTES]; /* the settings */
extern char ctl_printed[200000], ctl_said[2000];                  /* by the last run */

/* For cmocka: of the whole group. */
int ctl_begin(void **state);
int ctl_end(void **state);

/* Writes the settings that ctl_run() names. */
void ctl_settings(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The status of the command with these arguments, as the shell reads them. */
int ctl_run(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same without settings; `streams` are the shell's: ">/dev/full". */
int ctl_run_to(const char *arguments, const char *streams);

/*
 * A failure prints nothing, and says why in one line of at most 400 characters, in
 * which `expected` stands.
 */
void ctl_check_sentence(const char *arguments, const char *expected);

struct ctl_call {
    const char *arguments;
    int status;
    const char *expected; /* printed exactly; or when the status is not 0: said */
};

void ctl_check(const struct ctl_call *calls, size_t count);

/* The text member of the n-th line; "" when there is none. */
void ctl_member(size_t n, const char *name, char *target, size_t size);
