#include "orchestra.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define TOLD_BYTES (64 * 1024)
#define META                                                                           \
    "\"meta\":{\"start\":\"\",\"end\":\"\",\"totalResults\":1,\"offset\":null,"        \
    "\"limit\":null,\"fields\":\"\",\"arguments\":{}},\"notifications\":[]"
#define CUSTOM                                                                         \
    "\"{\\\"rescheduleEnabled\\\":true,\\\"emails\\\":\\\"\\\",\\\"infoText\\\":"      \
    "\\\"\\\",\\\"servicenametranslations\\\":[]}\""

static const struct service {
    const char *id, *name, *duration, *additional;
    int minutes, further, group;
    bool is_public, active;
    const char *branches;
} services[] = {
    {ORCHESTRA_PASSPORT, "Paspoort", "10", "5", 10, 5, 1, true, true,
     ORCHESTRA_HALL " " ORCHESTRA_RECEPTION " " ORCHESTRA_ISLAND},
    {ORCHESTRA_CARD, "Identiteitskaart", "10", "5", 10, 5, 1, true, true,
     ORCHESTRA_HALL " " ORCHESTRA_ISLAND},
    {ORCHESTRA_LICENCE, "Rijbewijs \\\"caf\xc3\xa9\\\"", "7.5", "0", 8, 0, 1, true,
     true, ORCHESTRA_HALL},
    {ORCHESTRA_HASHED, "Achternaam kiezen", "20", "10", 20, 10, 2, true, true,
     ORCHESTRA_HALL},
    {"INT_Balie", "Alleen aan de balie", "5", "5", 5, 5, 1, false, true,
     ORCHESTRA_HALL},
    {"Oud", "Afgeschaft", "5", "5", 5, 5, 1, true, false, ORCHESTRA_HALL},
};
#define SERVICES (sizeof(services) / sizeof(services[0]))

static const struct branch {
    const char *id, *members;
    const char *zones;
} branches[] = {
    {ORCHESTRA_HALL,
     "\"name\":\"KCC\",\"addressLine1\":\"Kon. Wilhelminalaan "
     "2\",\"addressLine2\":null,"
     "\"addressZip\":\"2264 BM\",\"addressCity\":\"Leidschendam\",\"phone\":\"14 070\","
     "\"latitude\":52.085235412737326,\"longitude\":4.393964889317601",
     "\"timeZone\":\"Europe/Amsterdam\",\"fullTimeZone\":\"Europe/Amsterdam\""},
    {ORCHESTRA_RECEPTION,
     "\"name\":\"Receptie\",\"addressLine1\":null,\"addressLine2\":\"Lageweg 35\","
     "\"addressZip\":null,\"addressCity\":null,\"phone\":null,\"latitude\":null",
     "\"timeZone\":\"Europe/Amsterdam\",\"fullTimeZone\":null"},
    {ORCHESTRA_ISLAND,
     "\"name\":\"Eiland\",\"addressLine1\":\"Bestuurskantoor\",\"addressLine2\":"
     "\"Kaya 1\",\"addressZip\":\"0000 AA\",\"addressCity\":\"Kralendijk\"",
     "\"timeZone\":\"CET\",\"fullTimeZone\":\"America/Curacao\""},
};
#define BRANCHES (sizeof(branches) / sizeof(branches[0]))

static const char usual_dates[] =
    "\"" ORCHESTRA_DAY "T00:00:00\",\"2031-03-25T00:00:00\","
    "\"2031-03-28T00:00:00\",\"" ORCHESTRA_SPRING "T00:00:00\","
    "\"" ORCHESTRA_AUTUMN "T00:00:00\"";
static const char *const clocks[] = {"01:30", "02:00", "02:30", "03:00", "03:30",
                                     "09:00", "09:05", "09:10", "09:15", "09:20",
                                     "09:25", "09:30", "11:55"};

/* A long text in fresh memory. */
static struct text
begin(void)
{
    return text_begin(memory_allocate(TOLD_BYTES, 1), TOLD_BYTES);
}

static char *
end(const struct text *text)
{
    assert(!text->truncated);
    return text->data;
}

void
orchestra_finish(struct orchestra *orchestra)
{
    for (size_t i = 0; i < orchestra->appointment_count; i++) {
        free(orchestra->appointments[i].title);
        free(orchestra->appointments[i].notes);
        free(orchestra->appointments[i].customers);
        free(orchestra->appointments[i].services);
    }
}

static const struct service *
find_service(const char *id)
{
    for (size_t i = 0; i < SERVICES; i++) {
        if (text_equal(services[i].id, id)) {
            return &services[i];
        }
    }
    return NULL;
}

static const struct branch *
find_branch(const char *id)
{
    for (size_t i = 0; i < BRANCHES; i++) {
        if (text_equal(branches[i].id, id)) {
            return &branches[i];
        }
    }
    return NULL;
}

bool
orchestra_has_branch(const char *branch)
{
    return find_branch(branch) != NULL;
}

bool
orchestra_has(const char *branch, const char *id)
{
    const struct service *service = find_service(id);

    return service != NULL && strstr(service->branches, branch) != NULL;
}

int
orchestra_minutes(const char *const *ids, size_t count, int persons)
{
    int minutes = 0;

    for (size_t i = 0; i < count; i++) {
        const struct service *service = find_service(ids[i]);

        if (service == NULL) {
            return 0;
        }
        minutes += service->minutes + service->further * (persons - 1);
    }
    return minutes;
}

/* --- telling --------------------------------------------------------------------- */

static void
tell_service(struct text *text, const struct service *service, bool full, bool bare)
{
    text_format(text,
                "{\"duration\":%s,\"additionalCustomerDuration\":%s,\"name\":%s%s%s,"
                "\"publicId\":\"%s\",\"custom\":%s",
                service->duration, service->additional, bare ? "" : "\"",
                bare ? "null" : service->name, bare ? "" : "\"", service->id,
                bare ? "null" : CUSTOM);
    if (full) {
        text_format(text,
                    ",\"publicEnabled\":%s,\"active\":%s,\"created\":1448449772835,"
                    "\"updated\":1688460228939",
                    service->is_public ? "true" : "false",
                    service->active ? "true" : "false");
    }
    text_add(text, "}");
}

char *
orchestra_tell_services(const struct orchestra *orchestra, const char *branch)
{
    struct text text = begin();
    const char *comma = "";

    text_add(&text, orchestra->bare ? "{\"serviceList\":[null,{},7,{\"publicId\":null,"
                                      "\"publicEnabled\":true,\"active\":true},"
                                    : "{" META ",\"serviceList\":[");
    for (size_t i = 0; i < SERVICES; i++) {
        if (strstr(services[i].branches, branch) != NULL) {
            text_add(&text, comma);
            tell_service(&text, &services[i], true, orchestra->bare);
            comma = ",";
        }
    }
    text_add(&text, "]}");
    return end(&text);
}

static void
tell_group(struct text *text, const char *branch, int group)
{
    const char *comma = "";

    text_add(text, "{\"services\":[");
    for (size_t i = 0; i < SERVICES; i++) {
        if (services[i].group == group && strstr(services[i].branches, branch) != NULL)
        {
            text_add(text, comma);
            tell_service(text, &services[i], false, false);
            comma = ",";
        }
    }
    text_add(text, "]}");
}

/* Of v2, one branch's groups; of v1, every branch's. */
char *
orchestra_tell_groups(const char *branch, const char *const *ids, size_t count)
{
    struct text text = begin();
    int group = find_service(ids[0])->group;
    const char *comma = "";

    (void)count;
    text_add(&text, "[");
    if (branch[0] != '\0') {
        tell_group(&text, branch, group);
    }
    for (size_t i = 0; branch[0] == '\0' && i < BRANCHES; i++) {
        if (orchestra_has(branches[i].id, ids[0])) {
            text_format(&text,
                        "%s{\"branchPublicId\":\"%s\",\"branchName\":\"B\","
                        "\"serviceGroups\":[",
                        comma, branches[i].id);
            tell_group(&text, branches[i].id, group);
            text_add(&text, "]}");
            comma = ",";
        }
    }
    text_add(&text, "]");
    return end(&text);
}

static void
tell_branch(struct text *text, const struct orchestra *orchestra,
            const struct branch *branch)
{
    bool own = orchestra->zones == NULL || branch != &branches[0];

    text_format(text,
                "{\"publicId\":\"%s\",%s,\"branchPrefix\":null,\"custom\":null%s%s}",
                branch->id, orchestra->bare ? "\"name\":null" : branch->members,
                own || orchestra->zones[0] != '\0' ? "," : "",
                own ? branch->zones : orchestra->zones);
}

char *
orchestra_tell_branches(const struct orchestra *orchestra, const char *service)
{
    struct text text = begin();
    const char *comma = "";

    text_add(&text, orchestra->bare ? "{\"branchList\":[null,{\"publicId\":\"\"}"
                                    : "{" META ",\"branchList\":[");
    comma = orchestra->bare ? "," : "";
    for (size_t i = 0; i < BRANCHES; i++) {
        if (service[0] == '\0' || orchestra_has(branches[i].id, service)) {
            text_add(&text, comma);
            tell_branch(&text, orchestra, &branches[i]);
            comma = ",";
        }
    }
    text_add(&text, "]}");
    return end(&text);
}

char *
orchestra_tell_branch(const struct orchestra *orchestra, const char *branch)
{
    struct text text = begin();

    text_add(&text, "{" META ",\"branch\":");
    tell_branch(&text, orchestra, find_branch(branch));
    text_add(&text, "}");
    return end(&text);
}

char *
orchestra_tell_dates(const struct orchestra *orchestra)
{
    struct text text = begin();

    text_format(&text, "{\"dates\":[%s]," META "}",
                orchestra->dates != NULL ? orchestra->dates : usual_dates);
    return end(&text);
}

static int
minute_of(const char *clock)
{
    return ((clock[0] - '0') * 10 + clock[1] - '0') * 60 + (clock[3] - '0') * 10 +
           clock[4] - '0';
}

/* One desk a branch, open until noon. The odd hours only when the clock changes. */
bool
orchestra_is_free(const struct orchestra *orchestra, const char *branch,
                  const char *date, const char *clock, int minutes)
{
    int start = minute_of(clock);
    bool known = false, night = text_equal(date, ORCHESTRA_SPRING) ||
                                text_equal(date, ORCHESTRA_AUTUMN);

    for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
        known = known || text_equal(clocks[i], clock);
    }
    if (!known || night != (start < 4 * 60) || start + minutes > 12 * 60 ||
        strstr(orchestra->dates != NULL ? orchestra->dates : usual_dates, date) == NULL)
    {
        return false;
    }
    for (size_t i = 0; i < orchestra->appointment_count; i++) {
        const struct orchestra_appointment *other = &orchestra->appointments[i];
        int taken = minute_of(other->clock);

        if (!other->cancelled && text_equal(other->branch, branch) &&
            text_equal(other->date, date) && start < taken + other->minutes &&
            taken < start + minutes)
        {
            return false;
        }
    }
    return true;
}

char *
orchestra_tell_times(const struct orchestra *orchestra, const char *branch,
                     const char *date, int minutes)
{
    struct text text = begin();
    const char *comma = "";

    text_add(&text, "{\"times\":[");
    for (size_t i = 0;
         orchestra->times == NULL && i < sizeof(clocks) / sizeof(clocks[0]); i++)
    {
        if (orchestra_is_free(orchestra, branch, date, clocks[i], minutes)) {
            text_format(&text, "%s\"%s\"", comma, clocks[i]);
            comma = ",";
        }
    }
    text_format(&text, "%s]," META "}",
                orchestra->times != NULL ? orchestra->times : "");
    return end(&text);
}

struct orchestra_appointment *
orchestra_find(struct orchestra *orchestra, const char *id)
{
    for (size_t i = 0; i < orchestra->appointment_count; i++) {
        if (text_equal(orchestra->appointments[i].id, id) &&
            !orchestra->appointments[i].cancelled)
        {
            return &orchestra->appointments[i];
        }
    }
    return NULL;
}

/* "2023-10-23T06:45:00.000+0000", or the other way that it is told. */
static void
tell_instant(struct text *text, const char *branch, const char *date, int minute,
             bool colon)
{
    struct error error;
    struct zone *zone = zone_open(
        text_equal(branch, ORCHESTRA_ISLAND) ? "America/Curacao" : "Europe/Amsterdam",
        &error);
    struct civil civil = {.hour = minute / 60, .minute = minute % 60};
    char told[TIME_TEXT_BYTES];

    date_parse(date, &civil.date);
    instant_format(NULL, zone_instant(zone, civil), told);
    zone_close(zone);
    told[19] = '\0'; /* without the Z */
    text_format(text, "\"%s.000+00%s00\"", told, colon ? ":" : "");
}

char *
orchestra_tell(const struct orchestra *orchestra,
               const struct orchestra_appointment *appointment, bool inside)
{
    struct text text = begin();
    int start = minute_of(appointment->clock);

    text_add(&text, inside ? "{" META ",\"appointment\":{" : "{");
    text_format(&text, "\"publicId\":\"%s\",\"services\":%s", appointment->id,
                appointment->services);
    if (!orchestra->bare) {
        text_add(&text, ",\"start\":");
        tell_instant(&text, appointment->branch, appointment->date, start, inside);
        text_add(&text, ",\"end\":");
        tell_instant(&text, appointment->branch, appointment->date,
                     start + appointment->minutes, inside);
        text_format(
            &text,
            ",\"title\":%s,\"notes\":%s,\"status\":%d,\"numberOfCustomers\":"
            "%d,\"customers\":%s,\"resource\":{\"custom\":\"{\\\"color\\\":"
            "\\\"#3a87ad\\\"}\",\"name\":\"1ste lijn 1\"},\"allDay\":false,"
            "\"created\":1694095389443,\"custom\":null,\"customSlotLength\":null,"
            "\"branch\":",
            appointment->title, appointment->notes, appointment->status,
            appointment->persons, appointment->customers);
        tell_branch(&text, orchestra, find_branch(appointment->branch));
    }
    text_add(&text, inside ? "}}" : "}");
    return end(&text);
}
