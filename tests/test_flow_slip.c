#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/post_setup.h"
#include "support/visit_kiosk.h"

/* A slip for whoever helps next: what it says, and what it doesn't. */

struct setup {
    struct visit_kiosk kiosk;
    struct post_setup post;
};

static int
open_kiosk(void **state)
{
    struct setup *setup = memory_allocate(1, sizeof(*setup));

    visit_kiosk_open(&setup->kiosk);
    post_setup_start(&setup->post);
    visit_kiosk_cut(&setup->kiosk);
    setup->kiosk.parts.errands = setup->post.post;
    visit_kiosk_start(&setup->kiosk);
    *state = setup;
    return 0;
}

static int
close_kiosk(void **state)
{
    struct setup *setup = *state;

    visit_kiosk_close(&setup->kiosk);
    post_setup_stop(&setup->post);
    free(setup);
    return 0;
}

/* Calling somebody fails, so that the way to the counter is shown. */
#define TO_PERSON "help ask-person"

static void
refuse(struct setup *setup, bool refuses)
{
    scripted_server_lock(setup->post.server);
    setup->post.refuses = refuses;
    scripted_server_unlock(setup->post.server);
}

static void
to_person(struct setup *setup, const char *way)
{
    visit_kiosk_press_all(&setup->kiosk, way);
    refuse(setup, true);
    visit_kiosk_press_all(&setup->kiosk, TO_PERSON);
    refuse(setup, false);
    assert_screen(&setup->kiosk, "person");
}

static void
test_a_slip_says_what_was_chosen_and_where_it_got_stuck(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;
    const struct session *session = flow_session(kiosk->flow);

    to_person(setup, "start paspoort paspoort arrange self");
    visit_kiosk_press(kiosk, "slip");
    assert_screen(kiosk, "slip");
    session = flow_session(kiosk->flow);
    assert_true(session->slip.sent);
    assert_int_equal(strlen(session->slip.code), 4);
    assert_shows(kiosk, "Werkt tot **17.30");
    assert_shows(kiosk, "Paspoort aanvragen");
    assert_shows(kiosk, "Voor mijzelf");
    assert_shows(kiosk, "Hier ging het niet verder");
    visit_kiosk_press(kiosk, "print");
    assert_shows(kiosk, "Uw briefje is geprint");
    visit_kiosk_press(kiosk, "done");
    assert_screen(kiosk, "attract");
    assert_counted(kiosk, "begun\ninformation paspoort\nstarted paspoort person\n"
                          "completed paspoort person\nended helped nl slip\n");
}

static void
test_without_a_network_it_stands_in_words_without_a_code(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    to_person(setup, "start paspoort paspoort");
    post_setup_cut(&setup->post, true);
    visit_kiosk_press(kiosk, "slip");
    assert_screen(kiosk, "slip");
    assert_shows(kiosk, "Zonder code: alles staat hier.");
    assert_shows(kiosk, "Paspoort aanvragen");
    assert_null(page_find(visit_kiosk_show(kiosk), "qr"));
    visit_kiosk_press(kiosk, "print");
    assert_shows(kiosk, "Uw briefje is geprint");
}

/* Whoever stands near need not read what it is about. */
static void
test_a_sensitive_matter_keeps_its_neutral_name(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    to_person(setup, "start overlijden overlijden arrange here");
    visit_kiosk_press(kiosk, "slip");
    assert_screen(kiosk, "slip");
    assert_shows_not(kiosk, "verlijden");
    assert_null(page_find(visit_kiosk_show(kiosk), "chosen"));
}

static void
test_where_nothing_was_chosen_there_is_nothing_to_tell(void **state)
{
    struct setup *setup = *state;

    to_person(setup, "start");
    assert_null(page_find(visit_kiosk_show(&setup->kiosk), "slip"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kiosk, close_kiosk)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_slip_says_what_was_chosen_and_where_it_got_stuck),
        TEST(test_without_a_network_it_stands_in_words_without_a_code),
        TEST(test_a_sensitive_matter_keeps_its_neutral_name),
        TEST(test_where_nothing_was_chosen_there_is_nothing_to_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
