#pragma once

#include "build.h"

/* Leaves of the page what the screen at rest has room for. */
void attract_fit(struct build *build, struct page *page);

/* The screen at rest: the street, what can be done here, one button. */
void put_attract(struct build *build);

/* Nothing of the visit: the street in the dark, one button, the dock's room left free
 * (blanked.c). */
void put_blank(struct build *build);

/* The large button of both. */
struct start_look {
    enum type type;
    int icon_px; /* as drawn */
};

void put_start(struct build *build, int element, struct rectangle rect,
               struct start_look look);
