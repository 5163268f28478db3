#include "appointment/switched.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"

struct switched {
    struct appointment_client *client;
    struct appointment_operations operations; /* without those that the client lacks */
    atomic_bool unplugged;
};

/* The client behind the plug; NULL, with ERROR_OFFLINE, when it is pulled out. */
static const struct appointment_client *
reach(void *maker, struct error *error)
{
    struct switched *switched = maker;

    if (atomic_load(&switched->unplugged)) {
        error_set(error, ERROR_OFFLINE, "%s: the network is switched off",
                  switched->client->name);
        return NULL;
    }
    return switched->client;
}

static bool
get_products(void *maker, const struct appointment_wish *wish,
             struct appointment_product **list, size_t *count, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->products(client->maker, wish, list, count, error);
}

static bool
get_locations(void *maker, const struct appointment_wish *wish,
              struct appointment_location **list, size_t *count, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->locations(client->maker, wish, list, count, error);
}

static bool
get_days(void *maker, const struct appointment_wish *wish, struct date from,
         struct date to, struct appointment_day **list, size_t *count,
         struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->days(client->maker, wish, from, to, list, count, error);
}

static bool
get_times(void *maker, const struct appointment_wish *wish, struct date date,
          struct appointment_time **list, size_t *count, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->times(client->maker, wish, date, list, count, error);
}

static bool
get_minutes(void *maker, const struct appointment_wish *wish, struct date date,
            int *minutes, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->minutes(client->maker, wish, date, minutes, error);
}

static bool
get_fields(void *maker, const struct appointment_wish *wish,
           struct appointment_field *list, size_t *count, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->fields(client->maker, wish, list, count, error);
}

static bool
hold(void *maker, const struct appointment_booking *booking, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL && client->operations->hold(client->maker, booking, error);
}

static bool
release(void *maker, const char *key, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL && client->operations->release(client->maker, key, error);
}

static bool
book(void *maker, const struct appointment_booking *booking,
     struct appointment *appointment, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->book(client->maker, booking, appointment, error);
}

static bool
show(void *maker, const char *id, struct appointment *appointment, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->show(client->maker, id, appointment, error);
}

static bool
find_key(void *maker, const char *key, struct appointment *appointment,
         struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->find_key(client->maker, key, appointment, error);
}

static bool
cancel(void *maker, const char *id, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL && client->operations->cancel(client->maker, id, error);
}

static bool
move(void *maker, const char *id, const char *key, int64_t start,
     struct appointment_moved *moved, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->move(client->maker, id, key, start, moved, error);
}

static bool
find(void *maker, const char *text, struct appointment *appointment,
     struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->find(client->maker, text, appointment, error);
}

static bool
check_in(void *maker, const char *id, struct appointment *appointment,
         struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->check_in(client->maker, id, appointment, error);
}

static bool
settle(void *maker, const char *body, struct json **lease, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL &&
           client->operations->settle(client->maker, body, lease, error);
}

static bool
unprinted(void *maker, const char *id, struct error *error)
{
    const struct appointment_client *client = reach(maker, error);

    return client != NULL && client->operations->unprinted(client->maker, id, error);
}

static const struct zone *
zone(void *maker, const char *location)
{
    const struct appointment_client *client = ((struct switched *)maker)->client;

    return client->operations->zone(client->maker, location);
}

static void
destroy(void *maker)
{
    struct switched *switched = maker;

    appointment_client_destroy(switched->client);
    free(switched);
}

struct appointment_client *
appointment_switched_create(struct appointment_client *client)
{
    const struct appointment_operations *inner = client->operations;
    struct switched *switched = memory_allocate(1, sizeof(*switched));
    struct appointment_client *outer = memory_allocate(1, sizeof(*outer));

    switched->client = client;
    switched->operations = (struct appointment_operations){
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
        .settle = inner->settle != NULL ? settle : NULL,
        .unprinted = inner->unprinted != NULL ? unprinted : NULL,
        .zone = inner->zone != NULL ? zone : NULL,
        .destroy = destroy,
    };
    *outer = (struct appointment_client){client->name, &switched->operations, switched};
    return outer;
}

void
appointment_switched_set(struct appointment_client *switched, bool plugged_in)
{
    struct switched *maker = switched->maker;

    assert(switched->operations->destroy == destroy);
    atomic_store(&maker->unplugged, !plugged_in);
}
