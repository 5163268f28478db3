#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "appointment/settings.h"
#include "base/file.h"
#include "base/settings_parse.h"
#include "base/text.h"
#include "base/time.h"
#include "support/orchestra_server.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
read_text(const char *text, struct appointment_settings *settings, struct error *error)
{
    struct setting rows[APPOINTMENT_SETTINGS_MAX];
    size_t count;

    appointment_settings_init(settings);
    count = appointment_settings_rows(settings, rows);
    return settings_parse("k.conf", text, strlen(text), rows, count, NULL, error) &&
           appointment_settings_check("k.conf", settings, error);
}

static void
test_without_a_section_there_are_no_appointments(void **state)
{
    struct appointment_settings settings;
    struct appointment_client *client;
    struct error error = {0};

    (void)state;
    assert_true(read_text("", &settings, &error));
    assert_int_equal(settings.maker, APPOINTMENTS_NONE);
    assert_string_equal(settings.time_zone, "Europe/Amsterdam");
    client = appointment_settings_open(&settings, NULL, &error);
    assert_non_null(client);
    assert_string_equal(client->name, "none");
    appointment_client_destroy(client);
}

static void
test_what_does_not_hold_together_is_named_with_its_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"[appointments]\nmaker = soap\n",
         "k.conf line 2: [appointments] maker: must "},
        {"[appointments]\n\nmaker = backoffice\n",
         "k.conf line 3: [appointments] maker: is backoffice, and needs url"},
        {"[appointments]\nmaker = backoffice\nurl =\n",
         "k.conf line 2: [appointments] maker: is backoffice, and needs url"},
        {"[appointments]\nmaker = backoffice\nurl = http://kiosk.example.nl\n",
         "k.conf line 3: [appointments] url: kiosk.example.nl: must be https, or http "
         "to this machine itself"},
        {"[appointments]\nurl = kiosk\nmaker = none\n",
         "k.conf line 2: [appointments] url: is no web address"},
        {"[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/\n",
         "k.conf line 2: [appointments] maker: is jcc, and needs client_id"},
        {"[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/\n"
         "client_id = kiosk\n",
         "k.conf line 2: [appointments] maker: is jcc, and needs client_secret "
         "or secret_file"},
        {"[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/\n"
         "client_id = kiosk\nclient_secret = s\nsecret_file = /jcc\n",
         "k.conf line 6: [appointments] secret_file: is one too many: either "
         "client_secret or secret_file"},
        {"[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/\n"
         "client_id = kiosk\nclient_secret = s\napi_key = k\n",
         "k.conf line 6: [appointments] api_key: is nothing that maker = jcc knows"},
        {"[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/\n"
         "client_id = kiosk\nsecret_file = /jcc\nkey_file = /kiosk.key\n",
         "k.conf line 6: [appointments] key_file: is nothing that maker = jcc knows"},
        {"[appointments]\nmaker = qmatic\nurl = https://qmatic.example.nl/\n",
         "k.conf line 2: [appointments] maker: is qmatic, and needs api_key or "
         "secret_file"},
        {"[appointments]\nmaker = qmatic\nurl = https://qmatic.example.nl/\n"
         "secret_file = /q\nclient_id = kiosk\n",
         "k.conf line 5: [appointments] client_id: is nothing that maker = qmatic "
         "knows"},
        {"[appointments]\nmaker = backoffice\nurl = https://kiosk.example.nl\n"
         "client_id = kiosk\n",
         "k.conf line 4: [appointments] client_id: is nothing that"},
        {"[appointments]\nmaker = none\ntime_zone = Europe/Ede\n",
         "k.conf line 3: [appointments] time_zone: "},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct appointment_settings settings;
        struct error error = {0};

        assert_false(read_text(cases[i].text, &settings, &error));
        if (strstr(error.message, cases[i].says) != error.message) {
            fail_msg("%s: %s", cases[i].text, error.message);
        }
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
}

static void
test_none_and_scripted_let_the_keys_of_others_stand(void **state)
{
    static const char *const makers[] = {"none", "scripted"};

    (void)state;
    for (size_t i = 0; i < COUNT(makers); i++) {
        struct appointment_settings settings;
        struct error error = {0};
        char text[300];

        snprintf(text, sizeof(text),
                 "[appointments]\nmaker = %s\nurl = https://kiosk.example.nl\n"
                 "ca_file = /ca.pem\nkey_file = /kiosk.key\n"
                 "time_zone = America/Curacao\n",
                 makers[i]);
        assert_true(read_text(text, &settings, &error));
        assert_string_equal(settings.time_zone, "America/Curacao");
        assert_string_equal(settings.ca_file, "/ca.pem");
    }
}

static void
test_a_secret_stands_in_the_file_or_in_one_of_its_own(void **state)
{
    static const struct {
        const char *text, *client, *secret;
    } cases[] = {
        {"[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/\n"
         "client_id = kiosk\nclient_secret = a;b #c\napi_key =\n",
         "jcc", "a;b #c"},
        {"[appointments]\nmaker = qmatic\nurl = https://q.example.nl/\n"
         "api_key = 00112233-4455\n",
         "qmatic", "00112233-4455"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct appointment_settings settings;
        struct appointment_client *client;
        struct error error = {0};
        char *secret;

        assert_true(read_text(cases[i].text, &settings, &error));
        assert_true(appointment_settings_has_own_ids(&settings));
        secret = appointment_settings_secret(&settings, &error);
        assert_string_equal(secret, cases[i].secret);
        free(secret);
        client = appointment_settings_open(&settings, NULL, &error);
        assert_non_null(client);
        assert_string_equal(client->name, cases[i].client);
        appointment_client_destroy(client);
    }
}

static void
test_the_back_office_is_asked_with_the_key_that_is_named(void **state)
{
    static const char text[] = "[appointments]\nmaker = backoffice\n"
                               "url = https://kiosk.example.nl\nkey_file = %s\n";
    static const char seed[] =
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n";
    char path[] = "/tmp/loketzuil-key-XXXXXX";
    struct appointment_settings settings;
    struct appointment_client *client;
    struct error error = {0};
    char filled[200];

    (void)state;
    close(mkstemp(path));
    snprintf(filled, sizeof(filled), text, path);
    assert_true(file_write(path, seed, strlen(seed), 0600, &error));
    assert_true(read_text(filled, &settings, &error));
    client = appointment_settings_open(&settings, NULL, &error);
    assert_non_null(client);
    assert_string_equal(client->name, "backoffice");
    appointment_client_destroy(client);
    unlink(path);
    assert_null(appointment_settings_open(&settings, NULL, &error));
    assert_non_null(strstr(error.message, path));
    assert_int_equal(access(path, F_OK), -1); /* none is made */
}

static void
test_jcc_is_asked_with_the_secret_of_a_file(void **state)
{
    static const struct {
        const char *secret, *says; /* NULL: fine */
    } cases[] = {
        {"s3cr+t/=\r\n", NULL},
        {"s3cr+t/=", NULL},
        {"", "is not one line of text"},
        {"\n", "is not one line of text"},
        {"s3cr+t/=\nmore\n", "is not one line of text"},
    };
    char path[] = "/tmp/loketzuil-secret-XXXXXX";
    struct appointment_settings settings;
    struct appointment_client *client;
    struct error error = {0};
    char text[300];

    (void)state;
    close(mkstemp(path));
    snprintf(text, sizeof(text),
             "[appointments]\nmaker = jcc\nurl = https://jcc.example.nl/warp/v1\n"
             "client_id = kiosk\nsecret_file = %s\n",
             path);
    assert_true(read_text(text, &settings, &error));
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(
            file_write(path, cases[i].secret, strlen(cases[i].secret), 0600, &error));
        client = appointment_settings_open(&settings, NULL, &error);
        assert_true((client != NULL) == (cases[i].says == NULL));
        if (client == NULL) {
            assert_non_null(strstr(error.message, cases[i].says));
            assert_null(strstr(error.message, "s3cr"));
        } else {
            assert_string_equal(client->name, "jcc");
        }
        appointment_client_destroy(client);
    }
    unlink(path);
    assert_null(appointment_settings_open(&settings, NULL, &error));
    assert_non_null(strstr(error.message, path));
}

static void
test_qmatic_is_asked_with_the_key_of_a_file(void **state)
{
    static const struct appointment_wish wish = {.items = {{ORCHESTRA_PASSPORT, 1}},
                                                 .item_count = 1};
    struct orchestra orchestra = {.bare = false};
    struct strict_server *server = orchestra_server_start(&orchestra);
    char path[] = "/tmp/loketzuil-secret-XXXXXX";
    struct appointment_settings settings;
    struct appointment_location *list;
    struct appointment_client *client;
    struct error error = {0};
    char text[400];
    size_t count;

    (void)state;
    close(mkstemp(path));
    assert_true(
        file_write(path, ORCHESTRA_KEY "\n", strlen(ORCHESTRA_KEY) + 1, 0600, &error));
    snprintf(text, sizeof(text),
             "[appointments]\nmaker = qmatic\nurl = %s\nsecret_file = %s\n"
             "required = email\n",
             strict_server_url(server), path);
    assert_true(read_text(text, &settings, &error));
    settings.earliest_max = 1;
    client = appointment_settings_open(&settings, NULL, &error);
    assert_non_null(client);
    assert_true(
        client->operations->locations(client->maker, &wish, &list, &count, &error));
    assert_int_equal(count, 3);
    assert_true(list[0].earliest != TIME_NONE && list[1].earliest == TIME_NONE);
    free(list);
    appointment_client_destroy(client);
    text_copy(settings.required, sizeof(settings.required), "shoeSize");
    assert_null(appointment_settings_open(&settings, NULL, &error));
    assert_non_null(strstr(error.message, "shoeSize"));
    unlink(path);
    assert_null(appointment_settings_open(&settings, NULL, &error));
    assert_non_null(strstr(error.message, path));
    strict_server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_a_section_there_are_no_appointments),
        cmocka_unit_test(test_what_does_not_hold_together_is_named_with_its_line),
        cmocka_unit_test(test_none_and_scripted_let_the_keys_of_others_stand),
        cmocka_unit_test(test_a_secret_stands_in_the_file_or_in_one_of_its_own),
        cmocka_unit_test(test_the_back_office_is_asked_with_the_key_that_is_named),
        cmocka_unit_test(test_jcc_is_asked_with_the_secret_of_a_file),
        cmocka_unit_test(test_qmatic_is_asked_with_the_key_of_a_file),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
