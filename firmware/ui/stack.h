#pragma once

#include "parts.h"

/*
 * Parts under each other: those of one role that stand side by side make a band;
 * bands share out what room is left, to the parts that may grow first, then
 * between the groups of times.
 */

struct band {
    int first, count, columns, rows;
    int height;     /* of one row */
    int height_max; /* of one row; 0 does not grow */
    int gap;        /* after the band */
    int row_gap;
    bool firm;     /* the gap is what fingers need */
    bool spring;   /* room that is left may go before it */
    bool centered; /* as much before as after */
    const struct part *part;
};

struct stack {
    struct band bands[PAGE_ELEMENTS_MAX];
    int count;
};

/* The bands of a slot without its foot, with the least height of each. */
void stack_gather(struct build *build, enum slot slot, int width, struct stack *stack);

/* True for what stands against the bottom: the actions, and an overlay's buttons. */
bool stack_is_foot(const struct element *element);

/* Lays the slot's parts out from the top of `area`; returns the height they take. */
int stack_put(struct build *build, enum slot slot, struct rectangle area);

/* How many of the part's kind stand side by side in that width. */
int stack_columns(struct build *build, int element, int width);

/* The least height of one part. */
int stack_part_height(struct build *build, int element, int width);

/* The height they need. */
int stack_height(struct build *build, enum slot slot, int width);
/* The same with as little between them as may be. */
int stack_least_height(struct build *build, enum slot slot, int width);
/* Whether there is room, if need be with less between them. */
bool stack_fits(struct build *build, enum slot slot, struct rectangle area);

/* The height of the actions; of an overlay these are its buttons. */
int stack_foot_height(struct build *build, enum slot slot, int width);

/* The actions, up from the bottom of `area`; returns their height. */
int stack_put_foot(struct build *build, enum slot slot, struct rectangle area);
