#pragma once

#include <stddef.h>

/*
 * Memory that is there or ends the program. Running out of memory is not an
 * error a screen can do something about: the supervisor restarts the kiosk.
 * Everything from here is freed with free().
 */

/* `count` × `size` zeroed bytes. Never NULL. */
void *memory_allocate(size_t count, size_t size);

/* Grows or shrinks; new bytes are not zeroed. Never NULL. */
void *memory_resize(void *memory, size_t count, size_t size);

/* A copy of `text`. Never NULL. */
char *memory_copy_text(const char *text);

/* Forgets: overwrites in a way that the compiler does not leave out. */
void memory_wipe(void *memory, size_t size);
