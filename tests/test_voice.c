#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "device/speaker.h"
#include "support/visit_kiosk.h"
#include "usage/event.h"
#include "visit/presenter.h"

/* The presenter of a real visit, and a speaker that is written down. */

struct room {
    struct visit_kiosk kiosk;
    struct theme theme;
    struct fonts *fonts;
    struct painter *painter;
    struct display *display;
    struct speaker *speaker;
    struct presenter *presenter;
};

static struct room room; /* too large for a stack that is watched */

static struct moment
now(void *data)
{
    return ((struct room *)data)->kiosk.moment;
}

static bool
make_qr(const char *text, uint8_t *dark, int *size)
{
    (void)text;
    *size = 21;
    memset(dark, 0, 21 * 21);
    return true;
}

static void
open_room(struct speaker *speaker)
{
    struct error error = {0};

    memset(&room, 0, sizeof(room));
    visit_kiosk_open(&room.kiosk);
    theme_make(&room.theme, THEME_BRAND_1, THEME_BRAND_2, false);
    room.fonts = fonts_open(&error);
    assert_non_null(room.fonts);
    room.painter = painter_create(room.fonts, &room.theme, make_qr);
    room.display = display_memory_create(1080, 1920);
    room.speaker = speaker;
    room.presenter = presenter_create(&(struct presenter_parts){
        .now = now,
        .now_data = &room,
        .flow = room.kiosk.flow,
        .fonts = room.fonts,
        .painter = room.painter,
        .display = room.display,
        .speaker = speaker,
        .display_class = DISPLAY_L,
    });
}

static void
close_room(void)
{
    presenter_destroy(room.presenter);
    speaker_destroy(room.speaker);
    display_destroy(room.display);
    painter_destroy(room.painter);
    fonts_close(room.fonts);
    visit_kiosk_close(&room.kiosk);
}

static int
open_written(void **state)
{
    struct error error = {0};

    (void)state;
    open_room(speaker_transcript_create(NULL, &error));
    return 0;
}

static int
close_written(void **state)
{
    (void)state;
    close_room();
    return 0;
}

/* Time passes, and all that is due happens in its turn. */
static void
pass(int64_t ms)
{
    struct moment *moment = &room.kiosk.moment;
    int64_t end_ms = moment->now_ms + ms;

    while (presenter_next_ms(room.presenter) <= end_ms) {
        int64_t due_ms = presenter_next_ms(room.presenter);

        moment->now += (due_ms - moment->now_ms) / 1000;
        moment->now_ms = due_ms > moment->now_ms ? due_ms : moment->now_ms;
        presenter_tick(room.presenter);
    }
    moment->now_ms = end_ms;
}

static bool
was_heard(const char *words)
{
    return strstr(speaker_transcript(room.speaker), words) != NULL;
}

static void
listen_anew(void)
{
    speaker_transcript_clear(room.speaker);
}

static void
touch(int x, int y)
{
    presenter_pointer(room.presenter, &(struct pointer){POINTER_DOWN, 1, x, y});
    presenter_pointer(room.presenter, &(struct pointer){POINTER_UP, 1, x, y});
}

static void
test_nobody_who_touches_is_spoken_to(void **state)
{
    (void)state;
    touch(540, 1000);
    touch(540, 1000);
    pass(95000); /* the visit warns, and ends */
    assert_string_equal(speaker_transcript(room.speaker), "");
}

static void
test_a_dark_screen_speaks_at_the_first_press(void **state)
{
    (void)state;
    pass((int64_t)2 * 60 * 60 * 1000); /* it has long dimmed */
    presenter_key(room.presenter, KEY_NEXT);
    assert_true(was_heard("Druk op herhalen")); /* who does not see it can't know */
    pass((int64_t)2 * 60 * 60 * 1000);
    listen_anew();
    presenter_key(room.presenter, KEY_REPEAT);
    assert_true(was_heard("U hoort nu wat er op het scherm staat."));
    assert_true(was_heard("Wat wilt u regelen?"));
    assert_true(flow_session(room.kiosk.flow)->modes & USAGE_MODE_SPEECH);
}

static void
test_what_the_citizen_does_ends_what_is_being_said(void **state)
{
    (void)state;
    presenter_headphones(room.presenter, true);
    listen_anew();
    touch(540, 20); /* beside everything: nothing is said instead */
    assert_string_equal(speaker_transcript(room.speaker), "interrupted\n");
}

static void
test_volume_and_speed_have_bounds_and_end_with_the_visit(void **state)
{
    const struct adjustment *is = &flow_session(room.kiosk.flow)->adjustment;

    (void)state;
    presenter_key(room.presenter,
                  KEY_LOUDER); /* nobody is spoken to: no visit begins */
    assert_true(flow_is_at_rest(room.kiosk.flow));
    presenter_key(room.presenter, KEY_REPEAT);
    for (int i = 0; i < 3 * ADJUSTMENT_STEP_MAX; i++) {
        presenter_key(room.presenter, KEY_LOUDER);
        presenter_key(room.presenter, KEY_SLOWER);
    }
    assert_int_equal(is->volume, ADJUSTMENT_STEP_MAX);
    assert_int_equal(is->rate, -ADJUSTMENT_STEP_MAX);
    assert_true(was_heard("Volume 9"));
    assert_true(was_heard("Snelheid 1"));
    pass(95000);
    assert_true(flow_is_at_rest(room.kiosk.flow));
    presenter_key(room.presenter, KEY_REPEAT);
    assert_int_equal(is->volume, 0);
    assert_int_equal(is->rate, 0);
}

static void
test_headphones_pulled_out_end_the_speech_at_once(void **state)
{
    (void)state;
    presenter_headphones(room.presenter, true);
    assert_true(was_heard("nl quiet"));
    assert_false(was_heard("nl loud"));
    listen_anew();
    presenter_headphones(room.presenter, false);
    presenter_key(room.presenter, KEY_NEXT);
    assert_string_equal(speaker_transcript(room.speaker), "interrupted\n");
}

static void
test_keys_of_the_voice_do_no_harm_where_nobody_can_speak(void **state)
{
    (void)state;
    open_room(NULL);
    for (int key = KEY_NEXT; key <= KEY_ROW_UP; key++) {
        presenter_key(room.presenter, (enum key)key);
    }
    presenter_headphones(room.presenter, true);
    presenter_headphones(room.presenter, false);
    pass(95000);
    assert_true(flow_is_at_rest(room.kiosk.flow));
    close_room();
}

/* --- a speaker that takes its time ------------------------------------------------ */

static struct slow {
    bool speaking;
    char last[16]; /* what was asked of it, a letter each: s(ay), h(ush), f(orget) */
} slow;

static void
note(char letter)
{
    memmove(slow.last, slow.last + 1, sizeof(slow.last) - 2);
    slow.last[sizeof(slow.last) - 2] = letter;
}

static bool
slow_say(void *maker, const struct utterance *utterance)
{
    (void)maker;
    (void)utterance;
    note('s');
    slow.speaking = true;
    return true;
}

static void
slow_hush(void *maker)
{
    (void)maker;
    note('h');
    slow.speaking = false;
}

static bool
slow_is_speaking(void *maker)
{
    (void)maker;
    return slow.speaking;
}

static void
slow_forget(void *maker)
{
    (void)maker;
    note('f');
    slow.speaking = false;
}

static void
slow_destroy(void *maker)
{
    (void)maker;
}

static const struct speaker_operations slow_operations = {
    slow_say, slow_hush, slow_is_speaking, slow_forget, slow_destroy};

static void
test_who_is_spoken_to_has_not_left(void **state)
{
    struct speaker *speaker = malloc(sizeof(*speaker));

    (void)state;
    *speaker = (struct speaker){&slow_operations, NULL};
    memset(&slow, 0, sizeof(slow));
    memset(slow.last, ' ', sizeof(slow.last) - 1);
    open_room(speaker);
    presenter_key(room.presenter, KEY_REPEAT);
    assert_true(slow.speaking);
    pass(300000); /* a long page */
    assert_null(page_find(presenter_page(room.presenter), "countdown"));
    slow.speaking = false;
    pass(41000); /* from its end on it counts: help is offered, aloud */
    assert_non_null(page_find(presenter_page(room.presenter), "ask-person"));
    slow.speaking = false;
    pass(125000);
    /* The warning is being said, and does not put itself off. */
    assert_true(flow_is_at_rest(room.kiosk.flow));
    /* Forgotten, and only then taken leave of. */
    assert_string_equal(slow.last + strlen(slow.last) - 2, "fs");
    close_room();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nobody_who_touches_is_spoken_to,
                                        open_written, close_written),
        cmocka_unit_test_setup_teardown(test_a_dark_screen_speaks_at_the_first_press,
                                        open_written, close_written),
        cmocka_unit_test_setup_teardown(
            test_what_the_citizen_does_ends_what_is_being_said, open_written,
            close_written),
        cmocka_unit_test_setup_teardown(
            test_volume_and_speed_have_bounds_and_end_with_the_visit, open_written,
            close_written),
        cmocka_unit_test_setup_teardown(
            test_headphones_pulled_out_end_the_speech_at_once, open_written,
            close_written),
        cmocka_unit_test(test_keys_of_the_voice_do_no_harm_where_nobody_can_speak),
        cmocka_unit_test(test_who_is_spoken_to_has_not_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
