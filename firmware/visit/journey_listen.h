#pragma once

#include "journey_step.h"

/* What somebody does at the kiosk who hears and does not see. */

/* Begins to listen anew: before each step but those that look and listen. */
void listen_anew(struct journey_run *run);

bool run_hear(struct journey_run *run, const struct step *step, struct error *error);
bool
run_say_nothing(struct journey_run *run, const struct step *step, struct error *error);
bool
run_listen_for(struct journey_run *run, const struct step *step, struct error *error);
bool run_spell(struct journey_run *run, const struct step *step, struct error *error);
bool check_headphones(const struct step *step, struct error *error);
bool
run_headphones(struct journey_run *run, const struct step *step, struct error *error);
