#pragma once

#include "tour_steps.h"

/* The ways beside the catalogue, for one product that has them all. */
void tour_ways(struct tour *tour, const struct tour_paths *paths);
