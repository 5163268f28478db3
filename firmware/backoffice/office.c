#include "backoffice/office.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice/conflicts.h"
#include "backoffice/counts.h"
#include "backoffice/errand_routes.h"
#include "backoffice/fleet_routes.h"
#include "backoffice/intake.h"
#include "backoffice/screen_counts.h"
#include "backoffice/store_fleet.h"
#include "base/text.h"

#define PATH_BYTES 512

static bool
key_path(const char *database_path, const char *name, char path[PATH_BYTES],
         struct error *error)
{
    struct text text = text_begin(path, PATH_BYTES);

    text_format(&text, "%s.%s.key", database_path, name);
    return !text.truncated ||
           error_set(error, ERROR_BAD_INPUT, "database: the path is too long");
}

static bool
open_key(const char *database_path, const char *name, struct sign_key *key,
         struct error *error)
{
    char path[PATH_BYTES];

    return key_path(database_path, name, path, error) &&
           sign_key_open(path, key, error);
}

static bool
open_seal(const char *database_path, struct seal_key *key, struct error *error)
{
    char path[PATH_BYTES];

    return key_path(database_path, "seal", path, error) &&
           seal_key_open(path, key, error);
}

static bool
list_key(struct store_session *session, void *data, struct error *error)
{
    const struct office *office = data;
    struct ticket_key key = {.valid_from = store_now(session),
                             .valid_to = TICKET_KEY_NO_END};

    memcpy(key.public_key, office->ticket.public_key, SIGN_PUBLIC_BYTES);
    return store_ticket_key_add(session, &key, error);
}

bool
office_open_keys(struct office *office, const char *database_path, struct error *error)
{
    return open_key(database_path, "municipality", &office->municipality, error) &&
           open_key(database_path, "ticket", &office->ticket, error) &&
           open_seal(database_path, &office->seal, error) &&
           store_write(office->store, list_key, office, error);
}

/* --- health and description ----------------------------------------------------- */

static bool
look(struct store_session *session, void *data, struct error *error)
{
    struct fleet_kiosk *list = NULL;
    size_t count;
    bool good = store_kiosk_list(session, &list, &count, error);

    (void)data;
    free(list);
    return good;
}

/* For a load balancer: can it read its database? */
static void
get_health(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    struct office *office = data;
    struct error error = {0};

    (void)request;
    if (store_read(office->store, look, NULL, &error)) {
        http_server_answer_text(answer, 200, "application/json", "{\"status\":\"ok\"}");
    } else {
        http_server_answer_error(answer, &error);
    }
}

static void
get_description(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    const struct office *office = data;

    (void)request;
    http_server_answer_text(answer, 200, "application/openapi+json;version=3.0",
                            office->openapi);
    /* The design rules want a description that any page may fetch. */
    http_server_answer_header(answer, "Access-Control-Allow-Origin", "*");
}

static const struct http_route office_routes[] = {
    {"GET", "/v1/health", 0, get_health},
    {"GET", "/v1/openapi.json", 0, get_description},
};

void
office_add_routes(struct http_server *server, struct office *office)
{
    http_server_add(server, intake_routes, intake_route_count, office);
    http_server_add(server, conflicts_routes, conflicts_route_count, office);
    http_server_add(server, counts_routes, counts_route_count, office);
    http_server_add(server, screen_counts_routes, screen_counts_route_count, office);
    http_server_add(server, errand_routes, errand_route_count, office);
    http_server_add(server, fleet_routes, fleet_route_count, office);
    http_server_add(server, office_routes,
                    sizeof(office_routes) / sizeof(office_routes[0]), office);
}
