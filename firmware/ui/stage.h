#pragma once

#include "build.h"

/* The dark field that is only read: who and where, step, question, and at home the
 * street. Where it stands beside the sheet it has room for one button. */

/* Beside keys there is no room on the sheet for what is only read. */
bool is_message_on_stage(const struct build *build, const struct element *element);

void put_header(struct build *build);
void put_work_stage(struct build *build, struct rectangle stage);
void put_home_stage(struct build *build, struct rectangle stage);
