#include "backoffice/fleet_routes.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice/fleet.h"
#include "backoffice/identity.h"
#include "backoffice/office.h"
#include "base/memory.h"
#include "base/text.h"
#include "ticket/ticket_keys.h"

#define LOG_MODULE "fleet"
#include "base/log.h"

#define BODY_MAX 4096

static void
write_kiosk(struct json_writer *writer, const struct fleet_kiosk *kiosk)
{
    char key[SIGN_KEY_TEXT_BYTES], time[TIME_TEXT_BYTES];

    text_hex_encode(key, kiosk->public_key, SIGN_PUBLIC_BYTES);
    instant_format(NULL, kiosk->claimed_at, time);
    json_write_object(writer);
    json_write_name(writer, "name");
    json_write_text(writer, kiosk->name);
    json_write_name(writer, "location");
    json_write_text(writer, kiosk->location);
    json_write_name(writer, "public_key");
    json_write_text(writer, key);
    json_write_name(writer, "claimed_at");
    json_write_text(writer, time);
    json_write_name(writer, "revoked");
    json_write_boolean(writer, kiosk->revoked_at != TIME_NONE);
    json_write_end(writer);
}

/* --- POST /v1/kiosks/announce, by a kiosk --------------------------------------- */

struct announce {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    const char *peer;
    bool claimed;
    struct fleet_kiosk kiosk;
};

static bool
announce_work(struct store_session *session, void *data, struct error *error)
{
    struct announce *announce = data;

    announce->claimed =
        store_kiosk_find(session, announce->public_key, &announce->kiosk, error);
    if (announce->claimed) {
        return true;
    }
    return error->kind == ERROR_NOT_FOUND &&
           store_announce(session, announce->public_key, announce->peer, error);
}

/* What the body says must be what the signature says. */
static bool
read_announcement(const struct http_server_request *request,
                  const uint8_t public_key[SIGN_PUBLIC_BYTES], struct error *error)
{
    char expected_key[SIGN_KEY_TEXT_BYTES], key[SIGN_KEY_TEXT_BYTES];
    char expected_code[CLAIM_CODE_BYTES], code[CLAIM_CODE_BYTES];
    struct json *body = json_parse(request->body, request->body_length, error);
    bool good = body != NULL &&
                json_get_text(body, "public_key", key, sizeof(key), error) &&
                json_get_text(body, "code", code, sizeof(code), error);

    json_destroy(body);
    if (!good) {
        return false;
    }
    text_hex_encode(expected_key, public_key, SIGN_PUBLIC_BYTES);
    claim_code_make(public_key, expected_code);
    return (text_equal(key, expected_key) && text_equal(code, expected_code)) ||
           error_set(error, ERROR_BAD_INPUT,
                     "public_key and code must be those of the key that signed");
}

static void
post_announce(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct office *office = data;
    struct announce announce = {.peer = request->peer};
    struct error error = {0};
    struct json_writer *writer;

    if (!identity_signer(request, announce.public_key, answer)) {
        return;
    }
    if (!read_announcement(request, announce.public_key, &error)) {
        http_server_answer_error(answer, &error);
        return;
    }
    if (!store_write(office->store, announce_work, &announce, &error)) {
        if (error.kind == ERROR_REFUSED) {
            http_server_answer_problem(answer, 429, "%s", error.message);
            http_server_answer_header(answer, "Retry-After", "600");
            return;
        }
        http_server_answer_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    json_write_name(writer, "claimed");
    json_write_boolean(writer,
                       announce.claimed && announce.kiosk.revoked_at == TIME_NONE);
    if (announce.claimed) {
        json_write_name(writer, "kiosk");
        write_kiosk(writer, &announce.kiosk);
    }
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

/* --- for staff ------------------------------------------------------------------ */

static bool
check_location(const struct office *office, const char *id, struct error *error)
{
    return office->catalogue == NULL ||
           catalogue_location(office->catalogue, id) != NULL ||
           error_set(error, ERROR_BAD_INPUT,
                     "location: the catalogue has none called \"%s\"", id);
}

static void
post_claim(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    struct office *office = data;
    struct fleet_kiosk kiosk = {0};
    struct error error = {0};
    char code[32];
    struct json *body;

    if (!identity_staff(office->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    body = json_parse(request->body, request->body_length, &error);
    if (body != NULL && json_get_text(body, "code", code, sizeof(code), &error) &&
        json_get_text(body, "name", kiosk.name, sizeof(kiosk.name), &error) &&
        json_get_text(body, "location", kiosk.location, sizeof(kiosk.location),
                      &error) &&
        (code[0] != '\0' ||
         error_set(&error, ERROR_BAD_INPUT, "code: must not be empty")) &&
        check_location(office, kiosk.location, &error) &&
        fleet_claim(office->store, code, &kiosk, &error))
    {
        struct json_writer *writer = json_writer_create();

        write_kiosk(writer, &kiosk);
        http_server_answer_json(answer, 200, writer);
    } else {
        http_server_answer_error(answer, &error);
    }
    json_destroy(body);
}

static bool
revoke_work(struct store_session *session, void *data, struct error *error)
{
    return store_kiosk_revoke(session, data, error);
}

static void
post_revoke(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    struct office *office = data;
    struct error error = {0};
    char name[HTTP_SERVER_PARAMETER_BYTES];

    if (!identity_staff(office->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    text_copy(name, sizeof(name), request->parameters[0]);
    if (!fleet_check_name("name", name, USAGE_KIOSK_BYTES, &error) ||
        !store_write(office->store, revoke_work, name, &error))
    {
        http_server_answer_error(answer, &error);
        return;
    }
    log_info("kiosk %s was revoked", name);
}

struct kiosks {
    struct fleet_kiosk *list;
    size_t count;
};

static bool
list_work(struct store_session *session, void *data, struct error *error)
{
    struct kiosks *kiosks = data;

    return store_kiosk_list(session, &kiosks->list, &kiosks->count, error);
}

static void
get_kiosks(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    struct office *office = data;
    struct kiosks kiosks = {0};
    struct error error = {0};

    if (!identity_staff(office->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (store_read(office->store, list_work, &kiosks, &error)) {
        struct json_writer *writer = json_writer_create();

        json_write_object(writer);
        json_write_name(writer, "kiosks");
        json_write_array(writer);
        for (size_t i = 0; i < kiosks.count; i++) {
            write_kiosk(writer, &kiosks.list[i]);
        }
        json_write_end(writer);
        json_write_end(writer);
        http_server_answer_json(answer, 200, writer);
    } else {
        http_server_answer_error(answer, &error);
    }
    free(kiosks.list);
}

/* --- GET /v1/keys, for anybody who checks tickets ------------------------------- */

struct keys {
    struct ticket_key *list;
    size_t count;
};

static bool
keys_work(struct store_session *session, void *data, struct error *error)
{
    struct keys *keys = data;

    return store_ticket_keys(session, &keys->list, &keys->count, error);
}

/* Over the time of issue, a line end and the list as ticket_keys_write() writes it. */
static void
sign_keys(const struct sign_key *key, const struct keys *keys, const char *issued,
          char signature[2 * SIGN_SIGNATURE_BYTES])
{
    struct json_writer *list = json_writer_create();
    uint8_t bytes[SIGN_SIGNATURE_BYTES];
    const char *text;
    char *message;
    struct text whole;
    size_t length, size;

    ticket_keys_write(list, keys->list, keys->count);
    text = json_writer_text(list, &length);
    size = length + strlen(issued) + 2;
    message = memory_allocate(size, 1);
    whole = text_begin(message, size);
    text_add(&whole, issued);
    text_add(&whole, "\n");
    text_add_bytes(&whole, text, length);
    sign_message(key, message, whole.length, bytes);
    base64_encode(signature, 2 * SIGN_SIGNATURE_BYTES, bytes, sizeof(bytes));
    free(message);
    json_writer_destroy(list);
}

static void
answer_keys(const struct office *office, const struct keys *keys, int64_t now_s,
            struct http_server_answer *answer)
{
    struct json_writer *writer = json_writer_create();
    char signature[2 * SIGN_SIGNATURE_BYTES], key[SIGN_KEY_TEXT_BYTES];
    char issued[TIME_TEXT_BYTES];

    instant_format(NULL, now_s, issued);
    sign_keys(&office->municipality, keys, issued, signature);
    text_hex_encode(key, office->municipality.public_key, SIGN_PUBLIC_BYTES);
    json_write_object(writer);
    json_write_name(writer, "keys");
    ticket_keys_write(writer, keys->list, keys->count);
    json_write_name(writer, "issued");
    json_write_text(writer, issued);
    json_write_name(writer, "municipality_key");
    json_write_text(writer, key);
    json_write_name(writer, "signature");
    json_write_text(writer, signature);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

static void
get_keys(void *data, const struct http_server_request *request,
         struct http_server_answer *answer)
{
    struct office *office = data;
    struct keys keys = {0};
    struct error error = {0};

    if (store_read(office->store, keys_work, &keys, &error)) {
        answer_keys(office, &keys, request->now_s, answer);
    } else {
        http_server_answer_error(answer, &error);
    }
    free(keys.list);
}

/* With what a kiosk seals, while it is offline, what only the back office may read. */
static void
get_seal_key(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    const struct office *office = data;
    struct json_writer *writer = json_writer_create();
    char key[SEAL_KEY_TEXT_BYTES];

    (void)request;
    text_hex_encode(key, office->seal.public_key, SEAL_PUBLIC_BYTES);
    json_write_object(writer);
    json_write_name(writer, "public_key");
    json_write_text(writer, key);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

const struct http_route fleet_routes[] = {
    {"GET", "/v1/kiosks", 0, get_kiosks},
    {"POST", "/v1/kiosks/announce", BODY_MAX, post_announce},
    {"POST", "/v1/kiosks/claim", BODY_MAX, post_claim},
    {"POST", "/v1/kiosks/{name}/revoke", 0, post_revoke},
    {"GET", "/v1/keys", 0, get_keys},
    {"GET", "/v1/keys/seal", 0, get_seal_key},
};
const size_t fleet_route_count = sizeof(fleet_routes) / sizeof(fleet_routes[0]);
