#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/batch.h"
#include "backoffice/http_route.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_route routes[] = {
    {"GET", "/v1/things", 0, NULL},
    {"POST", "/v1/things/{id}/do/{what}", 10, NULL},
};

/* Whatever a kiosk sends is read whole or refused with a reason; so is any address. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char chain[] =
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    const struct route_table table = {routes, 2, NULL};
    struct error error = {ERROR_NONE, ""};
    struct route_search found;
    struct batch batch;
    char *text = memory_allocate(size + 1, 1);

    memcpy(text, data, size);
    if (batch_read(&batch, text, size, chain, &error)) {
        if (batch.count == 0 || batch.last - batch.first + 1 != (int64_t)batch.count) {
            abort();
        }
    } else if ((error.kind != ERROR_BAD_INPUT && error.kind != ERROR_REFUSED) ||
               error.message[0] == '\0')
    {
        abort();
    }
    batch_finish(&batch);
    if (route_find(&table, 1, "POST", text, &found) == ROUTE_FOUND &&
        (found.route == NULL || found.parameters[0][0] == '\0'))
    {
        abort();
    }
    free(text);
    return 0;
}
