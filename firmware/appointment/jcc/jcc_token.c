#include "jcc_token.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"

#define TOKEN_BYTES_MAX 16000
#define LIFE_S_MAX (366 * 86400)
#define MARGIN_MS_MAX 60000 /* longer than a request takes */

static const char form[] = "grant_type=client_credentials&scope=warp-api";

void
jcc_credentials_init(struct jcc_credentials *credentials, const char *token_url,
                     const char *client_id, const char *client_secret)
{
    static const char name[] = "Authorization: Basic ";
    size_t size = 3 * (strlen(client_id) + strlen(client_secret)) + 2;
    char *pair = memory_allocate(size, 1);
    struct text text = text_begin(pair, size);
    size_t base64_size;

    text_add_escaped(&text, client_id);
    text_add(&text, ":");
    text_add_escaped(&text, client_secret);
    base64_size = (text.length + 2) / 3 * 4 + 1;
    credentials->token_url = memory_copy_text(token_url);
    credentials->authorization = memory_allocate(sizeof(name) + base64_size, 1);
    memcpy(credentials->authorization, name, sizeof(name));
    base64_encode(credentials->authorization + sizeof(name) - 1, base64_size, pair,
                  text.length);
    memory_wipe(pair, size);
    free(pair);
}

static void
forget_text(char **text)
{
    if (*text != NULL) {
        memory_wipe(*text, strlen(*text));
        free(*text);
        *text = NULL;
    }
}

void
jcc_credentials_finish(struct jcc_credentials *credentials)
{
    free(credentials->token_url);
    credentials->token_url = NULL;
    forget_text(&credentials->authorization);
}

bool
jcc_token_is_good(const struct jcc_token *token, int64_t now_ms)
{
    return token->text != NULL && now_ms < token->until_ms;
}

void
jcc_token_forget(struct jcc_token *token)
{
    forget_text(&token->text);
}

/* It goes into a header as it is: visible characters only (RFC 6750 §2.1). */
static bool
may_be_token(const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || length > TOKEN_BYTES_MAX) {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text <= ' ' || *text > '~') {
            return false;
        }
    }
    return true;
}

/* Seconds, as a number or as a number in a text; -1 when it isn't said. */
static int64_t
life_of(const struct json *root)
{
    const struct json *life = json_member(root, "expires_in");
    double seconds = -1;

    if (life != NULL && json_type(life) == JSON_STRING) {
        char *end;

        seconds = strtod(json_string(life), &end);
        seconds = end == json_string(life) || *end != '\0' ? -1 : seconds;
    } else if (life != NULL &&
               (json_type(life) == JSON_INTEGER || json_type(life) == JSON_NUMBER))
    {
        seconds = json_number(life);
    }
    return seconds >= LIFE_S_MAX ? LIFE_S_MAX : seconds >= 0 ? (int64_t)seconds : -1;
}

static bool
take(struct jcc_token *token, const struct http_answer *answer, int64_t now_ms,
     struct error *error)
{
    struct error ignored;
    struct json *root = json_parse(answer->body, answer->body_length, &ignored);
    const struct json *text = root != NULL ? json_member(root, "access_token") : NULL;
    bool good = text != NULL && json_type(text) == JSON_STRING &&
                may_be_token(json_string(text));

    if (good) {
        int64_t life_ms = life_of(root) * 1000;
        int64_t margin_ms = life_ms / 4 < MARGIN_MS_MAX ? life_ms / 4 : MARGIN_MS_MAX;

        jcc_token_forget(token);
        token->text = memory_copy_text(json_string(text));
        token->until_ms = life_ms < 0 ? INT64_MAX : now_ms + life_ms - margin_ms;
    }
    json_destroy(root);
    return good || error_set(error, ERROR_BAD_INPUT,
                             "JCC's answer to connect/token holds no access token");
}

bool
jcc_token_renew(struct jcc_token *token, struct http_client *http,
                const struct jcc_credentials *credentials, int timeout_ms,
                int64_t now_ms, struct error *error)
{
    const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded",
                                   "Accept: application/json", "language: nl",
                                   credentials->authorization, NULL};
    const struct http_request request = {
        .method = "POST",
        .url = credentials->token_url,
        .headers = headers,
        .body = form,
        .body_length = sizeof(form) - 1,
        .timeout_ms = timeout_ms,
    };
    struct http_answer answer;
    bool good;

    jcc_token_forget(token);
    if (!http_client_send(http, &request, &answer, error)) {
        if (error->kind == ERROR_UNCERTAIN) {
            error->kind = ERROR_OFFLINE; /* a token too many does no harm */
        }
        return error_prefix(error, "JCC: connect/token");
    }
    if (answer.status == 200) {
        good = take(token, &answer, now_ms, error);
    } else if (answer.status == 400 || answer.status == 401 || answer.status == 403) {
        good = error_set(error, ERROR_REFUSED,
                         "JCC does not accept the client id or its secret (HTTP %d)",
                         answer.status);
    } else {
        good = error_set(error,
                         answer.status >= 500 || answer.status == 429 ? ERROR_OFFLINE
                                                                      : ERROR_BAD_INPUT,
                         "JCC gave no access token (HTTP %d)", answer.status);
    }
    memory_wipe(answer.body, answer.body_length);
    http_answer_finish(&answer);
    return good;
}
