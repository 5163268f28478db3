#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/zone_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes are refused, or are a zone in which every instant has a clock time. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {0};
    struct zone *zone = zone_parse("fuzz", data, size, &error);

    if (zone == NULL) {
        return 0;
    }
    for (int64_t instant = -5000000000; instant < 9000000000; instant += 456789012) {
        struct civil civil = zone_civil(zone, instant);
        char text[TIME_TEXT_BYTES];

        if (!date_is_valid(civil.date) || civil.hour > 23 || civil.second > 59) {
            abort();
        }
        zone_instant(zone, civil);
        instant_format(zone, instant, text);
    }
    zone_close(zone);
    return 0;
}
