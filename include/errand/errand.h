#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"
#include "base/language.h"
#include "base/seal.h"
#include "base/time.h"

/*
 * What a citizen at a kiosk asks of people who are not there: to be called back, that
 * somebody comes to help, or that whoever helps next knows what was done already. And
 * how kiosk and back office talk of it:
 *
 *    POST /v1/errands                  signed by the kiosk (base/signed_request.h)
 *    {"key": KEY, "kind": "call-back", "asked_at": INSTANT, "language": "nl",
 *     "product": ID or "", "phone": "0612345678" or "+32470123456",
 *     "from": INSTANT, "until": INSTANT}
 *    {"key": KEY, "kind": "help", "asked_at": INSTANT, "language": "nl", "calls": N}
 *    {"key": KEY, "kind": "hand-over", "asked_at": INSTANT, "language": "nl",
 *     "code": "H7Q2", "until": INSTANT, "product": ID or "", "step": "time",
 *     "question": ID or "", "answers": ["QUESTION=OPTION", …]}
 *    {"key": KEY, "sealed": HEXADECIMAL}    one of the three above, sealed to the key
 * of GET /v1/keys/seal (base/seal.h)
 *
 *    204 kept. The same key again, from the same kiosk, is 204 too and changes nothing,
 *    but that a help call with more `calls` was called again. 409: that key is another
 *    kiosk's. Anything else: not kept.
 *
 *    POST /v1/errands/KEY/withdraw     signed by the same kiosk: nobody needs it any
 *    more. 204, also when it did not come yet: then it comes for nothing. 404 when the
 *    key is another kiosk's.
 *
 *    GET /v1/keys/seal                 {"public_key": 64 hexadecimal digits}
 */

#define ERRAND_PATH "/v1/errands"
#define ERRAND_SEAL_KEY_PATH "/v1/keys/seal"

#define ERRAND_KEY_BYTES 33     /* 32 hexadecimal digits, random, and a NUL */
#define ERRAND_PHONE_BYTES 17   /* a plus and 15 digits (E.164), and a NUL */
#define ERRAND_PRODUCT_BYTES 40 /* a catalogue's id */
#define ERRAND_CODE_BYTES 5     /* of a slip: "H7Q2", and a NUL */
#define ERRAND_ANSWERS_MAX 8
#define ERRAND_CALLS_MAX 99
#define ERRAND_SEALED_BYTES_MAX 1024 /* of the text that is sealed, and the seal */

enum errand_kind {
    ERRAND_CALL_BACK,
    ERRAND_HELP,
    ERRAND_HAND_OVER, /* a slip with a code, for today; of nobody by name */
    ERRAND_KIND_COUNT
};

/* Where a citizen got stuck. */
enum errand_step {
    ERRAND_STEP_SUBJECT,
    ERRAND_STEP_READING,
    ERRAND_STEP_QUESTION,
    ERRAND_STEP_CHANNEL,
    ERRAND_STEP_PLACE,
    ERRAND_STEP_TIME,
    ERRAND_STEP_DETAILS,
    ERRAND_STEP_CHECKING,
    ERRAND_STEP_APPOINTMENT,
    ERRAND_STEP_TROUBLE,
    ERRAND_STEP_COUNT
};

/* By the ids of the catalogue. */
struct errand_answer {
    char question[ERRAND_PRODUCT_BYTES], option[ERRAND_PRODUCT_BYTES];
};

struct errand {
    enum errand_kind kind;
    char key[ERRAND_KEY_BYTES];
    int64_t asked_at;                   /* by the kiosk's clock */
    enum language language;             /* of the screen */
    char product[ERRAND_PRODUCT_BYTES]; /* "" when it is about something else */
    /* ERRAND_CALL_BACK */
    char phone[ERRAND_PHONE_BYTES];
    int64_t from, until; /* when it suits */
    /* ERRAND_HELP */
    int calls; /* how often somebody was called by now, from 1 */
    /* ERRAND_HAND_OVER; `until` is how long its code works */
    char code[ERRAND_CODE_BYTES];
    enum errand_step step;
    char question[ERRAND_PRODUCT_BYTES]; /* at which, for ERRAND_STEP_QUESTION */
    struct errand_answer answers[ERRAND_ANSWERS_MAX];
    size_t answer_count;
};

const char *errand_kind_name(enum errand_kind kind); /* "call-back" */

const char *errand_step_name(enum errand_step step); /* "time": on the wire */
/* What it is called, in English: for translate(). */
const char *errand_step_words(enum errand_step step);

/* A code at random: an H and three letters or digits that nobody takes for others. */
void errand_code_make(char code[ERRAND_CODE_BYTES]);
/* As people type it, "h 7q2", to as it is; false when it can't be one. */
bool errand_code_read(const char *typed, char code[ERRAND_CODE_BYTES]);

void errand_key_make(char key[ERRAND_KEY_BYTES]);
bool errand_key_is_right(const char *key);

/* What a Dutch phone can call: 0 and nine digits, or + and 8 to 15. */
bool errand_phone_is_right(const char *phone);

/* As one object; the values are ours (assert on what can't be read back). */
void errand_write(struct json_writer *writer, const struct errand *errand);
/* Strict. ERROR_BAD_INPUT, in which no value of the errand is repeated. */
bool errand_read(const struct json *value, struct errand *errand, struct error *error);

/* The object {"key", "sealed"} as text, which the caller frees. NULL: no such key. */
char *errand_seal(const struct errand *errand,
                  const uint8_t public_key[SEAL_PUBLIC_BYTES], struct error *error);
/* The sealed errand in `hexadecimal`. ERROR_REFUSED: it does not open with this key;
 * ERROR_BAD_INPUT: what was in it is no errand. */
bool errand_unseal(const char *hexadecimal, const struct seal_key *key,
                   struct errand *errand, struct error *error);
