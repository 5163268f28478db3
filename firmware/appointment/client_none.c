#include "appointment/none.h"

#include "base/memory.h"

static bool
refuse(struct error *error)
{
    return error_set(error, ERROR_REFUSED, "this kiosk has no appointments");
}

static bool
none_products(void *maker, const struct appointment_wish *wish,
              struct appointment_product **list, size_t *count, struct error *error)
{
    (void)maker, (void)wish, (void)list, (void)count;
    return refuse(error);
}

static bool
none_locations(void *maker, const struct appointment_wish *wish,
               struct appointment_location **list, size_t *count, struct error *error)
{
    (void)maker, (void)wish, (void)list, (void)count;
    return refuse(error);
}

static bool
none_days(void *maker, const struct appointment_wish *wish, struct date from,
          struct date to, struct appointment_day **list, size_t *count,
          struct error *error)
{
    (void)maker, (void)wish, (void)from, (void)to, (void)list, (void)count;
    return refuse(error);
}

static bool
none_times(void *maker, const struct appointment_wish *wish, struct date date,
           struct appointment_time **list, size_t *count, struct error *error)
{
    (void)maker, (void)wish, (void)date, (void)list, (void)count;
    return refuse(error);
}

static bool
none_minutes(void *maker, const struct appointment_wish *wish, struct date date,
             int *minutes, struct error *error)
{
    (void)maker, (void)wish, (void)date, (void)minutes;
    return refuse(error);
}

static bool
none_fields(void *maker, const struct appointment_wish *wish,
            struct appointment_field *list, size_t *count, struct error *error)
{
    (void)maker, (void)wish, (void)list, (void)count;
    return refuse(error);
}

static bool
none_hold(void *maker, const struct appointment_booking *booking, struct error *error)
{
    (void)maker, (void)booking;
    return refuse(error);
}

static bool
none_by_text(void *maker, const char *text, struct error *error)
{
    (void)maker, (void)text;
    return refuse(error);
}

static bool
none_book(void *maker, const struct appointment_booking *booking,
          struct appointment *appointment, struct error *error)
{
    (void)maker, (void)booking, (void)appointment;
    return refuse(error);
}

static bool
none_find(void *maker, const char *text, struct appointment *appointment,
          struct error *error)
{
    (void)maker, (void)text, (void)appointment;
    return refuse(error);
}

static void
none_destroy(void *maker)
{
    (void)maker;
}

static const struct appointment_operations operations = {
    .products = none_products,
    .locations = none_locations,
    .days = none_days,
    .times = none_times,
    .minutes = none_minutes,
    .fields = none_fields,
    .hold = none_hold,
    .release = none_by_text,
    .book = none_book,
    .show = none_find,
    .find_key = none_find,
    .cancel = none_by_text,
    .destroy = none_destroy,
};

struct appointment_client *
appointment_none_create(void)
{
    struct appointment_client *client = memory_allocate(1, sizeof(*client));

    client->name = "none";
    client->operations = &operations;
    return client;
}
