#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/page.h"

#include "journey_step.h"

/* How a journey finds on a page what somebody in front of it would point at. */

/* True when some text on the page holds it; weight and kinds of space don't matter. */
bool page_shows(const struct page *page, const char *text);

/*
 * By its id, or (quoted) by the text on it: the one whose label it is, else the only
 * one that holds it. ERROR_NOT_FOUND when none or several could be meant.
 */
const struct element *
page_point_at(const struct page *page, const struct word *word, struct error *error);

/* The key of the keyboard on the page that types `character`; NULL when there is none.
 */
const struct element *page_key_for(const struct page *page, const char *character);
