#include "usage/exchange.h"

#include "base/claim_code.h"
#include "base/json.h"
#include "base/text.h"
#include "usage/wire.h"

#define LOG_MODULE "uploader"
#include "base/log.h"

static bool
read_claimed(const struct http_answer *answer)
{
    struct error error = {0};
    struct json *root = json_parse(answer->body, answer->body_length, &error);
    bool claimed = false;

    if (root != NULL) {
        json_get_boolean(root, "claimed", &claimed, &error);
    }
    json_destroy(root);
    return claimed;
}

/* Posts key and code. False when no answer came. */
static bool
post_announcement(struct exchange *exchange, const char *code,
                  struct http_answer *answer)
{
    char key[SIGN_KEY_TEXT_BYTES];
    struct json_writer *writer = json_writer_create();
    const char *body;
    size_t length;
    bool answered;

    text_hex_encode(key, exchange->key.public_key, SIGN_PUBLIC_BYTES);
    json_write_object(writer);
    json_write_name(writer, "public_key");
    json_write_text(writer, key);
    json_write_name(writer, "code");
    json_write_text(writer, code);
    json_write_end(writer);
    body = json_writer_text(writer, &length);
    answered = exchange_post(exchange, WIRE_ANNOUNCE_PATH, WIRE_JSON_CONTENT_TYPE, NULL,
                             body, length, answer);
    json_writer_destroy(writer);
    return answered;
}

/*
 * An official can claim a kiosk that said which key it has, by the code in its log.
 * Said again with every try: the back office forgets what nobody claimed within a day.
 */
bool
exchange_announce(struct exchange *exchange)
{
    char code[CLAIM_CODE_BYTES];
    struct http_answer answer = {0};
    bool done = false;

    claim_code_make(exchange->key.public_key, code);
    if (!post_announcement(exchange, code, &answer)) {
        return false;
    }
    if (answer.status == 404 || answer.status == 405 || answer.status == 501 ||
        (answer.status == 200 && read_claimed(&answer)))
    {
        done = true;
    } else if (answer.status == 200) {
        log_info("the back office does not know this kiosk: claim it by the code %s",
                 code);
        error_set(&exchange->error, ERROR_REFUSED,
                  "the back office does not know this kiosk");
        exchange->is_unclaimed = true;
        exchange_fail(exchange);
    } else {
        exchange->retry_after_s = answer.retry_after_s;
        error_set(&exchange->error, ERROR_REFUSED,
                  "the back office answered %d to the kiosk's key", answer.status);
        exchange_fail(exchange);
    }
    http_answer_finish(&answer);
    return done;
}
