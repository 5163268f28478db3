#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/walk_in.h"
#include "support/client_setup.h"
#include "support/queue_setup.h"
#include "support/scripted_server.h"

/* Numbers as the kiosk asks for them: our own queue over loopback, and the script. */

static int
set_up(void **state)
{
    queue_setup_begin(state);
    queue_setup_serve(*state);
    return 0;
}

static struct walk_in_client *
client_at(struct queue_setup *setup, const char *url)
{
    const struct backoffice_options options = {.url = url, .key = &setup->kiosk};
    struct error error;
    struct walk_in_client *client = walk_in_backoffice_create(&options, &error);

    assert_non_null(client);
    return client;
}

static struct walk_in_wish
wish_for(const char *product)
{
    struct walk_in_wish wish = {.language = "nl"};

    appointment_key_make(wish.key);
    snprintf(wish.product, sizeof(wish.product), "%s", product);
    return wish;
}

static void
serve_three(struct queue_setup *setup)
{
    struct queue_number number;
    char text[QUEUE_TEXT_BYTES];
    struct error error;

    for (size_t key = 101; key <= 103; key++) {
        queue_setup_draw(setup, key);
        assert_true(queue_call(setup->queue, queue_setup_desk(2), &number, &error));
        book_setup_clock += 600;
        queue_text(&number, text);
        assert_true(
            queue_finish(setup->queue, queue_setup_desk(2), text, QUEUE_DONE, &error));
    }
}

static void
test_a_number_comes_with_what_is_known_of_the_wait(void **state)
{
    struct queue_setup *setup = *state;
    struct walk_in_client *client = client_at(setup, setup->office.url);
    const struct walk_in_wish first = wish_for("paspoort"), second = wish_for("lang");
    struct walk_in_number number;
    struct error error = {0};

    assert_true(walk_in_draw(client, &first, &number, &error));
    assert_string_equal(number.text, "A 001");
    assert_int_equal(number.wait_minutes, -1);
    assert_int_equal(number.desk_count, 0);
    assert_memory_equal(number.follow, "HTTPS://AFSPRAAK.VOORBEELD.NL/N/", 32);
    serve_three(setup); /* who drew before is among them */
    assert_true(walk_in_expect(client, "lang", &number, &error));
    assert_string_equal(number.text, "");
    assert_int_equal(number.wait_minutes, 10);
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT max(number) FROM queue_number"), 4);
    assert_true(walk_in_draw(client, &second, &number, &error));
    assert_string_equal(number.text, "A 005");
    assert_int_equal(number.ahead, 1);
    assert_int_equal(number.wait_minutes, 10);
    assert_int_equal(number.desk_count, 1);
    assert_int_equal(number.desks[0], 2);
    walk_in_client_destroy(client);
}

static void
test_why_there_is_none_is_told(void **state)
{
    struct queue_setup *setup = *state;
    struct walk_in_client *client = client_at(setup, setup->office.url);
    const struct walk_in_wish wish = wish_for("paspoort"), other = wish_for("online");
    struct queue_rule rule = {
        .location = "linde", .mode = QUEUE_OPEN, .cap = 0, .note = "Morgen weer."};
    struct walk_in_number number;
    struct error error = {0};

    assert_true(queue_set_rule(setup->queue, &rule, &error));
    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_int_equal(number.refusal, WALK_IN_FULL);
    assert_string_equal(number.note, "Morgen weer.");
    assert_true(walk_in_expect(client, wish.product, &number, &error));
    assert_int_equal(number.refusal, WALK_IN_FULL);
    rule.mode = QUEUE_SHUT;
    assert_true(queue_set_rule(setup->queue, &rule, &error));
    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_int_equal(number.refusal, WALK_IN_CLOSED);
    assert_string_equal(number.text, "");
    assert_false(walk_in_draw(client, &other, &number, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    walk_in_client_destroy(client);
}

static void
test_what_is_given_back_is_not_called(void **state)
{
    struct queue_setup *setup = *state;
    struct walk_in_client *client = client_at(setup, setup->office.url);
    const struct walk_in_wish wish = wish_for("paspoort");
    struct walk_in_number number;
    struct queue_number called;
    struct error error = {0};

    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_true(walk_in_withdraw(client, wish.key, &error));
    assert_false(queue_call(setup->queue, queue_setup_desk(1), &called, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    walk_in_plug(client, false);
    assert_false(walk_in_draw(client, &wish, &number, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    walk_in_client_destroy(client);
}

/* One lost answer is asked for again; a second leaves it uncertain, and the same key
 * still gets the same number. */
static void
test_lost_answers_draw_nothing_twice(void **state)
{
    struct queue_setup *setup = *state;
    struct client_lossy lossy = {.url = setup->office.url, .to_lose = 1};
    struct scripted_server *server =
        scripted_server_start(client_setup_answer_lossy, &lossy);
    const struct walk_in_wish wish = wish_for("paspoort");
    struct walk_in_client *client;
    struct walk_in_number number;
    struct error error = {0};
    char url[64];

    snprintf(url, sizeof(url), "http://127.0.0.1:%d", scripted_server_port(server));
    client = client_at(setup, url);
    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_string_equal(number.text, "A 001");
    lossy.to_lose = 2;
    assert_false(walk_in_draw(client, &wish, &number, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_string_equal(number.text, "A 001");
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT count(*) FROM queue_number"), 1);
    walk_in_client_destroy(client);
    scripted_server_stop(server);
}

static void
test_the_script_plays_what_can_go_wrong(void **state)
{
    struct walk_in_client *client = walk_in_scripted_create();
    const struct walk_in_wish wish = wish_for("paspoort");
    struct walk_in_number number;
    struct error error = {0};

    (void)state;
    assert_false(walk_in_play(client, "thunder"));
    assert_true(walk_in_play(client, "uncertain"));
    assert_false(walk_in_draw(client, &wish, &number, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_int_equal(walk_in_count_drawn(client), 1);
    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_string_equal(number.text, "A 042");
    assert_int_equal(walk_in_count_drawn(client), 1);
    assert_true(walk_in_play(client, "full"));
    assert_true(walk_in_draw(client, &wish, &number, &error));
    assert_int_equal(number.refusal, WALK_IN_FULL);
    walk_in_client_destroy(client);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, queue_setup_end)
    const struct CMUnitTest tests[] = {
        TEST(test_a_number_comes_with_what_is_known_of_the_wait),
        TEST(test_why_there_is_none_is_told),
        TEST(test_what_is_given_back_is_not_called),
        TEST(test_lost_answers_draw_nothing_twice),
        cmocka_unit_test(test_the_script_plays_what_can_go_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
