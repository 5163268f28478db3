#include <stdlib.h>

#include "base/memory.h"
#include "device/scanner/scanner_maker.h"

struct scanner *
scanner_make(void (*destroy)(void *maker), void *maker)
{
    struct scanner *scanner = memory_allocate(1, sizeof(*scanner));

    *scanner = (struct scanner){destroy, maker};
    return scanner;
}

void
scanner_destroy(struct scanner *scanner)
{
    if (scanner != NULL) {
        scanner->destroy(scanner->maker);
        free(scanner);
    }
}
