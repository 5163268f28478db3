#include "backoffice/errands.h"

#include <fcntl.h>
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
#include "base/memory.h"
#include "errand/errand.h"
#include "support/office.h"

/* What citizens ask of staff, at a real back office. */

#define DAY_S 86400
#define FILE_BYTES_MAX (16 * 1024 * 1024)
#define PHONE "0698765432"
#define BODY_BYTES 4096

static struct test_office office;
static struct sign_key key, other;
static char editor[120], viewer[120], file[100];

static int
start(void **state)
{
    const char *token;
    struct error error = {0};

    (void)state;
    test_office_start(&office);
    test_office_claim(&office, "linde-01", &key);
    test_office_claim(&office, "plein-02", &other);
    test_office_token(&office, ROLE_EDITOR, editor);
    test_office_token(&office, ROLE_VIEWER, viewer);
    token = editor + strlen("Authorization: Bearer ");
    snprintf(file, sizeof(file), "%s/token", office.folder);
    assert_true(file_write(file, token, strlen(token), 0600, &error));
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_office_stop(&office);
    return 0;
}

/* --- asking -------------------------------------------------------------------------
 */

static struct errand
call_back(const char *name)
{
    struct errand errand = {
        .kind = ERRAND_CALL_BACK,
        .asked_at = TEST_NOW,
        .language = LANGUAGE_NL,
        .product = "paspoort",
        .phone = PHONE,
        .from = TEST_NOW + DAY_S,
        .until = TEST_NOW + DAY_S + 3 * 3600,
    };

    snprintf(errand.key, sizeof(errand.key), "%032d", atoi(name));
    return errand;
}

static struct errand
help(const char *name, int calls)
{
    struct errand errand = call_back(name);

    return (struct errand){.kind = ERRAND_HELP,
                           .key = {0},
                           .asked_at = errand.asked_at,
                           .language = LANGUAGE_TR,
                           .calls = calls};
}

static int
post_body(const struct sign_key *kiosk, const char *body)
{
    const struct test_request request = {.method = "POST",
                                         .target = ERRAND_PATH,
                                         .key = kiosk,
                                         .headers = {"Content-Type: application/json"},
                                         .body = body};

    return test_office_status(&office, &request);
}

static int
post(const struct sign_key *kiosk, const struct errand *errand)
{
    struct json_writer *writer = json_writer_create();
    size_t length;
    int status;

    errand_write(writer, errand);
    status = post_body(kiosk, json_writer_text(writer, &length));
    json_writer_destroy(writer);
    return status;
}

static int
post_sealed(const struct errand *errand, const struct seal_key *seal)
{
    struct error error = {0};
    char *body = errand_seal(errand, seal->public_key, &error);
    int status;

    assert_non_null(body);
    status = post_body(&key, body);
    free(body);
    return status;
}

static int
end(const struct errand *errand, const char *how, const struct sign_key *kiosk,
    const char *header)
{
    char target[100];
    const struct test_request request = {
        .method = "POST", .target = target, .key = kiosk, .headers = {header}};

    snprintf(target, sizeof(target), ERRAND_PATH "/%s/%s", errand->key, how);
    return test_office_status(&office, &request);
}

static char *
list(void)
{
    const struct test_request request = {
        .method = "GET", .target = ERRAND_PATH, .headers = {editor}};
    struct http_answer answer;
    char *body;

    assert_int_equal(test_office_ask(&office, &request, &answer), 200);
    body = memory_copy_text(answer.body);
    http_answer_finish(&answer);
    return body;
}

static void
assert_list(const char *expected)
{
    char *body = list();

    assert_string_equal(body, expected);
    free(body);
}

#define NOTHING "{\"errands\":[],\"more\":false}"

/* --- what shows ----------------------------------------------------------------------
 */

static void
test_a_call_back_shows_until_it_is_done(void **state)
{
    struct errand errand = call_back("1");

    (void)state;
    assert_int_equal(post(&key, &errand), 204);
    assert_list("{\"errands\":[{\"key\":\"00000000000000000000000000000001\",\"kind\":"
                "\"call-back\",\"kiosk\":\"linde-01\",\"location\":\"linde\","
                "\"received_at\":\"2026-11-22T10:33:20+01:00\",\"unreadable\":false,"
                "\"asked_at\":\"2026-11-22T10:33:20+01:00\",\"language\":\"nl\","
                "\"product\":\"paspoort\",\"phone\":\"" PHONE "\","
                "\"from\":\"2026-11-23T10:33:20+01:00\","
                "\"until\":\"2026-11-23T13:33:20+01:00\"}],\"more\":false}");
    assert_int_equal(end(&errand, "done", NULL, editor), 204);
    assert_list(NOTHING);
    assert_int_equal(end(&errand, "done", NULL, editor), 204); /* also twice */
}

/* Of nobody by name; it is off the list when its day is over. */
static void
test_a_slip_shows_until_its_code_works_no_longer(void **state)
{
    struct errand errand = call_back("77");
    struct error error = {0};

    (void)state;
    errand.kind = ERRAND_HAND_OVER;
    errand.until = TEST_NOW + 3600;
    strcpy(errand.code, "H7Q2");
    errand.step = ERRAND_STEP_TIME;
    strcpy(errand.answers[0].question, "wie");
    strcpy(errand.answers[0].option, "kind");
    errand.answer_count = 1;
    assert_int_equal(post(&key, &errand), 204);
    assert_list("{\"errands\":[{\"key\":\"00000000000000000000000000000077\",\"kind\":"
                "\"hand-over\",\"kiosk\":\"linde-01\",\"location\":\"linde\","
                "\"received_at\":\"2026-11-22T10:33:20+01:00\",\"unreadable\":false,"
                "\"asked_at\":\"2026-11-22T10:33:20+01:00\",\"language\":\"nl\","
                "\"code\":\"H7Q2\",\"until\":\"2026-11-22T11:33:20+01:00\","
                "\"product\":\"paspoort\",\"step\":\"time\",\"question\":\"\","
                "\"answers\":[\"wie=kind\"]}],\"more\":false}");
    assert_true(errands_tidy(office.office.store, ERRAND_KEEP_DAYS, &error));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM errand"
                                                 " WHERE code = 'H7Q2'"),
                     1);
    test_office_time += 3600;
    assert_true(errands_tidy(office.office.store, ERRAND_KEEP_DAYS, &error));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM errand"
                                                 " WHERE code <> '' OR answers <> ''"),
                     0);
    assert_list(NOTHING);
    test_office_time -= 3600;
}

static void
test_a_help_call_says_how_often_and_in_which_language(void **state)
{
    struct errand errand = help("2", 1);
    char *body;

    (void)state;
    strcpy(errand.key, "000000000000000000000000000000aa");
    assert_int_equal(post(&key, &errand), 204);
    errand.calls = 2;
    assert_int_equal(post(&key, &errand), 204);
    errand.calls = 1; /* late, by another way */
    assert_int_equal(post(&key, &errand), 204);
    body = list();
    assert_non_null(strstr(body, "\"kind\":\"help\""));
    assert_non_null(strstr(body, "\"language\":\"tr\",\"calls\":2}],"));
    free(body);
    assert_int_equal(end(&errand, "withdraw", &key, NULL), 204);
    assert_list(NOTHING);
    assert_int_equal(post(&key, &errand), 204); /* does not bring it back */
    assert_list(NOTHING);
}

/* The call was slower than the one who did without. */
static void
test_what_comes_after_it_was_withdrawn_comes_for_nothing(void **state)
{
    struct errand errand = help("", 1);

    (void)state;
    strcpy(errand.key, "000000000000000000000000000000ab");
    assert_int_equal(end(&errand, "withdraw", &key, NULL), 204);
    assert_int_equal(post(&key, &errand), 204);
    assert_list(NOTHING);
    strcpy(errand.key, "none");
    assert_int_equal(end(&errand, "withdraw", &key, NULL), 404);
}

static void
test_the_same_key_is_the_same_errand(void **state)
{
    struct errand errand = call_back("3");

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(post(&key, &errand), 204);
        assert_int_equal(post_sealed(&errand, &office.office.seal), 204);
    }
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM errand"), 1);
    assert_int_equal(end(&errand, "done", NULL, editor), 204);
    assert_int_equal(post(&key, &errand), 204);
    assert_list(NOTHING);
    assert_int_equal(post(&other, &errand), 409); /* that is somebody else's */
}

static void
test_a_sealed_one_is_opened_when_it_comes(void **state)
{
    struct errand errand = call_back("4");
    struct seal_key gone;
    char *body;

    (void)state;
    assert_int_equal(post_sealed(&errand, &office.office.seal), 204);
    body = list();
    assert_non_null(strstr(body, "\"phone\":\"" PHONE "\""));
    free(body);
    assert_int_equal(end(&errand, "done", NULL, editor), 204);

    /* Sealed for a key that is lost: who and when is all, and that is not lost too. */
    seal_key_generate(&gone);
    errand = call_back("5");
    assert_int_equal(post_sealed(&errand, &gone), 204);
    assert_list("{\"errands\":[{\"key\":\"00000000000000000000000000000005\",\"kind\":"
                "\"call-back\",\"kiosk\":\"linde-01\",\"location\":\"linde\","
                "\"received_at\":\"2026-11-22T10:33:20+01:00\",\"unreadable\":true}],"
                "\"more\":false}");
}

static void
test_only_kiosks_ask_and_only_staff_with_care_of_it_see(void **state)
{
    struct errand errand = call_back("6");
    struct sign_key stranger;
    struct test_request request = {.method = "GET", .target = ERRAND_PATH};

    (void)state;
    sign_key_generate(&stranger);
    assert_int_equal(post(&stranger, &errand), 403);
    assert_int_equal(post(NULL, &errand), 401);
    assert_int_equal(post(&key, &errand), 204);
    assert_int_equal(test_office_status(&office, &request), 401);
    request.key = &key; /* not even the kiosk */
    assert_int_equal(test_office_status(&office, &request), 401);
    request.headers[0] = viewer;
    assert_int_equal(test_office_status(&office, &request), 403);
    assert_int_equal(end(&errand, "done", NULL, viewer), 403);
    assert_int_equal(end(&errand, "done", &key, NULL), 401);
    assert_int_equal(end(&errand, "withdraw", NULL, editor), 401);
    assert_int_equal(end(&errand, "withdraw", &other, NULL), 404);
    strcpy(errand.key, "00000000000000000000000000000099");
    assert_int_equal(end(&errand, "done", NULL, editor), 404);
}

static void
test_what_is_no_errand_changes_nothing(void **state)
{
    static const char *const bodies[] = {
        "",
        "[]",
        "{\"key\":\"00000000000000000000000000000007\"}",
        "{\"key\":\"00000000000000000000000000000007\",\"sealed\":\"zz\"}",
        "{\"key\":\"7\",\"sealed\":\"00\"}",
        "{\"key\":\"00000000000000000000000000000007\",\"sealed\":\"\",\"x\":1}",
    };
    struct errand errand = call_back("7");
    struct error error = {0};
    char *sealed, *at;

    (void)state;
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        assert_int_equal(post_body(&key, bodies[i]), 400);
    }
    sealed = errand_seal(&errand, office.office.seal.public_key, &error);
    at = strstr(sealed, "0007");
    at[3] = '8'; /* another key around it than in it */
    assert_int_equal(post_body(&key, sealed), 400);
    free(sealed);
    assert_list(NOTHING);
}

/* --- what is forgotten ---------------------------------------------------------------
 */

/* In any file of the back office, its log of changes included. */
static bool
is_on_disk(const char *text)
{
    static const char *const ends[] = {"", "-wal"};
    bool found = false;

    for (size_t i = 0; i < 2; i++) {
        char path[128];
        struct error error = {0};
        size_t length = 0;
        char *bytes;

        snprintf(path, sizeof(path), "%s%s", office.database, ends[i]);
        bytes = file_read(path, FILE_BYTES_MAX, &length, &error);
        found = found ||
                (bytes != NULL && memmem(bytes, length, text, strlen(text)) != NULL);
        free(bytes);
    }
    return found;
}

static void
test_a_number_is_in_no_file_once_it_is_done(void **state)
{
    struct errand errand = call_back("8");

    (void)state;
    assert_int_equal(post(&key, &errand), 204);
    assert_true(is_on_disk(PHONE));
    assert_int_equal(end(&errand, "done", NULL, editor), 204);
    assert_false(is_on_disk(PHONE));
}

static void
test_what_nobody_did_is_forgotten_in_the_end(void **state)
{
    struct errand first = call_back("9"), second = call_back("10");
    struct error error = {0};

    (void)state;
    strcpy(second.phone, "0611112222");
    assert_int_equal(post(&key, &first), 204);
    test_office_time += 10 * DAY_S;
    assert_int_equal(post(&key, &second), 204);
    test_office_time += 20 * DAY_S;
    assert_true(errands_tidy(office.office.store, 30, &error));
    assert_true(is_on_disk(PHONE)); /* it came thirty days ago, and not before */
    test_office_time += 1;
    assert_true(errands_tidy(office.office.store, 30, &error));
    assert_false(is_on_disk(PHONE));
    assert_true(is_on_disk("0611112222"));
    test_office_time += 366 * DAY_S;
    assert_true(errands_tidy(office.office.store, 30, &error));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM errand"), 1);
    assert_false(is_on_disk("0611112222"));
}

/* Pages that split and move must leave no copy behind. */
static void
test_of_many_no_number_stays(void **state)
{
    enum { MANY = 400 };
    struct error error = {0};

    (void)state;
    for (int i = 0; i < MANY; i++) {
        struct errand errand = call_back("0");

        snprintf(errand.key, sizeof(errand.key), "%032x", (unsigned)i * 2654435761u);
        snprintf(errand.phone, sizeof(errand.phone), "069%07d", 8765000 + i);
        assert_int_equal(post(&key, &errand), 204);
        if (i % 2 == 0) {
            assert_int_equal(end(&errand, "done", NULL, editor), 204);
        }
    }
    for (int i = 0; i < MANY; i++) {
        char phone[ERRAND_PHONE_BYTES];

        snprintf(phone, sizeof(phone), "069%07d", 8765000 + i);
        assert_int_equal(is_on_disk(phone), i % 2 != 0);
    }
    test_office_time += 31 * DAY_S;
    assert_true(errands_tidy(office.office.store, 30, &error));
    assert_false(is_on_disk("0698765"));
}

/* Whatever comes in, right or wrong: no number reaches the log. */
static void
test_no_number_is_logged(void **state)
{
    struct errand errand = call_back("11");
    struct seal_key gone;
    struct error error = {0};
    char path[100];
    int kept = dup(STDERR_FILENO), log;
    size_t length;
    char *text;

    (void)state;
    snprintf(path, sizeof(path), "%s/log", office.folder);
    log = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
    dup2(log, STDERR_FILENO);
    seal_key_generate(&gone);
    post(&key, &errand);
    post(&other, &errand);
    post_body(&key, "{\"key\":\"" PHONE "\",\"kind\":\"" PHONE "\"}");
    post_body(&key, PHONE);
    strcpy(errand.key, "000000000000000000000000000000bb");
    post_sealed(&errand, &gone);
    test_office_time += 31 * DAY_S;
    errands_tidy(office.office.store, 30, &error);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(log);
    text = file_read(path, FILE_BYTES_MAX, &length, &error);
    assert_non_null(strstr(text, "does not open"));
    assert_non_null(strstr(text, "2 citizens were not called back within 30 days"));
    assert_null(strstr(text, PHONE));
    free(text);
}

/* --- the commands --------------------------------------------------------------------
 */

static void
assert_command(const char *words, int expected_status, const char *expected)
{
    char arguments[400];
    char *output;
    int status;

    snprintf(arguments, sizeof(arguments), "%s --backoffice %s --token-file %s", words,
             office.url, file);
    output = test_command_run(arguments, &status);
    if (status != expected_status || strstr(output, expected) == NULL) {
        fail_msg("%s gave %d: %s", words, status, output);
    }
    free(output);
}

static void
test_staff_see_and_end_by_command(void **state)
{
    struct errand first = call_back("12"), second = help("", 2);
    struct seal_key gone;

    (void)state;
    assert_command("errand list", 0, "nobody waits\n");
    strcpy(second.key, "000000000000000000000000000000cc");
    seal_key_generate(&gone);
    assert_int_equal(post(&key, &first), 204);
    test_office_time += 60;
    assert_int_equal(post(&other, &second), 204);
    test_office_time += 60;
    strcpy(first.key, "000000000000000000000000000000dd");
    assert_int_equal(post_sealed(&first, &gone), 204);
    assert_command(
        "errand list", 0,
        "KEY                               LOCATION  KIOSK     ASKED             SPEAKS"
        "  WHAT\n"
        "00000000000000000000000000000012  linde     linde-01  2026-11-22 10:33  nl    "
        "  call 0698765432, 2026-11-23 10:33 to 2026-11-23 13:33, about paspoort\n"
        "000000000000000000000000000000cc  linde     plein-02  2026-11-22 10:33  tr    "
        "  come and help, called 2 x\n"
        "000000000000000000000000000000dd  linde     linde-01  2026-11-22 10:35        "
        "  can't be read: sealed for a key that is gone\n");
    assert_command("errand list --format json", 0, "\"more\":false}\n");
    assert_command("errand done 00000000000000000000000000000012", 0,
                   "done; the number is erased\n");
    assert_command("errand done 00000000000000000000000000000013", 1, "(404)");
    assert_command("errand done 12", 2, "use: loketzuilctl errand done");
    assert_command("errand list --format csv", 2, "use: loketzuilctl errand list");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_call_back_shows_until_it_is_done),
        TEST(test_a_slip_shows_until_its_code_works_no_longer),
        TEST(test_a_help_call_says_how_often_and_in_which_language),
        TEST(test_what_comes_after_it_was_withdrawn_comes_for_nothing),
        TEST(test_the_same_key_is_the_same_errand),
        TEST(test_a_sealed_one_is_opened_when_it_comes),
        TEST(test_only_kiosks_ask_and_only_staff_with_care_of_it_see),
        TEST(test_what_is_no_errand_changes_nothing),
        TEST(test_a_number_is_in_no_file_once_it_is_done),
        TEST(test_what_nobody_did_is_forgotten_in_the_end),
        TEST(test_of_many_no_number_stays),
        TEST(test_no_number_is_logged),
        TEST(test_staff_see_and_end_by_command),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
