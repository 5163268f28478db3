#pragma once

#include "visit/tour.h"

#include "visit/flow.h"
#include "visit/rehearsal.h"

/*
 * The kiosk that a tour is made with: a flow with everything real but people, paper and
 * other machines, in a temporary folder. And how a tourist presses, waits and looks.
 */

#define TOUR_FOLDER_BYTES 64

struct tour {
    const struct tour_options *options;
    tour_look look;
    void *data;

    char folder[TOUR_FOLDER_BYTES];
    struct loop *loop;
    struct zone *zone;
    struct sign_key key;
    struct rehearsal rehearsal;
    struct appointment_client *client;
    struct appointment_operations operations; /* of the client, perhaps changed */
    struct appointment_client changed;
    struct walk_in_client *walk_in;
    struct errand_post *errands;
    struct outbox *outbox;
    struct journal *journal;
    struct printer *printer;
    struct ticket_paper *paper;
    struct flow_parts parts;
    struct flow *flow;
    struct moment moment, opening_moment;
    enum display_class display; /* that lists are cut for */
    struct page page;           /* as last described */
    struct error *error;        /* what stopped the tour; kind NONE: nothing */
};

bool tour_open(struct tour *tour, struct error *error);
void tour_close(struct tour *tour); /* half opened is fine; removes the folder */

/* From between visits, with everything working again. */
void tour_restart(struct tour *tour);
/* The flow anew with `tour->parts`, as after a power cut. */
void tour_reopen_flow(struct tour *tour);

bool tour_stopped(const struct tour *tour);
/* The way is not there: the tour stops and says where. */
void tour_stop(struct tour *tour, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

const struct session *tour_session(const struct tour *tour);
const struct page *tour_describe(struct tour *tour);
bool tour_is_on(struct tour *tour, const char *screen);
void tour_wait(struct tour *tour);
/* What an element would do, and all slow work after it. */
void tour_act(struct tour *tour, int verb, int argument);
void tour_input(struct tour *tour, enum input_kind kind, const char *text);
/* The element that can be pressed, if need be on a later page of a list; stops the tour
 * when there is none. */
void tour_press(struct tour *tour, const char *id);
/* Without waiting for slow work. */
void tour_touch(struct tour *tour, const char *id);
/* The first that can be pressed of that role; false when there is none. */
bool tour_press_role(struct tour *tour, enum role role);
void tour_pass(struct tour *tour, int seconds);

/* Looks at the page in every language, on every display, in all its parts. `open`
 * (may be NULL) brings about what a change of language ends. */
void tour_show(struct tour *tour, const char *what, void (*open)(struct tour *tour));
