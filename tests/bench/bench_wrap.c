/*
 * Linked into a program of ours as it is, between it and three of its functions
 * (--wrap).
 *
 * loop_add_timer: tells which timers ring, a line each into the file that BENCH_TIMERS
 * names: where in the program the callback stands, for addr2line, and the delay it had.
 * display_present: with BENCH_FIRST_FRAME set the program ends when it has shown one.
 * presenter_pointer: whatever is shown after a finger was lifted, a line each into the
 * file that BENCH_TAPS names: the page it was on, the page that is shown, milliseconds.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/loop.h"
#include "base/memory.h"
#include "base/text.h"
#include "device/display.h"
#include "visit/presenter.h"

/* The names are the linker's. */
int __real_loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback,
                          void *data);
int __wrap_loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback,
                          void *data);
void __real_display_present(struct display *display, const uint32_t *pixels,
                            const struct rectangle *parts, size_t count);
void __wrap_display_present(struct display *display, const uint32_t *pixels,
                            const struct rectangle *parts, size_t count);

void
__real_presenter_pointer(struct presenter *presenter, const struct pointer *pointer);
void
__wrap_presenter_pointer(struct presenter *presenter, const struct pointer *pointer);

struct timer {
    int64_t delay_ms;
    loop_callback callback;
    void *data;
};

static void
say(const struct timer *timer)
{
    const char *path = getenv("BENCH_TIMERS");
    FILE *file = path != NULL ? fopen(path, "a") : NULL;
    uintptr_t address = (uintptr_t)timer->callback;
    Dl_info info;

    if (file != NULL && dladdr((void *)address, &info) != 0) {
        fprintf(file, "%#" PRIxPTR " %" PRId64 "\n",
                address - (uintptr_t)info.dli_fbase, timer->delay_ms);
    }
    if (file != NULL) {
        fclose(file);
    }
}

static void
ring(void *data)
{
    struct timer timer = *(struct timer *)data;

    free(data);
    say(&timer);
    timer.callback(timer.data);
}

int
__wrap_loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback,
                      void *data)
{
    struct timer *timer = memory_allocate(1, sizeof(*timer));

    *timer = (struct timer){delay_ms, callback, data};
    return __real_loop_add_timer(loop, delay_ms, ring, timer);
}

/* --- from a tap to what it shows ---------------------------------------------------
 */

static struct {
    struct presenter *presenter; /* NULL before the first */
    char screen[24];             /* that the finger was lifted on */
    struct timespec at;
} tap;

void
__wrap_presenter_pointer(struct presenter *presenter, const struct pointer *pointer)
{
    if (pointer->kind == POINTER_UP) {
        tap.presenter = presenter;
        text_copy(tap.screen, sizeof(tap.screen), presenter_page(presenter)->screen);
        clock_gettime(CLOCK_MONOTONIC, &tap.at);
    }
    __real_presenter_pointer(presenter, pointer);
}

static void
say_shown(void)
{
    const char *path = tap.presenter != NULL ? getenv("BENCH_TAPS") : NULL;
    FILE *file = path != NULL ? fopen(path, "a") : NULL;
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (file != NULL) {
        fprintf(file, "%s %s %.3f\n", tap.screen, presenter_page(tap.presenter)->screen,
                (double)(now.tv_sec - tap.at.tv_sec) * 1e3 +
                    (double)(now.tv_nsec - tap.at.tv_nsec) / 1e6);
        fclose(file);
    }
}

void
__wrap_display_present(struct display *display, const uint32_t *pixels,
                       const struct rectangle *parts, size_t count)
{
    __real_display_present(display, pixels, parts, count);
    say_shown();
    if (getenv("BENCH_FIRST_FRAME") != NULL) {
        _exit(EXIT_SUCCESS);
    }
}
