#pragma once

#include "appointment/client.h"
#include "base/backoffice_call.h"
#include "base/error.h"

/*
 * The maker for our own book: /v1/appointments of a back office, each request
 * signed with the kiosk's key. A booking, move, cancellation or arrival whose answer is
 * lost is asked once more with the same key, which can't do it twice; only when that
 * goes unanswered too is it ERROR_UNCERTAIN.
 */

/* ERROR_BAD_INPUT when the URL has more than scheme, host and port. */
struct appointment_client *
appointment_backoffice_create(const struct backoffice_options *options,
                              struct error *error);
