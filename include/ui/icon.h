#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Material Icons by name: "local_shipping" is U+E558. 0 when there is none. */
uint32_t icon_code_point(const char *name);

/* The icon font has no passport: layout puts ours together. */
#define ICON_PASSPORT "passport"

/* True for every name that a page may use. */
bool icon_exists(const char *name);

/* True for arrows and chevrons, which turn round in right-to-left. */
bool icon_is_directional(const char *name);
/* The icon that points the other way, or `name` itself. */
const char *icon_mirrored(const char *name);

/* All of them, in the order of their names. */
size_t icon_count(void);
const char *icon_name(size_t index);
