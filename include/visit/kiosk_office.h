#pragma once

#include <stdbool.h>

#include "appointment/walk_in.h"
#include "base/sign.h"
#include "errand/post.h"
#include "ticket/ticket_list.h"
#include "visit/kiosk_settings.h"

/*
 * What a kiosk has of its back office beside appointments and counts: numbers to wait
 * with, a post for those who ask for a person, and the keys that tickets are checked
 * with. Each is NULL where there is no back office; numbers come from the scripted
 * maker when the appointments do.
 */

struct kiosk_office {
    struct walk_in_client *walk_in;
    struct errand_post *errands;
    struct ticket_list *tickets;
};

/*
 * `retry_ms`: how soon the post tries again, 0 for its own. A post or a list that can't
 * be opened is logged, and the kiosk serves without it. False with the error when
 * numbers can't be had as they were set.
 */
bool
kiosk_office_open(const struct kiosk_settings *settings, const struct sign_key *key,
                  int retry_ms, struct kiosk_office *office, struct error *error);
/* After the flow that uses them. */
void kiosk_office_close(struct kiosk_office *office);

/* A journey pulls the plug. */
void kiosk_office_set_network(const struct kiosk_office *office, bool up);
/* True when nothing is left to send. */
bool kiosk_office_is_idle(const struct kiosk_office *office);
