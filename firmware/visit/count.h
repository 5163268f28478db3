#pragma once

#include "visit/flow.h"

/*
 * What is counted of a visit. Each is durable when its function returns; a disk that
 * refuses is logged, and the citizen goes on.
 */

void count_visit_begun(const struct flow_parts *parts, int64_t now);
/* Once a visit for each product. */
void
count_information(const struct flow_parts *parts, struct session *session, int64_t now);
/* Of session->product or partner by session->channel; what was open is abandoned. */
void
count_started(const struct flow_parts *parts, struct session *session, int64_t now);
/* Of the attempt; with the booking's key it becomes durable together. */
void count_completed(const struct flow_parts *parts, struct session *session,
                     const char *key, int64_t now);

/* A touch beside everything, on the screen that is shown. */
void count_miss(struct session *session);

enum visit_end { END_DONE, END_STOPPED, END_TIMED_OUT };

/* What is open is completed, handed over or abandoned, by where it ends. */
void count_attempt_ended(const struct flow_parts *parts, struct session *session,
                         enum visit_end end, int64_t now);

/* Closes the attempt and the visit. */
void count_visit_ended(const struct flow_parts *parts, struct session *session,
                       enum visit_end end, struct moment moment);
