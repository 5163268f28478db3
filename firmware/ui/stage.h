#pragma once

#include "build.h"

/*
 * The dark stage: who and where, the step, the question. It is only for reading, but
 * where it stands beside the sheet it takes what has no room there.
 */

/* Decides how large the title is and what the stage has no room for; before all else.
 */
void stage_plan(struct build *build);

/* Whether that element has its place on the stage rather than on the sheet. */
bool stage_holds(const struct build *build, const struct element *element);

/* Whether its text ends above the button, or the edge, below it. */
bool stage_has_room(struct build *build);

void put_stage(struct build *build);

/* The mark and the names beside it. */
void put_header(struct build *build, const struct header_shape *header, int end);

/* stage_header.c: a stage of a few lines, and of one more where the title needs it:
 * then the sheet begins lower. */
void stage_header_make_room(struct build *build, struct metrics *metrics);
void stage_header_plan(struct build *build);
void put_stage_header(struct build *build);
/* Whether the title of a narrow stage is so long that it comes before the houses. */
bool stage_title_meets_street(struct build *build);

/* Shared by both. */
const struct stage_shape *stage_shape(const struct build *build);
void put_stage_bars(struct build *build, struct rectangle area, int thickness, int gap);
/* The run, as much smaller as that text needs to stay within width and height. */
struct run stage_run_within(struct build *build, struct run run, const char *text,
                            int width, int height);
