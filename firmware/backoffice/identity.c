#include "backoffice/identity.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/sign.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"

#define TOKEN_RANDOM_BYTES 32

static bool
refuse(struct http_server_answer *answer, const char *scheme, const char *message)
{
    http_server_answer_problem(answer, 401, "%s", message);
    http_server_answer_header(answer, "WWW-Authenticate", scheme);
    return false;
}

bool
identity_signer(const struct http_server_request *request,
                uint8_t public_key[SIGN_PUBLIC_BYTES],
                struct http_server_answer *answer)
{
    struct error error = {0};

    if (!signed_request_verify(
            http_server_header(request, "Content-Digest"),
            http_server_header(request, "Signature-Input"),
            http_server_header(request, "Signature"), request->method, request->target,
            request->body, request->body_length, request->now_s, public_key, &error))
    {
        return refuse(answer, "Signature realm=\"loketzuil\"", error.message);
    }
    return true;
}

struct find {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    struct fleet_kiosk *kiosk;
};

static bool
find_kiosk(struct store_session *session, void *data, struct error *error)
{
    struct find *find = data;

    return store_kiosk_find(session, find->public_key, find->kiosk, error);
}

bool
identity_kiosk(struct store *store, const struct http_server_request *request,
               struct fleet_kiosk *kiosk, struct http_server_answer *answer)
{
    struct find find = {.kiosk = kiosk};
    struct error error = {0};

    if (!identity_signer(request, find.public_key, answer)) {
        return false;
    }
    if (!store_read(store, find_kiosk, &find, &error)) {
        if (error.kind == ERROR_NOT_FOUND) {
            error.kind = ERROR_REFUSED;
        }
        http_server_answer_error(answer, &error);
        return false;
    }
    if (kiosk->revoked_at != TIME_NONE) {
        http_server_answer_problem(answer, 403, "This kiosk was revoked.");
        return false;
    }
    return true;
}

struct look_up {
    uint8_t hash[HASH_BYTES];
    enum fleet_role role;
};

static bool
find_role(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;

    return store_token_role(session, look_up->hash, &look_up->role, error);
}

bool
identity_staff(struct store *store, const struct http_server_request *request,
               enum fleet_role at_least, struct http_server_answer *answer)
{
    static const char scheme[] = "Bearer realm=\"loketzuil\"";
    const char *authorization = http_server_header(request, "Authorization");
    struct look_up look_up;
    struct error error = {0};

    if (authorization == NULL || strncasecmp(authorization, "Bearer ", 7) != 0) {
        return refuse(answer, scheme, "This needs \"Authorization: Bearer TOKEN\".");
    }
    hash_bytes(authorization + 7, strlen(authorization + 7), look_up.hash);
    if (!store_read(store, find_role, &look_up, &error)) {
        if (error.kind == ERROR_NOT_FOUND) {
            return refuse(answer, scheme, error.message);
        }
        http_server_answer_error(answer, &error);
        return false;
    }
    if (look_up.role < at_least) {
        http_server_answer_problem(answer, 403, "This needs a token of an editor.");
        return false;
    }
    return true;
}

void
identity_token_make(char token[IDENTITY_TOKEN_BYTES], uint8_t hash[HASH_BYTES])
{
    uint8_t secret[TOKEN_RANDOM_BYTES];

    assert(text_base32_length(sizeof(secret)) < IDENTITY_TOKEN_BYTES);
    random_bytes(secret, sizeof(secret));
    text_base32_encode(token, secret, sizeof(secret));
    token[text_base32_length(sizeof(secret))] = '\0';
    hash_bytes(token, strlen(token), hash);
    memory_wipe(secret, sizeof(secret));
}
