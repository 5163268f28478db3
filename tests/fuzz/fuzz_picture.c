#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes are a picture within its bounds, or are refused with a reason. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct picture picture;
    struct error error = {0};
    uint8_t *pixels = picture_decode(data, size, &picture, &error);

    if (pixels == NULL && error.kind != ERROR_BAD_INPUT) {
        abort();
    }
    if (pixels != NULL &&
        (picture.width > PICTURE_SIDE_MAX || picture.height > PICTURE_SIDE_MAX))
    {
        abort();
    }
    free(pixels);
    return 0;
}
