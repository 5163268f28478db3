#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "support/command_case.h"
#include "support/scripted_server.h"

/*
 * `loketzuilctl appointment`, as scripts call it: its bytes, its status, its sentence.
 */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- wrong use -----------------------------------------------------------------------
 */

#define HERE "--location linde --product paspoort "
#define DAY "--date 2026-08-21 "
#define START "--start 2026-08-21T15:40:00+02:00 "

static void
test_wrong_use_is_said_in_one_sentence(void **state)
{
    static const struct ctl_call calls[] = {
        {"", 2, "Say what to do: products, locations, days, times, duration, fields, "},
        {"frobnicate", 2, "There is no \"frobnicate\" to do, only products, "},
        {"\"$(printf 'a\\nb\\033[1m')\"", 2, "There is no \"a b [1m\" to do"},
        {"Products", 2, "There is no \"Products\" to do"},
        {"products linde", 2, "\"linde\" is one word too many."},
        {"products --frob linde", 2, "There is no option --frob."},
        {"products --date 2026-08-21", 2, "products has no use for --date."},
        {"products --product paspoort", 2, "products has no use for --product."},
        {"products --location", 2, "--location lacks its value."},
        {"products --location --with x", 2, "--location lacks its value."},
        {"products --location a --location b", 2, "--location is given twice."},
        {"products --location ''", 2, "--location must be an id."},
        {"products --location \"$(printf '\\377')\"", 2, "--location must be an id."},
        {"products --location $(printf '%080d' 1)", 2, "at most 79 bytes long."},
        {"products --with a --with b --with c --with d --with e", 2,
         "--with may be given 4 times"},
        {"locations --location linde", 2, "locations has no use for --location."},
        {"days --product paspoort", 2, "days needs --location."},
        {"days --location linde", 2, "days needs --product."},
        {"days " HERE "--product paspoort=2", 2, "--product names \"paspoort\" twice."},
        {"days " HERE "--product a --product b --product c --product d", 2,
         "more products don't go into one appointment."},
        {"days --location linde --product paspoort=0", 2, "1 to 20 persons"},
        {"days --location linde --product paspoort=21", 2, "1 to 20 persons"},
        {"days --location linde --product paspoort=99999999999999999999", 2,
         "1 to 20 persons"},
        {"days --location linde --product paspoort=", 2, "1 to 20 persons"},
        {"days --location linde --product paspoort=+1", 2, "1 to 20 persons"},
        {"days --location linde --product paspoort=two", 2, "1 to 20 persons"},
        {"days --location linde --product =2", 2, "--product must be an id."},
        {"days " HERE "--from 2026-8-21", 2, "--from must be a date like 2026-08-21."},
        {"days " HERE "--to 2026-02-30", 2, "--to must be a date like 2026-08-21."},
        {"days " HERE "--to 20260821", 2, "--to must be a date like 2026-08-21."},
        {"days " HERE "--from 2026-08-22 --to 2026-08-21", 2,
         "--from must not be after --to."},
        {"times " HERE, 2, "times needs --date."},
        {"times " HERE DAY "--start 2026-08-21T15:40:00+02:00", 2,
         "times has no use for --start."},
        {"duration " HERE, 2, "duration needs --date."},
        {"fields", 2, "fields needs --product."},
        {"book " HERE, 2, "book needs --start."},
        {"book " HERE "--start 2026-08-21T15:40:00", 2, "with its offset"},
        {"book " HERE "--start 2026-08-21", 2, "with its offset"},
        {"book " HERE "--start '2026-08-21 15:40:00+02:00'", 2, "with its offset"},
        {"book " HERE START "--field lastName", 2, "--field must be NAME=VALUE."},
        {"book " HERE START "--field =Jansen", 2, "--field must be NAME=VALUE."},
        {"book " HERE START "--field a=1 --field a=2", 2, "--field names a twice."},
        {"book " HERE START "--field a=$(printf '%0256d' 1)", 2, "at most 255 bytes"},
        {"show", 2, "show needs the id of an appointment."},
        {"show a b", 2, "\"b\" is one word too many."},
        {"show ''", 2, "The id must be an id."},
        {"cancel", 2, "cancel needs the id of an appointment."},
        {"move abc", 2, "move needs --start."},
        {"move " START, 2, "move needs the id of an appointment."},
    };

    (void)state;
    ctl_settings("[appointments]\nmaker = none\n");
    ctl_check(calls, COUNT(calls));
}

static void
test_settings_that_cannot_be_used_are_wrong_use(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"[appointments]\nmaker = soap\n",
         "conf line 2: [appointments] maker: must be"},
        {"[appointment]\nmaker = none\n", "conf line 2: [appointment]: is not known"},
        {"[appointments]\nmaker = backoffice\n", "[backoffice] url"},
        {"[appointments]\nmaker = backoffice\nurl = http://192.0.2.1\n",
         "conf line 3: [appointments] url: 192.0.2.1: must be https"},
        {"[appointments]\nmaker = backoffice\nurl = https://example.nl\n"
         "key_file = /nowhere/kiosk.key\n",
         "open /nowhere/kiosk.key: No such file"},
        {"[appointments]\nmaker = none\ntime_zone = Europe/Ede\n", "line 3: "},
        {"[appointments]\nmaker = scripted\n[kiosk]\ncatalogue = /nowhere\n",
         "open /nowhere: No such file"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ctl_settings("%s", cases[i].text);
        assert_int_equal(ctl_run("products"), 2);
        ctl_check_sentence(cases[i].text, cases[i].says);
    }
    assert_int_equal(ctl_run_to("products", ""), 2);
    ctl_check_sentence("no file", "products needs --settings.");
    assert_int_equal(ctl_run_to("products --settings /nowhere/conf", ""), 2);
    ctl_check_sentence("no such file", "open /nowhere/conf: No such file");
}

static void
test_help_is_printed_wherever_it_is_asked(void **state)
{
    static const char *const ways[] = {"--help", "products --help",
                                       "--settings /nowhere --help"};

    (void)state;
    for (size_t i = 0; i < COUNT(ways); i++) {
        assert_int_equal(ctl_run_to(ways[i], ""), 0);
        assert_non_null(
            strstr(ctl_printed, "use: loketzuilctl appointment --settings"));
        assert_non_null(strstr(ctl_printed, "{\"id\",\"name\",\"minutes\"}"));
        assert_string_equal(ctl_said, "");
    }
}

/* --- without appointments, and rehearsing -------------------------------------------
 */

static void
test_a_kiosk_without_appointments_refuses_every_verb(void **state)
{
    static const struct ctl_call calls[] = {
        {"products", 4, "this kiosk has no appointments"},
        {"locations", 4, "this kiosk has no appointments"},
        {"days " HERE, 4, "this kiosk has no appointments"},
        {"times " HERE DAY, 4, "this kiosk has no appointments"},
        {"duration " HERE DAY, 4, "this kiosk has no appointments"},
        {"fields --product paspoort", 4, "this kiosk has no appointments"},
        {"book " HERE START, 4, "this kiosk has no appointments"},
        {"show abc", 4, "this kiosk has no appointments"},
        {"cancel abc", 4, "this kiosk has no appointments"},
        {"move abc " START, 4, "nothing can be moved here"},
    };

    (void)state;
    ctl_settings("[appointments]\nmaker = none\n");
    ctl_check(calls, COUNT(calls));
}

static void
test_the_rehearsal_answers_from_the_catalogue(void **state)
{
    static const struct ctl_call calls[] = {
        {"products", 0,
         "{\"id\":\"paspoort\",\"name\":\"Paspoort aanvragen\",\"minutes\":15}\n"},
        {"products --location linde --with paspoort", 0, ""},
        {"locations --product paspoort", 0,
         "{\"id\":\"linde\",\"name\":\"Bibliotheek De Linde\",\"street\":\"Lindeplein "
         "4\",\"postcode\":\"1234 AB\",\"city\":\"Voorbeeld\"}\n"
         "{\"id\":\"stadhuis\",\"name\":\"Stadhuis\",\"street\":\"Markt 1\","
         "\"postcode\":\"1234 AA\",\"city\":\"Voorbeeld\"}\n"},
        {"duration --location linde --product paspoort=3 " DAY, 0,
         "{\"minutes\":35}\n"},
        {"--location linde duration " DAY "--product paspoort", 0,
         "{\"minutes\":15}\n"},
        {"fields --product paspoort", 0,
         "{\"field\":\"lastName\",\"state\":\"required\"}\n"
         "{\"field\":\"phoneNumber\",\"state\":\"required\"}\n"
         "{\"field\":\"email\",\"state\":\"hidden\"}\n"},
        {"days " HERE "--from 2020-01-01 --to 2020-01-31", 0, ""},
        {"times " HERE "--date 2020-01-01", 0, ""},
        {"products --location nergens", 4, "It is not known there: "},
        {"products --with visum", 4, "It is not known there: "},
        {"locations --product visum", 4, "It is not known there: "},
        {"locations --product paspoort=1", 4, "It is not known there: "},
        {"fields --product visum", 4, "It is not known there: "},
        {"days --location nergens --product paspoort", 4, "It is not known there: "},
        {"times --location linde --product a=b=2 " DAY, 4, "It is not known there: "},
        {"book " HERE START, 4, "the field lastName is required."},
        {"book " HERE START "--field lastName= --field phoneNumber=0", 4,
         "the field lastName is required."},
        {"book " HERE START "--field lastName=Jansen", 4,
         "the field phoneNumber is required."},
        {"book " HERE START "--field lastName=J --field phoneNumber=0 --field x=y", 4,
         "there is no field x."},
        {"book " HERE START "--field lastName=J --field phoneNumber=$(printf %021d 1)",
         4, "the field phoneNumber may have 20 characters at most."},
        {"book " HERE START "--field lastName=J --field phoneNumber=0612345678", 4,
         "That time is taken: "},
        {"show abc", 4, "It is not known there: "},
        {"cancel abc", 4, "It is not known there: "},
    };

    (void)state;
    ctl_settings("[kiosk]\ncatalogue = tests/data/catalogue.json\n"
                 "[appointments]\nmaker = scripted\n");
    ctl_check(calls, COUNT(calls));
}

/* With the section alone, and from a ctl_folder in which there is nothing. */
static void
test_what_the_rehearsal_offers_can_be_booked(void **state)
{
    char date[40], start[40], end[40], arguments[400], *top = getcwd(NULL, 0);
    int64_t begins = 0, ends = 0;

    (void)state;
    ctl_settings("[appointments]\nmaker = scripted\n");
    setenv("BUILD", "build", 0);
    snprintf(arguments, sizeof(arguments), "%s/%s", top, getenv("BUILD"));
    if (getenv("BUILD")[0] != '/') {
        setenv("BUILD", arguments, 1);
    }
    assert_int_equal(chdir(ctl_folder), 0);
    assert_int_equal(ctl_run("days " HERE), 0);
    ctl_member(0, "date", date, sizeof(date));
    snprintf(arguments, sizeof(arguments), "days " HERE "--from %s --to %s", date,
             date);
    assert_int_equal(ctl_run("%s", arguments), 0);
    assert_int_equal(strlen(ctl_printed), strlen("{\"date\":\"2026-08-21\"}\n"));
    snprintf(arguments, sizeof(arguments), "times " HERE "--date %s", date);
    assert_int_equal(ctl_run("%s", arguments), 0);
    ctl_member(0, "start", start, sizeof(start));
    assert_true(text_starts_with(start, date));
    assert_true(strstr(start, "+01:00") != NULL || strstr(start, "+02:00") != NULL);
    snprintf(
        arguments, sizeof(arguments),
        "book " HERE
        "--start %s --field 'lastName=de \"Ünver\"' --field phoneNumber=0612345678",
        start);
    assert_int_equal(ctl_run("%s", arguments), 0);
    ctl_member(0, "start", date, sizeof(date));
    assert_string_equal(date, start);
    ctl_member(0, "end", end, sizeof(end));
    assert_true(instant_parse(start, &begins) && instant_parse(end, &ends));
    assert_int_equal(ends - begins, 15 * 60);
    assert_true(text_starts_with(ctl_printed, "{\"id\":\""));
    assert_non_null(strstr(ctl_printed, "\",\"check_in\":\"HTTPS://"));
    assert_null(strstr(ctl_printed, "state"));
    assert_string_equal(ctl_said, "");
    assert_int_equal(chdir(top), 0);
    free(top);
}

static void
test_lines_that_cannot_be_written_are_no_success(void **state)
{
    char arguments[400], start[40];

    (void)state;
    ctl_settings("[appointments]\nmaker = scripted\n");
    snprintf(arguments, sizeof(arguments), "--settings %s products", ctl_conf);
    assert_int_equal(ctl_run_to(arguments, ">/dev/full"), 1);
    ctl_check_sentence("full", "Not everything could be written: No space left");
    assert_int_equal(ctl_run_to(arguments, ">&-"), 1);
    ctl_check_sentence("closed", "Not everything could be written: ");
    assert_int_equal(ctl_run("days " HERE), 0);
    ctl_member(0, "date", start, sizeof(start));
    snprintf(arguments, sizeof(arguments), "times " HERE "--date %s", start);
    assert_int_equal(ctl_run("%s", arguments), 0);
    ctl_member(0, "start", start, sizeof(start));
    snprintf(arguments, sizeof(arguments),
             "--settings %s book " HERE
             "--start %s --field lastName=J --field phoneNumber=0612345678",
             ctl_conf, start);
    assert_int_equal(ctl_run_to(arguments, ">&-"), 1);
    ctl_check_sentence("booking, closed",
                       "Nothing is done: standard output is closed.");
    assert_int_equal(ctl_run_to(arguments, ">/dev/full"), 1);
    ctl_check_sentence("booking, full", "the appointment 4c4f4b");
}

/* --- a back office whose every answer is known -------------------------------------
 */

#define JSON "application/json"
#define APPOINTMENT(STATE)                                                             \
    "{\"id\":\"a/1\",\"code\":\"ABC234\",\"check_in\":\"HTTPS://X/T/1\",\"location\":" \
    "\"linde\",\"start\":\"2027-03-23T09:00:00Z\",\"end\":\"2027-03-23T09:15:00Z\","   \
    "\"state\":\"" STATE "\"}"

/* By method and the beginning of what is asked for; what is not here breaks off. */
static const struct canned {
    const char *asked;
    int status;
    const char *type, *body;
} canned[] = {
    {"GET /v1/appointments/products", 200, JSON,
     "{\"products\":[{\"id\":\"a=b\",\"name\":\"\\u00c9\\u00e9n \\\"pas\\\"\","
     "\"minutes\":5}]}"},
    {"GET /v1/appointments/locations", 200, JSON,
     "{\"locations\":[{\"id\":\"l\",\"name\":\"L\",\"street\":\"\",\"postcode\":\"\","
     "\"city\":\"\",\"earliest\":null}]}"},
    {"GET /v1/appointments/days?location=linde&items=a%3Db:2&to=2027-03-31 ", 200, JSON,
     "{\"days\":[{\"date\":\"2027-03-22\",\"free\":0,\"closed\":false},"
     "{\"date\":\"2027-03-23\",\"free\":1,\"closed\":false},"
     "{\"date\":\"2027-03-24\",\"free\":0,\"closed\":true},"
     "{\"date\":\"2027-03-25\",\"free\":9,\"closed\":false}]}"},
    {"GET /v1/appointments/times", 200, JSON,
     "{\"times\":[{\"start\":\"2027-03-23T09:00:00Z\",\"quiet\":false},"
     "{\"start\":\"2027-03-29T09:00:00Z\",\"quiet\":true}]}"},
    {"GET /v1/appointments/duration", 200, JSON, "{\"minutes\":25}"},
    {"GET /v1/appointments/fields", 200, JSON,
     "{\"fields\":[{\"name\":\"lastName\",\"state\":\"required\",\"length_max\":4}]}"},
    {"POST /v1/appointments ", 201, JSON, APPOINTMENT("booked")},
    {"GET /v1/appointments/a%2F1 ", 200, JSON, APPOINTMENT("arrived")},
    {"GET /v1/appointments/gone ", 200, JSON, APPOINTMENT("cancelled")},
    {"DELETE /v1/appointments/a%2F1 ", 204, "", ""},
    {"GET /v1/appointments/html ", 200, "text/html", "<p>Sign in"},
    {"GET /v1/appointments/half ", 200, JSON, "{\"id\":\"a\""},
    {"GET /v1/appointments/other ", 302, "text/html", ""},
    {"GET /v1/appointments/busy ", 503, "application/problem+json",
     "{\"detail\":\"Come back.\"}"},
    {"GET /v1/appointments/stranger ", 401, "application/problem+json",
     "{\"detail\":\"Who are you?\"}"},
    {"GET /v1/appointments/taken ", 409, "application/problem+json",
     "{\"detail\":\"Gone.\"}"},
    {"GET /v1/appointments/drops ", 200, JSON, APPOINTMENT("booked")},
};

static char last_body[1000];

static char *
answer_canned(void *data, const struct scripted_request *request)
{
    (void)data;
    text_copy(last_body, sizeof(last_body), request->body);
    for (size_t i = 0; i < COUNT(canned); i++) {
        if (text_starts_with(request->head, canned[i].asked)) {
            char headers[100];

            snprintf(headers, sizeof(headers), "Content-Type: %s\r\n", canned[i].type);
            return scripted_text(canned[i].status, headers, canned[i].body);
        }
    }
    return NULL;
}

static const char seed[] =
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n";

/* Settings with the section alone, for a back office at that port. */
static void
write_office(int port, const char *more)
{
    char key[CTL_PATH_BYTES + 16];
    struct error error = {0};

    snprintf(key, sizeof(key), "%s/kiosk.key", ctl_folder);
    assert_true(file_write(key, seed, strlen(seed), 0600, &error));
    ctl_settings("[appointments]\nmaker = backoffice\nurl = http://127.0.0.1:%d\n"
                 "key_file = %s\n%s",
                 port, key, more);
}

static void
test_every_line_has_its_members_in_their_order(void **state)
{
    static const struct ctl_call calls[] = {
        {"products", 0,
         "{\"id\":\"a=b\",\"name\":\"Één \\\"pas\\\"\",\"minutes\":5}\n"},
        {"locations", 0,
         "{\"id\":\"l\",\"name\":\"L\",\"street\":\"\",\"postcode\":\"\",\"city\":\"\"}"
         "\n"},
        {"days --location linde --product a=b=2 --to 2027-03-31", 0,
         "{\"date\":\"2027-03-23\"}\n{\"date\":\"2027-03-25\"}\n"},
        {"times " HERE DAY, 0,
         "{\"start\":\"2027-03-23T10:00:00+01:00\"}\n"
         "{\"start\":\"2027-03-29T11:00:00+02:00\"}\n"}, /* the clock has changed */
        {"duration " HERE DAY, 0, "{\"minutes\":25}\n"},
        {"fields --product paspoort", 0,
         "{\"field\":\"lastName\",\"state\":\"required\"}\n"},
        {"book " HERE START "--field lastName=Ünür", 0,
         "{\"id\":\"a/1\",\"start\":\"2027-03-23T10:00:00+01:00\",\"end\":"
         "\"2027-03-23T10:15:00+01:00\",\"check_in\":\"HTTPS://X/T/1\"}\n"},
        {"show a/1", 0,
         "{\"id\":\"a/1\",\"start\":\"2027-03-23T10:00:00+01:00\",\"end\":"
         "\"2027-03-23T10:15:00+01:00\",\"check_in\":\"HTTPS://X/T/1\",\"state\":"
         "\"arrived\"}\n"},
        {"cancel a/1", 0,
         "{\"id\":\"a/1\",\"start\":\"2027-03-23T10:00:00+01:00\",\"end\":"
         "\"2027-03-23T10:15:00+01:00\",\"check_in\":\"HTTPS://X/T/1\",\"state\":"
         "\"cancelled\"}\n"},
        {"cancel gone", 0,
         "{\"id\":\"a/1\",\"start\":\"2027-03-23T10:00:00+01:00\",\"end\":"
         "\"2027-03-23T10:15:00+01:00\",\"check_in\":\"HTTPS://X/T/1\",\"state\":"
         "\"cancelled\"}\n"},
    };
    struct scripted_server *server = scripted_server_start(answer_canned, NULL);

    (void)state;
    write_office(scripted_server_port(server), "");
    ctl_check(calls, COUNT(calls));
    write_office(scripted_server_port(server), "time_zone = America/Curacao\n");
    assert_int_equal(ctl_run("times " HERE DAY), 0);
    assert_string_equal(ctl_printed, "{\"start\":\"2027-03-23T05:00:00-04:00\"}\n"
                                     "{\"start\":\"2027-03-29T05:00:00-04:00\"}\n");
    scripted_server_stop(server);
}

static void
test_each_way_to_fail_has_its_status(void **state)
{
    static const struct ctl_call calls[] = {
        {"show html", 5, "The answer can't be understood: "},
        {"show half", 5, "The answer can't be understood: "},
        {"show other", 5, "The answer can't be understood: "},
        {"show busy", 3, "It can't be reached: back office: 503 Come back."},
        {"show stranger", 4, "It is refused: back office: 401 Who are you?"},
        {"show taken", 4, "That time is taken: back office: 409 Gone."},
        {"show nothing", 3, "It can't be reached: "}, /* the line goes dead */
        {"cancel nothing", 3, "It can't be reached: "},
        {"cancel drops", 3, "It may have been cancelled: show it to find out: "},
        {"book " HERE START "--field lastName=Jansen", 4,
         "the field lastName may have 4 characters at most."},
        {"book " HERE START "--field pet=dog --field lastName=J", 4,
         "there is no field pet."},
    };
    struct scripted_server *server = scripted_server_start(answer_canned, NULL);
    int port = scripted_server_port(server);

    (void)state;
    write_office(port, "");
    ctl_check(calls, COUNT(calls));
    scripted_server_stop(server);
    assert_int_equal(ctl_run("products"), 3); /* nobody is there any more */
    ctl_check_sentence("nobody", "It can't be reached: back office: cannot connect: ");
}

static char *
answer_fields_only(void *data, const struct scripted_request *request)
{
    size_t *posted = data;

    if (text_starts_with(request->head, "GET /v1/appointments/fields")) {
        return answer_canned(NULL, request);
    }
    *posted += text_starts_with(request->head, "POST");
    return NULL;
}

static void
test_a_booking_without_an_answer_is_not_to_be_repeated(void **state)
{
    size_t posted = 0;
    struct scripted_server *server = scripted_server_start(answer_fields_only, &posted);

    (void)state;
    write_office(scripted_server_port(server), "");
    assert_int_equal(ctl_run("book " HERE START),
                     4); /* a field lacks: nothing is sent */
    assert_int_equal(posted, 0);
    assert_int_equal(ctl_run("book " HERE START "--field lastName=Jans"), 3);
    ctl_check_sentence("lost",
                       "It may have been booked: do not book again, but ask there ");
    assert_true(posted > 0);
    scripted_server_stop(server);
}

static char *
answer_with_an_echo(void *data, const struct scripted_request *request)
{
    char body[1500];

    (void)data;
    if (text_starts_with(request->head, "GET")) {
        return answer_canned(NULL, request);
    }
    snprintf(body, sizeof(body),
             "{\"detail\":\"Jans\\u2028of Jans %0390d can't come.\"}", 1);
    return scripted_text(422, "Content-Type: application/problem+json\r\n", body);
}

static void
test_a_sentence_is_one_line_without_what_was_typed(void **state)
{
    struct scripted_server *server = scripted_server_start(answer_with_an_echo, NULL);

    (void)state;
    write_office(scripted_server_port(server), "");
    assert_int_equal(ctl_run("book " HERE START "--field lastName=Jans"), 4);
    ctl_check_sentence("echo", "It is refused: back office: 422 * of * 0000");
    assert_null(strstr(ctl_said, "Jans"));
    scripted_server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_use_is_said_in_one_sentence),
        cmocka_unit_test(test_settings_that_cannot_be_used_are_wrong_use),
        cmocka_unit_test(test_help_is_printed_wherever_it_is_asked),
        cmocka_unit_test(test_a_kiosk_without_appointments_refuses_every_verb),
        cmocka_unit_test(test_the_rehearsal_answers_from_the_catalogue),
        cmocka_unit_test(test_what_the_rehearsal_offers_can_be_booked),
        cmocka_unit_test(test_lines_that_cannot_be_written_are_no_success),
        cmocka_unit_test(test_every_line_has_its_members_in_their_order),
        cmocka_unit_test(test_each_way_to_fail_has_its_status),
        cmocka_unit_test(test_a_booking_without_an_answer_is_not_to_be_repeated),
        cmocka_unit_test(test_a_sentence_is_one_line_without_what_was_typed),
    };

    return cmocka_run_group_tests(tests, ctl_begin, ctl_end);
}
