#include "qmatic_target.h"

struct qmatic_plan
qmatic_plan_of(const struct appointment_wish *wish)
{
    struct qmatic_plan plan = {.branch = wish->location, .persons = 1};
    int persons[APPOINTMENT_ITEMS_MAX] = {0};

    for (size_t i = 0; i < wish->item_count; i++) {
        size_t at = 0;

        while (at < plan.count &&
               !text_equal(plan.services[at], wish->items[i].product)) {
            at++;
        }
        if (at == plan.count) {
            plan.services[plan.count++] = wish->items[i].product;
        }
        persons[at] += wish->items[i].persons;
        if (persons[at] > plan.persons) {
            plan.persons = persons[at];
        }
    }
    return plan;
}

bool
qmatic_plan_check(const struct qmatic_plan *plan, struct error *error)
{
    if (plan->branch[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT, "qmatic: no location was named");
    }
    if (plan->count == 0) {
        return error_set(error, ERROR_BAD_INPUT, "qmatic: no product was named");
    }
    return true;
}

struct text
qmatic_target(char buffer[QMATIC_TARGET_BYTES], const char *const *parts)
{
    struct text target = text_begin(buffer, QMATIC_TARGET_BYTES);

    for (size_t i = 0; parts[i] != NULL; i++) {
        if (i % 2 == 0) {
            text_add(&target, parts[i]);
        } else {
            text_add_escaped(&target, parts[i]);
        }
    }
    return target;
}

void
qmatic_target_add_services(struct text *target, const struct qmatic_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        text_add(target, ";servicePublicId=");
        text_add_escaped(target, plan->services[i]);
    }
}

void
qmatic_target_add_plan(struct text *target, const struct qmatic_plan *plan)
{
    qmatic_target_add_services(target, plan);
    if (plan->persons > 1) {
        text_format(target, ";numberOfCustomers=%d", plan->persons - 1);
    }
}

bool
qmatic_clock_of(const struct zone *zone, int64_t start, char date[TIME_TEXT_BYTES],
                char clock[QMATIC_CLOCK_BYTES])
{
    struct civil civil = zone_civil(zone, start);
    struct text text = text_begin(clock, QMATIC_CLOCK_BYTES);

    date_format(civil.date, date);
    text_format(&text, "%02d:%02d", civil.hour, civil.minute);
    return civil.second == 0 && zone_instant(zone, civil) == start;
}
