#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "appointment/client.h"
#include "appointment/journal.h"
#include "appointment/walk_in.h"
#include "base/error.h"
#include "base/loop.h"
#include "base/translation.h"
#include "base/wording.h"
#include "catalogue/catalogue.h"
#include "device/printer.h"
#include "errand/post.h"
#include "ui/page.h"
#include "usage/outbox.h"
#include "visit/paper.h"
#include "visit/session.h"

/*
 * One citizen's visit after the other: which screen is shown, what an action does,
 * when it warns and when it forgets.
 *
 * Everything that happens to a visit comes in by flow_act(), flow_tick() or the
 * finish of slow work, and always with the time as an argument; everything it wants
 * to show goes out by flow_describe(). Nothing here draws or waits. Between visits
 * the session is all zeroes: that is how a citizen is forgotten.
 *
 * An event is durable before the screen moves on. Nothing a citizen typed or chose
 * is ever logged.
 */

struct flow;
struct ticket_list;

/* What the flow works with; everything outlives it, and may be shared with nobody. */
struct flow_parts {
    struct loop *loop;
    const struct catalogue *catalogue; /* NULL: out of order, and nothing else */
    const struct location *here; /* where this kiosk stands; NULL without catalogue */
    /* Of a kiosk that is out of order: whose it is, and why ("E-2"); NULL: unknown. */
    const struct municipality *municipality;
    const char *fault;
    struct zone *zone;                                /* of that location */
    struct translation *translations[LANGUAGE_COUNT]; /* NULL: the msgid is shown */
    struct outbox *outbox;
    struct appointment_client *client;
    struct walk_in_client *walk_in; /* NULL: there are no numbers */
    struct journal *journal;
    struct errand_post *errands; /* NULL: nobody can be asked to call back or to come */
    struct ticket_list *tickets; /* NULL: without network no ticket is known */
    struct printer *printer;     /* NULL: there is none */
    const char *kiosk;           /* its name, on tickets: "linde-01" */
    /* Paints the ticket for the printer's width (visit/paper.h). */
    struct ticket_paper *paper;
    bool paper_auto; /* as wide as the printer says, when it does */
    /* What is recorded does not outlive the power: the welcome page says so to the
     * technician, and everything goes on. */
    bool keeps_nothing;
    /* Leaves of a page what this kiosk's display shows at once: layout_fit() for its
     * class. NULL: pages are shown in full. */
    void (*fit)(void *data, struct page *page);
    /* Called in the loop's thread whenever the page may look different. */
    void (*changed)(void *data);
    void (*event_recorded)(void *data); /* something waits to be sent */
    void *data;
};

/* `now` is wall-clock seconds, `now_ms` the steady clock: both of the caller's. */
struct moment {
    int64_t now;    /* instant */
    int64_t now_ms; /* never jumps */
};

/*
 * Also settles, in its worker, what an earlier start left in the journal: nobody else
 * calls journal_settle().
 */
struct flow *flow_create(const struct flow_parts *parts, struct moment moment);
/* Before the loop, the journal, the client and the printer. NULL is fine. */
void flow_destroy(struct flow *flow);

enum input_kind {
    INPUT_PRESS,  /* an element of the page shown, by its index */
    INPUT_BACK,   /* the key for Terug */
    INPUT_TYPE,   /* letters of a real keyboard, into the current field */
    INPUT_ERASE,  /* its backspace */
    INPUT_ENTER,  /* its enter: the page's primary action */
    INPUT_SCAN,   /* a code held before the scanner */
    INPUT_MISS,   /* a touch beside everything */
    INPUT_LISTEN, /* nothing was done, but somebody is still being spoken to */
    INPUT_FOCUS,  /* the keys moved the focus: a sign of life, and the mode keys */
};

struct input {
    enum input_kind kind;
    struct action action; /* INPUT_PRESS: of the element */
    const char *text;     /* INPUT_TYPE, INPUT_SCAN */
};

/* The one door: every press, key and scan. Any input counts as a sign of life. */
void flow_act(struct flow *flow, const struct input *input, struct moment moment);

/* Time passes: idle warning, countdown, clock. */
void flow_tick(struct flow *flow, struct moment moment);
/* When flow_tick() is next needed, on the steady clock. */
int64_t flow_next_tick_ms(const struct flow *flow);

/* What to show now. */
void flow_describe(const struct flow *flow, struct page *page, struct moment moment);

/* True while slow work is under way: the pressed button stays pressed. */
bool flow_is_busy(const struct flow *flow);
/* For how long by now; 0 when it is not. */
int64_t flow_busy_ms(const struct flow *flow, struct moment moment);
/* True between visits. */
bool flow_is_at_rest(const struct flow *flow);
/* True while anything is asked or printed, also unseen: journeys wait for its end. */
bool flow_has_work(const struct flow *flow);

/* What a language of a page is said in. */
struct tongue flow_tongue(const struct flow *flow, enum language language);

/* To look at, for tests and the audit. */
const struct session *flow_session(const struct flow *flow);

/* Takes another catalogue between visits; the old one may go afterwards. False
 * while a visit is under way. */
bool flow_swap_catalogue(struct flow *flow, const struct catalogue *catalogue,
                         const struct location *here);
