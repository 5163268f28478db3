#include "tour_world.h"

#include <string.h>

#include "appointment/fields.h"
#include "appointment/scripted.h"
#include "base/text.h"

static bool
ask_much(void *maker, const struct appointment_wish *wish,
         struct appointment_field *list, size_t *count, struct error *error)
{
    static const struct appointment_field fields[] = {
        {APPOINTMENT_FIELD_LAST_NAME, APPOINTMENT_FIELD_REQUIRED, 128},
        {APPOINTMENT_FIELD_BIRTH_DATE, APPOINTMENT_FIELD_REQUIRED, 10},
        {APPOINTMENT_FIELD_GENDER, APPOINTMENT_FIELD_OPTIONAL, 1},
        {APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER, APPOINTMENT_FIELD_REQUIRED, 16},
        {APPOINTMENT_FIELD_POSTCODE, APPOINTMENT_FIELD_REQUIRED, 16},
        {APPOINTMENT_FIELD_EMAIL, APPOINTMENT_FIELD_REQUIRED, 128},
    };

    (void)maker, (void)wish, (void)error;
    memcpy(list, fields, sizeof(fields));
    *count = sizeof(fields) / sizeof(fields[0]);
    return true;
}

/* True when `word` says how the world is from now on. */
static bool
change_world(struct tour *tour, const char *word)
{
    if (text_equal(word, "offline")) {
        scripted_set_offline(tour->client, true);
    } else if (text_equal(word, "taken")) {
        scripted_fail_next(tour->client, ERROR_TAKEN);
    } else if (text_equal(word, "uncertain")) {
        scripted_fail_next(tour->client, ERROR_UNCERTAIN);
    } else if (text_equal(word, "no-paper")) {
        printer_play(tour->printer, "out-of-paper");
    } else if (text_starts_with(word, "numbers:")) {
        walk_in_play(tour->walk_in, word + strlen("numbers:"));
    } else if (text_equal(word, "post-cut")) {
        errand_post_set_network(tour->errands, false);
    } else if (text_equal(word, "post-refused")) {
        errand_post_refuse(tour->errands);
    } else if (text_equal(word, "asks-much")) {
        tour->operations.fields = ask_much;
    } else if (text_equal(word, "keyless")) {
        tour->operations.find_key = NULL;
    } else {
        return false;
    }
    return true;
}

/* The same of what the flow holds: it begins anew. */
static bool
change_parts(struct tour *tour, const char *word)
{
    if (text_equal(word, "no-errands")) {
        tour->parts.errands = NULL;
    } else if (text_equal(word, "no-printer")) {
        tour->parts.printer = NULL;
    } else if (text_equal(word, "out-of-order")) {
        tour->parts.catalogue = NULL;
    } else if (text_equal(word, "at-night")) {
        tour->moment.now += 9 * 3600;
    } else {
        return false;
    }
    tour_reopen_flow(tour);
    return true;
}

bool
tour_change_world(struct tour *tour, const char *word)
{
    return change_world(tour, word) || change_parts(tour, word);
}
