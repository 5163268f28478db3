#include "ticket/ticket_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static bool
end_parse(const struct json *object, int64_t *valid_to, struct error *error)
{
    const struct json *member = json_member(object, "valid_to");

    if (member != NULL && json_type(member) == JSON_NULL) {
        *valid_to = TICKET_KEY_NO_END;
        return true;
    }
    return json_get_instant(object, "valid_to", valid_to, error);
}

static bool
key_parse(const struct json *object, struct ticket_key *key, struct error *error)
{
    char digits[SIGN_KEY_TEXT_BYTES];

    if (json_type(object) != JSON_OBJECT) {
        return error_set(error, ERROR_BAD_INPUT, "line %d: a key must be %s, not %s",
                         json_line(object), json_type_name(JSON_OBJECT),
                         json_type_name(json_type(object)));
    }
    if (!json_get_text(object, "public_key", digits, sizeof(digits), error) ||
        !json_get_instant(object, "valid_from", &key->valid_from, error) ||
        !end_parse(object, &key->valid_to, error) ||
        !json_get_boolean(object, "revoked", &key->revoked, error))
    {
        return false;
    }
    if (!text_hex_decode(key->public_key, SIGN_PUBLIC_BYTES, digits)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: public_key: must be %d hexadecimal digits",
                         json_line(json_member(object, "public_key")),
                         2 * SIGN_PUBLIC_BYTES);
    }
    if (key->valid_to <= key->valid_from) {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: valid_to: must be later than valid_from",
                         json_line(json_member(object, "valid_to")));
    }
    return true;
}

static int
compare_public_keys(const void *a, const void *b)
{
    const struct ticket_key *const *left = a, *const *right = b;

    return memcmp((*left)->public_key, (*right)->public_key, SIGN_PUBLIC_BYTES);
}

/* A key that stands in the list twice could be revoked in one place only. */
static bool
keys_differ(const struct ticket_key *keys, size_t count, struct error *error)
{
    const struct ticket_key **sorted = memory_allocate(count, sizeof(*sorted));
    bool differ = true;

    for (size_t i = 0; i < count; i++) {
        sorted[i] = &keys[i];
    }
    qsort(sorted, count, sizeof(*sorted), compare_public_keys);
    for (size_t i = 1; i < count && differ; i++) {
        if (compare_public_keys(&sorted[i - 1], &sorted[i]) == 0) {
            char digits[SIGN_KEY_TEXT_BYTES];

            text_hex_encode(digits, sorted[i]->public_key, SIGN_PUBLIC_BYTES);
            differ = error_set(error, ERROR_BAD_INPUT, "key %.8s… is in the list twice",
                               digits);
        }
    }
    free(sorted);
    return differ;
}

struct ticket_key *
ticket_keys_read(const struct json *root, size_t *count, struct error *error)
{
    const struct json *list = json_member(root, "keys");
    struct ticket_key *keys;

    if (list == NULL || json_type(list) != JSON_ARRAY) {
        error_set(error, ERROR_BAD_INPUT,
                  "line %d: keys: there is no list of that name", json_line(root));
        return NULL;
    }
    if (json_count(list) > TICKET_KEYS_MAX) {
        error_set(error, ERROR_BAD_INPUT, "line %d: keys: more than %d",
                  json_line(list), TICKET_KEYS_MAX);
        return NULL;
    }
    keys = memory_allocate(json_count(list), sizeof(*keys));
    *count = 0;
    for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
        if (!key_parse(one, &keys[*count], error)) {
            free(keys);
            return NULL;
        }
        ++*count;
    }
    if (!keys_differ(keys, *count, error)) {
        free(keys);
        return NULL;
    }
    return keys;
}

struct ticket_key *
ticket_keys_parse(const char *text, size_t length, size_t *count, struct error *error)
{
    struct json *root = json_parse(text, length, error);
    struct ticket_key *keys;

    if (root == NULL) {
        return NULL;
    }
    keys = ticket_keys_read(root, count, error);
    json_destroy(root);
    return keys;
}

void
ticket_keys_write(struct json_writer *writer, const struct ticket_key *keys,
                  size_t count)
{
    json_write_array(writer);
    for (size_t i = 0; i < count; i++) {
        char digits[SIGN_KEY_TEXT_BYTES], instant[TIME_TEXT_BYTES];

        json_write_object(writer);
        text_hex_encode(digits, keys[i].public_key, SIGN_PUBLIC_BYTES);
        json_write_name(writer, "public_key");
        json_write_text(writer, digits);
        instant_format(NULL, keys[i].valid_from, instant);
        json_write_name(writer, "valid_from");
        json_write_text(writer, instant);
        json_write_name(writer, "valid_to");
        if (keys[i].valid_to == TICKET_KEY_NO_END) {
            json_write_null(writer);
        } else {
            instant_format(NULL, keys[i].valid_to, instant);
            json_write_text(writer, instant);
        }
        json_write_name(writer, "revoked");
        json_write_boolean(writer, keys[i].revoked);
        json_write_end(writer);
    }
    json_write_end(writer);
}
