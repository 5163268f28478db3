#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "base/plural.h"
#include "base/translation_parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes are refused, or answer every question with a text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {0};
    struct translation *translation = translation_parse(data, size, &error);
    char *rule = memory_allocate(1, size + 1);
    struct plural plural;

    if (translation != NULL) {
        if (strlen(translate(translation, "Back")) > size + 4) {
            abort();
        }
        translate_in(translation, "verb", "Stop");
        for (unsigned long count = 0; count < 5; count++) {
            translate_count(translation, "%lu minute", "%lu minutes", count);
        }
    }
    translation_close(translation);
    memcpy(rule, data, size);
    if (plural_parse(rule, &plural) && plural_form(&plural, 3) >= plural.forms) {
        abort();
    }
    free(rule);
    return 0;
}
