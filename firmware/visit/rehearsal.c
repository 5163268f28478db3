#include "visit/rehearsal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "appointment/scripted.h"
#include "base/memory.h"
#include "base/text.h"
#include "ticket/ticket.h"

#define STREET_BYTES 160

static_assert(TICKET_TEXT_BYTES <= APPOINTMENT_CHECK_IN_BYTES,
              "a ticket is a check-in");

static int64_t
now_of(void *data)
{
    const struct rehearsal *rehearsal = data;

    return rehearsal->now(rehearsal->data);
}

static void
check_in(void *data, const uint8_t id[16], int64_t start, const char *location,
         char text[APPOINTMENT_CHECK_IN_BYTES])
{
    const struct rehearsal *rehearsal = data;

    ticket_sign(rehearsal->key, rehearsal->catalogue->municipality.ticket_address, id,
                start, location, text);
}

static void
copy_hours(const struct location *from, struct scripted_location *to)
{
    for (int day = 0; day < 7; day++) {
        const struct day_hours *hours = &from->opening.week[day];

        for (size_t i = 0; i < hours->count && i < SCRIPTED_PERIODS_MAX; i++) {
            to->week[day][i] = (struct scripted_hours){hours->periods[i].open_minute,
                                                       hours->periods[i].close_minute};
        }
    }
}

static void
copy_location(const struct location *from, struct scripted_location *to,
              char street[STREET_BYTES])
{
    snprintf(street, STREET_BYTES, "%s%s%s", from->street,
             from->house_number[0] != '\0' ? " " : "", from->house_number);
    *to = (struct scripted_location){
        .id = from->id,
        .name = words_in(&from->name, LANGUAGE_NL, NULL),
        .street = street,
        .postcode = from->postcode,
        .city = from->city,
        .zone = from->zone,
    };
    copy_hours(from, to);
}

static bool
is_by_appointment(const struct product *product)
{
    for (size_t i = 0; i < product->channel_count; i++) {
        if (product->channels[i].channel == CHANNEL_APPOINTMENT) {
            return true;
        }
    }
    return false;
}

struct appointment_client *
rehearsal_create(const struct rehearsal *rehearsal, struct error *error)
{
    const struct catalogue *catalogue = rehearsal->catalogue;
    struct scripted_product *products =
        memory_allocate(catalogue->product_count, sizeof(products[0]));
    struct scripted_location *locations =
        memory_allocate(catalogue->location_count, sizeof(locations[0]));
    char(*streets)[STREET_BYTES] =
        memory_allocate(catalogue->location_count, sizeof(streets[0]));
    struct appointment_client *client;
    size_t product_count = 0;

    for (size_t i = 0; i < catalogue->product_count; i++) {
        const struct product *product = &catalogue->products[i];

        if (is_by_appointment(product)) {
            products[product_count++] = (struct scripted_product){
                .id = product->id,
                .name = words_in(&product->name, LANGUAGE_NL, NULL),
                .minutes_first = product->minutes_first,
                .minutes_next = product->minutes_next,
            };
        }
    }
    for (size_t i = 0; i < catalogue->location_count; i++) {
        copy_location(&catalogue->locations[i], &locations[i], streets[i]);
    }
    client = appointment_scripted_create(
        &(struct scripted_options){.products = products,
                                   .product_count = product_count,
                                   .locations = locations,
                                   .location_count = catalogue->location_count,
                                   .now = now_of,
                                   .check_in = check_in,
                                   .data = (void *)rehearsal},
        error);
    free(products);
    free(locations);
    free(streets);
    return client;
}
