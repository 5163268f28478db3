#include "visit/session.h"

#include "base/memory.h"

void
session_wipe(struct session *session)
{
    memory_wipe(session, sizeof(*session));
}

bool
session_is_wiped(const struct session *session)
{
    const unsigned char *bytes = (const unsigned char *)session;

    for (size_t i = 0; i < sizeof(*session); i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}
