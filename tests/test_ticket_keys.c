#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"
#include "ticket/ticket_keys.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define KEY_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define FROM "\"valid_from\":\"2026-11-01T00:00:00Z\""
#define TO "\"valid_to\":\"2028-11-01T01:00:00+01:00\""

static char folder[] = "/tmp/loketzuil-keys-XXXXXX";
static char keys_path[100], ticket[TICKET_TEXT_BYTES];

static void
test_a_list_of_keys_is_read(void **state)
{
    static const char text[] =
        "{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM "," TO ",\"revoked\":false,"
        "\"kiosk\":\"bibliotheek\"},"
        "{\"public_key\":\"0F0102030405060708090a0b0c0d0e0f10111213141516171819"
        "1a1b1c1d1e1f\"," FROM ",\"valid_to\":null,\"revoked\":true}]}";
    struct error error = {ERROR_NONE, ""};
    size_t count = 0;
    struct ticket_key *keys = ticket_keys_parse(text, strlen(text), &count, &error);

    (void)state;
    assert_non_null(keys);
    assert_int_equal(count, 2);
    assert_int_equal(keys[0].public_key[31], 0x1f);
    assert_int_equal(keys[0].valid_from, 1793491200);
    assert_int_equal(keys[0].valid_to, 1856649600);
    assert_false(keys[0].revoked);
    assert_int_equal(keys[1].public_key[0], 0x0f);
    assert_true(keys[1].valid_to == TICKET_KEY_NO_END);
    assert_true(keys[1].revoked);
    free(keys);
}

static void
test_an_empty_list_is_a_list(void **state)
{
    static const char text[] = "{\"keys\":[]}";
    struct error error = {ERROR_NONE, ""};
    size_t count = 9;
    struct ticket_key *keys = ticket_keys_parse(text, strlen(text), &count, &error);

    (void)state;
    assert_non_null(keys);
    assert_int_equal(count, 0);
    free(keys);
}

static void
test_a_wrong_list_is_refused_with_line_and_field(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "line 1"},
        {"[]", "line 1: keys: there is no list of that name"},
        {"{\"keys\":{}}", "line 1: keys: there is no list of that name"},
        {"{\"keys\":[\n1]}", "line 2: a key must be"},
        {"{\"keys\":[{" FROM "," TO ",\"revoked\":false}]}", "public_key: is missing"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," TO ",\"revoked\":false}]}",
         "valid_from: is missing"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM ",\"revoked\":false}]}",
         "valid_to: is missing"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM "," TO "}]}",
         "revoked: is missing"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM "," TO ",\"revoked\":0}]}",
         "revoked: must be"},
        {"{\"keys\":[{\"public_key\":\"0001\"," FROM "," TO ",\"revoked\":false}]}",
         "public_key: must be 64 hexadecimal digits"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "00\"," FROM "," TO
         ",\"revoked\":true}]}",
         "public_key: must be at most 64 bytes long"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM ",\"valid_to\":\"morgen\","
         "\"revoked\":false}]}",
         "valid_to: must be a time like"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM ","
         "\n\"valid_to\":\"2026-11-01T00:00:00Z\",\"revoked\":false}]}",
         "line 2: valid_to: must be later than valid_from"},
        {"{\"keys\":[{\"public_key\":\"" KEY_A "\"," FROM "," TO ",\"revoked\":true},"
         "{\"public_key\":\"" KEY_A "\"," FROM "," TO ",\"revoked\":false}]}",
         "key 00010203\xe2\x80\xa6 is in the list twice"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error error = {ERROR_NONE, ""};
        size_t count;

        assert_null(
            ticket_keys_parse(cases[i].text, strlen(cases[i].text), &count, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        if (strstr(error.message, cases[i].message) == NULL) {
            fail_msg("\"%s\" does not say \"%s\"", error.message, cases[i].message);
        }
    }
}

/* The text of {"keys": …}; the caller frees. */
static char *
list_write(const struct ticket_key *keys, size_t count)
{
    struct json_writer *writer = json_writer_create();
    size_t length;
    char *text;

    json_write_object(writer);
    json_write_name(writer, "keys");
    ticket_keys_write(writer, keys, count);
    json_write_end(writer);
    text = strdup(json_writer_text(writer, &length));
    assert_non_null(text);
    json_writer_destroy(writer);
    return text;
}

static void
test_a_list_that_was_written_is_read_the_same(void **state)
{
    struct ticket_key keys[2] = {
        {.public_key = {1}, .valid_from = 0, .valid_to = 1, .revoked = true},
        {.public_key = {2}, .valid_from = 5, .valid_to = TICKET_KEY_NO_END},
    };
    struct error error = {ERROR_NONE, ""};
    size_t count = 0;
    char *text = list_write(keys, 2);
    struct ticket_key *again = ticket_keys_parse(text, strlen(text), &count, &error);

    (void)state;
    assert_non_null(again);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_memory_equal(again[i].public_key, keys[i].public_key, SIGN_PUBLIC_BYTES);
        assert_int_equal(again[i].valid_from, keys[i].valid_from);
        assert_true(again[i].valid_to == keys[i].valid_to);
        assert_int_equal(again[i].revoked, keys[i].revoked);
    }
    free(again);
    free(text);
}

static void
test_more_keys_than_the_bound_are_refused(void **state)
{
    size_t count = TICKET_KEYS_MAX + 1;
    struct ticket_key *keys = calloc(count, sizeof(*keys));
    struct error error = {ERROR_NONE, ""};
    struct ticket_key *again;
    char *text;

    (void)state;
    assert_non_null(keys);
    for (size_t i = 0; i < count; i++) {
        memcpy(keys[i].public_key, &i, sizeof(i));
        keys[i].valid_to = TICKET_KEY_NO_END;
    }
    text = list_write(keys, count);
    assert_null(ticket_keys_parse(text, strlen(text), &count, &error));
    assert_string_equal(error.message, "line 1: keys: more than 5000");
    free(text);

    text = list_write(keys, TICKET_KEYS_MAX);
    assert_true(strlen(text) < TICKET_KEYS_BYTES_MAX);
    again = ticket_keys_parse(text, strlen(text), &count, &error);
    assert_non_null(again);
    assert_int_equal(count, TICKET_KEYS_MAX);
    free(again);
    free(text);
    free(keys);
}

/* --- the command --------------------------------------------------------- */

static int
make_ticket(void **state)
{
    static const uint8_t appointment[TICKET_ID_BYTES] = {0xab};
    struct sign_key signer;
    struct ticket_key key = {.valid_from = 1790000000, .valid_to = TICKET_KEY_NO_END};
    struct error error = {ERROR_NONE, ""};
    char *text;
    bool done;

    (void)state;
    sign_start();
    sign_key_generate(&signer);
    memcpy(key.public_key, signer.public_key, SIGN_PUBLIC_BYTES);
    ticket_sign(&signer, "HTTPS://AFSPRAAK.VOORBEELD.NL/T/", appointment, 1795012200,
                "stadhuis", ticket);
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(keys_path, sizeof(keys_path), "%s/keys.json", folder);
    text = list_write(&key, 1);
    done = file_write(keys_path, text, strlen(text), 0600, &error);
    free(text);
    return done ? 0 : -1;
}

static int
remove_ticket(void **state)
{
    (void)state;
    unlink(keys_path);
    return rmdir(folder);
}

/* The exit status of `loketzuilctl ticket verify …`, and all that it said. */
static int
run(const char *arguments, char *said, size_t size)
{
    const char *build = getenv("BUILD");
    char command[1000];
    size_t length;
    FILE *program;
    int status;

    snprintf(command, sizeof(command), "%s/san/loketzuilctl ticket verify %s 2>&1",
             build != NULL ? build : "build", arguments);
    program = popen(command, "r");
    assert_non_null(program);
    length = fread(said, 1, size - 1, program);
    said[length] = '\0';
    status = pclose(program);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
test_the_command_accepts_a_good_ticket(void **state)
{
    char arguments[500], said[500];

    (void)state;
    snprintf(arguments, sizeof(arguments), "--keys %s '%s'", keys_path, ticket);
    assert_int_equal(run(arguments, said, sizeof(said)), 0);
    assert_true(text_starts_with(said, "valid\n"
                                       "appointment ab000000000000000000000000000000\n"
                                       "start 2026-11-18T14:30:00Z\n"));
    snprintf(arguments, sizeof(arguments), "'%s' --keys %s", ticket, keys_path);
    assert_int_equal(run(arguments, said, sizeof(said)), 0);
}

static void
test_the_command_rejects_a_changed_ticket_with_a_sentence(void **state)
{
    char arguments[500], said[500];

    (void)state;
    snprintf(arguments, sizeof(arguments), "--keys %s 'HTTP%s'", keys_path, ticket + 4);
    assert_int_equal(run(arguments, said, sizeof(said)), 0);
    snprintf(arguments, sizeof(arguments), "--keys %s 'HTTP%s'", keys_path, ticket + 5);
    assert_int_equal(run(arguments, said, sizeof(said)), 1);
    assert_string_equal(said, "This ticket was changed after it was made.\n");
    snprintf(arguments, sizeof(arguments), "--keys %s '%s '", keys_path, ticket);
    assert_int_equal(run(arguments, said, sizeof(said)), 1);
    assert_string_equal(said, "This is not a ticket of ours.\n");
}

static void
test_wrong_use_of_the_command_is_no_verdict(void **state)
{
    static const char *const cases[] = {
        "",
        "TEXT",
        "--keys",
        "--keys /nowhere",
        "--keys a --keys b TEXT",
        "--keys a TEXT TEXT",
        "--key a TEXT",
    };
    char said[500];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(run(cases[i], said, sizeof(said)), 2);
        assert_string_equal(said, "use: loketzuilctl ticket verify --keys FILE TEXT\n");
    }
    assert_int_equal(run("--keys /nowhere/keys.json TEXT", said, sizeof(said)), 2);
    assert_true(text_starts_with(said, "The keys can't be read: "));
    assert_int_equal(run("--keys /dev/null TEXT", said, sizeof(said)), 2);
    assert_true(text_starts_with(said, "The keys can't be read: "));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_list_of_keys_is_read),
        cmocka_unit_test(test_an_empty_list_is_a_list),
        cmocka_unit_test(test_a_wrong_list_is_refused_with_line_and_field),
        cmocka_unit_test(test_a_list_that_was_written_is_read_the_same),
        cmocka_unit_test(test_more_keys_than_the_bound_are_refused),
        cmocka_unit_test(test_the_command_accepts_a_good_ticket),
        cmocka_unit_test(test_the_command_rejects_a_changed_ticket_with_a_sentence),
        cmocka_unit_test(test_wrong_use_of_the_command_is_no_verdict),
    };

    return cmocka_run_group_tests(tests, make_ticket, remove_ticket);
}
