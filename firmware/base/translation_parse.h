#pragma once

#include <stddef.h>

#include "base/error.h"
#include "base/translation.h"

/* A translation out of the bytes of a .mo file, which it copies. */
struct translation *
translation_parse(const void *bytes, size_t length, struct error *error);
