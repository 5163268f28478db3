#include "usage/exchange.h"

#include "base/claim_code.h"
#include "base/json.h"
#include "base/text.h"
#include "usage/wire.h"

#define LOG_MODULE "uploader"
#include "base/log.h"

/* Refused for another reason than that nobody knows it: nothing is left to claim. */
static bool
is_claimed(const struct http_answer *answer)
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

/*
 * A kiosk that the back office does not know says which key it has, so that an
 * official can claim it by the code in its log. Said again with every try: the back
 * office forgets what nobody claimed within a day.
 */
void
exchange_announce(struct exchange *exchange)
{
    char key[SIGN_KEY_TEXT_BYTES], code[CLAIM_CODE_BYTES];
    struct error refused = exchange->error;
    enum exchange_result result = exchange->result;
    struct json_writer *writer = json_writer_create();
    struct http_answer answer = {0};
    const char *body;
    size_t length;

    text_hex_encode(key, exchange->key.public_key, SIGN_PUBLIC_BYTES);
    claim_code_make(exchange->key.public_key, code);
    json_write_object(writer);
    json_write_name(writer, "public_key");
    json_write_text(writer, key);
    json_write_name(writer, "code");
    json_write_text(writer, code);
    json_write_end(writer);
    body = json_writer_text(writer, &length);
    if (exchange_post(exchange, WIRE_ANNOUNCE_PATH, WIRE_JSON_CONTENT_TYPE, NULL, body,
                      length, &answer) &&
        answer.status == 200 && !is_claimed(&answer))
    {
        log_info("the back office does not know this kiosk: claim it by the code %s",
                 code);
    }
    http_answer_finish(&answer);
    json_writer_destroy(writer);
    exchange->error = refused; /* what was refused is why we are here */
    exchange->result = result;
}
