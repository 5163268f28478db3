#include "qmatic_customer.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "appointment/fields.h"
#include "base/text.h"
#include "qmatic_member.h"

#define DATE_OF_BIRTH "dateOfBirth"
#define BIRTH_MARGIN_S (6 * 3600)
#define BIRTH_S_MAX 253402300799 /* the end of the year 9999 */

/* Lengths by the document, in characters; one of ours holds no more than 255 bytes. */
static const struct row {
    const char *name, *qmatic;
    int length_max;
    enum appointment_field_state state;
} rows[QMATIC_FIELDS] = {
    {APPOINTMENT_FIELD_LAST_NAME, "lastName", 200, APPOINTMENT_FIELD_REQUIRED},
    {APPOINTMENT_FIELD_FIRST_NAME, "firstName", 200, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_PHONE_NUMBER, "phone", 50, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_EMAIL, "email", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_BIRTH_DATE, DATE_OF_BIRTH, 10, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_ADDRESS, "addressLine1", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_ADDRESS_MORE, "addressLine2", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_POSTCODE, "addressZip", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_CITY, "addressCity", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_STATE, "addressState", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_COUNTRY, "addressCountry", 255, APPOINTMENT_FIELD_OPTIONAL},
    {APPOINTMENT_FIELD_IDENTIFICATION_NUMBER, "identificationNumber", 255,
     APPOINTMENT_FIELD_OPTIONAL},
    /* Whose account it is, is for a system to say and not for who stands here. */
    {"externalId", "externalId", 255, APPOINTMENT_FIELD_HIDDEN},
};

static_assert(QMATIC_FIELDS <= APPOINTMENT_FIELDS_MAX, "fields() fills them all in");

/* QMATIC_FIELDS when there is none of that name. */
static size_t
find_row(const char *name, size_t length)
{
    size_t i = 0;

    while (
        i < QMATIC_FIELDS &&
        !(strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) &&
        !(strlen(rows[i].qmatic) == length &&
          memcmp(rows[i].qmatic, name, length) == 0))
    {
        i++;
    }
    return i;
}

bool
qmatic_required_read(struct qmatic_required *required, const char *names,
                     struct error *error)
{
    *required = (struct qmatic_required){0};
    for (size_t i = 0; i < QMATIC_FIELDS; i++) {
        required->field[i] = rows[i].state == APPOINTMENT_FIELD_REQUIRED;
    }
    for (const char *at = names != NULL ? names : ""; *at != '\0';) {
        size_t length = strcspn(at, ", ");
        size_t row = find_row(at, length);

        if (length > 0 &&
            (row == QMATIC_FIELDS || rows[row].state == APPOINTMENT_FIELD_HIDDEN)) {
            return error_set(error, ERROR_BAD_INPUT,
                             "qmatic: required: %.*s: is no field that can be asked",
                             (int)(length < 40 ? length : 40), at);
        }
        if (length > 0) {
            required->field[row] = true;
        }
        at += length + (at[length] != '\0' ? 1 : 0);
    }
    return true;
}

static int
length_max_of(const struct row *row)
{
    return row->length_max < APPOINTMENT_VALUE_BYTES ? row->length_max
                                                     : APPOINTMENT_VALUE_BYTES - 1;
}

void
qmatic_fields(const struct qmatic_required *required, struct appointment_field *list)
{
    for (size_t i = 0; i < QMATIC_FIELDS; i++) {
        list[i] = (struct appointment_field){
            .state = required->field[i] ? APPOINTMENT_FIELD_REQUIRED : rows[i].state,
            .length_max = length_max_of(&rows[i])};
        text_copy(list[i].name, sizeof(list[i].name), rows[i].name);
    }
}

/* --- what was typed -------------------------------------------------------------- */

static int
count_characters(const char *text)
{
    int count = 0;

    while (text_next(&text) != 0) {
        count++;
    }
    return count;
}

static bool
is_blank(const char *text)
{
    return text[strspn(text, " ")] == '\0';
}

static bool
check_value(const struct row *row, const char *value, struct error *error)
{
    struct date date;

    if (!text_is_clean(value)) {
        return error_set(error, ERROR_REFUSED,
                         "qmatic: %s: must be text without control characters",
                         row->name);
    }
    if (count_characters(value) > row->length_max) {
        return error_set(error, ERROR_REFUSED,
                         "qmatic: %s: must be at most %d characters", row->name,
                         row->length_max);
    }
    if (text_equal(row->qmatic, DATE_OF_BIRTH) && !is_blank(value) &&
        !date_parse(value, &date))
    {
        return error_set(error, ERROR_REFUSED,
                         "qmatic: %s: must be a date like 1980-12-31", row->name);
    }
    return true;
}

bool
qmatic_values_check(const struct qmatic_required *required,
                    const struct appointment_value *values, size_t count,
                    struct error *error)
{
    bool given[QMATIC_FIELDS] = {false}, filled[QMATIC_FIELDS] = {false};

    for (size_t i = 0; i < count; i++) {
        size_t row = find_row(values[i].name, strlen(values[i].name));

        if (row == QMATIC_FIELDS || rows[row].state == APPOINTMENT_FIELD_HIDDEN ||
            given[row]) {
            return error_set(error, ERROR_REFUSED, "qmatic: %s: %s",
                             row < QMATIC_FIELDS ? rows[row].name : "a field",
                             row == QMATIC_FIELDS ? "is not known there"
                             : given[row]         ? "is given twice"
                                                  : "can't be typed");
        }
        if (!check_value(&rows[row], values[i].value, error)) {
            return false;
        }
        given[row] = true;
        filled[row] = !is_blank(values[i].value);
    }
    for (size_t i = 0; i < QMATIC_FIELDS; i++) {
        if (required->field[i] && !filled[i]) {
            return error_set(error, ERROR_REFUSED, "qmatic: %s: is required",
                             rows[i].name);
        }
    }
    return true;
}

static void
write_value(struct json_writer *writer, const char *name, const char *value)
{
    json_write_name(writer, name);
    json_write_text(writer, value);
}

/*
 * One customer a person; only the first is known, and Qmatic wants each of them filled
 * in, so all are called and reached like the first.
 */
void
qmatic_write_customers(struct json_writer *writer,
                       const struct appointment_value *values, size_t count,
                       int persons)
{
    json_write_array(writer);
    for (int person = 0; person < persons; person++) {
        json_write_object(writer);
        for (size_t i = 0; i < count; i++) {
            size_t row = find_row(values[i].name, strlen(values[i].name));

            assert(row < QMATIC_FIELDS); /* they were checked */
            if (!is_blank(values[i].value)) {
                write_value(writer, rows[row].qmatic, values[i].value);
            }
        }
        json_write_end(writer);
    }
    json_write_end(writer);
}

/* --- what Qmatic knows ----------------------------------------------------------- */

/*
 * Newer ones tell the date by itself. The milliseconds are midnight or noon of that
 * day, by the clock of the server: which one that is, is not told. From six hours
 * before midnight on the branch's clock it is the day that begins.
 */
static bool
read_birth(const struct json *customer, const struct zone *zone,
           char text[TIME_TEXT_BYTES])
{
    const struct json *told = json_member(customer, DATE_OF_BIRTH);
    const char *date = qmatic_text(customer, "dateOfBirthWithoutTime");
    struct date parsed;
    double second;

    date = date != NULL ? date : qmatic_text(customer, DATE_OF_BIRTH);
    if (date != NULL) {
        text_copy(text, sizeof("1960-02-29"), date); /* a time may follow */
        return date_parse(text, &parsed);
    }
    if (told == NULL ||
        (json_type(told) != JSON_INTEGER && json_type(told) != JSON_NUMBER)) {
        return false;
    }
    second = floor(json_number(told) / 1000);
    if (fabs(second) > BIRTH_S_MAX) {
        return false;
    }
    parsed = zone_civil(zone, (int64_t)second + BIRTH_MARGIN_S).date;
    date_format(parsed, text);
    return date_is_valid(parsed);
}

static void
copy_customer(struct json_writer *writer, const struct json *customer,
              const struct zone *zone)
{
    json_write_object(writer);
    for (size_t i = 0; i < QMATIC_FIELDS; i++) {
        bool is_birth = text_equal(rows[i].qmatic, DATE_OF_BIRTH);
        char birth[TIME_TEXT_BYTES];
        const char *value = !is_birth ? qmatic_text(customer, rows[i].qmatic)
                            : read_birth(customer, zone, birth) ? birth
                                                                : NULL;

        if (value != NULL && !is_blank(value)) {
            write_value(writer, rows[i].qmatic, value);
        }
    }
    json_write_end(writer);
}

bool
qmatic_customers_are_known(const struct json *appointment)
{
    const struct json *first = qmatic_list(appointment, "customers");

    for (size_t i = 0; first != NULL && i < QMATIC_FIELDS; i++) {
        const char *value = qmatic_text(first, rows[i].qmatic);

        if (value != NULL && !is_blank(value)) {
            return true;
        }
    }
    return false;
}

void
qmatic_copy_customers(struct json_writer *writer, const struct json *appointment,
                      const struct zone *zone, int persons)
{
    const struct json *first = qmatic_list(appointment, "customers");

    json_write_array(writer);
    for (const struct json *customer = first; customer != NULL;
         customer = json_next(customer))
    {
        copy_customer(writer, customer, zone);
        persons--;
    }
    for (; first != NULL && persons > 0; persons--) {
        copy_customer(writer, first, zone);
    }
    json_write_end(writer);
}
