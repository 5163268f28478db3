#pragma once

#include "journey_step.h"

/*
 * Taps that another machine can repeat: after `record NAME` each is a line "X Y" of
 * NAME.txt, and the screen after the third is NAME-003.png (NAME-000.png: before all).
 */

bool run_record(struct journey_run *run, const struct step *step, struct error *error);
/* Nothing when nobody asked for it. */
bool record_tap(struct journey_run *run, int x, int y, struct error *error);
/* The screen as it is now. */
bool
record_picture(const struct journey_run *run, const char *path, struct error *error);
