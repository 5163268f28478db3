#pragma once

#include "journey_step.h"

/* The steps that somebody does with fingers, keys and a code in the hand. */

/* Touches the button with that id, which is shown. */
bool touch_button(struct journey_run *run, const char *id, struct error *error);
/* Goes to it with the keys and presses OK. */
bool reach_and_press(struct journey_run *run, const char *id, struct error *error);

/* Sets the letters as run->text says, once in a visit: what is set later stays. */
bool keep_text(struct journey_run *run, struct error *error);

bool run_tap(struct journey_run *run, const struct step *step, struct error *error);
bool run_hold(struct journey_run *run, const struct step *step, struct error *error);
bool run_slide(struct journey_run *run, const struct step *step, struct error *error);
bool check_touch(const struct step *step, struct error *error);
bool run_touch(struct journey_run *run, const struct step *step, struct error *error);
bool run_type(struct journey_run *run, const struct step *step, struct error *error);
bool check_language(const struct step *step, struct error *error);
bool
run_language(struct journey_run *run, const struct step *step, struct error *error);
bool check_press(const struct step *step, struct error *error);
bool run_press(struct journey_run *run, const struct step *step, struct error *error);
bool run_reach(struct journey_run *run, const struct step *step, struct error *error);
bool run_scan(struct journey_run *run, const struct step *step, struct error *error);
