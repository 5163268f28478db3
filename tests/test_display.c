#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/loop.h"
#include "device/display.h"

#define WIDTH 1080
#define HEIGHT 1920
#define PATIENCE_MS 60000

/* A desktop of our own: Xvfb with its screen as a file. */
struct desktop {
    pid_t server;
    char folder[64];
};

struct heard {
    struct loop *loop;
    struct pointer pointers[64];
    size_t pointer_count;
    enum key keys[16];
    size_t key_count;
    char text[64];
    int closed;
    bool late;
};

static void
hear_pointer(void *data, const struct pointer *pointer)
{
    struct heard *heard = data;

    if (heard->pointer_count < 64) {
        heard->pointers[heard->pointer_count++] = *pointer;
    }
}

static void
hear_key(void *data, enum key key)
{
    struct heard *heard = data;

    if (heard->key_count < 16) {
        heard->keys[heard->key_count++] = key;
    }
}

static void
hear_text(void *data, const char *text)
{
    struct heard *heard = data;

    strncat(heard->text, text, sizeof(heard->text) - strlen(heard->text) - 1);
}

static void
hear_close(void *data)
{
    ((struct heard *)data)->closed++;
}

static void
hear_late(void *data)
{
    ((struct heard *)data)->late = true;
}

static pid_t
start(const char *const *words, int pass_fd)
{
    pid_t child = fork();

    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);

        dup2(nowhere, 1);
        dup2(nowhere, 2);
        if (pass_fd >= 0) {
            dup2(pass_fd, 9);
        }
        execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    assert_true(child > 0);
    return child;
}

static int
desktop_start(void **state)
{
    struct desktop *desktop = calloc(1, sizeof(*desktop));
    int ends[2];
    char number[16] = "", display[32] = ":";
    size_t used = 0;

    strcpy(desktop->folder, "/tmp/loketzuil-desktop-XXXXXX");
    assert_non_null(mkdtemp(desktop->folder));
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    const char *const words[] = {
        "Xvfb",          "-displayfd", "9",         "-screen", "0",
        "1000x960x24",   "-noreset",   "-nolisten", "tcp",     "-fbdir",
        desktop->folder, NULL};

    desktop->server = start(words, ends[1]);
    close(ends[1]);
    /* Waits until the server is ready; the newline comes in a write of its own. */
    while (strchr(number, '\n') == NULL) {
        ssize_t length = read(ends[0], number + used, sizeof(number) - 1 - used);

        assert_true(length > 0);
        used += (size_t)length;
    }
    close(ends[0]);
    number[strcspn(number, "\n")] = '\0';
    strcat(display, number);
    setenv("DISPLAY", display, 1);
    *state = desktop;
    return 0;
}

static int
desktop_stop(void **state)
{
    struct desktop *desktop = *state;
    char path[128];

    kill(desktop->server, SIGTERM);
    waitpid(desktop->server, NULL, 0);
    snprintf(path, sizeof(path), "%s/Xvfb_screen0", desktop->folder);
    unlink(path);
    rmdir(desktop->folder);
    free(desktop);
    return 0;
}

/* Runs xdotool to its end, serving the window meanwhile. */
static void
act(struct loop *loop, const char *const *words)
{
    pid_t child = start(words, -1);
    int status;

    while (waitpid(child, &status, WNOHANG) == 0) {
        loop_turn(loop, 20);
    }
    assert_int_equal(status, 0);
}

#define ACT(loop, ...) act(loop, (const char *const[]){"xdotool", __VA_ARGS__, NULL})

static uint32_t
screen_pixel(const struct desktop *desktop, int x, int y)
{
    char path[128];
    uint8_t header[8];
    uint32_t header_bytes, colors, pixel = 0;
    uint8_t word[4];
    int file;

    snprintf(path, sizeof(path), "%s/Xvfb_screen0", desktop->folder);
    file = open(path, O_RDONLY);
    assert_true(file >= 0);
    /* XWD: words of 4 bytes, most significant first; word 19 counts the colours. */
    assert_int_equal(pread(file, header, 4, 0), 4);
    header_bytes = (uint32_t)header[0] << 24 | (uint32_t)header[1] << 16 |
                   (uint32_t)header[2] << 8 | header[3];
    assert_int_equal(pread(file, header, 4, 76), 4);
    colors = (uint32_t)header[2] << 8 | header[3];
    assert_int_equal(
        pread(file, word, 4,
              (off_t)header_bytes + (off_t)colors * 12 + (y * 1000 + x) * 4),
        4);
    memcpy(&pixel, word, 4);
    close(file);
    return pixel & 0xFFFFFFu;
}

static struct display *
window_new(struct heard *heard)
{
    struct display_listener listener = {hear_pointer, hear_key, hear_text,
                                        hear_close,   NULL,     heard};
    struct error error = {0};
    struct display *display;

    heard->loop = loop_create();
    display = display_sdl_create(heard->loop, WIDTH, HEIGHT, listener, &error);
    if (display == NULL) {
        fail_msg("%s: %s", getenv("DISPLAY"), error.message);
    }
    loop_add_timer(heard->loop, PATIENCE_MS, hear_late, heard);
    return display;
}

/* The window has half the canvas's size (960 of 1920) in the middle: x from 230. */
static void
test_a_click_comes_at_the_right_place_of_the_canvas(void **state)
{
    struct heard heard = {0};
    struct display *display = window_new(&heard);
    const struct pointer *first, *last;

    (void)state;
    ACT(heard.loop, "mousemove", "330", "240", "mousedown", "1", "mousemove", "335",
        "250", "mouseup", "1");
    while (!heard.late && (heard.pointer_count == 0 ||
                           heard.pointers[heard.pointer_count - 1].kind != POINTER_UP))
    {
        loop_turn(heard.loop, -1);
    }
    assert_in_range(heard.pointer_count, 2, 64);
    first = &heard.pointers[0];
    last = &heard.pointers[heard.pointer_count - 1];
    assert_int_equal(first->kind, POINTER_DOWN);
    assert_in_range(first->x, 199, 202);
    assert_in_range(first->y, 479, 482);
    assert_int_equal(last->kind, POINTER_UP);
    assert_in_range(last->x, 209, 212);
    assert_in_range(last->y, 499, 502);
    assert_int_equal(first->id, last->id);
    display_destroy(display);
    loop_destroy(heard.loop);
}

static void
test_keys_move_and_letters_are_typed(void **state)
{
    static const enum key expected[] = {KEY_ROW_DOWN, KEY_ROW_UP, KEY_OK, KEY_BACK,
                                        KEY_REPEAT};
    struct heard heard = {0};
    struct display *display = window_new(&heard);

    (void)state;
    ACT(heard.loop, "mousemove", "500", "500"); /* where the pointer is, is the focus */
    ACT(heard.loop, "key", "Down", "Up", "Return", "BackSpace", "F1", "a", "B",
        "Escape");
    while (!heard.late && heard.closed == 0) {
        loop_turn(heard.loop, -1);
    }
    assert_int_equal(heard.key_count, 5);
    assert_memory_equal(heard.keys, expected, sizeof(expected));
    assert_string_equal(heard.text, "aB");
    assert_int_equal(heard.closed, 1);
    display_destroy(display);
    loop_destroy(heard.loop);
}

static void
test_only_the_presented_parts_are_shown_scaled_down(void **state)
{
    struct heard heard = {0};
    struct display *display = window_new(&heard);
    uint32_t *pixels = calloc(WIDTH * HEIGHT, sizeof(*pixels));
    struct rectangle all = {0, 0, WIDTH, HEIGHT};
    struct rectangle part = {100, 200, 50, 60};

    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        pixels[i] = i % 2 == 0 ? 0x204060 : 0x406080; /* mean: 0x305070 */
    }
    display_present(display, pixels, &all, 1);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        pixels[i] = 0xFFC44D;
    }
    display_present(display, pixels, &part, 1);
    /* A reply to the pointer's move proves that the server painted before it. */
    ACT(heard.loop, "mousemove", "10", "10");
    assert_int_equal(screen_pixel(*state, 230 + 62, 115), 0xFFC44D);
    assert_int_equal(screen_pixel(*state, 230 + 48, 115), 0x305070);
    assert_int_equal(screen_pixel(*state, 230 + 62, 96), 0x305070);
    assert_int_equal(screen_pixel(*state, 230 + 538, 958), 0x305070);
    assert_int_not_equal(screen_pixel(*state, 228, 100), 0x305070);
    free(pixels);
    display_destroy(display);
    loop_destroy(heard.loop);
}

static void
set_true(void *data)
{
    *(bool *)data = true;
}

static void
test_an_idle_window_wakes_nobody_up(void **state)
{
    struct heard heard = {0};
    struct display *display = window_new(&heard);
    bool settled = false, over = false;
    int turns = 0;

    (void)state;
    loop_add_timer(heard.loop, 1000, set_true, &settled);
    while (!settled) {
        loop_turn(heard.loop, -1);
    }
    loop_add_timer(heard.loop, 1500, set_true, &over);
    while (!over) {
        loop_turn(heard.loop, -1);
        turns++;
    }
    assert_int_equal(turns, 1); /* the timer of this test */
    display_destroy(display);
    loop_destroy(heard.loop);
}

static void
test_no_desktop_is_an_error_with_its_reason(void **state)
{
    struct error error = {0};
    struct loop *loop = loop_create();
    char *display = strdup(getenv("DISPLAY"));

    (void)state;
    unsetenv("DISPLAY");
    assert_null(
        display_sdl_create(loop, WIDTH, HEIGHT, (struct display_listener){0}, &error));
    setenv("DISPLAY", display, 1);
    assert_int_equal(error.kind, ERROR_DEVICE);
    assert_true(strncmp(error.message, "no desktop: ", 12) == 0);
    free(display);
    loop_destroy(loop);
}

static void
test_a_memory_display_shows_what_was_presented(void **state)
{
    struct display *display = display_memory_create(20, 10);
    uint32_t pixels[200];
    struct rectangle parts[] = {{2, 3, 4, 2}, {18, 8, 50, 50}, {-5, -5, 6, 6}};
    size_t shown = 0;

    (void)state;
    for (int i = 0; i < 200; i++) {
        pixels[i] = 7;
    }
    display_present(display, pixels, parts, 0);
    assert_int_equal(display_memory_pixels(display)[3 * 20 + 2], 0);
    display_present(display, pixels, parts, 3);
    for (int i = 0; i < 200; i++) {
        shown += display_memory_pixels(display)[i] == 7;
    }
    assert_int_equal(shown, 8 + 4 + 1);
    assert_int_equal(display_memory_pixels(display)[4 * 20 + 5], 7);
    assert_int_equal(display_memory_pixels(display)[4 * 20 + 6], 0);
    display_destroy(display);
    display_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_memory_display_shows_what_was_presented),
        cmocka_unit_test(test_no_desktop_is_an_error_with_its_reason),
        cmocka_unit_test(test_a_click_comes_at_the_right_place_of_the_canvas),
        cmocka_unit_test(test_keys_move_and_letters_are_typed),
        cmocka_unit_test(test_only_the_presented_parts_are_shown_scaled_down),
        cmocka_unit_test(test_an_idle_window_wakes_nobody_up),
    };

    return cmocka_run_group_tests(tests, desktop_start, desktop_stop);
}
