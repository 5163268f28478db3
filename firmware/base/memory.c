#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
or_abort(void *memory)
{
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *
memory_allocate(size_t count, size_t size)
{
    return or_abort(calloc(count != 0 ? count : 1, size != 0 ? size : 1));
}

void *
memory_resize(void *memory, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes)) {
        return or_abort(NULL);
    }
    return or_abort(realloc(memory, bytes != 0 ? bytes : 1));
}

char *
memory_copy_text(const char *text)
{
    return or_abort(strdup(text));
}

void
memory_wipe(void *memory, size_t size)
{
    explicit_bzero(memory, size);
}
