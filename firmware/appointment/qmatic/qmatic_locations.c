#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"
#include "qmatic_answer.h"
#include "qmatic_maker.h"

static bool
ask_branches(struct qmatic_maker *maker, const struct text *target,
             struct qmatic_branch **list, size_t *count, struct error *error)
{
    struct json *root = qmatic_call_get(maker->call, target, error);
    bool good = root != NULL && qmatic_read_branches(root, list, count, error);

    json_destroy(root);
    return good;
}

/* Keeps of `list` what is in `other` too. */
static void
intersect(struct qmatic_branch *list, size_t *count, const struct qmatic_branch *other,
          size_t other_count)
{
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++) {
        size_t k = 0;

        while (k < other_count &&
               !text_equal(other[k].location.id, list[i].location.id)) {
            k++;
        }
        if (k < other_count) {
            list[kept++] = list[i];
        }
    }
    *count = kept;
}

/* Qmatic lists the branches of one service at a time. */
static bool
ask_branches_of_all(struct qmatic_maker *maker, const struct qmatic_plan *plan,
                    struct qmatic_branch **list, size_t *count, struct error *error)
{
    for (size_t i = 0; i < plan->count; i++) {
        char buffer[QMATIC_TARGET_BYTES];
        struct text target =
            QMATIC_TARGET(buffer, "v1/services/", plan->services[i], "/branches");
        struct qmatic_branch *more;
        size_t more_count;

        if (!ask_branches(maker, &target, &more, &more_count, error)) {
            return false;
        }
        if (i == 0) {
            *list = more;
            *count = more_count;
        } else {
            intersect(*list, count, more, more_count);
            free(more);
        }
    }
    return true;
}

/* The first time of the first day. False when Qmatic couldn't be asked. */
static bool
ask_earliest(struct qmatic_maker *maker, const struct qmatic_plan *plan,
             const struct zone *zone, int64_t *earliest, struct error *error)
{
    const struct date today = zone_civil(zone, time_now_s()).date;
    struct appointment_day *days = NULL;
    struct appointment_time *times = NULL;
    size_t count = 0;
    bool good =
        qmatic_ask_days(maker, plan, today, (struct date){0}, &days, &count, error);

    if (good && count > 0) {
        good = qmatic_ask_times(maker, plan, days[0].date, zone, &times, &count, error);
        *earliest = good && count > 0 ? times[0].start : TIME_NONE;
    }
    free(days);
    free(times);
    return good;
}

/* The list is there already: where one can't be asked, the rest stays unknown too, so
 * that nobody waits for a dead line once for each. */
static void
add_earliest(struct qmatic_maker *maker, struct qmatic_plan *plan,
             struct qmatic_branch *list, size_t count)
{
    struct error ignored;
    bool good = true;

    for (size_t i = 0; good && i < count && i < (size_t)maker->earliest_max; i++) {
        plan->branch = list[i].location.id;
        good = ask_earliest(maker, plan, qmatic_zones_learn(maker->zones, &list[i]),
                            &list[i].location.earliest, &ignored);
    }
}

bool
qmatic_locations(void *data, const struct appointment_wish *wish,
                 struct appointment_location **list, size_t *count, struct error *error)
{
    struct qmatic_maker *maker = data;
    struct qmatic_plan plan = qmatic_plan_of(wish);
    struct qmatic_branch *branches = NULL;
    char buffer[QMATIC_TARGET_BYTES];
    struct text target = QMATIC_TARGET(buffer, "v1/branches");

    *list = NULL;
    *count = 0;
    if (!(plan.count == 0 ? ask_branches(maker, &target, &branches, count, error)
                          : ask_branches_of_all(maker, &plan, &branches, count, error)))
    {
        free(branches);
        *count = 0;
        return false;
    }
    if (plan.count > 0) {
        add_earliest(maker, &plan, branches, *count);
    }
    if (*count > 0) {
        *list = memory_allocate(*count, sizeof(**list));
    }
    for (size_t i = 0; i < *count; i++) {
        (*list)[i] = branches[i].location;
    }
    free(branches);
    return true;
}
