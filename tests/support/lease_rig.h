#pragma once

#include <stdatomic.h>

#include "appointment/client.h"
#include "appointment/leased.h"
#include "backoffice/http_server.h"
#include "base/sign.h"
#include "book_setup.h"

/*
 * Kiosks with leases against the real book: HTTP on loopback, SQLite on disk, and one
 * clock to turn, book_setup_clock. Each kiosk has a card (its files), a plug, and a
 * steady clock that begins with its boot.
 */

#define LEASE_RIG_NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define LEASE_RIG_ROUTES 64

struct lease_rig {
    struct book_setup book;
    struct http_server *server;
    struct http_route routes[LEASE_RIG_ROUTES];
    int port;
    char url[48];
    unsigned boots, cards; /* so many were there */
};

void lease_rig_begin(struct lease_rig *rig, int slots, int days);
void lease_rig_end(struct lease_rig *rig);
/* From now on it leases so many slots, as after other settings and a restart. */
void lease_rig_lease(struct lease_rig *rig, int slots);
/* Every booking is done or not, and its answer is a failure. */
void lease_rig_break(struct lease_rig *rig, bool broken);
/* So many answers about leases do not arrive, though what they answer is done. */
void lease_rig_lose(struct lease_rig *rig, int answers);

struct lease_kiosk {
    struct lease_rig *rig;
    struct sign_key key;
    char card[128]; /* what the names of its files begin with */
    char boot[TIME_BOOT_BYTES];
    int64_t booted;   /* when */
    int64_t wall_off; /* how far its wall clock is off, in seconds */
    bool vouched;     /* does somebody vouch for that clock? */
    struct appointment_client *plug, *client; /* NULL: it is off */
};

/* A kiosk that is claimed, with an empty card; on, and plugged in. */
void
lease_kiosk_make(struct lease_kiosk *kiosk, struct lease_rig *rig, const char *name);
/* Another one with a copy of that card as it is now; off. */
void lease_kiosk_copy(struct lease_kiosk *copy, const struct lease_kiosk *kiosk);
/* Its program starts, and ends. */
void lease_kiosk_start(struct lease_kiosk *kiosk);
void lease_kiosk_stop(struct lease_kiosk *kiosk);
/* Power is gone in the middle of whatever it was at; off. */
void lease_kiosk_cut(struct lease_kiosk *kiosk);
/* The machine starts: another boot, and nobody vouches for its clock. */
void lease_kiosk_boot(struct lease_kiosk *kiosk);
void lease_kiosk_plug(struct lease_kiosk *kiosk, bool plugged_in);
/* ERROR_NONE when it went well. */
enum error_kind lease_kiosk_renew(struct lease_kiosk *kiosk);
/* "CARD.NAME" */
void
lease_kiosk_file(const struct lease_kiosk *kiosk, const char *name, char path[160]);
