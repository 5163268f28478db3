#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "leased_parts.h"

/* What the lease has to offer, now. */

/* What is asked of the lease: the wish, how long it takes, and from when. */
struct offer {
    const struct lease *lease;
    const struct appointment_wish *wish;
    int minutes;
    int64_t from;
};

static bool
offer_begin(const struct leased *leased, const struct appointment_wish *wish,
            struct offer *offer)
{
    const struct lease *lease = leased->lease;
    int64_t now = leased_time(leased);

    if (lease == NULL || lease->place.id[0] == '\0' || now == TIME_NONE ||
        now >= lease->ends)
    {
        return false;
    }
    *offer =
        (struct offer){lease, wish, lease_minutes(lease, wish), now + LEASED_LEAD_S};
    return true;
}

static bool
can_have(const struct leased *leased, const struct offer *offer,
         const struct lease_slot *slot)
{
    return !slot->withdrawn && slot->start >= offer->from &&
           strcmp(slot->location, offer->lease->place.id) == 0 &&
           lease_slot_fits(slot, offer->wish, offer->minutes) &&
           !leased_is_used(leased, slot->id);
}

/* The starts in [from, to), each once; `starts` has room for all slots. */
static size_t
starts_between(const struct leased *leased, const struct offer *offer, int64_t from,
               int64_t to, int64_t *starts)
{
    size_t count = 0;

    for (size_t i = 0; i < offer->lease->slot_count; i++) {
        const struct lease_slot *slot = &offer->lease->slots[i];

        if (slot->start >= from && slot->start < to && can_have(leased, offer, slot) &&
            (count == 0 || starts[count - 1] != slot->start))
        {
            starts[count++] = slot->start;
        }
    }
    return count;
}

static size_t
starts_of_day(const struct leased *leased, const struct offer *offer, struct date date,
              int64_t *starts)
{
    const struct zone *zone = offer->lease->zone;

    return starts_between(
        leased, offer, zone_instant(zone, (struct civil){.date = date}),
        zone_instant(zone, (struct civil){.date = date_add(date, 1)}), starts);
}

bool
leased_products(struct leased *leased, const struct appointment_wish *wish,
                struct appointment_product **list, size_t *count)
{
    const struct appointment_wish nothing = {0};
    struct offer offer;

    if (!offer_begin(leased, &nothing, &offer) ||
        (wish->location[0] != '\0' &&
         strcmp(wish->location, offer.lease->place.id) != 0))
    {
        return false;
    }
    *list = memory_allocate(offer.lease->product_count + 1, sizeof(**list));
    *count = 0;
    for (size_t i = 0; i < offer.lease->product_count; i++) {
        const struct lease_product *product = &offer.lease->products[i];

        if (!appointment_wish_has(wish, product->id)) {
            struct appointment_product *added = &(*list)[(*count)++];

            memcpy(added->id, product->id, sizeof(added->id));
            memcpy(added->name, product->name, sizeof(added->name));
            added->minutes = product->minutes_first;
        }
    }
    return true;
}

bool
leased_places(struct leased *leased, const struct appointment_wish *wish,
              struct appointment_location **list, size_t *count)
{
    int64_t starts[LEASE_SLOTS_MAX];
    struct appointment_wish anywhere = *wish;
    struct offer offer;

    anywhere.location[0] = '\0';
    if (!offer_begin(leased, &anywhere, &offer) ||
        starts_between(leased, &offer, offer.from, INT64_MAX, starts) == 0)
    {
        return false;
    }
    *list = memory_allocate(1, sizeof(**list));
    *count = 1;
    **list = offer.lease->place;
    (*list)->earliest = starts[0];
    return true;
}

bool
leased_days(struct leased *leased, const struct appointment_wish *wish,
            struct date from, struct date to, struct appointment_day **list,
            size_t *count)
{
    int64_t starts[LEASE_SLOTS_MAX];
    struct offer offer;
    size_t all;

    if (!offer_begin(leased, wish, &offer)) {
        return false;
    }
    all = starts_between(leased, &offer, offer.from, INT64_MAX, starts);
    if (all == 0) {
        return false;
    }
    if (from.year == 0) {
        from = zone_civil(offer.lease->zone, offer.from).date;
    }
    if (to.year == 0) {
        to = zone_civil(offer.lease->zone, starts[all - 1]).date;
    }
    *count = 0;
    *list = NULL;
    if (date_compare(from, to) > 0) {
        return true;
    }
    *list = memory_allocate((size_t)(date_to_days(to) - date_to_days(from) + 1),
                            sizeof(**list));
    for (struct date date = from; date_compare(date, to) <= 0; date = date_add(date, 1))
    {
        (*list)[(*count)++] = (struct appointment_day){
            .date = date,
            .free = (int)starts_of_day(leased, &offer, date, starts),
            .leased = true};
    }
    return true;
}

bool
leased_times(struct leased *leased, const struct appointment_wish *wish,
             struct date date, struct appointment_time **list, size_t *count)
{
    int64_t starts[LEASE_SLOTS_MAX];
    struct offer offer;

    if (!offer_begin(leased, wish, &offer)) {
        return false;
    }
    *count = starts_of_day(leased, &offer, date, starts);
    if (*count == 0) {
        return false;
    }
    *list = memory_allocate(*count, sizeof(**list));
    for (size_t i = 0; i < *count; i++) {
        (*list)[i].start = starts[i];
    }
    return true;
}

bool
leased_minutes(struct leased *leased, const struct appointment_wish *wish, int *minutes)
{
    struct offer offer;

    if (!offer_begin(leased, wish, &offer) || offer.minutes == 0) {
        return false;
    }
    *minutes = offer.minutes;
    return true;
}

bool
leased_fields(struct leased *leased, const struct appointment_wish *wish,
              struct appointment_field *list, size_t *count)
{
    struct offer offer;

    if (!offer_begin(leased, wish, &offer) || offer.minutes == 0) {
        return false;
    }
    memcpy(list, offer.lease->fields, sizeof(offer.lease->fields));
    *count = offer.lease->field_count;
    return true;
}

const struct lease_slot *
leased_slot(struct leased *leased, const struct appointment_wish *wish, int64_t start)
{
    const struct lease_slot *found = NULL;
    struct offer offer;

    if (!offer_begin(leased, wish, &offer)) {
        return NULL;
    }
    for (size_t i = 0; i < offer.lease->slot_count; i++) {
        const struct lease_slot *slot = &offer.lease->slots[i];

        if (slot->start == start && can_have(leased, &offer, slot) &&
            (found == NULL || slot->end < found->end))
        {
            found = slot;
        }
    }
    return found;
}
