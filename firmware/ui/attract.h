#pragma once

#include "build.h"

/* The screen at rest: the street, what can be done here, one button. */
void put_attract(struct build *build);
