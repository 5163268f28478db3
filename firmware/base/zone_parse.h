#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/time.h"

/* A zone out of the bytes of a TZif file: zone_open() and the fuzzer. */
struct zone *
zone_parse(const char *name, const uint8_t *bytes, size_t length, struct error *error);
