#include "appointment/qmatic.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "qmatic_answer.h"
#include "qmatic_maker.h"

#define DEFAULT_ZONE "Europe/Amsterdam"
#define MINUTES_MAX (24 * 60)

/* --- products -------------------------------------------------------------------- */

static bool
ask_services(struct qmatic_maker *maker, const char *branch,
             struct qmatic_service **list, size_t *count, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES];
    struct text target =
        branch[0] != '\0' ? QMATIC_TARGET(buffer, "v1/branches/", branch, "/services")
                          : QMATIC_TARGET(buffer, "v1/services");
    struct json *root = qmatic_call_get(maker->call, &target, error);
    bool good = root != NULL && qmatic_read_services(root, list, count, error);

    json_destroy(root);
    return good;
}

/* Which of them go together with the plan's; `services` keeps those. */
static bool
keep_combinable(struct qmatic_maker *maker, const struct qmatic_plan *plan,
                struct qmatic_service *services, size_t *count, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES];
    struct text target =
        plan->branch[0] != '\0'
            ? QMATIC_TARGET(buffer, "v2/branches/", plan->branch, "/services/groups")
            : QMATIC_TARGET(buffer, "v1/services/groups");
    struct json *root;
    size_t kept = 0;

    qmatic_target_add_services(&target, plan);
    root = qmatic_call_get(maker->call, &target, error);
    if (root == NULL) {
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        if (qmatic_groups_allow(root, plan, services[i].id)) {
            services[kept++] = services[i];
        }
    }
    *count = kept;
    json_destroy(root);
    return true;
}

static bool
qmatic_products(void *data, const struct appointment_wish *wish,
                struct appointment_product **list, size_t *count, struct error *error)
{
    struct qmatic_maker *maker = data;
    const struct qmatic_plan plan = qmatic_plan_of(wish);
    struct qmatic_service *services;
    size_t found, kept = 0;

    *list = NULL;
    *count = 0;
    if (!ask_services(maker, wish->location, &services, &found, error)) {
        return false;
    }
    if (plan.count > 0 && !keep_combinable(maker, &plan, services, &found, error)) {
        free(services);
        return false;
    }
    for (size_t i = 0; i < found; i++) {
        if (!appointment_wish_has(wish, services[i].id)) {
            services[kept++] = services[i];
        }
    }
    if (kept > 0) {
        *list = memory_allocate(kept, sizeof(**list));
    }
    for (*count = 0; *count < kept; ++*count) {
        const struct qmatic_service *service = &services[*count];
        struct appointment_product *product = &(*list)[*count];

        text_copy(product->id, sizeof(product->id), service->id);
        text_copy(product->name, sizeof(product->name), service->name);
        product->minutes = service->minutes < 0 ? 0 : service->minutes;
    }
    free(services);
    return true;
}

/* Σ duration + additionalCustomerDuration × (persons − 1), of everything in the plan.
 */
static bool
add_up(const struct qmatic_plan *plan, const struct qmatic_service *services,
       size_t count, int *minutes, struct error *error)
{
    int64_t sum = 0;

    for (size_t i = 0; i < plan->count; i++) {
        const struct qmatic_service *service = NULL;

        for (size_t k = 0; k < count && service == NULL; k++) {
            service =
                text_equal(services[k].id, plan->services[i]) ? &services[k] : NULL;
        }
        if (service == NULL) {
            return error_set(error, ERROR_NOT_FOUND,
                             "qmatic: one of the products can't be had there");
        }
        if (service->minutes < 0 || (plan->persons > 1 && service->minutes_further < 0))
        {
            return error_set(error, ERROR_BAD_INPUT,
                             "qmatic: duration: one of the products has none");
        }
        sum +=
            service->minutes + (int64_t)service->minutes_further * (plan->persons - 1);
    }
    if (sum < 1 || sum > MINUTES_MAX) {
        return error_set(error, ERROR_BAD_INPUT,
                         "qmatic: duration: must come to 1 to %d minutes", MINUTES_MAX);
    }
    *minutes = (int)sum;
    return true;
}

static bool
qmatic_minutes(void *data, const struct appointment_wish *wish, struct date date,
               int *minutes, struct error *error)
{
    const struct qmatic_plan plan = qmatic_plan_of(wish);
    struct qmatic_service *services;
    size_t count;
    bool good;

    (void)date; /* the same every day */
    if (!ask_services(data, wish->location, &services, &count, error)) {
        return false;
    }
    good = add_up(&plan, services, count, minutes, error);
    free(services);
    return good;
}

/* --- days, times, fields --------------------------------------------------------- */

const struct zone *
qmatic_ask_zone(struct qmatic_maker *maker, const char *branch, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES];
    struct text target = QMATIC_TARGET(buffer, "v1/branches/", branch);
    struct json *root = qmatic_call_get(maker->call, &target, error);
    const struct json *told = json_member(root, "branch");
    const struct zone *zone = NULL;
    struct qmatic_branch read;

    if (told != NULL && json_type(told) == JSON_OBJECT) {
        qmatic_read_branch(told, &read);
        text_copy(read.location.id, sizeof(read.location.id), branch);
        zone = qmatic_zones_learn(maker->zones, &read);
    } else if (root != NULL) {
        error_set(error, ERROR_BAD_INPUT, "qmatic: branch: must be an object");
    }
    json_destroy(root);
    return zone;
}

bool
qmatic_ask_days(struct qmatic_maker *maker, const struct qmatic_plan *plan,
                struct date from, struct date to, struct appointment_day **list,
                size_t *count, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES];
    struct text target = QMATIC_TARGET(buffer, "v2/branches/", plan->branch, "/dates");
    struct json *root;
    bool good;

    qmatic_target_add_plan(&target, plan);
    root = qmatic_call_get(maker->call, &target, error);
    good = root != NULL && qmatic_read_dates(root, from, to, list, count, error);
    json_destroy(root);
    return good;
}

bool
qmatic_ask_times(struct qmatic_maker *maker, const struct qmatic_plan *plan,
                 struct date date, const struct zone *zone,
                 struct appointment_time **list, size_t *count, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES], day[TIME_TEXT_BYTES];
    struct text target;
    struct json *root;
    bool good;

    date_format(date, day);
    target =
        QMATIC_TARGET(buffer, "v2/branches/", plan->branch, "/dates/", day, "/times");
    qmatic_target_add_plan(&target, plan);
    root = qmatic_call_get(maker->call, &target, error);
    good = root != NULL && qmatic_read_times(root, date, zone, list, count, error);
    json_destroy(root);
    return good;
}

/* Qmatic tells every date it has; the range is ours to cut. */
static bool
qmatic_days(void *data, const struct appointment_wish *wish, struct date from,
            struct date to, struct appointment_day **list, size_t *count,
            struct error *error)
{
    struct qmatic_maker *maker = data;
    const struct qmatic_plan plan = qmatic_plan_of(wish);
    const struct zone *zone;

    *list = NULL;
    *count = 0;
    if (!qmatic_plan_check(&plan, error) ||
        (zone = qmatic_ask_zone(maker, plan.branch, error)) == NULL)
    {
        return false;
    }
    from = from.year == 0 ? zone_civil(zone, time_now_s()).date : from;
    return qmatic_ask_days(maker, &plan, from, to, list, count, error);
}

static bool
qmatic_times(void *data, const struct appointment_wish *wish, struct date date,
             struct appointment_time **list, size_t *count, struct error *error)
{
    struct qmatic_maker *maker = data;
    const struct qmatic_plan plan = qmatic_plan_of(wish);
    const struct zone *zone;

    *list = NULL;
    *count = 0;
    if (!qmatic_plan_check(&plan, error) ||
        (zone = qmatic_ask_zone(maker, plan.branch, error)) == NULL)
    {
        return false;
    }
    return qmatic_ask_times(maker, &plan, date, zone, list, count, error);
}

static bool
qmatic_fields_of(void *data, const struct appointment_wish *wish,
                 struct appointment_field *list, size_t *count, struct error *error)
{
    const struct qmatic_maker *maker = data;

    (void)wish; /* the same for every service */
    (void)error;
    qmatic_fields(&maker->required, list);
    *count = QMATIC_FIELDS;
    return true;
}

/* --- life ------------------------------------------------------------------------ */

static const struct zone *
qmatic_zone(void *data, const char *location)
{
    struct qmatic_maker *maker = data;

    return qmatic_zones_find(maker->zones, location);
}

static void
qmatic_destroy(void *data)
{
    struct qmatic_maker *maker = data;

    qmatic_call_destroy(maker->call);
    qmatic_zones_destroy(maker->zones);
    free(maker);
}

static const struct appointment_operations operations = {
    .products = qmatic_products,
    .locations = qmatic_locations,
    .days = qmatic_days,
    .times = qmatic_times,
    .minutes = qmatic_minutes,
    .fields = qmatic_fields_of,
    .book = qmatic_book,
    .show = qmatic_show,
    .cancel = qmatic_cancel,
    .move = qmatic_move,
    .zone = qmatic_zone,
    .destroy = qmatic_destroy,
};

struct appointment_client *
appointment_qmatic_create(const struct qmatic_options *options, struct error *error)
{
    const char *zone = options->time_zone != NULL && options->time_zone[0] != '\0'
                           ? options->time_zone
                           : DEFAULT_ZONE;
    struct qmatic_maker *maker = memory_allocate(1, sizeof(*maker));
    struct appointment_client *client;

    maker->earliest_max = options->earliest_max;
    maker->zones = qmatic_zones_create(zone, error);
    if (maker->zones == NULL) {
        error_set(error, ERROR_BAD_INPUT,
                  "qmatic: time_zone must be a name like Europe/Amsterdam");
        qmatic_destroy(maker);
        return NULL;
    }
    maker->call = qmatic_call_create(options, error);
    if (maker->call == NULL ||
        !qmatic_required_read(&maker->required, options->required, error))
    {
        qmatic_destroy(maker);
        return NULL;
    }
    client = memory_allocate(1, sizeof(*client));
    client->name = "qmatic";
    client->operations = &operations;
    client->maker = maker;
    return client;
}
