#include "visit/kiosk_office.h"

#include "base/backoffice_call.h"
#include "base/text.h"

#define LOG_MODULE "kiosk"
#include "base/log.h"

#define PATH_BYTES (KIOSK_PATH_BYTES + 32)

static const char *
data_path(const struct kiosk_settings *settings, const char *name,
          char path[PATH_BYTES])
{
    struct text text = text_begin(path, PATH_BYTES);

    text_format(&text, "%s/%s", settings->data, name);
    return path;
}

/* It also brings the key to seal with. */
static void
open_errands(const struct kiosk_settings *settings, const struct sign_key *key,
             int retry_ms, struct kiosk_office *office)
{
    char folder[PATH_BYTES], seal[PATH_BYTES];
    struct error error = {0};

    office->errands = errand_post_open(
        &(struct errand_post_options){.folder = data_path(settings, "errands", folder),
                                      .seal_file =
                                          data_path(settings, "backoffice.seal", seal),
                                      .url = settings->backoffice,
                                      .key = key,
                                      .ca_file = settings->ca_file,
                                      .retry_ms = retry_ms},
        &error);
    if (office->errands == NULL) {
        log_error("%s", error.message);
    }
}

static void
open_tickets(const struct kiosk_settings *settings, const struct sign_key *key,
             struct kiosk_office *office)
{
    char file[PATH_BYTES];
    struct error error = {0};

    office->tickets = ticket_list_open(
        &(struct ticket_list_options){.file =
                                          data_path(settings, "ticket-keys.json", file),
                                      .url = settings->backoffice,
                                      .key = key,
                                      .ca_file = settings->ca_file},
        &error);
    if (office->tickets == NULL) {
        log_error("%s", error.message);
    }
}

/* Numbers are of the back office, whoever keeps the appointments. */
static bool
open_walk_in(const struct kiosk_settings *settings, const struct sign_key *key,
             struct kiosk_office *office, struct error *error)
{
    const struct backoffice_options options = {
        .url = settings->backoffice, .key = key, .ca_file = settings->ca_file};

    if (settings->appointments.maker == APPOINTMENTS_SCRIPTED) {
        office->walk_in = walk_in_scripted_create();
    } else if (settings->backoffice[0] != '\0') {
        office->walk_in = walk_in_backoffice_create(&options, error);
        return office->walk_in != NULL;
    }
    return true;
}

bool
kiosk_office_open(const struct kiosk_settings *settings, const struct sign_key *key,
                  int retry_ms, struct kiosk_office *office, struct error *error)
{
    *office = (struct kiosk_office){NULL, NULL, NULL};
    if (!open_walk_in(settings, key, office, error)) {
        return false;
    }
    if (settings->backoffice[0] != '\0') {
        open_errands(settings, key, retry_ms, office);
        open_tickets(settings, key, office);
    }
    return true;
}

void
kiosk_office_close(struct kiosk_office *office)
{
    errand_post_close(office->errands);
    ticket_list_close(office->tickets);
    walk_in_client_destroy(office->walk_in);
    *office = (struct kiosk_office){NULL, NULL, NULL};
}

void
kiosk_office_set_network(const struct kiosk_office *office, bool up)
{
    if (office->walk_in != NULL) {
        walk_in_plug(office->walk_in, up);
    }
    if (office->errands != NULL) {
        errand_post_set_network(office->errands, up);
    }
}

bool
kiosk_office_is_idle(const struct kiosk_office *office)
{
    return office->errands == NULL || errand_post_is_idle(office->errands);
}
