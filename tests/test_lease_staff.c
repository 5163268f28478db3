#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/store_fleet.h"
#include "base/text.h"
#include "support/book_ask.h"
#include "support/lease_rig.h"
#include "support/office.h"

/* Leases over the wire: what staff see with the shipped command, and what is refused.
 */

struct test {
    struct lease_rig rig;
    struct lease_kiosk kiosk;
};

static void
make_token(const struct test *test, const char *role)
{
    char line[300];
    char *printed;
    int status;

    snprintf(line, sizeof(line), "token create --role %s --database %s > %s/%s", role,
             test->rig.book.path, test->rig.book.folder, role);
    printed = test_command_run(line, &status);
    assert_int_equal(status, 0);
    free(printed);
}

static int
set_up(void **state)
{
    struct test *test = test_calloc(1, sizeof(*test));

    lease_rig_begin(&test->rig, 12, 14);
    lease_kiosk_make(&test->kiosk, &test->rig, "linde-1");
    assert_int_equal(lease_kiosk_renew(&test->kiosk), ERROR_NONE);
    make_token(test, "viewer");
    make_token(test, "editor");
    *state = test;
    return 0;
}

static int
tear_down(void **state)
{
    struct test *test = *state;

    lease_kiosk_stop(&test->kiosk);
    lease_rig_end(&test->rig);
    test_free(test);
    return 0;
}

static void
assert_says(const struct test *test, const char *role, const char *words, int expected,
            const char *says)
{
    char line[400];
    char *printed;
    int status;

    snprintf(line, sizeof(line), "%s --backoffice %s --token-file %s/%s", words,
             test->rig.url, test->rig.book.folder, role);
    printed = test_command_run(line, &status);
    if (status != expected || strstr(printed, says) == NULL) {
        fail_msg("%s: status %d, no \"%s\" in: %s", words, status, says, printed);
    }
    free(printed);
}

/* Sends it as the kiosk; ERROR_NONE when the book takes it. */
static enum error_kind
settle(struct test *test, const char *body, char message[ERROR_MESSAGE_BYTES])
{
    struct appointment_client *client = test->kiosk.plug;
    struct error error = {.kind = ERROR_NONE, .message = ""};
    struct json *lease = NULL;
    bool good = client->operations->settle(client->maker, body, &lease, &error);

    json_destroy(lease);
    text_copy(message, ERROR_MESSAGE_BYTES, error.message);
    return good ? ERROR_NONE : error.kind;
}

#define SLOT "00112233445566778899aabbccddeeff"
#define KEY "0123456789abcdef0123456789abcdef"
#define ITEMS "\"items\":[{\"product\":\"paspoort\",\"persons\":1}]"
#define GIVEN(members) "{\"given\":[{" members "}],\"returned\":[]}"

static void
test_what_is_leased_is_a_table_and_may_be_declared_lost(void **state)
{
    struct test *test = *state;

    assert_says(test, "viewer", "lease list", 0, "LAST SETTLED");
    assert_says(test, "viewer", "lease list", 0,
                "linde-1  linde     12     2027-03-22T");
    assert_says(
        test, "viewer", "lease list --format json", 0,
        "{\"leases\":[{\"kiosk\":\"linde-1\",\"location\":\"linde\",\"slots\":12");
    assert_says(test, "viewer", "lease lost linde-1", 1, "needs a token of an editor");
    assert_says(test, "editor", "lease lost linde-2", 1, "Nothing is leased");
    assert_says(test, "editor", "lease lost linde-1", 0,
                "12 times of linde-1 are free again");
    assert_says(test, "editor", "lease list", 0, "nothing is leased");
    assert_int_equal(book_setup_number(&test->rig.book, "SELECT count(*) FROM cell"),
                     0);
}

static bool
revoke(struct store_session *session, void *data, struct error *error)
{
    (void)data;
    return store_kiosk_revoke(session, "linde-1", error);
}

static void
test_a_revoked_kiosk_has_no_lease(void **state)
{
    struct test *test = *state;
    struct error error;

    assert_true(store_write(test->rig.book.store, revoke, NULL, &error));
    assert_int_equal(lease_kiosk_renew(&test->kiosk), ERROR_REFUSED);
    ask_tidy(&test->rig.book);
    assert_int_equal(book_setup_number(&test->rig.book, "SELECT count(*) FROM cell"),
                     0);
}

static void
test_a_conflict_names_whom_to_call(void **state)
{
    static const char person[] =
        "{\"lastName\":\"de \xC3\x9Cnver\",\"phoneNumber\":\"0612345678\"}";
    struct test *test = *state;
    uint8_t sealed[sizeof(person) - 1 + SEAL_OVERHEAD_BYTES];
    char hex[2 * sizeof(sealed) + 1], body[1200], message[ERROR_MESSAGE_BYTES];
    struct error error;

    assert_says(test, "editor", "lease conflicts", 0, "no conflicts");
    assert_true(seal_message(test->rig.book.seal_key.public_key, person,
                             sizeof(person) - 1, sealed, &error));
    text_hex_encode(hex, sealed, sizeof(sealed));
    snprintf(body, sizeof(body),
             GIVEN("\"slot\":\"" SLOT "\",\"key\":\"" KEY
                   "\",\"cancelled\":false," ITEMS ",\"sealed\":\"%s\""),
             hex);
    assert_int_equal(settle(test, body, message), ERROR_NONE);
    assert_says(test, "editor", "lease conflicts", 0,
                "the book knows nothing of it  de \xC3\x9Cnver  0612345678");
    assert_says(
        test, "editor", "lease conflicts --format json", 0,
        "\"reason\":\"unknown\",\"code\":\"\",\"location\":\"\",\"start\":null");
    assert_says(test, "viewer", "lease conflicts", 1, "needs a token of an editor");
}

static void
test_what_a_kiosk_may_hand_in(void **state)
{
    static const struct {
        const char *body, *says;
    } cases[] = {
        {"[]", "must be an object"},
        {"{}", "given: must be a list of at most 24"},
        {"{\"given\":[]}", "returned: must be a list of at most 120"},
        {"{\"given\":[],\"returned\":[],\"x\":1}", "not known here"},
        {"{\"given\":[],\"returned\":[\"1\"]}", "must be the id of a slot"},
        {"{\"given\":[],\"returned\":[7]}", "must be the id of a slot"},
        {GIVEN("\"slot\":\"x\",\"key\":\"" KEY "\",\"cancelled\":true," ITEMS),
         "given: line 1: must be the id of a slot"},
        {GIVEN("\"slot\":\"" SLOT "\",\"key\":\"K\",\"cancelled\":true," ITEMS),
         "key: must be 32 lower-case hexadecimal digits"},
        {GIVEN("\"slot\":\"" SLOT "\",\"key\":\"" KEY "\"," ITEMS), "cancelled"},
        {GIVEN("\"slot\":\"" SLOT "\",\"key\":\"" KEY
               "\",\"cancelled\":true,\"items\":[]"),
         "items: must be a list of 1 to 4 products"},
        {GIVEN("\"slot\":\"" SLOT "\",\"key\":\"" KEY
               "\",\"cancelled\":true,\"items\":[{\"product\":\"a b\",\"persons\":1}]"),
         "product: is no id"},
        {GIVEN("\"slot\":\"" SLOT "\",\"key\":\"" KEY
               "\",\"cancelled\":true,\"items\":[{\"product\":\"paspoort\","
               "\"persons\":7}]"),
         "persons"},
        {GIVEN("\"slot\":\"" SLOT "\",\"key\":\"" KEY "\",\"cancelled\":true," ITEMS
               ",\"sealed\":\"0\""),
         "sealed: must be at most 1024 bytes in hexadecimal"},
    };
    struct test *test = *state;
    char message[ERROR_MESSAGE_BYTES];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (settle(test, cases[i].body, message) != ERROR_REFUSED ||
            strstr(message, cases[i].says) == NULL)
        {
            fail_msg("%s: no \"%s\" in: %s", cases[i].body, cases[i].says, message);
        }
    }
    assert_int_equal(book_setup_number(&test->rig.book, "SELECT count(*) FROM"
                                                        " lease_conflict"),
                     0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_what_is_leased_is_a_table_and_may_be_declared_lost),
        TEST(test_a_revoked_kiosk_has_no_lease),
        TEST(test_a_conflict_names_whom_to_call),
        TEST(test_what_a_kiosk_may_hand_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
