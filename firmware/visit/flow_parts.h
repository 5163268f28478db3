#pragma once

#include "count.h"
#include "upstream.h"
#include "view.h"

/* What flow.c (presses, time, showing) and flow_upstream.c (slow work) share. */

struct pending {
    struct outcome outcome; /* request NONE: nothing is waited for */
    enum request asked;     /* what is asked now on the way to it */
    int64_t since_ms;
};

struct flow {
    struct flow_parts parts;
    struct upstream *upstream;
    struct session session;
    struct moment moment; /* of the last act or tick */
    int64_t alive_ms;     /* the last sign of life */
    bool warned;
    unsigned visit; /* counts up: an answer for another visit is dropped */
    struct pending pending, failed;
    bool asked[REQUEST_COUNT]; /* under way for this visit */
    bool fields_usual;
    int64_t offline_since; /* the first time that nobody was reached; 0: all is well */
    int64_t settled_ms;    /* when the journal was last tried */
    int64_t renewed_ms;    /* and the lease */
    struct page scratch;   /* to look at what a page would be; wiped after that */
};

/* What a page is shown for. */
struct seen {
    int part;
    enum language language;
    struct adjustment adjustment;
    enum overlay overlay;
    size_t current; /* the field that is typed in */
};

struct seen flow_seen(const struct flow *flow);
/* After something was done: in larger letters or another language what stood first on
 * the part that was shown is still in sight, and of an overlay what was pressed; what
 * is wrong is read first where that stands on a part of its own, and no part is shown
 * that is no more. */
void
flow_keep_part(struct flow *flow, const struct seen *before, const struct input *input);
/* Of the days, which weeks are shown: this display may have begun where the chosen one
 * is, and steps go on from there. */
void flow_keep_weeks(struct flow *flow);

struct view flow_view(const struct flow *flow);
/* SCREEN_ATTRACT between visits. */
enum screen_id flow_shown(const struct flow *flow);
void flow_changed(struct flow *flow);
void flow_end(struct flow *flow, enum visit_end end);
/* Ends it too, or asks first how it went. */
void flow_finish(struct flow *flow);

/* A code held before the scanner: looked up where that is meant, else asked first
 * whether it is. It is a text and never acts as keys. */
void flow_scan(struct flow *flow, const char *text);
void flow_look_up_scanned(struct flow *flow);
/* True when it was about an appointment made before. */
bool flow_take_lookup(struct flow *flow, const struct answer_of_upstream *answer);
/* True when that is said by a page of its own. */
bool flow_fail_lookup(struct flow *flow, enum request request, enum error_kind kind);
/* Asks people who are not there: to call back, to come (flow_errand.c). */
bool flow_send_errand(struct flow *flow, enum request request);
void flow_take_errand(struct flow *flow, const struct answer_of_upstream *answer,
                      bool awaited);
void flow_fail_errand(struct flow *flow, enum request request);
void flow_help_by_person(struct flow *flow);
/* A slip for whoever helps next (flow_slip.c). */
void flow_make_slip(struct flow *flow);
void flow_fill_slip(struct flow *flow, struct errand *errand);
void flow_take_slip(struct flow *flow, bool sent);
/* Nobody need come any more. */
void flow_end_help(struct flow *flow);
/* Who was called and did not come is called again; and when that is. */
void flow_call_again(struct flow *flow);
int64_t flow_call_again_ms(const struct flow *flow);

/* After a refusal the next time gets a key of its own. */
void flow_give_key_up(struct flow *flow);

/* Slow work; true when its answer comes. */
bool flow_ask(struct flow *flow, enum request request);

/* Before a number is asked, when the visit ends without one, and when it comes. */
void flow_prepare_number(struct flow *flow);
void flow_give_number_up(struct flow *flow);
void flow_take_number(struct flow *flow, const struct answer_of_upstream *answer);

/* Does what a screen wants: first the slow work, then the move. */
void flow_apply(struct flow *flow, struct outcome outcome);
/* True when the action is the same on every screen, or has to wait its turn. */
bool flow_perform(struct flow *flow, struct action action);
void flow_take_answer(void *data, const struct answer_of_upstream *answer);
