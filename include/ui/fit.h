#pragma once

#include "ui/layout.h"
#include "ui/page.h"

/*
 * What of a page this display shows at once. A screen describes all there is; here it
 * becomes exactly what is on the glass, in reading order, so that layout, focus,
 * speech, trace and audit speak of the same elements.
 *
 * What another class shows otherwise is taken off. What does not fit is cut into parts:
 * page->part is kept, and a ROLE_PAGING at the foot ("1 van 3") holds the button to the
 * next. Every element is on some part, and on one only, but for headings, months and
 * other bands that belong over every piece of what they are of. Choices keep the foot
 * on every part; of what is read the page's own actions come with the last one.
 *
 * A keyboard that is too wide comes in parts too: it is described whole, with a key
 * FIT_TURN_KEYS that turns to the next part, and its number counts the turns. Where the
 * whole has room that key is not shown.
 *
 * Fields and keys are one part, and come last: what is said or asked besides them and
 * has no room comes before.
 */

#define FIT_TURN_KEYS "more-keys"

/* Brings page->part and page->overlay_part within their counts, which it sets. */
void layout_fit(struct page *page, const struct layout_options *options,
                struct fonts *fonts);
