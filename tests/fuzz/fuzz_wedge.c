#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "device/scanner/wedge_parse.h"

/* Any events make texts that can be read, or "": two bytes an event. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
hear(void *data, const char *text)
{
    (void)data;
    if (strlen(text) >= SCANNER_TEXT_BYTES || !text_is_clean(text)) {
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wedge_parser parser;
    int64_t at_ms = 1000;

    wedge_parser_init(&parser, (struct scanner_listener){hear, NULL});
    for (size_t i = 0; i + 1 < size; i += 2) {
        struct input_event event;

        memset(&event, 0, sizeof(event));
        at_ms += data[i + 1] >> 3;
        event.input_event_sec = at_ms / 1000;
        event.input_event_usec = at_ms % 1000 * 1000;
        event.type = (data[i + 1] & 4) != 0 ? EV_SYN : EV_KEY;
        event.code = event.type == EV_SYN ? data[i] % 4 : data[i];
        event.value = data[i + 1] & 3;
        wedge_parse(&parser, &event, 1);
    }
    return 0;
}
