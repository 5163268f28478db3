#include "visit/tour.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "visit/screens.h"

#include "choice.h"
#include "tour_kiosk.h"
#include "tour_ways.h"
#include "view.h"

/*
 * Through the catalogue: every life event, what it leads to, every answer to every
 * question on the way, every channel. What looks the same as before (a question that
 * another answer led to) is looked at once.
 */

#define SEEN_MAX 8192
#define TRACE_BYTES 20000
#define NAME_BYTES 120

struct walk {
    struct tour *tour;
    struct tour_path path; /* to where the tourist is */
    struct tour_paths found;
    uint64_t seen[SEEN_MAX]; /* fingerprints of pages in the first language */
    size_t seen_count;
    char *trace;
    const struct product *completed[512]; /* went to the end by appointment */
    size_t completed_count;
};

static void choose_product(struct walk *walk);

/* True the first time. */
static bool
is_new(struct walk *walk)
{
    uint64_t hash = 0xcbf29ce484222325u;

    page_trace(tour_describe(walk->tour), walk->trace, TRACE_BYTES);
    for (const char *at = walk->trace; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 0x100000001b3u; /* FNV-1a */
    }
    for (size_t i = 0; i < walk->seen_count; i++) {
        if (walk->seen[i] == hash) {
            return false;
        }
    }
    if (walk->seen_count < SEEN_MAX) {
        walk->seen[walk->seen_count++] = hash;
    }
    return true;
}

/* "question paspoort for-whom" */
static void
show(struct walk *walk)
{
    const struct session *session = tour_session(walk->tour);
    const char *screen = tour_describe(walk->tour)->screen;
    char name[NAME_BYTES];
    struct text text = text_begin(name, sizeof(name));

    text_add(&text, screen);
    if (text_equal(screen, "products")) {
        text_format(&text, " %s", session->event->id);
    } else if (text_equal(screen, "partner")) {
        text_format(&text, " %s", session->partner->id);
    } else if (session->product != NULL) {
        text_format(&text, " %s", session->product->id);
    }
    if (text_equal(screen, "question")) {
        text_format(&text, " %s", choice_question(session)->id);
    }
    tour_show(walk->tour, name, NULL);
}

static void
show_new(struct walk *walk)
{
    if (is_new(walk)) {
        show(walk);
    }
}

/* One step further, remembered. */
static size_t
step(struct walk *walk, int verb, int argument)
{
    size_t depth = tour_session(walk->tour)->depth;

    if (walk->path.count < TOUR_PATH_MAX) {
        walk->path.actions[walk->path.count++] = (struct action){verb, argument};
    } else {
        tour_stop(walk->tour, "the way is longer than %d steps", TOUR_PATH_MAX);
    }
    tour_act(walk->tour, verb, argument);
    return depth;
}

/* To where the last step was made; anew from the start where there is no way back. */
static void
step_back(struct walk *walk, size_t depth)
{
    struct tour *tour = walk->tour;
    const struct session *session = tour_session(tour);

    if (walk->path.count > 0) {
        walk->path.count--;
    }
    for (int i = 0; i < 3 && session->under_way && session->depth > depth; i++) {
        tour_input(tour, INPUT_BACK, NULL);
    }
    if (!session->under_way || session->depth != depth ||
        session->overlay != OVERLAY_NONE) {
        tour_follow(tour, &walk->path);
    }
}

/* --- channels --------------------------------------------------------------------- */

static void
remember(struct walk *walk, struct tour_path *path, bool better)
{
    if (path->count == 0 || better) {
        *path = walk->path;
    }
}

/* To the ticket, once for a product: what to bring is on it. */
static void
book(struct walk *walk)
{
    struct tour *tour = walk->tour;
    const struct product *product = tour_session(tour)->product;

    for (size_t i = 0; i < walk->completed_count; i++) {
        if (walk->completed[i] == product) {
            return;
        }
    }
    if (walk->completed_count < sizeof(walk->completed) / sizeof(walk->completed[0])) {
        walk->completed[walk->completed_count++] = product;
    }
    if (tour_is_on(tour, "persons")) {
        show_new(walk);
        tour_press(tour, "next");
    }
    if (tour_is_on(tour, "locations")) {
        show_new(walk);
        tour_press_role(tour, ROLE_LOCATION);
    }
    if (!tour_is_on(tour, "day") || !tour_choose_day(tour)) {
        return;
    }
    show_new(walk);
    tour_go_to(tour, "confirm");
    show_new(walk);
    tour_go_to(tour, "done");
    show_new(walk);
}

static void
choose_channel(struct walk *walk, int index)
{
    struct tour *tour = walk->tour;
    const struct product *product = tour_session(tour)->product;
    enum channel channel = product->channels[index].channel;
    size_t depth;

    if (channel == CHANNEL_APPOINTMENT) {
        remember(walk, &walk->found.appointment,
                 product->persons_max > 1 && walk->found.appointment.count == 0);
    } else if (channel == CHANNEL_ONLINE) {
        remember(walk, &walk->found.online, false);
    } else if (channel == CHANNEL_WALK_IN) {
        remember(walk, &walk->found.walk_in, false);
    } else if (channel == CHANNEL_CALL_BACK) {
        remember(walk, &walk->found.call_back, false);
    }
    depth = step(walk, VERB_CHOOSE, index);
    if (channel == CHANNEL_APPOINTMENT) {
        book(walk);
    } else {
        show_new(walk);
    }
    step_back(walk, depth);
}

static void
choose_channels(struct walk *walk)
{
    struct tour *tour = walk->tour;
    const struct product *product = tour_session(tour)->product;

    show(walk);
    for (size_t i = 0; i < product->channel_count && !tour_stopped(tour); i++) {
        const struct page *page = tour_describe(tour);
        bool offered = false;

        for (size_t e = 0; e < page->count; e++) {
            const struct element *element = &page->elements[e];

            offered |=
                element->role == ROLE_CHANNEL && element->action.verb == VERB_CHOOSE &&
                element->action.argument == (int)i && page_can_press(page, element);
        }
        if (offered) {
            choose_channel(walk, (int)i);
        }
    }
}

/* --- questions and products ------------------------------------------------------- */

/* Where a choice led: each answer, each channel, or the end of the way. */
static void
go_on(struct walk *walk)
{
    struct tour *tour = walk->tour;
    const struct session *session = tour_session(tour);

    if (tour_stopped(tour)) {
        return;
    }
    if (tour_is_on(tour, "info")) {
        choose_product(walk);
    } else if (!is_new(walk)) {
        return;
    } else if (tour_is_on(tour, "channel")) {
        choose_channels(walk);
    } else if (tour_is_on(tour, "question")) {
        size_t count = choice_question(session)->option_count;

        show(walk);
        for (size_t i = 0; i < count && !tour_stopped(tour); i++) {
            size_t depth = step(walk, VERB_CHOOSE, (int)i);

            go_on(walk);
            step_back(walk, depth);
        }
    } else {
        show(walk);
    }
}

static void
choose_product(struct walk *walk)
{
    struct tour *tour = walk->tour;
    size_t depth;

    if (is_new(walk)) {
        show(walk);
        if (tour_session(tour)->product->more_count > 0) {
            depth = step(walk, VERB_OTHER, 0);
            show_new(walk);
            step_back(walk, depth);
        }
    }
    depth = step(walk, VERB_NEXT, 0);
    go_on(walk);
    step_back(walk, depth);
}

static void
walk_catalogue(struct walk *walk)
{
    struct tour *tour = walk->tour;
    const struct catalogue *catalogue = tour->options->catalogue;

    step(walk, VERB_CHOOSE, 0); /* the first touch begins, whatever it is */
    show(walk);
    for (size_t e = 0; e < catalogue->event_count && !tour_stopped(tour); e++) {
        size_t home = step(walk, VERB_CHOOSE, (int)e);

        show(walk);
        for (size_t i = 0; i < catalogue->events[e].item_count && !tour_stopped(tour);
             i++) {
            size_t products = step(walk, VERB_CHOOSE, (int)i);

            go_on(walk);
            step_back(walk, products);
        }
        step_back(walk, home);
    }
    tour_act(tour, VERB_STOP, 0);
}

bool
tour_run(const struct tour_options *options, tour_look look, void *data,
         struct error *error)
{
    struct tour *tour = memory_allocate(1, sizeof(*tour));
    struct walk *walk = memory_allocate(1, sizeof(*walk));

    *error = (struct error){0};
    *tour = (struct tour){.options = options, .look = look, .data = data};
    walk->tour = tour;
    walk->trace = memory_allocate(1, TRACE_BYTES);
    if (tour_open(tour, error)) {
        tour_show(tour, "attract", NULL);
        walk_catalogue(walk);
        tour_ways(tour, &walk->found);
    }
    tour_close(tour);
    free(walk->trace);
    free(walk);
    free(tour);
    return error->kind == ERROR_NONE;
}
