#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Whole files, and files that survive a power cut. */

/* Reads all of it, NUL-ended; the caller frees. ERROR_NOT_FOUND when there is none. */
char *
file_read(const char *path, size_t bytes_max, size_t *length, struct error *error);

/* Writes beside it, syncs, renames over it, syncs the folder. */
bool file_write(const char *path, const void *data, size_t length, unsigned mode,
                struct error *error);

/* Makes the folder and its parents, so that they survive a power cut too. */
bool file_make_folder(const char *path, struct error *error);

/*
 * Renames a broken database, and its write-ahead log if any, to PATH.broken-N and says
 * so in the log: a technician may still rescue something from it.
 */
bool file_set_aside(const char *path, struct error *error);
