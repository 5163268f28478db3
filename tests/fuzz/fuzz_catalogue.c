#include <stddef.h>
#include <stdint.h>

#include "catalogue/catalogue_check.h"
#include "catalogue/search.h"

/* Any bytes are a catalogue or a list of problems; with advice, all code is met. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalogue_problems problems;
    struct catalogue *catalogue =
        catalogue_check((const char *)data, size, true, &problems);

    if (catalogue != NULL) {
        struct search_result results[SEARCH_RESULTS_MAX];

        search_find(catalogue, catalogue->version, LANGUAGE_EN, results,
                    SEARCH_RESULTS_MAX);
    }
    catalogue_destroy(catalogue);
    catalogue_problems_finish(&problems);
    return 0;
}
