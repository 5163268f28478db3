#pragma once

#include "catalogue/opening.h"
#include "view.h"

/* Opening hours in words. */

bool hours_are_now(const struct view *view, const struct opening *opening);
/* "Open tot 17.30 uur", "Opent om 10.00 uur", "Nu dicht" */
const char *
hours_now(const struct view *view, struct page *page, const struct opening *opening);
