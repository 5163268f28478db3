#pragma once

#include "view.h"

/* An appointment that was made before: looking it up, and what then is offered. */

/* Why looking up led to nothing, said above the way to try again. */
void lookup_notice(const struct view *view, struct page *page);
/* Looks up what was typed or scanned. */
struct outcome lookup_text(struct session *session, const char *text);
/* Where what was found leads: product, place and people are those of the appointment.
 */
struct outcome lookup_found(const struct view *view, struct session *session,
                            const struct appointment *appointment);
/* The same, when nobody could be asked and a ticket says it by itself. */
struct outcome lookup_read(const struct view *view, struct session *session,
                           const struct appointment *appointment);
/* Where it leads when nothing was found, or it may not be done. */
struct outcome lookup_failed(const struct view *view, struct session *session,
                             enum request request, enum error_kind kind);
