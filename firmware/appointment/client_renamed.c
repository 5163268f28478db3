#include "appointment/renamed.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

struct name {
    char ours[APPOINTMENT_ID_BYTES], theirs[APPOINTMENT_ID_BYTES];
};

struct list {
    struct name *names;
    size_t count;
};

struct renamed {
    struct appointment_client *client;
    struct appointment_operations operations; /* without those that the client lacks */
    pthread_mutex_t lock;                     /* of the names */
    struct list products, locations;
};

static const struct appointment_client *
client_of(void *maker)
{
    return ((struct renamed *)maker)->client;
}

#define CALL(maker, operation, ...)                                                    \
    (client_of(maker)->operations->operation(client_of(maker)->maker, __VA_ARGS__))

/* --- names --------------------------------------------------------------------------
 */

static struct list
list_copy(const struct appointment_name *names, size_t count)
{
    struct list list = {.names = memory_allocate(count, sizeof(list.names[0]))};

    for (size_t i = 0; i < count; i++) {
        struct name *name = &list.names[list.count];

        if (!text_equal(names[i].ours, names[i].theirs)) {
            text_copy(name->ours, sizeof(name->ours), names[i].ours);
            text_copy(name->theirs, sizeof(name->theirs), names[i].theirs);
            list.count++;
        }
    }
    return list;
}

static void
to_theirs(struct renamed *renamed, const struct list *list,
          char id[APPOINTMENT_ID_BYTES])
{
    pthread_mutex_lock(&renamed->lock);
    for (size_t i = 0; i < list->count; i++) {
        if (text_equal(list->names[i].ours, id)) {
            memcpy(id, list->names[i].theirs, APPOINTMENT_ID_BYTES);
            break;
        }
    }
    pthread_mutex_unlock(&renamed->lock);
}

static void
to_ours(struct renamed *renamed, const struct list *list, char id[APPOINTMENT_ID_BYTES])
{
    pthread_mutex_lock(&renamed->lock);
    for (size_t i = 0; i < list->count; i++) {
        if (text_equal(list->names[i].theirs, id)) {
            memcpy(id, list->names[i].ours, APPOINTMENT_ID_BYTES);
            break;
        }
    }
    pthread_mutex_unlock(&renamed->lock);
}

static struct appointment_wish
their_wish(struct renamed *renamed, const struct appointment_wish *ours)
{
    struct appointment_wish wish = *ours;

    to_theirs(renamed, &renamed->locations, wish.location);
    for (size_t i = 0; i < wish.item_count; i++) {
        to_theirs(renamed, &renamed->products, wish.items[i].product);
    }
    return wish;
}

static struct appointment_booking
their_booking(struct renamed *renamed, const struct appointment_booking *ours)
{
    struct appointment_booking booking = *ours;

    booking.wish = their_wish(renamed, &ours->wish);
    return booking;
}

/* What came back, if it did. */
static bool
our_appointment(struct renamed *renamed, bool good, struct appointment *appointment)
{
    if (good) {
        to_ours(renamed, &renamed->locations, appointment->location);
        for (size_t i = 0; i < appointment->item_count; i++) {
            to_ours(renamed, &renamed->products, appointment->items[i].product);
        }
    }
    return good;
}

/* --- asking -------------------------------------------------------------------------
 */

static bool
get_products(void *maker, const struct appointment_wish *ours,
             struct appointment_product **list, size_t *count, struct error *error)
{
    struct renamed *renamed = maker;
    const struct appointment_wish wish = their_wish(renamed, ours);

    if (!CALL(maker, products, &wish, list, count, error)) {
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        to_ours(renamed, &renamed->products, (*list)[i].id);
    }
    return true;
}

static bool
get_locations(void *maker, const struct appointment_wish *ours,
              struct appointment_location **list, size_t *count, struct error *error)
{
    struct renamed *renamed = maker;
    const struct appointment_wish wish = their_wish(renamed, ours);

    if (!CALL(maker, locations, &wish, list, count, error)) {
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        to_ours(renamed, &renamed->locations, (*list)[i].id);
    }
    return true;
}

static bool
get_days(void *maker, const struct appointment_wish *ours, struct date from,
         struct date to, struct appointment_day **list, size_t *count,
         struct error *error)
{
    const struct appointment_wish wish = their_wish(maker, ours);

    return CALL(maker, days, &wish, from, to, list, count, error);
}

static bool
get_times(void *maker, const struct appointment_wish *ours, struct date date,
          struct appointment_time **list, size_t *count, struct error *error)
{
    const struct appointment_wish wish = their_wish(maker, ours);

    return CALL(maker, times, &wish, date, list, count, error);
}

static bool
get_minutes(void *maker, const struct appointment_wish *ours, struct date date,
            int *minutes, struct error *error)
{
    const struct appointment_wish wish = their_wish(maker, ours);

    return CALL(maker, minutes, &wish, date, minutes, error);
}

static bool
get_fields(void *maker, const struct appointment_wish *ours,
           struct appointment_field *list, size_t *count, struct error *error)
{
    const struct appointment_wish wish = their_wish(maker, ours);

    return CALL(maker, fields, &wish, list, count, error);
}

/* --- one appointment ----------------------------------------------------------------
 */

static bool
hold(void *maker, const struct appointment_booking *ours, struct error *error)
{
    struct appointment_booking booking = their_booking(maker, ours);
    bool good = CALL(maker, hold, &booking, error);

    memory_wipe(&booking, sizeof(booking));
    return good;
}

static bool
release(void *maker, const char *key, struct error *error)
{
    return CALL(maker, release, key, error);
}

static bool
book(void *maker, const struct appointment_booking *ours,
     struct appointment *appointment, struct error *error)
{
    struct appointment_booking booking = their_booking(maker, ours);
    bool good = CALL(maker, book, &booking, appointment, error);

    memory_wipe(&booking, sizeof(booking)); /* a person stands in it */
    return our_appointment(maker, good, appointment);
}

static bool
show(void *maker, const char *id, struct appointment *appointment, struct error *error)
{
    return our_appointment(maker, CALL(maker, show, id, appointment, error),
                           appointment);
}

static bool
find_key(void *maker, const char *key, struct appointment *appointment,
         struct error *error)
{
    return our_appointment(maker, CALL(maker, find_key, key, appointment, error),
                           appointment);
}

static bool
cancel(void *maker, const char *id, struct error *error)
{
    return CALL(maker, cancel, id, error);
}

static bool
move(void *maker, const char *id, const char *key, int64_t start,
     struct appointment_moved *moved, struct error *error)
{
    return our_appointment(maker, CALL(maker, move, id, key, start, moved, error),
                           &moved->appointment);
}

static bool
find(void *maker, const char *text, struct appointment *appointment,
     struct error *error)
{
    return our_appointment(maker, CALL(maker, find, text, appointment, error),
                           appointment);
}

static bool
check_in(void *maker, const char *id, struct appointment *appointment,
         struct error *error)
{
    return our_appointment(maker, CALL(maker, check_in, id, appointment, error),
                           appointment);
}

static bool
unprinted(void *maker, const char *id, struct error *error)
{
    return CALL(maker, unprinted, id, error);
}

static const struct zone *
zone(void *maker, const char *ours)
{
    struct renamed *renamed = maker;
    char location[APPOINTMENT_ID_BYTES];

    text_copy(location, sizeof(location), ours);
    to_theirs(renamed, &renamed->locations, location);
    return CALL(maker, zone, location);
}

static void
destroy(void *maker)
{
    struct renamed *renamed = maker;

    appointment_client_destroy(renamed->client);
    pthread_mutex_destroy(&renamed->lock);
    free(renamed->products.names);
    free(renamed->locations.names);
    free(renamed);
}

/* --- making it ----------------------------------------------------------------------
 */

struct appointment_client *
appointment_renamed_create(struct appointment_client *client,
                           const struct appointment_names *names)
{
    const struct appointment_operations *inner = client->operations;
    struct renamed *renamed = memory_allocate(1, sizeof(*renamed));
    struct appointment_client *outer = memory_allocate(1, sizeof(*outer));

    renamed->client = client;
    pthread_mutex_init(&renamed->lock, NULL);
    renamed->operations = (struct appointment_operations){
        .products = get_products,
        .locations = get_locations,
        .days = get_days,
        .times = get_times,
        .minutes = get_minutes,
        .fields = get_fields,
        .hold = inner->hold != NULL ? hold : NULL,
        .release = inner->release != NULL ? release : NULL,
        .book = book,
        .show = show,
        .find_key = inner->find_key != NULL ? find_key : NULL,
        .cancel = cancel,
        .move = inner->move != NULL ? move : NULL,
        .find = inner->find != NULL ? find : NULL,
        .check_in = inner->check_in != NULL ? check_in : NULL,
        .unprinted = inner->unprinted != NULL ? unprinted : NULL,
        .zone = inner->zone != NULL ? zone : NULL,
        .destroy = destroy,
    };
    *outer = (struct appointment_client){client->name, &renamed->operations, renamed};
    appointment_renamed_set(outer, names);
    return outer;
}

void
appointment_renamed_set(struct appointment_client *client,
                        const struct appointment_names *names)
{
    struct renamed *renamed = client->maker;
    struct list products = list_copy(names->products, names->product_count);
    struct list locations = list_copy(names->locations, names->location_count);

    assert(client->operations->destroy == destroy);
    pthread_mutex_lock(&renamed->lock);
    free(renamed->products.names);
    free(renamed->locations.names);
    renamed->products = products;
    renamed->locations = locations;
    pthread_mutex_unlock(&renamed->lock);
}
