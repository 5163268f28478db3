#pragma once

#include "parts.h"

/*
 * Parts under each other: those of one role that stand side by side make a band;
 * bands share out what room is left, to the parts that may grow first, then
 * between the groups of times.
 */

/* Lays the slot's parts out from the top of `area`; returns the height they take. */
int stack_put(struct build *build, enum slot slot, struct rectangle area);

/* The height they need at least; above `most` what can only be read gives way. */
int stack_height(struct build *build, enum slot slot, int width, int most);

/* The height of the actions; of an overlay these are its buttons. */
int stack_foot_height(struct build *build, enum slot slot, int width);

/* The actions, up from the bottom of `area`; returns their height. */
int stack_put_foot(struct build *build, enum slot slot, struct rectangle area);
