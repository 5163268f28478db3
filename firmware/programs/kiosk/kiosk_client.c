#include <string.h>

#include "appointment/leased.h"
#include "appointment/none.h"
#include "appointment/switched.h"
#include "programs/kiosk/kiosk.h"
#include "ticket/ticket.h"
#include "visit/client_names.h"

#define EARLIEST_MAX 8 /* locations that show their first free time; see qmatic.h */

static struct appointment_client *
make_client(struct kiosk *kiosk, struct error *error)
{
    struct appointment_settings settings = kiosk->settings.appointments;

    if (settings.maker != APPOINTMENTS_SCRIPTED) {
        settings.earliest_max = EARLIEST_MAX;
        return appointment_settings_open(&settings, &kiosk->key, error);
    }
    if (kiosk->catalogue == NULL) {
        return appointment_none_create(); /* nothing to book, and nobody can */
    }
    kiosk->rehearsal =
        (struct rehearsal){kiosk->catalogue, &kiosk->key, kiosk_now_s, kiosk};
    kiosk->scripted = rehearsal_create(&kiosk->rehearsal, error);
    return kiosk->scripted;
}

/* The clocks that a lease is counted by; a journey's steady one is its own. */
static struct leased_clock
lease_clock(void *data)
{
    const struct kiosk *kiosk = data;
    struct leased_clock clock = {.steady_ms = kiosk_now(data).now_ms,
                                 .wall_s = TIME_NONE};

    memcpy(clock.boot, kiosk->boot, sizeof(clock.boot));
    if (kiosk->journey == NULL && time_is_vouched_for()) {
        clock.wall_s = time_now_s();
    }
    return clock;
}

static void
sign_ticket(void *data, const uint8_t id[16], int64_t start, const char *location,
            char text[APPOINTMENT_CHECK_IN_BYTES])
{
    const struct kiosk *kiosk = data;

    ticket_sign(&kiosk->key, kiosk->catalogue->municipality.ticket_address, id, start,
                location, text);
}

/* Our own book goes on while nobody can be reached: not where what was given out would
 * be gone with the power, nor in a system that knows no leases. */
static bool
open_lease(struct kiosk *kiosk, struct error *error)
{
    char path[KIOSK_PATH_BYTES + 32];
    const struct leased_options options = {
        .path = kiosk_data_path(kiosk, "lease.db", path),
        .now = lease_clock,
        .check_in = sign_ticket,
        .data = kiosk,
    };
    struct appointment_client *client;

    if (kiosk->client->operations->settle == NULL || kiosk->catalogue == NULL ||
        kiosk->keeps_nothing)
    {
        return true;
    }
    time_boot(kiosk->boot);
    client = appointment_leased_create(kiosk->client, &options, error);
    if (client == NULL) {
        return false;
    }
    kiosk->client = client;
    return true;
}

bool
kiosk_open_client(struct kiosk *kiosk, struct error *error)
{
    struct appointment_client *client = make_client(kiosk, error);

    if (client == NULL) {
        return false;
    }
    if (appointment_settings_has_own_ids(&kiosk->settings.appointments)) {
        client = client_names_create(client, kiosk->catalogue);
    }
    /* Only a journey pulls the plug. */
    kiosk->plug = kiosk->client =
        kiosk->journey != NULL ? appointment_switched_create(client) : client;
    return open_lease(kiosk, error);
}
