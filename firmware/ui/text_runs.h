#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One line of text in the order that it is seen. A line mixes directions: Arabic
 * runs to the left, the time inside it to the right. Runs come out from left to
 * right on the screen; inside a run the bytes stay in logical order.
 */

struct text_run {
    size_t start, length; /* bytes */
    bool right_to_left;
};

#define TEXT_RUNS_MAX 64

/*
 * Writes the runs of a line, at most `max` ≥ 1: a line that has more keeps its rest
 * in the last one. `right_to_left` is the paragraph's direction.
 */
size_t text_runs_split(const char *text, size_t length, bool right_to_left,
                       struct text_run *runs, size_t max);

/* True when its first letter is of a script that runs to the left: such a text is a
 * paragraph of its own direction. Allocates nothing. */
bool text_runs_is_right_to_left(const char *text);

/* One character of text that ends at `end` instead of at a NUL; 0 at the end. */
uint32_t text_runs_next(const char **text, const char *end);
