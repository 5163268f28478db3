#pragma once

#include "tour_kiosk.h"

/* True when `word` says how the world is from now on: "offline", "no-paper". */
bool tour_change_world(struct tour *tour, const char *word);
