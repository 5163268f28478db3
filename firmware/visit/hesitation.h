#pragma once

#include "visit/flow.h"

/*
 * Whether the citizen seems not to find the way: no progress for a while where
 * something is asked, back again and again, touches beside everything. Then help is
 * offered, at most once a screen and twice a visit.
 */

struct flow;

/* Around everything that is done to a visit: `before` and `depth` are of the screen
 * that was shown. */
void flow_hesitates_before(struct flow *flow, const struct input *input);
void flow_hesitates_after(struct flow *flow, const struct input *input,
                          enum screen_id before, size_t depth);

/* Takes an offer back: something else is asked. */
void flow_hesitates_no_more(struct flow *flow);

/* As time passes; and when that is next needed, INT64_MAX for never. */
void flow_hesitates_still(struct flow *flow);
int64_t flow_hesitates_ms(const struct flow *flow);
