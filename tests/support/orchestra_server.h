#pragma once

#include "orchestra.h"
#include "strict_server.h"

/*
 * A strict Qmatic on loopback: exactly the paths, matrix parameters and their order,
 * headers and body members of the API as it was recorded.
 */

#define ORCHESTRA_BASE "/qmatic/calendar-backend/public/api/"
#define ORCHESTRA_KEY "k3y-Of_This.Test+/="
#define ORCHESTRA_TAKEN "8021" /* its error_code when the time is gone */

/* `orchestra` is changed while nobody asks. Stopped by strict_server_stop(). */
struct strict_server *orchestra_server_start(struct orchestra *orchestra);
