#include "errand/errand.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"

#define KEY_RANDOM_BYTES 16
#define DUTCH_DIGITS 10
#define ABROAD_DIGITS_MIN 8
#define ABROAD_DIGITS_MAX 15 /* E.164 */
#define KIND_BYTES 16
#define CODE_BYTES 4
#define TEXT_BYTES_MAX (ERRAND_SEALED_BYTES_MAX - SEAL_OVERHEAD_BYTES)

static const char *const kind_names[ERRAND_KIND_COUNT] = {
    [ERRAND_CALL_BACK] = "call-back",
    [ERRAND_HELP] = "help",
    [ERRAND_HAND_OVER] = "hand-over",
};

const char *
errand_kind_name(enum errand_kind kind)
{
    return kind_names[kind];
}

void
errand_key_make(char key[ERRAND_KEY_BYTES])
{
    uint8_t bytes[KEY_RANDOM_BYTES];

    random_bytes(bytes, sizeof(bytes));
    text_hex_encode(key, bytes, sizeof(bytes));
}

bool
errand_key_is_right(const char *key)
{
    return strlen(key) == ERRAND_KEY_BYTES - 1 &&
           strspn(key, "0123456789abcdef") == ERRAND_KEY_BYTES - 1;
}

bool
errand_phone_is_right(const char *phone)
{
    size_t digits;

    if (phone[0] == '+') {
        digits = strspn(phone + 1, "0123456789");
        return phone[1 + digits] == '\0' && digits >= ABROAD_DIGITS_MIN &&
               digits <= ABROAD_DIGITS_MAX;
    }
    digits = strspn(phone, "0123456789");
    return phone[digits] == '\0' && digits == DUTCH_DIGITS && phone[0] == '0';
}

/* --- writing ---------------------------------------------------------------------- */

static void
write_text(struct json_writer *writer, const char *name, const char *text)
{
    json_write_name(writer, name);
    json_write_text(writer, text);
}

static void
write_instant(struct json_writer *writer, const char *name, int64_t instant)
{
    char text[TIME_TEXT_BYTES];

    instant_format(NULL, instant, text);
    write_text(writer, name, text);
}

static void
write_hand_over(struct json_writer *writer, const struct errand *errand)
{
    char answer[2 * ERRAND_PRODUCT_BYTES];

    write_text(writer, "code", errand->code);
    write_instant(writer, "until", errand->until);
    write_text(writer, "product", errand->product);
    write_text(writer, "step", errand_step_name(errand->step));
    write_text(writer, "question", errand->question);
    json_write_name(writer, "answers");
    json_write_array(writer);
    for (size_t i = 0; i < errand->answer_count; i++) {
        snprintf(answer, sizeof(answer), "%s=%s", errand->answers[i].question,
                 errand->answers[i].option);
        json_write_text(writer, answer);
    }
    json_write_end(writer);
}

void
errand_write(struct json_writer *writer, const struct errand *errand)
{
    json_write_object(writer);
    write_text(writer, "key", errand->key);
    write_text(writer, "kind", errand_kind_name(errand->kind));
    write_instant(writer, "asked_at", errand->asked_at);
    write_text(writer, "language", language_code(errand->language));
    if (errand->kind == ERRAND_CALL_BACK) {
        assert(errand_phone_is_right(errand->phone));
        write_text(writer, "product", errand->product);
        write_text(writer, "phone", errand->phone);
        write_instant(writer, "from", errand->from);
        write_instant(writer, "until", errand->until);
    } else if (errand->kind == ERRAND_HAND_OVER) {
        write_hand_over(writer, errand);
    } else {
        json_write_name(writer, "calls");
        json_write_integer(writer, errand->calls);
    }
    json_write_end(writer);
}

/* --- reading ---------------------------------------------------------------------- */

static bool
read_kind(const struct json *value, struct errand *errand, struct error *error)
{
    char name[KIND_BYTES];

    if (!json_get_text(value, "kind", name, sizeof(name), error)) {
        return false;
    }
    for (int i = 0; i < ERRAND_KIND_COUNT; i++) {
        if (text_equal(kind_names[i], name)) {
            errand->kind = (enum errand_kind)i;
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT,
                     "kind: must be call-back, help or hand-over");
}

static bool
read_language(const struct json *value, struct errand *errand, struct error *error)
{
    char code[CODE_BYTES];

    return json_get_text(value, "language", code, sizeof(code), error) &&
           (language_from_code(code, &errand->language) ||
            error_set(error, ERROR_BAD_INPUT, "language: is none that a kiosk speaks"));
}

static bool
is_id(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

static bool
read_call_back(const struct json *value, struct errand *errand, struct error *error)
{
    if (!json_get_text(value, "product", errand->product, sizeof(errand->product),
                       error) ||
        !json_get_text(value, "phone", errand->phone, sizeof(errand->phone), error) ||
        !json_get_instant(value, "from", &errand->from, error) ||
        !json_get_instant(value, "until", &errand->until, error))
    {
        return false;
    }
    if (!is_id(errand->product)) {
        return error_set(error, ERROR_BAD_INPUT, "product: must be of a-z, 0-9 and -");
    }
    if (!errand_phone_is_right(errand->phone)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "phone: must be 0 and nine digits, or + and 8 to 15 digits");
    }
    return errand->from < errand->until ||
           error_set(error, ERROR_BAD_INPUT, "until: must be later than from");
}

static bool
read_step(const struct json *value, struct errand *errand, struct error *error)
{
    char name[KIND_BYTES];

    if (!json_get_text(value, "step", name, sizeof(name), error)) {
        return false;
    }
    for (int i = 0; i < ERRAND_STEP_COUNT; i++) {
        if (text_equal(errand_step_name((enum errand_step)i), name)) {
            errand->step = (enum errand_step)i;
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT, "step: is not a known one");
}

static bool
read_answer(const struct json *item, struct errand_answer *answer)
{
    const char *text = json_type(item) == JSON_STRING ? json_string(item) : "";
    const char *equals = strchr(text, '=');
    char question[ERRAND_PRODUCT_BYTES];

    if (equals == NULL || equals == text || (size_t)(equals - text) >= sizeof(question))
    {
        return false;
    }
    snprintf(question, sizeof(question), "%.*s", (int)(equals - text), text);
    return is_id(question) && is_id(equals + 1) && equals[1] != '\0' &&
           text_copy(answer->question, sizeof(answer->question), question) &&
           text_copy(answer->option, sizeof(answer->option), equals + 1);
}

static bool
read_answers(const struct json *value, struct errand *errand, struct error *error)
{
    const struct json *list = json_member(value, "answers");

    if (list == NULL || json_type(list) != JSON_ARRAY ||
        json_count(list) > ERRAND_ANSWERS_MAX)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "answers: must be a list of at most %d", ERRAND_ANSWERS_MAX);
    }
    for (const struct json *item = json_first(list); item != NULL;
         item = json_next(item)) {
        if (!read_answer(item, &errand->answers[errand->answer_count++])) {
            return error_set(error, ERROR_BAD_INPUT,
                             "answers: must each be QUESTION=OPTION");
        }
    }
    return true;
}

static bool
read_hand_over(const struct json *value, struct errand *errand, struct error *error)
{
    char code[ERRAND_CODE_BYTES];

    if (!json_get_text(value, "code", errand->code, sizeof(errand->code), error) ||
        !json_get_instant(value, "until", &errand->until, error) ||
        !json_get_text(value, "product", errand->product, sizeof(errand->product),
                       error) ||
        !json_get_text(value, "question", errand->question, sizeof(errand->question),
                       error) ||
        !read_step(value, errand, error) || !read_answers(value, errand, error))
    {
        return false;
    }
    if (!is_id(errand->product) || !is_id(errand->question)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "product, question: must be of a-z, 0-9 and -");
    }
    return (errand_code_read(errand->code, code) && text_equal(code, errand->code)) ||
           error_set(error, ERROR_BAD_INPUT,
                     "code: must be an H and three of the letters and digits used");
}

static bool
read_help(const struct json *value, struct errand *errand, struct error *error)
{
    int64_t calls;

    if (!json_get_integer(value, "calls", 1, ERRAND_CALLS_MAX, &calls, error)) {
        return false;
    }
    errand->calls = (int)calls;
    return true;
}

/* So that a member misspelt, or one too many, is not taken for nothing. */
static bool
has_members(const struct json *value, const struct errand *errand, struct error *error)
{
    static const size_t counts[] = {
        [ERRAND_CALL_BACK] = 8, [ERRAND_HELP] = 5, [ERRAND_HAND_OVER] = 10};
    size_t wanted = counts[errand->kind];

    return json_count(value) == wanted ||
           error_set(error, ERROR_BAD_INPUT, "a %s has %zu members",
                     errand_kind_name(errand->kind), wanted);
}

bool
errand_read(const struct json *value, struct errand *errand, struct error *error)
{
    *errand = (struct errand){0};
    if (json_type(value) != JSON_OBJECT) {
        return error_set(error, ERROR_BAD_INPUT, "must be an object");
    }
    if (!json_get_text(value, "key", errand->key, sizeof(errand->key), error) ||
        !read_kind(value, errand, error) ||
        !json_get_instant(value, "asked_at", &errand->asked_at, error) ||
        !read_language(value, errand, error) || !has_members(value, errand, error))
    {
        return false;
    }
    if (!errand_key_is_right(errand->key)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "key: must be 32 lower-case hexadecimal digits");
    }
    return errand->kind == ERRAND_CALL_BACK   ? read_call_back(value, errand, error)
           : errand->kind == ERRAND_HAND_OVER ? read_hand_over(value, errand, error)
                                              : read_help(value, errand, error);
}

/* --- sealed ----------------------------------------------------------------------- */

/* {"key", "sealed"} around what was sealed. */
static char *
envelope(const char *key, const uint8_t *sealed, size_t length)
{
    struct json_writer *writer = json_writer_create();
    char hexadecimal[2 * ERRAND_SEALED_BYTES_MAX + 1];
    char *text;

    text_hex_encode(hexadecimal, sealed, length);
    json_write_object(writer);
    write_text(writer, "key", key);
    write_text(writer, "sealed", hexadecimal);
    json_write_end(writer);
    text = memory_copy_text(json_writer_text(writer, &length));
    json_writer_destroy(writer);
    return text;
}

char *
errand_seal(const struct errand *errand, const uint8_t public_key[SEAL_PUBLIC_BYTES],
            struct error *error)
{
    struct json_writer *writer = json_writer_create();
    uint8_t sealed[ERRAND_SEALED_BYTES_MAX];
    const char *text;
    size_t length;
    bool good;

    errand_write(writer, errand);
    text = json_writer_text(writer, &length);
    assert(length <= TEXT_BYTES_MAX);
    good = seal_message(public_key, text, length, sealed, error);
    json_writer_destroy(writer);
    return good ? envelope(errand->key, sealed, length + SEAL_OVERHEAD_BYTES) : NULL;
}

bool
errand_unseal(const char *hexadecimal, const struct seal_key *key,
              struct errand *errand, struct error *error)
{
    size_t length = strlen(hexadecimal) / 2;
    uint8_t sealed[ERRAND_SEALED_BYTES_MAX], text[TEXT_BYTES_MAX];
    struct json *value;
    bool good;

    if (length > sizeof(sealed) || !text_hex_decode(sealed, length, hexadecimal)) {
        return error_set(error, ERROR_BAD_INPUT, "sealed: must be hexadecimal digits");
    }
    if (!seal_open(key, sealed, length, text)) {
        return error_set(error, ERROR_REFUSED,
                         "sealed: is not sealed for this back office");
    }
    value = json_parse((const char *)text, length - SEAL_OVERHEAD_BYTES, error);
    memory_wipe(text, sizeof(text));
    good = value != NULL && errand_read(value, errand, error);
    json_destroy(value);
    if (!good) {
        memory_wipe(errand, sizeof(*errand));
    }
    return good || error_prefix(error, "sealed");
}
