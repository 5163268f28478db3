#include "appointment/leased.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "leased_parts.h"

#define LOG_MODULE "lease"
#include "base/log.h"

/* Nobody is made to wait for a dead line at every step: it is tried again after this.
 */
#define CUT_MS 30000

/* --- what is known ------------------------------------------------------------- */

int64_t
leased_time(const struct leased *leased)
{
    struct leased_clock clock = leased->options.now(leased->options.data);
    const struct lease_anchor *anchor = &leased->anchor;

    if (leased->lease == NULL) {
        return TIME_NONE;
    }
    if (anchor->boot[0] != '\0' && text_equal(anchor->boot, clock.boot) &&
        clock.steady_ms >= anchor->steady_ms)
    {
        return anchor->now + (clock.steady_ms - anchor->steady_ms) / 1000;
    }
    /* A clock that goes back behind what the back office said can't be right. */
    return clock.wall_s >= anchor->now ? clock.wall_s : TIME_NONE;
}

bool
leased_refresh(struct leased *leased, struct error *error)
{
    struct lease_given *list;
    size_t count;

    if (!lease_store_list(leased->store, &list, &count, error)) {
        return false;
    }
    free(leased->used);
    leased->used = list;
    leased->used_count = count;
    return true;
}

bool
leased_is_used(const struct leased *leased, const char *slot)
{
    for (size_t i = 0; i < leased->used_count; i++) {
        if (text_equal(leased->used[i].appointment.id, slot)) {
            return true;
        }
    }
    return false;
}

bool
leased_is_cut(const struct leased *leased)
{
    return leased->options.now(leased->options.data).steady_ms < leased->cut_until_ms;
}

/* True when that is the answer; false when nobody was there. */
bool
leased_is_answer(struct leased *leased, bool good, const struct error *error)
{
    bool offline = !good && error->kind == ERROR_OFFLINE;

    leased->cut_until_ms =
        offline ? leased->options.now(leased->options.data).steady_ms + CUT_MS : 0;
    return !offline;
}

/* --- asking -------------------------------------------------------------------- */

static bool
get_products(void *maker, const struct appointment_wish *wish,
             struct appointment_product **list, size_t *count, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && leased_products(leased, wish, list, count)) {
        return true;
    }
    good = client->operations->products(client->maker, wish, list, count, error);
    return leased_is_answer(leased, good, error)
               ? good
               : leased_products(leased, wish, list, count);
}

static bool
get_locations(void *maker, const struct appointment_wish *wish,
              struct appointment_location **list, size_t *count, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && leased_places(leased, wish, list, count)) {
        return true;
    }
    good = client->operations->locations(client->maker, wish, list, count, error);
    return leased_is_answer(leased, good, error)
               ? good
               : leased_places(leased, wish, list, count);
}

static bool
get_days(void *maker, const struct appointment_wish *wish, struct date from,
         struct date to, struct appointment_day **list, size_t *count,
         struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && leased_days(leased, wish, from, to, list, count)) {
        return true;
    }
    good = client->operations->days(client->maker, wish, from, to, list, count, error);
    return leased_is_answer(leased, good, error)
               ? good
               : leased_days(leased, wish, from, to, list, count);
}

static bool
get_times(void *maker, const struct appointment_wish *wish, struct date date,
          struct appointment_time **list, size_t *count, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && leased_times(leased, wish, date, list, count)) {
        return true;
    }
    good = client->operations->times(client->maker, wish, date, list, count, error);
    return leased_is_answer(leased, good, error)
               ? good
               : leased_times(leased, wish, date, list, count);
}

static bool
get_minutes(void *maker, const struct appointment_wish *wish, struct date date,
            int *minutes, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && leased_minutes(leased, wish, minutes)) {
        return true;
    }
    good = client->operations->minutes(client->maker, wish, date, minutes, error);
    return leased_is_answer(leased, good, error)
               ? good
               : leased_minutes(leased, wish, minutes);
}

static bool
get_fields(void *maker, const struct appointment_wish *wish,
           struct appointment_field *list, size_t *count, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && leased_fields(leased, wish, list, count)) {
        return true;
    }
    good = client->operations->fields(client->maker, wish, list, count, error);
    return leased_is_answer(leased, good, error)
               ? good
               : leased_fields(leased, wish, list, count);
}

/* --- afterwards ---------------------------------------------------------------- */

/* What the back office does not know of yet it can't do anything with. */
static void
settle_first(struct leased *leased)
{
    struct error error;

    for (size_t i = 0; i < leased->used_count; i++) {
        if (leased->used[i].use == LEASE_GIVEN && !leased_is_cut(leased)) {
            leased_is_answer(leased, leased_renew(leased, &error), &error);
            return;
        }
    }
}

static bool
show(void *maker, const char *id, struct appointment *appointment, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    struct lease_given given;

    if (lease_store_by_id(leased->store, id, &given, error) &&
        given.use != LEASE_SETTLED && given.use != LEASE_RETURNED)
    {
        *appointment = given.appointment;
        return true;
    }
    return client->operations->show(client->maker, id, appointment, error);
}

static bool
find_key(void *maker, const char *key, struct appointment *appointment,
         struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    struct lease_given given;

    if (lease_store_by_key(leased->store, key, &given, error) &&
        given.use != LEASE_SETTLED) {
        *appointment = given.appointment;
        return true;
    }
    return client->operations->find_key(client->maker, key, appointment, error);
}

static bool
cancel(void *maker, const char *id, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    struct lease_given given;

    if (lease_store_by_id(leased->store, id, &given, error) && given.use == LEASE_GIVEN)
    {
        return lease_store_cancel(leased->store, id, error) &&
               leased_refresh(leased, error);
    }
    return client->operations->cancel(client->maker, id, error);
}

static bool
move(void *maker, const char *id, const char *key, int64_t start,
     struct appointment_moved *moved, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;

    settle_first(leased);
    return client->operations->move(client->maker, id, key, start, moved, error);
}

/* As somebody typed it: with spaces, in small letters. */
static bool
is_code(const char *code, const char *typed)
{
    for (; *typed != '\0'; typed++) {
        if (*typed != ' ' && toupper((unsigned char)*typed) != *code++) {
            return false;
        }
    }
    return *code == '\0';
}

/* Who knows the code only is shown no more than the back office would. */
static bool
find_used(const struct leased *leased, const char *text,
          struct appointment *appointment)
{
    for (size_t i = 0; i < leased->used_count; i++) {
        const struct lease_given *used = &leased->used[i];
        const struct appointment *known = &used->appointment;
        bool by_code = known->code[0] != '\0' && is_code(known->code, text);

        if (used->use != LEASE_RETURNED &&
            (by_code || text_equal(known->check_in, text))) {
            *appointment = *known;
            if (by_code) {
                appointment->item_count = 0;
                appointment->check_in[0] = '\0';
            }
            return true;
        }
    }
    return false;
}

static bool
find(void *maker, const char *text, struct appointment *appointment,
     struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    settle_first(leased);
    good = client->operations->find(client->maker, text, appointment, error);
    return good || ((error->kind == ERROR_OFFLINE || error->kind == ERROR_NOT_FOUND) &&
                    find_used(leased, text, appointment));
}

static bool
check_in(void *maker, const char *id, struct appointment *appointment,
         struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;

    settle_first(leased);
    return client->operations->check_in(client->maker, id, appointment, error);
}

/* One that was booked offline is known there when it has been handed in. */
static bool
unprinted(void *maker, const char *id, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;

    settle_first(leased);
    return client->operations->unprinted(client->maker, id, error);
}

static const struct zone *
zone(void *maker, const char *location)
{
    const struct appointment_client *client = ((struct leased *)maker)->client;

    return client->operations->zone(client->maker, location);
}

/* --- life ---------------------------------------------------------------------- */

static void
destroy_own(struct leased *leased)
{
    lease_destroy(leased->lease);
    lease_store_close(leased->store);
    free(leased->used);
    free(leased);
}

static void
destroy(void *maker)
{
    struct leased *leased = maker;

    appointment_client_destroy(leased->client);
    destroy_own(leased);
}

/* A lease that can't be read is as good as none: the next one comes. */
static bool
open_store(struct leased *leased, struct error *error)
{
    leased->store = lease_store_open(leased->options.path, error);
    if (leased->store == NULL || !leased_refresh(leased, error)) {
        return false;
    }
    leased->lease = lease_store_read(leased->store, &leased->anchor, error);
    if (leased->lease == NULL && error->kind != ERROR_NONE) {
        log_warning("%s", error->message);
    }
    return true;
}

struct appointment_client *
appointment_leased_create(struct appointment_client *client,
                          const struct leased_options *options, struct error *error)
{
    const struct appointment_operations *inner = client->operations;
    struct leased *leased = memory_allocate(1, sizeof(*leased));
    struct appointment_client *outer;

    assert(inner->settle != NULL && inner->hold != NULL && inner->find_key != NULL);
    leased->options = *options;
    if (!open_store(leased, error)) {
        destroy_own(leased);
        return NULL;
    }
    leased->options.path = NULL; /* the caller's */
    leased->client = client;
    leased->operations = (struct appointment_operations){
        .products = get_products,
        .locations = get_locations,
        .days = get_days,
        .times = get_times,
        .minutes = get_minutes,
        .fields = get_fields,
        .hold = leased_hold,
        .release = leased_release,
        .book = leased_book,
        .show = show,
        .find_key = find_key,
        .cancel = cancel,
        .move = move,
        .find = find,
        .check_in = check_in,
        .unprinted = inner->unprinted != NULL ? unprinted : NULL,
        .renew = leased_renew,
        .zone = inner->zone != NULL ? zone : NULL,
        .destroy = destroy,
    };
    outer = memory_allocate(1, sizeof(*outer));
    *outer = (struct appointment_client){client->name, &leased->operations, leased};
    return outer;
}
