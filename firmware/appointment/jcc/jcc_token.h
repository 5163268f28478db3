#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/http_client.h"

/*
 * The access token of OAuth 2 client credentials (RFC 6749 §4.4), in memory only.
 * It ends a while before the server says, so that no request meets its end; one
 * without a duration is used until it is refused.
 */

struct jcc_token {
    char *text; /* NULL: none */
    int64_t until_ms;
};

struct jcc_credentials {
    char *token_url;
    char *authorization; /* "Authorization: Basic …", RFC 6749 §2.3.1 */
};

void jcc_credentials_init(struct jcc_credentials *credentials, const char *token_url,
                          const char *client_id, const char *client_secret);
void jcc_credentials_finish(struct jcc_credentials *credentials); /* zeroed is fine */

bool jcc_token_is_good(const struct jcc_token *token, int64_t now_ms);
void jcc_token_forget(struct jcc_token *token);
/* ERROR_REFUSED: the credentials are wrong. */
bool jcc_token_renew(struct jcc_token *token, struct http_client *http,
                     const struct jcc_credentials *credentials, int timeout_ms,
                     int64_t now_ms, struct error *error);
