#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <cmocka.h>

#include "backoffice/fleet.h"
#include "base/claim_code.h"
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/office.h"
#include "ticket/ticket_keys.h"

static struct test_office office;
static char editor[120], viewer[120];

static int
start(void **state)
{
    (void)state;
    test_office_start(&office);
    test_office_token(&office, ROLE_EDITOR, editor);
    test_office_token(&office, ROLE_VIEWER, viewer);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_office_stop(&office);
    return 0;
}

static int
announce(const struct sign_key *key, struct http_answer *answer)
{
    char body[200], text[SIGN_KEY_TEXT_BYTES], code[CLAIM_CODE_BYTES];
    const struct test_request request = {
        .method = "POST", .target = "/v1/kiosks/announce", .key = key, .body = body};

    text_hex_encode(text, key->public_key, SIGN_PUBLIC_BYTES);
    claim_code_make(key->public_key, code);
    snprintf(body, sizeof(body), "{\"public_key\":\"%s\",\"code\":\"%s\"}", text, code);
    return test_office_ask(&office, &request, answer);
}

static int
announce_status(const struct sign_key *key)
{
    struct http_answer answer;
    int status = announce(key, &answer);

    http_answer_finish(&answer);
    return status;
}

static int
claim(const char *code, const char *name, const char *location, const char *header,
      struct http_answer *answer)
{
    char body[300];
    const struct test_request request = {.method = "POST",
                                         .target = "/v1/kiosks/claim",
                                         .headers = {header},
                                         .body = body};

    snprintf(body, sizeof(body),
             "{\"code\":\"%s\",\"name\":\"%s\",\"location\":\"%s\"}", code, name,
             location);
    return test_office_ask(&office, &request, answer);
}

static int
claim_status(const char *code, const char *name, const char *location,
             const char *header)
{
    struct http_answer answer;
    int status = claim(code, name, location, header, &answer);

    http_answer_finish(&answer);
    return status;
}

/* --- the code ------------------------------------------------------------------ */

static void
test_a_code_is_read_as_people_type_it(void **state)
{
    static const struct {
        const char *typed, *code;
    } cases[] = {
        {"ABCDEFGH", "ABCDEFGH"},
        {"abcd-efgh", "ABCDEFGH"},
        {" ab cd ef gh ", "ABCDEFGH"},
        {"oOiIlL00", "00111100"},
        {"ABCDEFG", NULL},
        {"ABCDEFGHJ", NULL},
        {"", NULL},
        {"ABCDEFGU", NULL},
        {"ABCD_EFG", NULL},
        {"ABCDÉFG", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char code[CLAIM_CODE_BYTES];

        assert_int_equal(claim_code_read(cases[i].typed, code), cases[i].code != NULL);
        if (cases[i].code != NULL) {
            assert_string_equal(code, cases[i].code);
        }
    }
}

static void
test_a_code_is_of_one_key(void **state)
{
    struct sign_key one, two;
    char first[CLAIM_CODE_BYTES], again[CLAIM_CODE_BYTES], other[CLAIM_CODE_BYTES];

    (void)state;
    sign_key_generate(&one);
    sign_key_generate(&two);
    claim_code_make(one.public_key, first);
    claim_code_make(one.public_key, again);
    claim_code_make(two.public_key, other);
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
}

/* --- announcing and claiming ------------------------------------------------------ */

static void
test_a_kiosk_announces_itself_is_claimed_and_learns_its_name(void **state)
{
    struct sign_key key;
    struct http_answer answer;
    char code[CLAIM_CODE_BYTES];

    (void)state;
    sign_key_generate(&key);
    claim_code_make(key.public_key, code);
    assert_int_equal(announce(&key, &answer), 200);
    assert_string_equal(answer.body, "{\"claimed\":false}");
    http_answer_finish(&answer);
    assert_int_equal(claim_status(code, "linde-01", "linde", editor), 200);
    assert_int_equal(announce(&key, &answer), 200);
    assert_non_null(strstr(answer.body, "{\"claimed\":true,"));
    assert_non_null(
        strstr(answer.body, "\"name\":\"linde-01\",\"location\":\"linde\""));
    http_answer_finish(&answer);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM announcement"),
                     0);
}

static void
test_a_claimed_kiosk_moves_but_keeps_its_name(void **state)
{
    struct sign_key key;
    char code[CLAIM_CODE_BYTES];
    struct fleet_kiosk kiosk = {.name = "linde-01", .location = "plein"};
    struct error error = {0};

    (void)state;
    test_office_claim(&office, "linde-01", &key);
    claim_code_make(key.public_key, code);
    memcpy(kiosk.public_key, key.public_key, SIGN_PUBLIC_BYTES);
    assert_true(fleet_claim(office.office.store, "", &kiosk, &error));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM kiosk WHERE"
                                                 " location = 'plein'"),
                     1);
    snprintf(kiosk.name, sizeof(kiosk.name), "other");
    assert_false(fleet_claim(office.office.store, "", &kiosk, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
}

static void
test_claiming_is_refused_where_it_must_be(void **state)
{
    struct sign_key known, waiting;
    char code[CLAIM_CODE_BYTES];
    char *before, *after;

    (void)state;
    test_office_claim(&office, "linde-01", &known);
    sign_key_generate(&waiting);
    claim_code_make(waiting.public_key, code);
    assert_int_equal(announce_status(&waiting), 200);
    before = test_office_dump(&office);
    assert_int_equal(claim_status(code, "plein-01", "plein", NULL), 401);
    assert_int_equal(claim_status(code, "plein-01", "plein", viewer), 403);
    assert_int_equal(claim_status("00000000", "plein-01", "plein", editor), 404);
    assert_int_equal(claim_status("", "plein-01", "plein", editor), 400);
    assert_int_equal(claim_status("short", "plein-01", "plein", editor), 400);
    assert_int_equal(claim_status(code, "", "plein", editor), 400);
    assert_int_equal(claim_status(code, "Plein 1", "plein", editor), 400);
    assert_int_equal(claim_status(code, "-plein", "plein", editor), 400);
    assert_int_equal(claim_status(code, "plein-01", "", editor), 400);
    assert_int_equal(claim_status(code, "plein-01", "=plein", editor), 400);
    assert_int_equal(claim_status(code, "een-naam-die-veel-te-lang-is-voor-een-zuil",
                                  "plein", editor),
                     400);
    assert_int_equal(claim_status(code, "linde-01", "linde", editor), 409);
    after = test_office_dump(&office);
    assert_string_equal(before, after);
    assert_int_equal(claim_status(code, "plein-01", "plein", editor), 200);
    free(before);
    free(after);
}

static void
test_a_kiosk_is_claimed_for_a_location_of_the_catalogue(void **state)
{
    struct error error = {0};
    struct catalogue *catalogue =
        catalogue_open("assets/example/catalogue.json", &error);
    struct sign_key key;
    struct http_answer answer;
    char code[CLAIM_CODE_BYTES];

    (void)state;
    assert_non_null(catalogue);
    office.office.catalogue = catalogue;
    sign_key_generate(&key);
    claim_code_make(key.public_key, code);
    assert_int_equal(announce_status(&key), 200);
    assert_int_equal(claim(code, "linde-01", "lindee", editor, &answer), 400);
    assert_non_null(strstr(answer.body, "none called \\\"lindee\\\""));
    http_answer_finish(&answer);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM kiosk"), 0);
    assert_int_equal(claim_status(code, "linde-01", catalogue->locations[0].id, editor),
                     200);
    office.office.catalogue = NULL;
    catalogue_destroy(catalogue);
}

static void
test_an_announcement_says_what_its_signature_says(void **state)
{
    static const char *const bodies[] = {
        "",
        "{}",
        "[]",
        "{\"public_key\":\"00\",\"code\":\"00000000\"}",
        "{\"public_key\":"
        "\"0000000000000000000000000000000000000000000000000000000000000000\","
        "\"code\":\"00000000\"}",
    };
    struct sign_key key;

    (void)state;
    sign_key_generate(&key);
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        const struct test_request request = {.method = "POST",
                                             .target = "/v1/kiosks/announce",
                                             .key = &key,
                                             .body = bodies[i]};

        assert_int_equal(test_office_status(&office, &request), 400);
    }
    assert_int_equal(
        test_office_status(&office,
                           &(struct test_request){.method = "POST",
                                                  .target = "/v1/kiosks/announce",
                                                  .body = "{}"}),
        401);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM announcement"),
                     0);
}

static void
test_an_announcement_is_forgotten_after_a_day(void **state)
{
    struct sign_key key;
    char code[CLAIM_CODE_BYTES];

    (void)state;
    sign_key_generate(&key);
    claim_code_make(key.public_key, code);
    assert_int_equal(announce_status(&key), 200);
    test_office_time += FLEET_ANNOUNCED_S;
    assert_int_equal(claim_status(code, "linde-01", "linde", editor), 404);
    assert_int_equal(announce_status(&key), 200);
    assert_int_equal(claim_status(code, "linde-01", "linde", editor), 200);
}

static void
test_one_address_cannot_fill_the_list_of_announcements(void **state)
{
    struct sign_key keys[FLEET_ANNOUNCED_OF_PEER_MAX], late;
    struct http_answer answer;

    (void)state;
    for (size_t i = 0; i < FLEET_ANNOUNCED_OF_PEER_MAX; i++) {
        sign_key_generate(&keys[i]);
        assert_int_equal(announce_status(&keys[i]), 200);
    }
    sign_key_generate(&late);
    assert_int_equal(announce(&late, &answer), 429);
    assert_true(answer.retry_after_s > 0);
    http_answer_finish(&answer);
    assert_int_equal(announce_status(&keys[3]), 200); /* who waits may say so again */
    test_office_time += FLEET_ANNOUNCED_S;
    assert_int_equal(announce_status(&late), 200);
}

static bool
share_code(struct store_session *session, void *data, struct error *error)
{
    return store_announce(session, data, "127.0.0.2", error);
}

static void
test_a_code_that_two_keys_share_claims_neither(void **state)
{
    struct sign_key one, two;
    char code[CLAIM_CODE_BYTES], command[400];
    struct error error = {0};

    (void)state;
    sign_key_generate(&one);
    sign_key_generate(&two);
    claim_code_make(one.public_key, code);
    assert_true(store_write(office.office.store, share_code, one.public_key, &error));
    assert_true(store_write(office.office.store, share_code, two.public_key, &error));
    /* A collision takes years to find; here the database is told of one. */
    snprintf(command, sizeof(command), "UPDATE announcement SET code = '%s'", code);
    test_office_number(&office, command);
    assert_int_equal(claim_status(code, "linde-01", "linde", editor), 409);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM kiosk"), 0);
}

/* --- revoking, listing -------------------------------------------------------------
 */

static int
revoke(const char *name, const char *header)
{
    char target[100];
    const struct test_request request = {
        .method = "POST", .target = target, .headers = {header}};

    snprintf(target, sizeof(target), "/v1/kiosks/%s/revoke", name);
    return test_office_status(&office, &request);
}

static void
test_a_revoked_kiosk_leaves_its_name_to_the_next(void **state)
{
    struct sign_key key, next;
    struct fleet_kiosk kiosk = {.name = "linde-01", .location = "linde"};
    struct http_answer answer;
    struct error error = {0};
    const struct test_request list = {
        .method = "GET", .target = "/v1/kiosks", .headers = {viewer}};

    (void)state;
    test_office_claim(&office, "linde-01", &key);
    assert_int_equal(revoke("linde-01", NULL), 401);
    assert_int_equal(revoke("linde-01", viewer), 403);
    assert_int_equal(revoke("plein-01", editor), 404);
    assert_int_equal(revoke("%20", editor), 400);
    assert_int_equal(revoke("linde-01", editor), 204);
    assert_int_equal(revoke("linde-01", editor), 404);
    memcpy(kiosk.public_key, key.public_key, SIGN_PUBLIC_BYTES);
    assert_false(fleet_claim(office.office.store, "", &kiosk, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_int_equal(announce(&key, &answer), 200);
    assert_non_null(strstr(answer.body, "\"claimed\":false"));
    http_answer_finish(&answer);
    test_office_claim(&office, "linde-01", &next);
    assert_int_equal(test_office_ask(&office, &list, &answer), 200);
    assert_non_null(strstr(answer.body, "\"revoked\":true"));
    assert_non_null(strstr(answer.body, "\"revoked\":false"));
    http_answer_finish(&answer);
}

/* --- keys ----------------------------------------------------------------------------
 */

static void
test_the_list_of_keys_has_ours_and_the_kiosks_and_is_signed(void **state)
{
    const struct test_request request = {.method = "GET", .target = "/v1/keys"};
    struct sign_key kiosk;
    struct http_answer answer;
    struct error error = {0};
    struct ticket_key *keys;
    struct json *body;
    char issued[40], text[200], message[2000];
    uint8_t signature[SIGN_SIGNATURE_BYTES];
    const char *list, *end;
    size_t count;

    (void)state;
    test_office_claim(&office, "linde-01", &kiosk);
    assert_int_equal(test_office_ask(&office, &request, &answer), 200);
    keys = ticket_keys_parse(answer.body, answer.body_length, &count, &error);
    assert_non_null(keys);
    assert_int_equal(count, 2);
    assert_int_equal(
        memcmp(keys[0].public_key, kiosk.public_key, SIGN_PUBLIC_BYTES) == 0 ||
            memcmp(keys[1].public_key, kiosk.public_key, SIGN_PUBLIC_BYTES) == 0,
        true);
    assert_int_equal(keys[0].valid_to, TICKET_KEY_NO_END);
    free(keys);

    body = json_parse(answer.body, answer.body_length, &error);
    assert_true(json_get_text(body, "issued", issued, sizeof(issued), &error));
    assert_true(json_get_text(body, "signature", text, sizeof(text), &error));
    json_destroy(body);
    assert_true(base64_decode(signature, sizeof(signature), text));
    list = strchr(answer.body, '[');
    end = strchr(list, ']') + 1;
    snprintf(message, sizeof(message), "%s\n%.*s", issued, (int)(end - list), list);
    assert_true(sign_verify(office.office.municipality.public_key, message,
                            strlen(message), signature));
    message[0] ^= 1;
    assert_false(sign_verify(office.office.municipality.public_key, message,
                             strlen(message), signature));
    http_answer_finish(&answer);
}

static void
test_the_keys_stay_the_same_and_are_the_owners_alone(void **state)
{
    struct sign_key ticket = office.office.ticket;
    struct stat info;
    char path[128];

    (void)state;
    test_office_down(&office);
    test_office_up(&office);
    assert_memory_equal(&ticket, &office.office.ticket, sizeof(ticket));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM ticket_key"), 1);
    snprintf(path, sizeof(path), "%s.ticket.key", office.database);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void
test_anybody_can_seal_for_the_back_office(void **state)
{
    const struct test_request request = {.method = "GET", .target = "/v1/keys/seal"};
    struct seal_key before = office.office.seal;
    struct http_answer answer;
    struct error error = {0};
    struct json *body;
    char text[SEAL_KEY_TEXT_BYTES];
    uint8_t key[SEAL_PUBLIC_BYTES], sealed[5 + SEAL_OVERHEAD_BYTES], opened[5];

    (void)state;
    assert_int_equal(test_office_ask(&office, &request, &answer), 200);
    body = json_parse(answer.body, answer.body_length, &error);
    assert_true(json_get_text(body, "public_key", text, sizeof(text), &error));
    json_destroy(body);
    http_answer_finish(&answer);
    assert_true(text_hex_decode(key, sizeof(key), text));
    assert_true(seal_message(key, "balie", 5, sealed, &error));
    test_office_down(&office); /* opens it after a restart too */
    test_office_up(&office);
    assert_memory_equal(&before, &office.office.seal, sizeof(before));
    assert_true(seal_open(&office.office.seal, sealed, sizeof(sealed), opened));
    assert_memory_equal(opened, "balie", 5);
}

static void
test_tokens_are_not_in_the_database(void **state)
{
    char *dump = test_office_dump(&office);

    (void)state;
    assert_null(strstr(dump, editor + strlen("Authorization: Bearer ")));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM token"), 2);
    free(dump);
}

/* --- the commands
 * ---------------------------------------------------------------------- */

static int
command_status(const char *arguments)
{
    int status;

    free(test_command_run(arguments, &status));
    return status;
}

static void
test_the_commands_make_tokens_and_claim_kiosks(void **state)
{
    char arguments[600], code[CLAIM_CODE_BYTES], file[100];
    struct sign_key key;
    struct error error = {0};
    char *token;
    int status;

    (void)state;
    snprintf(arguments, sizeof(arguments), "token create --role editor --database %s",
             office.database);
    token = test_command_run(arguments, &status);
    assert_int_equal(status, 0);
    assert_int_equal(strlen(token), IDENTITY_TOKEN_BYTES); /* and a line end */
    snprintf(file, sizeof(file), "%s/token", office.folder);
    assert_true(file_write(file, token, strlen(token), 0600, &error));
    free(token);

    sign_key_generate(&key);
    claim_code_make(key.public_key, code);
    assert_int_equal(announce_status(&key), 200);
    snprintf(arguments, sizeof(arguments),
             "kiosk claim %s --name linde-01 --location linde --backoffice %s"
             " --token-file %s",
             code, office.url, file);
    assert_int_equal(command_status(arguments), 0);
    assert_int_equal(command_status(arguments), 1); /* nobody announces it any more */

    sign_key_generate(&key);
    claim_code_make(key.public_key, code);
    /* The commands go by the machine's clock. */
    test_office_time = time_now_s();
    assert_int_equal(announce_status(&key), 200);
    snprintf(arguments, sizeof(arguments),
             "kiosk claim %s --name linde-02 --location linde --database %s", code,
             office.database);
    assert_int_equal(command_status(arguments), 0);
    snprintf(arguments, sizeof(arguments),
             "kiosk claim --kiosk-key %s/kiosk.key --name linde-03 --location linde"
             " --database %s",
             office.folder, office.database);
    assert_int_equal(command_status(arguments), 0);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM kiosk"), 3);
}

static void
test_the_commands_say_how_they_are_used(void **state)
{
    static const char *const cases[] = {
        "token create",
        "token create --role boss --database x.db",
        "token create --role viewer",
        "kiosk claim",
        "kiosk claim CODE --name a",
        "kiosk claim CODE --name a --location b",
        "kiosk claim CODE --name a --location b --backoffice URL",
        "kiosk claim CODE --name a --location b --database F --backoffice URL",
        "kiosk claim CODE --name a --location b --database F --kiosk-key K",
        "kiosk claim --name a --location b --database F",
        "kiosk claim CODE CODE --name a --location b --database F",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (command_status(cases[i]) != 2) {
            fail_msg("%s", cases[i]);
        }
    }
}

static void
test_a_database_that_is_none_is_told_and_left_alone(void **state)
{
    char arguments[300], path[100];
    static const char text[] = "this is a letter, not a database, and long enough.";
    struct error error = {0};
    size_t length;
    char *output, *after;
    int status;

    (void)state;
    snprintf(path, sizeof(path), "%s/letter.txt", office.folder);
    assert_true(file_write(path, text, strlen(text), 0600, &error));
    snprintf(arguments, sizeof(arguments), "token create --role viewer --database %s",
             path);
    output = test_command_run(arguments, &status);
    assert_int_equal(status, 1);
    assert_non_null(strstr(output, "not a database"));
    after = file_read(path, 1000, &length, &error);
    assert_string_equal(after, text);
    free(output);
    free(after);
}

static void
test_a_database_of_a_later_program_is_refused(void **state)
{
    int64_t version = test_office_number(&office, "PRAGMA user_version");
    struct error error = {0};
    char back[60];

    (void)state;
    test_office_down(&office);
    test_office_number(&office, "PRAGMA user_version = 999");
    assert_null(store_open(office.database, NULL, &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_non_null(strstr(error.message, "newer program"));
    snprintf(back, sizeof(back), "PRAGMA user_version = %d", (int)version);
    test_office_number(&office, back);
    test_office_up(&office);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_code_is_read_as_people_type_it),
        TEST(test_a_code_is_of_one_key),
        TEST(test_a_kiosk_announces_itself_is_claimed_and_learns_its_name),
        TEST(test_a_claimed_kiosk_moves_but_keeps_its_name),
        TEST(test_claiming_is_refused_where_it_must_be),
        TEST(test_a_kiosk_is_claimed_for_a_location_of_the_catalogue),
        TEST(test_an_announcement_says_what_its_signature_says),
        TEST(test_an_announcement_is_forgotten_after_a_day),
        TEST(test_one_address_cannot_fill_the_list_of_announcements),
        TEST(test_a_code_that_two_keys_share_claims_neither),
        TEST(test_a_revoked_kiosk_leaves_its_name_to_the_next),
        TEST(test_the_list_of_keys_has_ours_and_the_kiosks_and_is_signed),
        TEST(test_the_keys_stay_the_same_and_are_the_owners_alone),
        TEST(test_anybody_can_seal_for_the_back_office),
        TEST(test_tokens_are_not_in_the_database),
        TEST(test_the_commands_make_tokens_and_claim_kiosks),
        TEST(test_the_commands_say_how_they_are_used),
        TEST(test_a_database_that_is_none_is_told_and_left_alone),
        TEST(test_a_database_of_a_later_program_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
