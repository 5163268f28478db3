#include "base/channel.h"

#include <string.h>

static const char *const names[CHANNEL_COUNT] = {
    [CHANNEL_NONE] = "none",
    [CHANNEL_ONLINE] = "online",
    [CHANNEL_APPOINTMENT] = "appointment",
    [CHANNEL_WALK_IN] = "walk-in",
    [CHANNEL_CALL_BACK] = "call-back",
    [CHANNEL_PERSON] = "person",
    [CHANNEL_PARTNER] = "partner",
};

const char *
channel_name(enum channel channel)
{
    return names[channel];
}

bool
channel_from_name(const char *name, enum channel *channel)
{
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *channel = (enum channel)i;
            return true;
        }
    }
    return false;
}
