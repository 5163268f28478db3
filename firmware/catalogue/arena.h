#pragma once

#include <stddef.h>

/* Memory that is given out piece by piece and freed at once. */

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena); /* NULL is fine */

/* `count` × `size` zeroed bytes, aligned for anything. Never NULL. */
void *arena_allocate(struct arena *arena, size_t count, size_t size);
const char *arena_copy_text(struct arena *arena, const char *text);
