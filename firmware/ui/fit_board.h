#pragma once

#include "build.h"

/*
 * Leaves of a board of keys that is too wide for its display the part that is shown, in
 * lines that have room, in reading order (FIT_TURN_KEYS in ui/fit.h).
 */
void board_fit(struct build *build, struct page *page);
