#include <math.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/reader.h"

#define PERIODS_MAX 4 /* of one day */
#define EXCEPTIONS_MAX 60

/* --- opening hours -------------------------------------------------------------- */

/* Two digits of a clock at `text`; -1 when they are none. */
static int
two_digits(const char *text)
{
    if (strspn(text, "0123456789") < 2) {
        return -1;
    }
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* "09:30" as minutes from midnight, to 24:00; -1 when it is no time. */
static int
clock_minutes(const char *text)
{
    int hour = two_digits(text), minute;

    if (hour < 0 || text[2] != ':') {
        return -1;
    }
    minute = two_digits(text + 3);
    if (minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) {
        return -1;
    }
    return hour * 60 + minute;
}

static void
read_period(struct reader *reader, const struct place *place, void *owner, void *item)
{
    const char *text = reader_text(reader, place, 40);
    char shown[VALUE_TEXT_BYTES];
    struct hours *hours = item;

    (void)owner;
    if (text == NULL) {
        return;
    }
    if (strlen(text) == strlen("10:00-17:30") && text[5] == '-') {
        *hours = (struct hours){clock_minutes(text), clock_minutes(text + 6)};
    } else {
        *hours = (struct hours){-1, -1};
    }
    if (hours->open_minute < 0 || hours->close_minute < 0) {
        reader_problem(reader, place, "must be hours like \"10:00-17:30\", not %s",
                       value_text(place->json, shown));
        *hours = (struct hours){0};
    } else if (hours->open_minute >= hours->close_minute) {
        reader_problem(reader, place, "closes before it opens");
    }
}

static void
read_day(struct reader *reader, const struct place *place, const struct field *field,
         void *target)
{
    const struct list_shape shape = {0, PERIODS_MAX, sizeof(struct hours), read_period};
    struct day_hours *day = target;

    (void)field;
    day->periods = reader_list(reader, place, &shape, NULL, &day->count);
    for (size_t i = 1; i < day->count; i++) {
        if (day->periods[i].open_minute < day->periods[i - 1].close_minute) {
            struct place item = place_item(place, i);

            reader_problem(reader, &item, "begins before the period above it ends");
        }
    }
}

void
read_week(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
#define DAY(index) (index) * sizeof(struct day_hours)
    static const struct field days[] = {
        {"mon", read_day, DAY(0), FIELD_REQUIRED, 0, 0},
        {"tue", read_day, DAY(1), FIELD_REQUIRED, 0, 0},
        {"wed", read_day, DAY(2), FIELD_REQUIRED, 0, 0},
        {"thu", read_day, DAY(3), FIELD_REQUIRED, 0, 0},
        {"fri", read_day, DAY(4), FIELD_REQUIRED, 0, 0},
        {"sat", read_day, DAY(5), FIELD_REQUIRED, 0, 0},
        {"sun", read_day, DAY(6), FIELD_REQUIRED, 0, 0},
    };
#undef DAY

    (void)field;
    READ_OBJECT(reader, place, days, target);
}

static void
read_exception(struct reader *reader, const struct place *place, void *owner,
               void *item)
{
#define AT(member) offsetof(struct hours_exception, member)
    static const struct field fields[] = {
        {"from", read_date, AT(from), FIELD_REQUIRED, 0, 0},
        {"to", read_date, AT(to), FIELD_REQUIRED, 0, 0},
        {"hours", read_day, AT(hours), FIELD_REQUIRED, 0, 0},
        {"reason", read_words, AT(reason), FIELD_REQUIRED, 0, 60},
    };
#undef AT
    struct hours_exception *exception = item;

    (void)owner;
    READ_OBJECT(reader, place, fields, exception);
    if (exception->from.year != 0 && exception->to.year != 0 &&
        date_compare(exception->from, exception->to) > 0)
    {
        struct place to = place_member(place, "to");

        reader_problem(reader, &to, "is before from");
    }
}

/* Two exceptions for one day would leave it open which of them rules. */
static void
check_exceptions(struct reader *reader, const struct place *place,
                 const struct opening *opening)
{
    for (size_t i = 1; i < opening->exception_count; i++) {
        const struct hours_exception *later = &opening->exceptions[i];

        for (size_t j = 0; j < i; j++) {
            const struct hours_exception *earlier = &opening->exceptions[j];

            if (date_compare(later->from, earlier->to) <= 0 &&
                date_compare(earlier->from, later->to) <= 0)
            {
                struct place item = place_item(place, i);

                reader_problem(reader, &item, "has days in common with exception %zu",
                               j);
            }
        }
    }
}

void
read_exceptions(struct reader *reader, const struct place *place,
                const struct field *field, void *target)
{
    const struct list_shape shape = {0, EXCEPTIONS_MAX, sizeof(struct hours_exception),
                                     read_exception};
    struct opening *opening = target;

    (void)field;
    opening->exceptions =
        reader_list(reader, place, &shape, opening, &opening->exception_count);
    check_exceptions(reader, place, opening);
}

/* --- locations -------------------------------------------------------------------- */

static void
read_postcode(struct reader *reader, const struct place *place,
              const struct field *field, void *target)
{
    const char *text = reader_text(reader, place, 40);
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (text == NULL) {
        return;
    }
    if (strlen(text) != 7 || text[0] == '0' || strspn(text, "0123456789") != 4 ||
        text[4] != ' ' || strspn(text + 5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
    {
        reader_problem(reader, place, "must be a postcode like \"1234 AB\", not %s",
                       value_text(place->json, shown));
        return;
    }
    *(const char **)target = arena_copy_text(reader->arena, text);
}

static void
read_zone(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    const char *name = reader_text(reader, place, 60);
    char shown[VALUE_TEXT_BYTES];
    struct error error;
    struct zone *zone;

    (void)field;
    if (name == NULL) {
        return;
    }
    zone = zone_open(name, &error);
    if (zone == NULL) {
        reader_problem(reader, place,
                       "must be a time zone like \"Europe/Amsterdam\", not %s",
                       value_text(place->json, shown));
        return;
    }
    zone_close(zone);
    *(const char **)target = arena_copy_text(reader->arena, name);
}

void
read_locations(struct reader *reader, const struct place *place)
{
#define AT(member) offsetof(struct location, member)
    enum { REQUIRED_TEXT = FIELD_REQUIRED | FIELD_TEXT };
    static const struct field fields[] = {
        {"id", read_id, AT(id), REQUIRED_TEXT, 0, 0},
        {"appointment_id", read_appointment_id, AT(appointment_id), FIELD_TEXT, 0,
         CATALOGUE_APPOINTMENT_ID_BYTES - 1},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"name", read_words, AT(name), FIELD_REQUIRED, 0, 60},
        {"short_name", read_words, AT(short_name), FIELD_REQUIRED, 0, 30},
        {"street", read_text, AT(street), REQUIRED_TEXT, 0, 60},
        {"house_number", read_text, AT(house_number), REQUIRED_TEXT, 0, 10},
        {"postcode", read_postcode, AT(postcode), REQUIRED_TEXT, 0, 0},
        {"city", read_text, AT(city), REQUIRED_TEXT, 0, 60},
        {"phone", read_phone, AT(phone), FIELD_TEXT, 0, 20},
        {"latitude", read_number, AT(latitude), FIELD_REQUIRED, -90, 90},
        {"longitude", read_number, AT(longitude), FIELD_REQUIRED, -180, 180},
        {"zone", read_zone, AT(zone), REQUIRED_TEXT, 0, 0},
        {"hours", read_week, AT(opening.week), FIELD_REQUIRED, 0, 0},
        {"exceptions", read_exceptions, AT(opening), 0, 0, 0},
        {"calls_staff", read_boolean, AT(calls_staff), 0, 0, 0},
    };
#undef AT
    struct place item = {.parent = place, .json = json_first(place->json)};
    size_t count = reader->catalogue->location_count;

    for (; item.index < count; item.index++, item.json = json_next(item.json)) {
        READ_OBJECT(reader, &item, fields, &reader->locations[item.index]);
    }
    reader_check_unique(reader, place, reader->locations, count,
                        sizeof(*reader->locations));
}

const struct location *
catalogue_location(const struct catalogue *catalogue, const char *id)
{
    return reader_find(catalogue->locations, catalogue->location_count,
                       sizeof(*catalogue->locations), id);
}

int
location_distance_m(const struct location *from, const struct location *to)
{
    /* The haversine on a sphere of the mean radius: to within 0.5 %. */
    const double radius_m = 6371009, radians = acos(-1) / 180;
    double rise = sin((to->latitude - from->latitude) * radians / 2);
    double turn = sin((to->longitude - from->longitude) * radians / 2);
    double part = rise * rise + cos(from->latitude * radians) *
                                    cos(to->latitude * radians) * turn * turn;
    double distance = 2 * radius_m * asin(sqrt(fmin(part, 1)));

    return (int)(round(distance / 100) * 100);
}
