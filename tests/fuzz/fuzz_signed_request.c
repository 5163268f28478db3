#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/signed_request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Three headers out of any bytes, a line each: never a crash, and never let through
 * but with a true digest. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = memory_allocate(1, size + 3);
    char *input, *signature;
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    struct error error = {0};

    memcpy(text, data, size);
    text[size] = '\n';
    text[size + 1] = '\n';
    input = strchr(text, '\n');
    input = input != NULL ? input : text + size;
    *input++ = '\0';
    signature = strchr(input, '\n');
    signature = signature != NULL ? signature : text + size + 1;
    *signature++ = '\0';
    sign_start();
    if (!signed_request_verify(text, input, signature, "POST", "/v1/events", "body", 4,
                               1787319600, public_key, &error) &&
        error.kind != ERROR_REFUSED)
    {
        abort();
    }
    free(text);
    return 0;
}
