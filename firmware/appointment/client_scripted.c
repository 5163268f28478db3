#include "appointment/scripted.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#include "scripted_register.h"

enum call { CALL_ASK, CALL_HOLD, CALL_BOOK, CALL_MOVE, CALL_CANCEL, CALL_ARRIVE };

static bool
fails(struct scripted *scripted, enum call call, struct error *error)
{
    enum error_kind kind = scripted->fail_next;

    if (scripted->offline) {
        return !error_set(error, ERROR_OFFLINE, "scripted: unplugged");
    }
    if (kind == ERROR_NONE ||
        (kind == ERROR_TAKEN && call != CALL_HOLD && call != CALL_BOOK &&
         call != CALL_MOVE) ||
        (kind == ERROR_UNCERTAIN && (call == CALL_ASK || call == CALL_HOLD)))
    {
        return false;
    }
    if (kind == ERROR_TAKEN || kind == ERROR_UNCERTAIN) {
        return false; /* these act first: see register_answer_is_lost() and
                         is_snatched() */
    }
    scripted->fail_next = ERROR_NONE;
    return !error_set(error, kind, "scripted: %s", error_kind_name(kind));
}

/* The times of a day, without what holds and bookings take. NULL list: closed. */
static bool
free_times(struct scripted *scripted, const struct appointment_wish *wish,
           struct date date, struct appointment_time **list, size_t *count,
           struct error *error)
{
    int minutes;
    size_t kept = 0;

    *list = NULL;
    *count = 0;
    if (!agenda_minutes(&scripted->agenda, wish, &minutes, error) ||
        !agenda_times(&scripted->agenda, wish->location, date, minutes, list, count,
                      error))
    {
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        int64_t start = (*list)[i].start;

        if (start > register_now(scripted) &&
            !register_is_taken(scripted, wish->location, start, start + minutes * 60,
                               NULL))
        {
            (*list)[kept++] = (*list)[i];
        }
    }
    *count = kept;
    return true;
}

static bool
scripted_products(void *maker, const struct appointment_wish *wish,
                  struct appointment_product **list, size_t *count, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) &&
           agenda_products(&scripted->agenda, wish, list, count, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

#define HORIZON_DAYS 60 /* as far ahead as it looks and offers days */

static int64_t
earliest(struct scripted *scripted, const struct appointment_wish *asked,
         const char *location)
{
    struct appointment_wish wish = *asked;
    struct date date;
    struct error ignored;

    snprintf(wish.location, sizeof(wish.location), "%s", location);
    date = agenda_today(&scripted->agenda, location, register_now(scripted));
    for (int i = 0; i < HORIZON_DAYS; i++, date = date_add(date, 1)) {
        struct appointment_time *times;
        size_t count;

        if (!free_times(scripted, &wish, date, &times, &count, &ignored)) {
            return TIME_NONE;
        }
        if (count > 0) {
            int64_t start = times[0].start;

            free(times);
            return start;
        }
        free(times);
    }
    return TIME_NONE;
}

static bool
scripted_locations(void *maker, const struct appointment_wish *wish,
                   struct appointment_location **list, size_t *count,
                   struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) &&
           agenda_knows(&scripted->agenda, wish, error);
    if (good) {
        agenda_locations(&scripted->agenda, list, count);
        for (size_t i = 0; i < *count; i++) {
            (*list)[i].earliest = earliest(scripted, wish, (*list)[i].id);
        }
    }
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
days_of(struct scripted *scripted, const struct appointment_wish *wish,
        struct date from, struct date to, struct appointment_day *list,
        struct error *error)
{
    for (size_t i = 0; date_compare(from, to) <= 0; i++, from = date_add(from, 1)) {
        struct appointment_time *times;
        size_t count;

        if (!free_times(scripted, wish, from, &times, &count, error)) {
            return false;
        }
        list[i] = (struct appointment_day){
            .date = from,
            .free = (int)count,
            .closed = agenda_is_closed(&scripted->agenda, wish->location, from),
        };
        free(times);
    }
    return true;
}

/* From today to the horizon, or what of that is asked. */
static void
clip(struct date *from, struct date *to, struct date today)
{
    struct date last = date_add(today, HORIZON_DAYS);

    if (date_compare(*from, today) < 0) {
        *from = today;
    }
    if (to->year == 0 || date_compare(*to, last) > 0) {
        *to = last;
    }
}

static bool
scripted_days(void *maker, const struct appointment_wish *wish, struct date from,
              struct date to, struct appointment_day **list, size_t *count,
              struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    *count = 0;
    *list = NULL;
    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error);
    if (good && agenda_zone(&scripted->agenda, wish->location) == NULL) {
        good = error_set(error, ERROR_NOT_FOUND, "scripted: no such location");
    }
    if (good) {
        clip(&from, &to,
             agenda_today(&scripted->agenda, wish->location, register_now(scripted)));
        if (date_compare(from, to) <= 0) {
            *count = (size_t)(date_to_days(to) - date_to_days(from) + 1);
            *list = memory_allocate(*count, sizeof(**list));
        }
        good = days_of(scripted, wish, from, to, *list, error);
    }
    pthread_mutex_unlock(&scripted->lock);
    if (!good) {
        free(*list);
        *list = NULL;
        *count = 0;
    }
    return good;
}

static bool
scripted_times(void *maker, const struct appointment_wish *wish, struct date date,
               struct appointment_time **list, size_t *count, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) &&
           free_times(scripted, wish, date, list, count, error);
    if (good && *count == 0) {
        free(*list);
        *list = NULL;
    }
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_minutes(void *maker, const struct appointment_wish *wish, struct date date,
                 int *minutes, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    (void)date;
    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) &&
           agenda_minutes(&scripted->agenda, wish, minutes, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_fields(void *maker, const struct appointment_wish *wish,
                struct appointment_field *list, size_t *count, struct error *error)
{
    static const struct appointment_field fields[] = {
        {"lastName", APPOINTMENT_FIELD_REQUIRED, 128},
        {"phoneNumber", APPOINTMENT_FIELD_REQUIRED, 20},
        {"email", APPOINTMENT_FIELD_HIDDEN, 254},
    };
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) &&
           agenda_knows(&scripted->agenda, wish, error);
    pthread_mutex_unlock(&scripted->lock);
    if (good) {
        memcpy(list, fields, sizeof(fields));
        *count = sizeof(fields) / sizeof(fields[0]);
    }
    return good;
}

static bool
scripted_hold(void *maker, const struct appointment_booking *booking,
              struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good =
        !fails(scripted, CALL_HOLD, error) && register_hold(scripted, booking, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_release(void *maker, const char *key, struct error *error)
{
    struct scripted *scripted = maker;
    struct record *record;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error);
    if (good) {
        record = register_find(scripted, key, NULL);
        if (record == NULL) {
            record = register_add(scripted);
            record->held = true;
            text_copy(record->key, sizeof(record->key), key);
        }
        record->given_up = record->held;
    }
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_book(void *maker, const struct appointment_booking *booking,
              struct appointment *appointment, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_BOOK, error) &&
           register_book(scripted, booking, appointment, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
look_up(struct scripted *scripted, const char *key, const char *id,
        struct appointment *appointment, struct error *error)
{
    struct record *record;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error);
    if (good) {
        record = register_find(scripted, key, id);
        if (record == NULL || record->held) {
            good = error_set(error, ERROR_NOT_FOUND, "scripted: no such appointment");
        } else {
            *appointment = register_tell(scripted, record);
        }
    }
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_show(void *maker, const char *id, struct appointment *appointment,
              struct error *error)
{
    return look_up(maker, NULL, id, appointment, error);
}

static bool
scripted_find_key(void *maker, const char *key, struct appointment *appointment,
                  struct error *error)
{
    return look_up(maker, key, NULL, appointment, error);
}

static bool
scripted_cancel(void *maker, const char *id, struct error *error)
{
    struct scripted *scripted = maker;
    struct record *record;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_CANCEL, error);
    if (good) {
        record = register_find(scripted, NULL, id);
        if (record == NULL) {
            good = error_set(error, ERROR_NOT_FOUND, "scripted: no such appointment");
        } else if (record->appointment.state == APPOINTMENT_ARRIVED) {
            good = error_set(error, ERROR_REFUSED, "scripted: somebody has come");
        } else {
            record->appointment.state = APPOINTMENT_CANCELLED;
            good = !register_answer_is_lost(scripted, error);
        }
    }
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static const struct zone *
scripted_zone(void *maker, const char *location)
{
    return agenda_zone(&((struct scripted *)maker)->agenda, location);
}

static bool
scripted_move(void *maker, const char *id, const char *key, int64_t start,
              struct appointment_moved *moved, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    moved->old_stands = false;
    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_MOVE, error) &&
           register_move(scripted, id, key, start, &moved->appointment, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_find(void *maker, const char *text, struct appointment *appointment,
              struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) &&
           register_search(scripted, text, appointment, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_check_in(void *maker, const char *id, struct appointment *appointment,
                  struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ARRIVE, error) &&
           register_arrive(scripted, id, appointment, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static bool
scripted_unprinted(void *maker, const char *id, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = !fails(scripted, CALL_ASK, error) && register_unprinted(scripted, id, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

static void
scripted_destroy(void *maker)
{
    struct scripted *scripted = maker;

    agenda_finish(&scripted->agenda);
    pthread_mutex_destroy(&scripted->lock);
    free(scripted->records);
    free(scripted);
}

static const struct appointment_operations operations = {
    .products = scripted_products,
    .locations = scripted_locations,
    .days = scripted_days,
    .times = scripted_times,
    .minutes = scripted_minutes,
    .fields = scripted_fields,
    .hold = scripted_hold,
    .release = scripted_release,
    .book = scripted_book,
    .show = scripted_show,
    .find_key = scripted_find_key,
    .cancel = scripted_cancel,
    .zone = scripted_zone,
    .move = scripted_move,
    .find = scripted_find,
    .check_in = scripted_check_in,
    .unprinted = scripted_unprinted,
    .destroy = scripted_destroy,
};

struct appointment_client *
appointment_scripted_create(const struct scripted_options *options, struct error *error)
{
    struct scripted *scripted = memory_allocate(1, sizeof(*scripted));
    struct appointment_client *client;

    pthread_mutex_init(&scripted->lock, NULL);
    scripted->now = options->now;
    scripted->check_in = options->check_in;
    scripted->data = options->data;
    if (!agenda_init(&scripted->agenda, options, error)) {
        scripted_destroy(scripted);
        return NULL;
    }
    client = memory_allocate(1, sizeof(*client));
    client->name = "scripted";
    client->operations = &operations;
    client->maker = scripted;
    return client;
}

static struct scripted *
scripted_of(struct appointment_client *client)
{
    assert(client->operations == &operations);
    return client->maker;
}

bool
scripted_set_day(struct appointment_client *client, const char *location,
                 struct date date, const char *times, struct error *error)
{
    struct scripted *scripted = scripted_of(client);
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = agenda_set_day(&scripted->agenda, location, date, times, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

void
scripted_fail_next(struct appointment_client *client, enum error_kind kind)
{
    struct scripted *scripted = scripted_of(client);

    pthread_mutex_lock(&scripted->lock);
    scripted->fail_next = kind;
    pthread_mutex_unlock(&scripted->lock);
}

void
scripted_set_offline(struct appointment_client *client, bool offline)
{
    struct scripted *scripted = scripted_of(client);

    pthread_mutex_lock(&scripted->lock);
    scripted->offline = offline;
    pthread_mutex_unlock(&scripted->lock);
}

/* Of this maker's own customers: what the script snatched has no key. */
static size_t
count(struct appointment_client *client, bool held)
{
    struct scripted *scripted = scripted_of(client);
    size_t found = 0;

    pthread_mutex_lock(&scripted->lock);
    for (size_t i = 0; i < scripted->record_count; i++) {
        const struct record *record = &scripted->records[i];

        found += record->held == held && record->key[0] != '\0' &&
                 register_takes_room(record, register_now(scripted));
    }
    pthread_mutex_unlock(&scripted->lock);
    return found;
}

size_t
scripted_count_booked(struct appointment_client *client)
{
    return count(client, false);
}

size_t
scripted_count_held(struct appointment_client *client)
{
    return count(client, true);
}
