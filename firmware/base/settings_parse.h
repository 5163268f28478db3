#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/settings.h"

/* settings_read() of a text in memory: for it and for the fuzzer. */
bool settings_parse(const char *path, const char *text, size_t length,
                    const struct setting *settings, size_t count,
                    const char *other_sections, struct error *error);
