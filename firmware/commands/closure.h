#pragma once

/* What the commands about desks and closures share. */

/* How many appointments need somebody's care after a change: `body` is the answer to
 * it. Returns the command's status. */
int closure_say_affected(const char *body);
