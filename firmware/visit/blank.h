#pragma once

#include "view.h"

/*
 * "Somebody is looking": at once the glass shows nothing of the visit, and nothing of
 * it stands on the page. One touch brings all of it back as it was; without one, all of
 * it is wiped after BLANK_MS.
 */

#define BLANK_MS 60000

void blank_describe(const struct view *view, struct page *page);

/* The button for it, where a citizen looks for such things. */
void blank_offer(const struct view *view, struct page *page);

/*
 * Called before anything that is pressed: false when it must do nothing, since it would
 * change what nobody sees. What leads to people ends the blank page first.
 */
bool blank_lets(struct session *session, struct action action);

/* True when that was to blank the page, or to bring it back. */
bool blank_act(struct session *session, struct action action);
