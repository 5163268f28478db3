#pragma once

#include "view.h"

/*
 * How the citizen sets the screen and the voice: letters, contrast, where the buttons
 * are, reading aloud. A choice works at once, and the question stays, so that one sees
 * what it does; with the visit it is forgotten.
 */

void overlay_adjust(const struct view *view, struct page *page);

/* True when the action sets something; then it is set, and counted as used. */
bool adjust_act(struct session *session, struct action action);
