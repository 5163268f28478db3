#pragma once

#include "tour_kiosk.h"

/* How a tourist gets along: to a screen by the usual choices, or by the words of a way.
 */

/* What every product has of its own was looked at: how to come to one of a kind. */
#define TOUR_PATH_MAX 24

struct tour_path {
    struct action actions[TOUR_PATH_MAX]; /* from the welcome page on */
    size_t count;
};

/* From the channel page of a product that has them; count 0: no product has. */
struct tour_paths {
    struct tour_path appointment, online, walk_in, call_back;
};

void tour_follow(struct tour *tour, const struct tour_path *path);
/* The usual choices until `screen` shows; stops the tour when it never does. */
void tour_go_to(struct tour *tour, const char *screen);
/* False when nothing is free for weeks. */
bool tour_choose_day(struct tour *tour);

/*
 * From between visits along a way: ids of our own screens to press, and besides
 *   start; appointment-of, online-of, walk-in-of, call-back-of: the channel page of a
 *   product that has it, if one has; to:SCREEN (the usual choices); first:ROLE (press
 *   the first or, last:ROLE, the last one); fill (a field); type:TEXT (_ is a space);
 *   enter; pass:SECONDS; keep (the ticket); scan (it); type-code (of it); scan-other;
 *   on-time, too-late (for it);
 *   offline, taken, uncertain, no-paper, no-printer, numbers:WHAT (walk_in_play()),
 *   post-cut, post-refused, no-errands, keyless, asks-much, at-night: how the world is;
 *   out-of-order. With a ? behind it the way is not there where that is not.
 * False when this catalogue has no such way.
 */
bool tour_take(struct tour *tour, const struct tour_paths *paths, const char *words);
