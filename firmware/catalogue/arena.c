#include "catalogue/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A municipality's catalogue is some 200 kB: a few blocks. */
#define BLOCK_BYTES ((size_t)64 * 1024)

struct block {
    struct block *previous;
    size_t used, size;
    alignas(max_align_t) char data[];
};

struct arena {
    struct block *last;
};

struct arena *
arena_create(void)
{
    return memory_allocate(1, sizeof(struct arena));
}

void
arena_destroy(struct arena *arena)
{
    if (arena == NULL) {
        return;
    }
    while (arena->last != NULL) {
        struct block *block = arena->last;

        arena->last = block->previous;
        free(block);
    }
    free(arena);
}

void *
arena_allocate(struct arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    size_t bytes;
    void *memory;

    assert(size > 0 && count < SIZE_MAX / 2 / size);
    bytes = (count * size + align - 1) / align * align;
    if (arena->last == NULL || arena->last->size - arena->last->used < bytes) {
        size_t block_size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
        struct block *block = memory_allocate(1, sizeof(*block) + block_size);

        block->previous = arena->last;
        block->size = block_size;
        arena->last = block;
    }
    memory = arena->last->data + arena->last->used;
    arena->last->used += bytes;
    return memory;
}

const char *
arena_copy_text(struct arena *arena, const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = arena_allocate(arena, bytes, 1);

    memcpy(copy, text, bytes);
    return copy;
}
