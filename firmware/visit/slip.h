#pragma once

#include "view.h"

/*
 * What the next person needs to know, so that the citizen need not start again: what
 * they want, what they chose, and where it got stuck. Told by a slip with a code.
 */

/* Where the citizen was before asking for help; `question` is set for
 * ERRAND_STEP_QUESTION, else NULL. */
enum errand_step
slip_step(const struct session *session, const struct question **question);

/* While somebody is at this location's counter today: closing time, else TIME_NONE. */
int64_t slip_until(const struct view *view);

/* In words, kept in the page. A sensitive product has its neutral name, and what was
 * chosen about it is not said; "" when there is nothing to say. */
const char *slip_want(const struct view *view, struct page *page);
const char *slip_chosen(const struct view *view, struct page *page);
const char *slip_stuck(const struct view *view, struct page *page);
