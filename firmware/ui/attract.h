#pragma once

#include "build.h"

/* The screen at rest: the street, what can be done here, one button. */
void put_attract(struct build *build);

/* Nothing of the visit: the street in the dark, one button, the dock's room left free.
 */
void put_blank(struct build *build);
