#pragma once

#include "tour_kiosk.h"

/* How a tourist gets along: to a screen by the usual choices, and the ways beside the
 * catalogue, for one product that has them all. */

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

/* Everything that is not of one product. */
void tour_ways(struct tour *tour, const struct tour_paths *paths);
