#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * A file with 32 bytes of a key in hexadecimal and a newline: of a secret one its seed,
 * from which the rest follows.
 */

#define KEY_FILE_BYTES 32

/* ERROR_NOT_FOUND when there is none, ERROR_BAD_INPUT when it holds something else. */
bool
key_file_read(const char *path, uint8_t bytes[KEY_FILE_BYTES], struct error *error);
/* Mode 0600, durable. */
bool key_file_write(const char *path, const uint8_t bytes[KEY_FILE_BYTES],
                    struct error *error);
