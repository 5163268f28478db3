#include <stdio.h>
#include <stdlib.h>

#include "appointment/switched.h"
#include "base/memory.h"
#include "programs/kiosk/kiosk.h"

#define DRAIN_MS_MAX 20000 /* for the events of a journey to be counted */
#define TRACE_BYTES (64 * 1024)

static void
set_network(void *data, bool up)
{
    struct kiosk *kiosk = data;

    appointment_switched_set(kiosk->plug, up);
    kiosk_office_set_network(&kiosk->office, up);
    uploader_destroy(kiosk->uploader);
    kiosk->uploader = NULL;
    if (up) {
        kiosk_start_uploader(kiosk);
    }
}

/* A journey ends when its events are counted, as far as the network is up. */
static bool
drain(struct kiosk *kiosk, struct error *error)
{
    int64_t end_ms = time_steady_ms() + DRAIN_MS_MAX;

    while (flow_has_work(kiosk->flow) ||
           (kiosk->uploader != NULL && (!uploader_is_idle(kiosk->uploader) ||
                                        !kiosk_office_is_idle(&kiosk->office))))
    {
        if (time_steady_ms() >= end_ms) {
            return error_set(error, ERROR_OFFLINE,
                             "the events were not counted in time");
        }
        loop_turn(kiosk->loop, 50);
    }
    return true;
}

static void
print_trace(const struct presenter *presenter)
{
    char *trace = memory_allocate(TRACE_BYTES, 1);

    page_trace(presenter_page(presenter), trace, TRACE_BYTES);
    fprintf(stderr, "The screen shows:\n%s", trace);
    free(trace);
}

bool
kiosk_play_journey(struct kiosk *kiosk)
{
    const struct journey_parts parts = {
        .loop = kiosk->loop,
        .presenter = kiosk->presenter,
        .flow = kiosk->flow,
        .printer = kiosk->printer,
        .speaker = kiosk->speaker,
        .location = kiosk->settings.location,
        .scripted = kiosk->scripted,
        .walk_in = kiosk->office.walk_in,
        .set_network = set_network,
        .data = kiosk,
        .pictures = kiosk->options.pictures,
    };
    struct error error = {0};

    if (!journey_run(kiosk->journey, &parts, &error)) {
        fprintf(stderr, "%s\n", error.message);
        print_trace(kiosk->presenter);
        return false;
    }
    if (!drain(kiosk, &error)) {
        fprintf(stderr, "%s: %s\n", kiosk->options.journey, error.message);
        return false;
    }
    printf("%s: done\n", kiosk->options.journey);
    return true;
}
