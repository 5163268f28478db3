#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/http_form.h"
#include "base/memory.h"
#include "base/text.h"

/* Whatever a browser sends: a value is clean text that fits, or there is none. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *form = memory_allocate(size + 1, 1);
    char value[24];

    memcpy(form, data, size);
    if (http_form_find(form, "do", value, sizeof(value))) {
        assert(strlen(value) < sizeof(value) && text_is_clean(value));
    } else {
        assert(value[0] == '\0');
    }
    free(form);
    return 0;
}
