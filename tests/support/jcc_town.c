#include "jcc_town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#define OPEN_MINUTE (9 * 60)
#define CLOSE_MINUTE (17 * 60)
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct product {
    const char *id, *name, *necessities;
    int seconds, number;
} products[] = {
    {TOWN_PASSPORT, "Paspoort (aanvraag)",
     "<P>Wat heeft u nodig?</P>\r\n<UL>\r\n<LI>recente pasfoto*</LI></UL>", 600, 1},
    {TOWN_PERMIT, "Omgevingsvergunning (aanvraag)", NULL, 1800, 13},
    {TOWN_LICENCE, "Rijbewijs afhalen", NULL, 330, 6},
};

static const struct place {
    const char *id, *name, *street, *number, *suffix, *postcode, *city;
    bool active, has_address, permits;
} places[] = {
    {TOWN_HALL, "Gemeentehuis Meerbergen", "Raadhuisplein", "1", NULL, "1234 AZ",
     "Meerbergen", true, true, true},
    {TOWN_POINT, "Servicepunt ", "", "", "", NULL, "", true, true, true},
    {TOWN_OLD, "Oude raadhuis", "Brink", "9", NULL, "1234 AA", "Meerbergen", false,
     true, true},
    {TOWN_LIBRARY, "Bibliotheek", "Lindeplein", "4", "b", "1234 BB", "Meerbergen", true,
     true, false},
};

void
town_init(struct town *town)
{
    struct error error;

    *town = (struct town){
        .min = {2020, 1, 1},
        .max = {2040, 12, 31},
        .step_minutes = 30,
        .required = "{\"mainPhoneNumber\":2,\"initials\":1,\"nationality\":1}",
        .answers = "[]",
    };
    town->zone = zone_open("Europe/Amsterdam", &error);
    if (town->zone == NULL) {
        abort();
    }
}

void
town_forget(struct town_appointment *appointment)
{
    free(appointment->items);
    free(appointment->customers);
    free(appointment->message);
    *appointment = (struct town_appointment){.cancelled = false};
}

void
town_finish(struct town *town)
{
    for (size_t i = 0; i < town->appointment_count; i++) {
        town_forget(&town->appointments[i]);
    }
    zone_close(town->zone);
}

static const struct product *
product_of(const char *id)
{
    for (size_t i = 0; i < COUNT(products); i++) {
        if (text_equal(products[i].id, id)) {
            return &products[i];
        }
    }
    return NULL;
}

bool
town_has_product(const char *id)
{
    return product_of(id) != NULL;
}

int
town_duration_s(const char *product)
{
    return product_of(product)->seconds;
}

bool
town_has_location(const char *id)
{
    for (size_t i = 0; i < COUNT(places); i++) {
        if (text_equal(places[i].id, id)) {
            return places[i].active;
        }
    }
    return false;
}

struct town_appointment *
town_find(struct town *town, const char *id)
{
    for (size_t i = 0; i < town->appointment_count; i++) {
        if (text_equal(town->appointments[i].id, id) &&
            !town->appointments[i].cancelled) {
            return &town->appointments[i];
        }
    }
    return NULL;
}

bool
town_is_free(const struct town *town, const char *start)
{
    for (size_t i = 0; i < town->appointment_count; i++) {
        if (text_equal(town->appointments[i].start, start) &&
            !town->appointments[i].cancelled) {
            return false;
        }
    }
    return true;
}

/* --- printing --------------------------------------------------------------------- */

static void
put(char **text, size_t *length, const char *more, size_t count)
{
    *text = memory_resize(*text, *length + count + 1, 1);
    memcpy(*text + *length, more, count);
    *length += count;
    (*text)[*length] = '\0';
}

static void
put_line(char **text, size_t *length, int depth)
{
    put(text, length, "\r\n", 2);
    for (int i = 0; i < depth; i++) {
        put(text, length, "  ", 2);
    }
}

char *
town_print(const char *json)
{
    char *text = memory_allocate(1, 1);
    size_t length = 0;
    int depth = 0;
    bool quoted = false;

    for (; *json != '\0'; json++) {
        if (*json == '"' || (quoted && *json == '\\')) {
            size_t count = *json == '\\' ? 2 : 1;

            quoted = *json == '"' ? !quoted : quoted;
            put(&text, &length, json, count);
            json += count - 1;
        } else if (quoted || strchr("{}[],:", *json) == NULL) {
            put(&text, &length, json, 1);
        } else if ((*json == '{' || *json == '[') && (json[1] == '}' || json[1] == ']'))
        {
            put(&text, &length, json, 2);
            json++;
        } else if (*json == '{' || *json == '[') {
            put(&text, &length, json, 1);
            put_line(&text, &length, ++depth);
        } else if (*json == '}' || *json == ']') {
            put_line(&text, &length, --depth);
            put(&text, &length, json, 1);
        } else if (*json == ',') {
            put(&text, &length, ",", 1);
            put_line(&text, &length, depth);
        } else {
            put(&text, &length, ": ", 2);
        }
    }
    return text;
}

static char *
finish(struct json_writer *writer, bool print)
{
    char *text = print ? town_print(json_writer_text(writer, NULL))
                       : memory_copy_text(json_writer_text(writer, NULL));

    json_writer_destroy(writer);
    return text;
}

static void
write_text(struct json_writer *writer, const char *name, const char *value, bool nulls)
{
    if (value != NULL) {
        json_write_name(writer, name);
        json_write_text(writer, value);
    } else if (nulls) {
        json_write_name(writer, name);
        json_write_null(writer);
    }
}

/* --- answers ---------------------------------------------------------------------- */

static void
write_product(struct json_writer *writer, const struct product *product, bool nulls)
{
    json_write_object(writer);
    write_text(writer, "id", product->id, nulls);
    json_write_name(writer, "number");
    json_write_integer(writer, product->number);
    write_text(writer, "code", NULL, nulls);
    write_text(writer, "description", product->name, nulls);
    write_text(writer, "necessities", product->necessities, nulls);
    json_write_name(writer, "appointmentDuration");
    json_write_integer(writer, product->seconds);
    json_write_name(writer, "maxCountForEvent");
    json_write_integer(writer, 0);
    write_text(writer, "activityGroupId", "91435629-82d2-4021-b36a-8c49576a0200",
               nulls);
    write_text(writer, "synonyms", NULL, nulls);
    json_write_end(writer);
}

char *
town_products(const struct town *town, bool additional, const char *const *selected,
              size_t count)
{
    struct json_writer *writer = json_writer_create();

    json_write_array(writer);
    for (size_t i = 0; i < COUNT(products); i++) {
        bool is_selected = false;

        for (size_t k = 0; additional && k < count; k++) {
            is_selected = is_selected || text_equal(selected[k], products[i].id);
        }
        if (!is_selected) {
            write_product(writer, &products[i], town->nulls);
        }
    }
    if (town->nulls) { /* what can't be chosen */
        json_write_null(writer);
        json_write_object(writer);
        write_text(writer, "id", NULL, true);
        json_write_end(writer);
    }
    json_write_end(writer);
    return finish(writer, true);
}

static void
write_place(struct json_writer *writer, const struct place *place, bool nulls)
{
    json_write_object(writer);
    json_write_name(writer, "locationNumber");
    json_write_integer(writer, 1);
    json_write_name(writer, "phoneNumberList");
    json_write_array(writer);
    json_write_end(writer);
    write_text(writer, "description", place->name, nulls);
    json_write_name(writer, "address");
    json_write_object(writer);
    write_text(writer, "department", NULL, nulls);
    write_text(writer, "streetName", place->street, nulls);
    write_text(writer, "houseNumber", place->number, nulls);
    write_text(writer, "houseNumberSuffix", place->suffix, nulls);
    write_text(writer, "postalCode", place->postcode, nulls);
    write_text(writer, "city", place->city, nulls);
    json_write_end(writer);
    json_write_name(writer, "isActive");
    json_write_boolean(writer, place->active);
    write_text(writer, "id", place->id, nulls);
    json_write_end(writer);
}

char *
town_locations(const struct town *town, const char *const *chosen, size_t count)
{
    struct json_writer *writer = json_writer_create();

    json_write_array(writer);
    for (size_t i = 0; i < COUNT(places); i++) {
        bool can = true;

        for (size_t k = 0; k < count; k++) {
            can = can && (places[i].permits || !text_equal(chosen[k], TOWN_PERMIT));
        }
        if (can) {
            write_place(writer, &places[i], town->nulls);
        }
    }
    if (town->nulls) { /* a place that is nothing but a number */
        json_write_object(writer);
        write_text(writer, "address", NULL, true);
        json_write_end(writer);
    }
    json_write_end(writer);
    return finish(writer, true);
}

char *
town_range(const struct town *town)
{
    char text[200], min[TIME_TEXT_BYTES], max[TIME_TEXT_BYTES];

    date_format(town->min, min);
    date_format(town->max, max);
    snprintf(text, sizeof(text),
             "{\"minDate\":\"%.10sT00:00:00\",\"maxDate\":\"%.10sT00:00:00\"}", min,
             max);
    return town_print(text);
}

static void
write_start(struct json_writer *writer, const struct town *town, struct date date,
            int minute)
{
    char text[48], day[TIME_TEXT_BYTES];

    date_format(date, day);
    snprintf(text, sizeof(text), "%.10sT%02d:%02d:00", day, minute / 60, minute % 60);
    if (town_is_free(town, text)) {
        json_write_text(writer, text);
    }
}

static void
write_day(struct json_writer *writer, const struct town *town, struct date date)
{
    for (size_t i = 0; i < town->special_count; i++) {
        const char *at = town->special[i].times;
        int hour, minute, length;

        if (date_compare(town->special[i].date, date) == 0) {
            while (sscanf(at, "%d:%d%n", &hour, &minute, &length) == 2) {
                write_start(writer, town, date, hour * 60 + minute);
                at += length;
            }
            return;
        }
    }
    for (int minute = OPEN_MINUTE; date_weekday(date) < 5 && minute < CLOSE_MINUTE;
         minute += town->step_minutes)
    {
        write_start(writer, town, date, minute);
    }
}

char *
town_times(const struct town *town, struct date from, struct date end, int duration_s)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "availableTimesList");
    json_write_array(writer);
    for (struct date day = from; date_compare(day, end) < 0; day = date_add(day, 1)) {
        write_day(writer, town, day);
    }
    if (town->nulls) {
        json_write_null(writer);
    }
    json_write_end(writer);
    json_write_name(writer, "appointmentDuration");
    json_write_integer(writer, duration_s);
    json_write_end(writer);
    return finish(writer, true);
}

char *
town_tell(const struct town *town, const struct town_appointment *appointment)
{
    struct json_writer *writer = json_writer_create();
    char *text, *whole;
    size_t size;

    json_write_object(writer);
    write_text(writer, "id", appointment->id, false);
    write_text(writer, "startDateTime", appointment->start, false);
    write_text(writer, "endDateTime", appointment->end, false);
    json_write_name(writer, "number");
    json_write_integer(writer, 1126);
    json_write_name(writer, "location");
    json_write_object(writer);
    write_text(writer, "id", appointment->location, false);
    write_text(writer, "description", "Gemeentehuis", false);
    json_write_end(writer);
    if (appointment->message[0] != '\0') {
        write_text(writer, "message", appointment->message, false);
    }
    write_text(writer, "caseId", NULL, town->nulls);
    write_text(writer, "creationDateTime", "2026-03-26T09:35:21.703", false);
    json_write_end(writer);
    text = finish(writer, false);
    size = strlen(text) + strlen(appointment->items) + strlen(appointment->customers) +
           strlen(town->answers) + 100;
    whole = memory_allocate(size, 1);
    snprintf(whole, size,
             "%.*s,\"activityList\":%s,\"customerList\":%s,\"fieldList\":%s}",
             (int)strlen(text) - 1, text, appointment->items, appointment->customers,
             town->answers);
    free(text);
    text = town_print(whole);
    free(whole);
    return text;
}
