#pragma once

#include "view.h"

/*
 * How the citizen sets the screen and the voice: letters, contrast, where the buttons
 * are, reading aloud. A choice works at once, and the question stays, so that one sees
 * what it does; with the visit it is forgotten.
 */

void overlay_adjust(const struct view *view, struct page *page);

/* Shall everything be larger? Asked once a visit, of who keeps missing. */
void overlay_larger(const struct view *view, struct page *page);

/* A touch hit nothing: the second one in a row may open that question. */
void adjust_miss(struct session *session);

/* Opens the question, or sets something in it. */
bool adjust_is_about(struct action action);

/* True when the action sets something; then it is set, and counted as used. */
bool adjust_act(struct session *session, struct action action);
