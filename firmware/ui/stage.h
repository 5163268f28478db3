#pragma once

#include "build.h"

/* The dark field that is only read: who and where, step, question, and at home the
 * street. Where it stands beside the sheet it has room for one button. */

void put_header(struct build *build);
void put_work_stage(struct build *build, struct rectangle stage);
void put_home_stage(struct build *build, struct rectangle stage);
