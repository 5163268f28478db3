#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "errand/errand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read can be written, and is then read as the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {ERROR_NONE, ""};
    struct json *value = json_parse((const char *)data, size, &error);
    struct errand errand, again;

    if (value != NULL && errand_read(value, &errand, &error)) {
        struct json_writer *writer = json_writer_create();
        size_t length;
        const char *text;
        struct json *written;

        errand_write(writer, &errand);
        text = json_writer_text(writer, &length);
        written = json_parse(text, length, &error);
        if (!errand_read(written, &again, &error) ||
            strcmp(errand.phone, again.phone) != 0 || errand.from != again.from)
        {
            abort();
        }
        json_destroy(written);
        json_writer_destroy(writer);
    } else if (error.message[0] == '\0') {
        abort();
    }
    json_destroy(value);
    return 0;
}
