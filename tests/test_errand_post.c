#include "errand/post.h"

#include <dirent.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "support/office.h"
#include "support/scripted_server.h"

/* The way of an errand from the kiosk to a real back office, and how it can be cut. */

#define PHONE "0698765432"
#define RETRY_MS 20

static struct test_office office;
static struct sign_key key;
static struct errand_post *post;
static char folder[128], seal_file[128];

static void
open_post_at(const char *url)
{
    const struct errand_post_options options = {.folder = folder,
                                                .seal_file = seal_file,
                                                .url = url,
                                                .key = &key,
                                                .retry_ms = RETRY_MS};
    struct error error = {0};

    post = errand_post_open(&options, &error);
    if (post == NULL) {
        fail_msg("%s", error.message);
    }
}

static void
open_post(void)
{
    open_post_at(office.url);
}

static void
close_post(void)
{
    errand_post_close(post);
    post = NULL;
}

static int
start(void **state)
{
    (void)state;
    test_office_start(&office);
    test_office_time = time(NULL); /* the post's signatures are of now */
    test_office_claim(&office, "linde-01", &key);
    snprintf(folder, sizeof(folder), "%s/kiosk/errands", office.folder);
    snprintf(seal_file, sizeof(seal_file), "%s/kiosk/backoffice.seal", office.folder);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    close_post();
    test_office_stop(&office);
    return 0;
}

static void
pause_a_moment(void)
{
    poll(NULL, 0, 2);
}

static void
wait_idle(void)
{
    while (!errand_post_is_idle(post)) {
        pause_a_moment();
    }
}

static void
wait_key(void)
{
    while (access(seal_file, R_OK) != 0) {
        pause_a_moment();
    }
}

static struct errand
call_back(int number)
{
    struct errand errand = {
        .kind = ERRAND_CALL_BACK,
        .asked_at = TEST_NOW,
        .language = LANGUAGE_NL,
        .product = "paspoort",
        .phone = PHONE,
        .from = TEST_NOW,
        .until = TEST_NOW + 3600,
    };

    snprintf(errand.key, sizeof(errand.key), "%032d", number);
    return errand;
}

static struct errand
help(int number, int calls)
{
    struct errand errand = {.kind = ERRAND_HELP,
                            .asked_at = TEST_NOW,
                            .language = LANGUAGE_NL,
                            .calls = calls};

    snprintf(errand.key, sizeof(errand.key), "%032d", number);
    return errand;
}

static void
assert_fate(const struct errand *errand, enum errand_fate expected)
{
    enum errand_fate fate;
    struct error error = {0};

    if (!errand_post_send(post, errand, &fate, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(fate, expected);
}

static int64_t
waiting(void)
{
    return test_office_number(&office,
                              "SELECT count(*) FROM errand WHERE ended IS NULL");
}

/* How many files are kept; none of them may say what is in it. */
static int
kept(void)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    int count = 0;

    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL) {
        char path[400];
        struct error error = {0};
        size_t length;
        char *bytes;

        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        bytes = file_read(path, 1 << 20, &length, &error);
        if (bytes != NULL) {
            count++;
            assert_null(memmem(bytes, length, "0698", 4));
            assert_null(memmem(bytes, length, "paspoort", 8));
            free(bytes);
        }
    }
    closedir(directory);
    return count;
}

static void
test_online_it_arrives_and_nothing_is_kept(void **state)
{
    struct errand errand = call_back(1);

    (void)state;
    open_post();
    assert_fate(&errand, ERRAND_ARRIVED);
    assert_int_equal(kept(), 0);
    assert_int_equal(waiting(), 1);
}

static void
test_offline_it_is_kept_sealed_and_arrives_later(void **state)
{
    struct errand errand = call_back(2);
    enum errand_fate fate;
    struct error error = {0};

    (void)state;
    open_post();
    wait_key();
    errand_post_set_network(post, false);
    assert_fate(&errand, ERRAND_KEPT);
    errand = call_back(3);
    assert_true(errand_post_send(post, &errand, &fate, &error));
    assert_int_equal(kept(), 2);
    assert_false(errand_post_is_idle(post));
    assert_int_equal(waiting(), 0);

    close_post(); /* the program stops, starts, and finds its way back */
    open_post();
    wait_idle();
    assert_int_equal(kept(), 0);
    assert_int_equal(waiting(), 2);
    assert_int_equal(
        test_office_number(&office, "SELECT count(*) FROM errand WHERE phone = '" PHONE
                                    "' AND NOT unreadable"),
        2);
}

static void
test_a_back_office_that_is_away_is_tried_again(void **state)
{
    char url[64];
    struct errand errand = call_back(4);

    (void)state;
    open_post();
    wait_key();
    close_post();
    snprintf(url, sizeof(url), "%s", office.url);
    test_office_down(&office);
    open_post_at(url);
    assert_fate(&errand, ERRAND_KEPT); /* with the key of the file */
    assert_int_equal(kept(), 1);
    close_post();
    test_office_up(&office); /* at another port */
    open_post();
    wait_idle();
    assert_int_equal(kept(), 0);
    assert_int_equal(waiting(), 1);
}

static void
test_without_a_key_and_a_network_it_is_said(void **state)
{
    struct errand errand = call_back(5);
    enum errand_fate fate;
    struct error error = {0};

    (void)state;
    open_post_at("http://127.0.0.1:1"); /* nobody there */
    assert_false(errand_post_send(post, &errand, &fate, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_null(strstr(error.message, PHONE));
    assert_int_equal(kept(), 0);
}

static void
test_a_kiosk_that_is_not_known_is_told_so(void **state)
{
    struct errand errand = call_back(6);
    enum errand_fate fate;
    struct error error = {0};

    (void)state;
    sign_key_generate(&key);
    open_post();
    assert_false(errand_post_send(post, &errand, &fate, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(kept(), 0);
}

/* --- an answer that is lost ----------------------------------------------------------
 */

/* A back office that takes what comes, and loses its answer as long as `lose`. */
struct forgetful {
    bool lose;
    int posted;
    char first[ERRAND_KEY_BYTES];
    bool same; /* every one had the same key */
    uint8_t public_key[SEAL_PUBLIC_BYTES];
};

static char *
answer(void *data, const struct scripted_request *request)
{
    struct forgetful *forgetful = data;
    char body[120], hexadecimal[SEAL_KEY_TEXT_BYTES], posted[ERRAND_KEY_BYTES];
    const char *at;

    if (strncmp(request->head, "GET", 3) == 0) {
        for (size_t i = 0; i < SEAL_PUBLIC_BYTES; i++) {
            snprintf(hexadecimal + 2 * i, 3, "%02x", forgetful->public_key[i]);
        }
        snprintf(body, sizeof(body), "{\"public_key\":\"%s\"}", hexadecimal);
        return scripted_text(200, "Content-Type: application/json\r\n", body);
    }
    at = strstr(request->body, "\"key\":\"");
    snprintf(posted, sizeof(posted), "%.32s", at + 7);
    if (forgetful->posted++ == 0) {
        snprintf(forgetful->first, sizeof(forgetful->first), "%s", posted);
        forgetful->same = true;
    }
    forgetful->same = forgetful->same && strcmp(forgetful->first, posted) == 0;
    return forgetful->lose ? NULL : scripted_text(204, "", "");
}

static void
test_an_answer_that_is_lost_makes_no_second_errand(void **state)
{
    struct forgetful forgetful = {.lose = true};
    struct scripted_server *server;
    struct errand errand = call_back(7);
    char url[64];

    (void)state;
    memcpy(forgetful.public_key, office.office.seal.public_key, SEAL_PUBLIC_BYTES);
    server = scripted_server_start(answer, &forgetful);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d", scripted_server_port(server));
    open_post_at(url);
    wait_key();
    assert_fate(&errand, ERRAND_KEPT); /* nobody knows, so it is sent again */
    scripted_server_lock(server);
    forgetful.lose = false;
    scripted_server_unlock(server);
    wait_idle();
    assert_int_equal(kept(), 0);
    scripted_server_stop(server);
    assert_true(forgetful.posted >= 2);
    assert_true(forgetful.same);
}

/* --- calls for help
 * -------------------------------------------------------------------
 */

static void
test_a_call_is_repeated_and_withdrawn(void **state)
{
    struct errand errand = help(8, 1);

    (void)state;
    open_post();
    assert_fate(&errand, ERRAND_ARRIVED);
    errand.calls = 2;
    assert_fate(&errand, ERRAND_ARRIVED);
    assert_int_equal(
        test_office_number(&office, "SELECT calls FROM errand WHERE ended IS NULL"), 2);
    errand_post_withdraw(post, errand.key);
    wait_idle();
    assert_int_equal(waiting(), 0);
    assert_int_equal(kept(), 0);
}

static void
test_a_call_that_was_not_sent_in_time_never_is(void **state)
{
    struct errand first = help(9, 1), second = help(10, 1);

    (void)state;
    open_post();
    wait_key();
    errand_post_set_network(post, false);
    assert_fate(&first, ERRAND_KEPT);
    assert_fate(&second, ERRAND_KEPT);
    errand_post_withdraw(post, first.key);
    close_post(); /* and with it the visit of the second */
    open_post();
    wait_idle();
    assert_int_equal(waiting(), 0);
    assert_int_equal(kept(), 0);
}

/* Half a file of a power cut, and what somebody else put there. */
static void
test_what_is_no_errand_is_left_alone(void **state)
{
    struct error error = {0};
    char path[300];

    (void)state;
    assert_true(file_make_folder(folder, &error));
    snprintf(path, sizeof(path), "%s/00000000000000000000000000000011.call-back.new",
             folder);
    assert_true(file_write(path, "{\"key", 5, 0600, &error));
    snprintf(path, sizeof(path), "%s/notes.txt", folder);
    assert_true(file_write(path, "x", 1, 0600, &error));
    open_post();
    wait_idle();
    assert_int_equal(kept(), 2);
    assert_int_equal(waiting(), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_online_it_arrives_and_nothing_is_kept),
        TEST(test_offline_it_is_kept_sealed_and_arrives_later),
        TEST(test_a_back_office_that_is_away_is_tried_again),
        TEST(test_without_a_key_and_a_network_it_is_said),
        TEST(test_a_kiosk_that_is_not_known_is_told_so),
        TEST(test_an_answer_that_is_lost_makes_no_second_errand),
        TEST(test_a_call_is_repeated_and_withdrawn),
        TEST(test_a_call_that_was_not_sent_in_time_never_is),
        TEST(test_what_is_no_errand_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
