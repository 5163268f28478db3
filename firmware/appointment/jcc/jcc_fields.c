#include "jcc_fields.h"

#include <assert.h>
#include <string.h>

#include "appointment/fields.h"
#include "base/text.h"
#include "base/time.h"
#include "jcc_read.h"

enum kind { KIND_TEXT, KIND_GENDER, KIND_DATE, KIND_NUMBER };

/* In JCC's own order. Its lengths, where it says one; else what its columns hold. */
static const struct field {
    const char *name;  /* in the contract */
    const char *sent;  /* in a booking */
    const char *asked; /* among the required ones */
    int length_max;
    enum kind kind;
} fields[JCC_FIELD_COUNT] = {
    {APPOINTMENT_FIELD_GENDER, "gender", "gender", 1, KIND_GENDER},
    {APPOINTMENT_FIELD_FIRST_NAME, "firstName", "firstName", 128, KIND_TEXT},
    {APPOINTMENT_FIELD_INITIALS, "initials", "initials", 128, KIND_TEXT},
    {APPOINTMENT_FIELD_LAST_NAME, "lastName", "lastName", 128, KIND_TEXT},
    {APPOINTMENT_FIELD_LAST_NAME_PREFIX, "lastNamePrefix", "lastNamePrefix", 128,
     KIND_TEXT},
    {APPOINTMENT_FIELD_BIRTH_DATE, "birthDate", "birthDate", 10, KIND_DATE},
    {APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER, "socialSecurityNumber",
     "socialSecurityNumber", 16, KIND_TEXT},
    {APPOINTMENT_FIELD_NATIONALITY, "nationality", "nationality", 128, KIND_TEXT},
    {APPOINTMENT_FIELD_LANGUAGE, "language", "language", 128, KIND_TEXT},
    {APPOINTMENT_FIELD_EMAIL, "emailAddress", "emailAddress", 254, KIND_TEXT},
    {APPOINTMENT_FIELD_PHONE_NUMBER, "phoneNumber", "mainPhoneNumber", 16, KIND_TEXT},
    {APPOINTMENT_FIELD_MOBILE, "mobilePhoneNumber", "mobilePhoneNumber", 16, KIND_TEXT},
    {APPOINTMENT_FIELD_STREET, "streetName", "streetName", 64, KIND_TEXT},
    {APPOINTMENT_FIELD_HOUSE_NUMBER, "houseNumber", "houseNumber", 9, KIND_NUMBER},
    {APPOINTMENT_FIELD_HOUSE_NUMBER_SUFFIX, "houseNumberSuffix", "houseNumberSuffix",
     16, KIND_TEXT},
    {APPOINTMENT_FIELD_POSTCODE, "postalCode", "postalCode", 16, KIND_TEXT},
    {APPOINTMENT_FIELD_CITY, "city", "city", 80, KIND_TEXT},
    {APPOINTMENT_FIELD_COUNTRY, "country", "country", 80, KIND_TEXT},
};

static_assert(JCC_FIELD_COUNT <= APPOINTMENT_FIELDS_MAX, "the contract holds them all");

static size_t
index_of(const char *name)
{
    size_t i = 0;

    while (i < JCC_FIELD_COUNT && !text_equal(fields[i].name, name) &&
           !text_equal(fields[i].sent, name) && !text_equal(fields[i].asked, name))
    {
        i++;
    }
    return i;
}

void
jcc_rules_read(struct jcc_rules *rules, const struct json *root)
{
    *rules = (struct jcc_rules){0};
    for (size_t i = 0; i < JCC_FIELD_COUNT; i++) {
        switch (jcc_number(root, fields[i].asked, JCC_FIELD_REQUIRED)) {
        case JCC_FIELD_HIDDEN:
            rules->state[i] = JCC_FIELD_HIDDEN;
            break;
        case JCC_FIELD_REQUIRED:
            rules->state[i] = JCC_FIELD_REQUIRED;
            break;
        default: /* visible, or not said */
            break;
        }
    }
    rules->state[index_of(APPOINTMENT_FIELD_LAST_NAME)] = JCC_FIELD_REQUIRED;
    rules->name_or_initials = jcc_flag(root, "areFirstNameOrInitialsRequired", false);
    rules->any_phone = jcc_flag(root, "isAnyPhoneNumberRequired", false);
}

/*
 * The contract knows no "one of two": the one that is shown is required, and the first
 * one when both or neither are.
 */
static void
require_one(struct appointment_field *list, const char *first, const char *second)
{
    struct appointment_field *a = &list[index_of(first)], *b = &list[index_of(second)];

    if (a->state == APPOINTMENT_FIELD_REQUIRED ||
        b->state == APPOINTMENT_FIELD_REQUIRED) {
        return;
    }
    if (a->state == APPOINTMENT_FIELD_HIDDEN && b->state == APPOINTMENT_FIELD_OPTIONAL)
    {
        b->state = APPOINTMENT_FIELD_REQUIRED;
    } else {
        a->state = APPOINTMENT_FIELD_REQUIRED;
    }
}

void
jcc_rules_list(const struct jcc_rules *rules, struct appointment_field *list)
{
    static const enum appointment_field_state states[] = {
        [JCC_FIELD_VISIBLE] = APPOINTMENT_FIELD_OPTIONAL,
        [JCC_FIELD_HIDDEN] = APPOINTMENT_FIELD_HIDDEN,
        [JCC_FIELD_REQUIRED] = APPOINTMENT_FIELD_REQUIRED,
    };

    for (size_t i = 0; i < JCC_FIELD_COUNT; i++) {
        text_copy(list[i].name, sizeof(list[i].name), fields[i].name);
        list[i].length_max = fields[i].length_max;
        list[i].state = states[rules->state[i]];
        if (fields[i].kind == KIND_GENDER &&
            list[i].state == APPOINTMENT_FIELD_REQUIRED) {
            list[i].state = APPOINTMENT_FIELD_OPTIONAL; /* "other" is an answer */
        }
    }
    if (rules->name_or_initials) {
        require_one(list, APPOINTMENT_FIELD_FIRST_NAME, APPOINTMENT_FIELD_INITIALS);
    }
    if (rules->any_phone) {
        require_one(list, APPOINTMENT_FIELD_PHONE_NUMBER, APPOINTMENT_FIELD_MOBILE);
    }
}

/* --- values ----------------------------------------------------------------------- */

/* What is given for it, NULL when nothing is. */
static const char *
value_of(const struct appointment_booking *booking, size_t index)
{
    for (size_t i = 0; i < booking->value_count; i++) {
        if (index_of(booking->values[i].name) == index &&
            booking->values[i].value[0] != '\0') {
            return booking->values[i].value;
        }
    }
    return NULL;
}

static int
characters_in(const char *value)
{
    int count = 0;

    while (text_next(&value) != 0) {
        count++;
    }
    return count;
}

static bool
is_written_well(const struct field *field, const char *value)
{
    struct date date;

    switch (field->kind) {
    case KIND_GENDER:
        return value[0] >= '0' && value[0] <= '2' && value[1] == '\0';
    case KIND_DATE:
        return date_parse(value, &date);
    case KIND_NUMBER:
        return value[strspn(value, "0123456789")] == '\0';
    case KIND_TEXT:
        break;
    }
    return text_is_clean(value);
}

static bool
check_value(const struct field *field, const char *value, struct error *error)
{
    if (characters_in(value) > field->length_max) {
        return error_set(error, ERROR_REFUSED, "JCC takes at most %d characters of %s",
                         field->length_max, field->name);
    }
    return is_written_well(field, value) ||
           error_set(error, ERROR_REFUSED, "JCC can't read %s as it is written",
                     field->name);
}

static bool
has_one(const struct appointment_booking *booking, const char *first,
        const char *second)
{
    return value_of(booking, index_of(first)) != NULL ||
           value_of(booking, index_of(second)) != NULL;
}

bool
jcc_values_check(const struct jcc_rules *rules,
                 const struct appointment_booking *booking, struct error *error)
{
    size_t last_name = index_of(APPOINTMENT_FIELD_LAST_NAME);

    for (size_t i = 0; i < booking->value_count; i++) {
        if (index_of(booking->values[i].name) == JCC_FIELD_COUNT) {
            return error_set(error, ERROR_REFUSED, "JCC has no field %.39s",
                             booking->values[i].name);
        }
    }
    for (size_t i = 0; i < JCC_FIELD_COUNT; i++) {
        const char *value = value_of(booking, i);
        bool required = rules->state[i] == JCC_FIELD_REQUIRED || i == last_name;

        if (value == NULL && required && fields[i].kind != KIND_GENDER) {
            return error_set(error, ERROR_REFUSED, "JCC requires %s", fields[i].name);
        }
        if (value != NULL && !check_value(&fields[i], value, error)) {
            return false;
        }
    }
    if (rules->name_or_initials &&
        !has_one(booking, APPOINTMENT_FIELD_FIRST_NAME, APPOINTMENT_FIELD_INITIALS))
    {
        return error_set(error, ERROR_REFUSED, "JCC requires firstName or initials");
    }
    if (rules->any_phone &&
        !has_one(booking, APPOINTMENT_FIELD_PHONE_NUMBER, APPOINTMENT_FIELD_MOBILE))
    {
        return error_set(error, ERROR_REFUSED, "JCC requires phoneNumber or mobile");
    }
    return true;
}

void
jcc_values_write(struct json_writer *writer, const struct appointment_booking *booking)
{
    for (size_t i = 0; i < JCC_FIELD_COUNT; i++) {
        const char *value = value_of(booking, i);

        if (value == NULL && fields[i].kind != KIND_GENDER) {
            continue;
        }
        json_write_name(writer, fields[i].sent);
        if (fields[i].kind == KIND_TEXT || fields[i].kind == KIND_DATE) {
            json_write_text(writer, value);
        } else {
            int64_t number = 0;

            for (const char *at = value; at != NULL && *at != '\0'; at++) {
                number = number * 10 + (*at - '0');
            }
            json_write_integer(writer, number);
        }
    }
}
