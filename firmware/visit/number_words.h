#pragma once

#include "view.h"

/* What screen and paper say of a number to wait with. */

/* "Balie 1 of 2"; "" where nobody can tell. */
const char *number_desks(const struct view *view, char text[WORDING_BYTES]);
/* What it is for, short, and neutral when that is sensitive. */
const struct words *number_product(const struct view *view);
/* "ongeveer 20 minuten", or "onbekend" */
const char *number_wait(const struct view *view, char text[WORDING_BYTES]);

/* Under the card of a number: what it is, and in large how it stands. */
void number_fact(struct page *page, const struct element *card, const char *id,
                 const char *icon, const char *label, const char *value);
