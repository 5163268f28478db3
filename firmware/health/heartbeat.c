#include "health/heartbeat.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"

#define LOG_MODULE "heartbeat"
#include "base/log.h"

/* After a beat that could not be given; a shorter watchdog is not waited for longer. */
#define AGAIN_MS 5000

struct heartbeat {
    struct heartbeat_parts parts;
    bool ready;       /* it was said */
    const char *told; /* what the log knows to be wrong, NULL for nothing */
    int timer;
};

static void
tell(struct heartbeat *heartbeat, const char *wrong)
{
    if (wrong != NULL && heartbeat->told == NULL) {
        log_warning("the watchdog isn't fed: %s", wrong);
    } else if (wrong == NULL && heartbeat->told != NULL) {
        log_info("the watchdog is fed again");
    }
    heartbeat->told = wrong;
}

/* Everything that is to be said now. */
static bool
say(struct heartbeat *heartbeat)
{
    const char *words = heartbeat->ready ? "WATCHDOG=1" : "READY=1\nWATCHDOG=1";
    struct error error = {0};

    if (!notify_send(heartbeat->parts.notify, words, &error)) {
        tell(heartbeat, "nobody takes what it says");
        return false;
    }
    if (!heartbeat->ready) {
        log_info("stands %.1f s after the kernel's start",
                 (double)time_steady_ms() / 1000);
    }
    heartbeat->ready = true;
    return true;
}

static void
beat(void *data)
{
    struct heartbeat *heartbeat = data;
    const char *wrong = heartbeat->parts.pulse(heartbeat->parts.data);
    int64_t half_ms = heartbeat->parts.notify->watchdog_ms / 2;
    int64_t again_ms = half_ms > 0 && half_ms < AGAIN_MS ? half_ms : AGAIN_MS;
    bool said = wrong == NULL && say(heartbeat);

    heartbeat->timer = 0;
    if (wrong != NULL || said) {
        tell(heartbeat, wrong);
    }
    if (!said || half_ms > 0) {
        heartbeat->timer = loop_add_timer(heartbeat->parts.loop,
                                          said ? half_ms : again_ms, beat, heartbeat);
    }
}

struct heartbeat *
heartbeat_create(const struct heartbeat_parts *parts)
{
    struct heartbeat *heartbeat = memory_allocate(1, sizeof(*heartbeat));

    heartbeat->parts = *parts;
    if (parts->notify->socket >= 0) {
        beat(heartbeat);
    }
    return heartbeat;
}

void
heartbeat_destroy(struct heartbeat *heartbeat)
{
    if (heartbeat == NULL) {
        return;
    }
    loop_remove_timer(heartbeat->parts.loop, heartbeat->timer);
    free(heartbeat);
}
