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
    int64_t settled_ms; /* when the journal was last tried */
};

struct view flow_view(const struct flow *flow);
void flow_changed(struct flow *flow);
void flow_end(struct flow *flow, enum visit_end end);

/* Does what a screen wants: first the slow work, then the move. */
void flow_apply(struct flow *flow, struct outcome outcome);
void flow_take_answer(void *data, const struct answer_of_upstream *answer);
