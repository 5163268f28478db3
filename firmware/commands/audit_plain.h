#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/translation.h"

/*
 * Prints what is not plain Dutch (base/plain_language.h) in the screens' own texts and
 * in the catalogue's, and adds how much that is to `*count`.
 */
void audit_plain_texts(const struct translation *dutch, size_t *count);
bool audit_plain_catalogue(const char *path, size_t *count, struct error *error);
