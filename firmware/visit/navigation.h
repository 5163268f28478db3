#pragma once

#include "visit/session.h"

/* The screens that were passed, and what going back to one brings back. */

struct frame *navigation_top(struct session *session);
/* One screen further; the oldest but home is forgotten when there are too many. */
void navigation_push(struct session *session, enum screen_id screen);
/* Back by one; the product and the answers are those of then. False at the first. */
bool navigation_pop(struct session *session);
/* Back to the last frame of that screen; pushed anew when there is none. */
void navigation_pop_to(struct session *session, enum screen_id screen);
/* The way back is closed: only this screen is left. */
void navigation_reset(struct session *session, enum screen_id screen);
