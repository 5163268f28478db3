#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/jcc_case.h"

/* Visits at the kiosk itself, in a municipality that has JCC. */

#define FOLDER_BYTES 60

struct visit {
    struct jcc_case *jcc;
    char folder[FOLDER_BYTES];
};

static const char *
path_of(const struct visit *visit, const char *name)
{
    static char path[2][120];
    static int last;

    last = !last;
    snprintf(path[last], sizeof(path[last]), "%s/%s", visit->folder, name);
    return path[last];
}

static void
write_text(const struct visit *visit, const char *name, const char *text)
{
    struct error error;

    jcc_good(file_write(path_of(visit, name), text, strlen(text), 0600, &error),
             &error);
}

/* The example, in which what stands behind `list` and is called `id` has that id of
 * JCC's. */
static char *
name_one(char *catalogue, const char *list, const char *id, const char *theirs)
{
    size_t size = strlen(catalogue) + 200;
    char line[80];
    char *at, *named = memory_allocate(size, 1);
    struct text text = text_begin(named, size);

    snprintf(line, sizeof(line), "\"id\": \"%s\",", id);
    at = strstr(strstr(catalogue, list), line);
    assert_non_null(at);
    text_add_bytes(&text, catalogue, (size_t)(at - catalogue));
    text_format(&text, "\"appointment_id\": \"%s\",\n", theirs);
    text_add(&text, at);
    free(catalogue);
    return named;
}

static void
write_catalogue(const struct visit *visit)
{
    struct error error;
    size_t length;
    char *catalogue =
        file_read("assets/example/catalogue.json", 1 << 22, &length, &error);

    assert_non_null(catalogue);
    catalogue = name_one(catalogue, "\"locations\":", "linde", TOWN_HALL);
    catalogue = name_one(catalogue, "\"locations\":", "gemeentehuis", TOWN_LIBRARY);
    catalogue = name_one(catalogue, "\"products\":", "paspoort", TOWN_PASSPORT);
    write_text(visit, "catalogue.json", catalogue);
    free(catalogue);
}

static void
write_settings(const struct visit *visit)
{
    char text[1500];

    snprintf(text, sizeof(text),
             "[kiosk]\nname = linde-01\nlocation = linde\ndata = %s/data\n"
             "catalogue = %s/catalogue.json\ntranslations = %s/translations\n"
             "[theme]\nlogo = assets/example/logo.png\n"
             "[appointments]\nmaker = jcc\nurl = %s\nclient_id = " JCC_SERVER_ID "\n"
             "secret_file = %s/secret\n"
             "[printer]\nmaker = file\nfolder = %s/tickets\n",
             visit->folder, visit->folder, getenv("BUILD"),
             jcc_server_url(visit->jcc->server), visit->folder, visit->folder);
    write_text(visit, "kiosk.conf", text);
    write_text(visit, "secret", JCC_SERVER_SECRET "\n");
}

static int
begin(void **state)
{
    struct visit *visit = test_calloc(1, sizeof(*visit));
    void *jcc;

    jcc_case_begin(&jcc);
    visit->jcc = jcc;
    visit->jcc->town->min = (struct date){2026, 12, 1};
    visit->jcc->town->required = "{\"birthDate\":2,\"mainPhoneNumber\":1,"
                                 "\"isAnyPhoneNumberRequired\":true,\"firstName\":1}";
    snprintf(visit->folder, sizeof(visit->folder), "/tmp/loketzuil-jcc-XXXXXX");
    assert_non_null(mkdtemp(visit->folder));
    assert_int_equal(mkdir(path_of(visit, "data"), 0700), 0);
    write_catalogue(visit);
    write_settings(visit);
    *state = visit;
    return 0;
}

static int
end(void **state)
{
    struct visit *visit = *state;
    void *jcc = visit->jcc;
    char command[100];

    jcc_case_end(&jcc);
    snprintf(command, sizeof(command), "rm -r %s", visit->folder);
    assert_int_equal(system(command), 0);
    test_free(visit);
    return 0;
}

#define TO_CONFIRM                                                                     \
    "clock 2026-12-01T08:05+01:00\n"                                                   \
    "tap start\ntap paspoort\ntap paspoort\ntap arrange\ntap self\ntap have\n"         \
    "tap normal\ntap appointment\ntap persons-2\ntap next\nsee screen day\n"           \
    "see \"16 vrij\"\ntap next\nsee screen time\ntap time-0930\ntap next\n"            \
    "see screen contact\ntype \"de Vries\"\nsee \"Uw geboortedatum\"\n"                \
    "tap enter\ntype \"29021960\"\nsee \"29-02-1960\"\ntap enter\n"                    \
    "see \"Uw mobiele telefoonnummer\"\ntype \"0612345678\"\ntap enter\n"              \
    "see screen confirm\ntap confirm\n"

static void
walk(const struct visit *visit, const char *journey)
{
    char command[600];

    write_text(visit, "visit.journey", journey);
    snprintf(
        command, sizeof(command),
        "\"%s/san/loketzuil\" --settings %s/kiosk.conf --journey "
        "%s/visit.journey --pictures %s/seen 2>%s/said || { cat %s/said; exit 1; }",
        getenv("BUILD"), visit->folder, visit->folder, visit->folder, visit->folder,
        visit->folder);
    assert_int_equal(system(command), 0);
}

static char *
read_text(const struct visit *visit, const char *name)
{
    struct error error;
    size_t length;
    char *text = file_read(path_of(visit, name), 1 << 20, &length, &error);

    assert_non_null(text);
    return text;
}

/* What ZBar reads of the printed ticket. */
static void
scan_ticket(const struct visit *visit, char *text, size_t size)
{
    char command[200];
    FILE *reader;

    snprintf(command, sizeof(command),
             "zbarimg --quiet --raw --nodbus -Sbinary '%s/seen/ticket.png'",
             visit->folder);
    reader = popen(command, "r");
    assert_non_null(reader);
    text[fread(text, 1, size - 1, reader)] = '\0';
    assert_int_equal(pclose(reader), 0);
}

static void
test_a_passport_is_applied_for_and_the_ticket_has_jccs_code(void **state)
{
    struct visit *visit = *state;
    const struct town *town = visit->jcc->town;
    char *said, *seen, scanned[2000];

    walk(visit, TO_CONFIRM "see screen done\ntrace done\ntap print\nticket ticket\n");
    assert_int_equal(town->appointment_count, 1);
    assert_string_equal(town->appointments[0].start, "2026-12-01T09:30:00");
    assert_string_equal(town->appointments[0].end, "2026-12-01T09:50:00");
    assert_string_equal(town->appointments[0].location, TOWN_HALL);
    assert_non_null(strstr(
        jcc_server_posted(visit->jcc->server),
        "{\"gender\":0,\"lastName\":\"de Vries\",\"birthDate\":\"1960-02-29\","
        "\"mobilePhoneNumber\":\"0612345678\",\"id\":null,\"isMainCustomer\":true}"));
    assert_int_equal(jcc_server_count(visit->jcc->server, "POST", "connect/token"), 1);
    seen = read_text(visit, "seen/done.txt");
    assert_non_null(strstr(seen, "e4116a91310001")); /* in the QR */
    free(seen);
    scan_ticket(visit, scanned, sizeof(scanned));
    assert_non_null(strstr(scanned, "e4116a91310001"));
    /* Its code opens no page: the calendar has a code of its own. */
    assert_non_null(strstr(scanned, "BEGIN:VCALENDAR"));
    assert_non_null(strstr(scanned, "DTSTART:20261201T083000Z"));
    assert_non_null(strstr(scanned, "DTEND:20261201T085000Z"));
    assert_null(strstr(scanned, "Vries"));
    said = read_text(visit, "said");
    assert_null(strstr(said, "Vries"));
    assert_null(strstr(said, "s3cr"));
    assert_null(strstr(said, "token-"));
    free(said);
}

static void
test_a_lost_answer_is_told_as_it_is(void **state)
{
    struct visit *visit = *state;
    char *said;

    jcc_trap_any(visit->jcc, "POST", "appointment", JCC_CUTS_AFTER, 0, NULL);
    walk(visit, TO_CONFIRM "see screen uncertain\n");
    assert_int_equal(visit->jcc->town->appointment_count, 1);
    assert_int_equal(jcc_posts(visit->jcc), 1);
    said = read_text(visit, "said");
    assert_non_null(strstr(said, "JCC: appointment: no answer"));
    assert_null(strstr(said, "Vries"));
    free(said);
}

static void
test_a_time_that_went_to_somebody_else_leads_back_to_the_times(void **state)
{
    struct visit *visit = *state;

    jcc_trap_any(visit->jcc, "POST", "appointment", JCC_ANSWERS, 200,
                 "{\"code\":31,\"message\":\"niet meer beschikbaar\"}");
    walk(visit, TO_CONFIRM "see screen time\ntap time-1000\ntap next\n"
                           "see screen contact\nsee \"06 12 34 56 78\"\ntap enter\n"
                           "see screen confirm\ntap confirm\nsee screen done\n");
    assert_int_equal(visit->jcc->town->appointment_count, 1);
    assert_string_equal(visit->jcc->town->appointments[0].start, "2026-12-01T10:00:00");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(test_a_passport_is_applied_for_and_the_ticket_has_jccs_code),
        TEST(test_a_lost_answer_is_told_as_it_is),
        TEST(test_a_time_that_went_to_somebody_else_leads_back_to_the_times),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
