#include "backoffice/fleet.h"

#include <string.h>

#include "backoffice/identity.h"
#include "base/claim_code.h"
#include "base/memory.h"
#include "base/text.h"

#define LOG_MODULE "fleet"
#include "base/log.h"

bool
fleet_check_name(const char *what, const char *name, size_t size, struct error *error)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    if (name[0] == '\0' || strlen(name) >= size ||
        name[strspn(name, allowed)] != '\0' || name[0] == '-')
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: must be 1 to %zu of a-z, 0-9 and -, like linde-01", what,
                         size - 1);
    }
    return true;
}

struct claim {
    const char *code;
    struct fleet_kiosk *kiosk;
};

static bool
claim_work(struct store_session *session, void *data, struct error *error)
{
    struct claim *claim = data;

    return (claim->code[0] == '\0' ||
            store_announced(session, claim->code, claim->kiosk->public_key, error)) &&
           store_kiosk_claim(session, claim->kiosk, error) &&
           store_kiosk_find(session, claim->kiosk->public_key, claim->kiosk, error);
}

bool
fleet_claim(struct store *store, const char *code, struct fleet_kiosk *kiosk,
            struct error *error)
{
    char read[CLAIM_CODE_BYTES] = "";
    struct claim claim = {.code = read, .kiosk = kiosk};

    if (!fleet_check_name("name", kiosk->name, sizeof(kiosk->name), error) ||
        !fleet_check_name("location", kiosk->location, sizeof(kiosk->location), error))
    {
        return false;
    }
    if (code[0] != '\0' && !claim_code_read(code, read)) {
        return error_set(
            error, ERROR_BAD_INPUT,
            "code: must be the %d letters and digits on the kiosk's screen",
            CLAIM_CODE_LENGTH);
    }
    if (!store_write(store, claim_work, &claim, error)) {
        return false;
    }
    log_info("kiosk %s was claimed for location %s", kiosk->name, kiosk->location);
    return true;
}

struct token {
    uint8_t hash[HASH_BYTES];
    enum fleet_role role;
};

static bool
token_work(struct store_session *session, void *data, struct error *error)
{
    struct token *token = data;

    return store_token_add(session, token->hash, token->role, error);
}

bool
fleet_token_create(struct store *store, enum fleet_role role,
                   char text[IDENTITY_TOKEN_BYTES], struct error *error)
{
    struct token token = {.role = role};

    identity_token_make(text, token.hash);
    return store_write(store, token_work, &token, error);
}
