#include "visit/session.h"

#include <string.h>

#include "base/memory.h"

void
session_wipe(struct session *session)
{
    memory_wipe(session, sizeof(*session));
}

void
session_forget_matter(struct session *session)
{
    struct session kept = {
        .under_way = session->under_way,
        .language = session->language,
        .adjustment = session->adjustment,
        .begun_ms = session->begun_ms,
        .modes = session->modes,
        .misses = session->misses,
        .misses_in_row = session->misses_in_row,
        .larger_offered = session->larger_offered,
        .hesitation = session->hesitation,
        .depth = 1,
        .read = session->read,
        .attempt = session->attempt,
        .completed = session->completed,
        .handed_over = session->handed_over,
        .helped = session->helped,
    };

    memcpy(kept.missed, session->missed, sizeof(kept.missed));
    kept.frames[0].screen = session->frames[session->depth - 1].screen;
    session_wipe(session);
    *session = kept;
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
