#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "appointment/client.h"
#include "base/backoffice_call.h"
#include "base/error.h"

/*
 * Numbers for who comes without an appointment: drawn where the kiosk stands, and
 * called there. One contract, whoever keeps the appointments.
 *
 * Calls wait for the network: they belong in a worker. Errors: ERROR_OFFLINE nothing
 * was drawn; ERROR_UNCERTAIN perhaps one was: asked again with the same key it is the
 * same one; ERROR_REFUSED this product has no numbers here, or the key is spent;
 * ERROR_BAD_INPUT an answer that can't be understood.
 */

#define WALK_IN_NUMBER_BYTES 12
#define WALK_IN_NOTE_BYTES 320
#define WALK_IN_DESKS_MAX 8

enum walk_in_refusal {
    WALK_IN_GIVEN,
    WALK_IN_CLOSED, /* nobody is served there now */
    WALK_IN_FULL    /* no more are given today */
};

struct walk_in_wish {
    char key[APPOINTMENT_KEY_BYTES]; /* of appointment_key_make() */
    char product[APPOINTMENT_ID_BYTES];
    char language[4]; /* "nl": whoever calls sees it */
};

/* That there is none is an answer too, and no error. */
struct walk_in_number {
    enum walk_in_refusal refusal;
    char note[WALK_IN_NOTE_BYTES];   /* what staff say about a refusal, in Dutch; "" */
    char text[WALK_IN_NUMBER_BYTES]; /* "A 042" */
    int ahead;                       /* people who are called before */
    int wait_minutes;                /* about, a multiple of 5; -1: nobody can tell */
    int desks[WALK_IN_DESKS_MAX];    /* where it may be called, as far as known */
    size_t desk_count;
    char follow[APPOINTMENT_CHECK_IN_BYTES]; /* address of its page; "": none */
};

struct walk_in_client;

/* NULL is fine. */
void walk_in_client_destroy(struct walk_in_client *client);

bool walk_in_draw(struct walk_in_client *client, const struct walk_in_wish *wish,
                  struct walk_in_number *number, struct error *error);
/* What who draws now would get, without drawing: `number` without a text. */
bool walk_in_expect(struct walk_in_client *client, const char *product,
                    struct walk_in_number *number, struct error *error);
/* Nobody was shown what that key drew, or draws yet: it will not be called. */
bool
walk_in_withdraw(struct walk_in_client *client, const char *key, struct error *error);

/* Pulled out every call is ERROR_OFFLINE and reaches nobody; for journeys. From any
 * thread. */
void walk_in_plug(struct walk_in_client *client, bool plugged_in);

/*
 * The maker for our own queue: /v1/queue of a back office. A drawing whose answer is
 * lost is asked once more. ERROR_BAD_INPUT when the URL has more than scheme, host and
 * port.
 */
struct walk_in_client *
walk_in_backoffice_create(const struct backoffice_options *options,
                          struct error *error);

/* The maker for tests, journeys and demonstrations: "A 042" is its first, with 6 people
 * ahead and 20 minutes to wait. */
struct walk_in_client *walk_in_scripted_create(void);

/*
 * What its next drawing ends in: "closed", "full", "offline", "uncertain" (the answer
 * is lost), or "unknown": from now on nobody can tell how long it takes. False when it
 * is none of these, or another maker.
 */
bool walk_in_play(struct walk_in_client *client, const char *what);
/* Numbers that were drawn and not withdrawn; 0 of another maker. */
size_t walk_in_count_drawn(struct walk_in_client *client);
