/*
 * Linked into a program of ours as it is, between it and two of its functions (--wrap).
 *
 * loop_add_timer: tells which timers ring, a line each into the file that BENCH_TIMERS
 * names: where in the program the callback stands, for addr2line, and the delay it had.
 * display_present: with BENCH_FIRST_FRAME set the program ends when it has shown one.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/loop.h"
#include "base/memory.h"
#include "device/display.h"

/* The names are the linker's. */
int __real_loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback,
                          void *data);
int __wrap_loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback,
                          void *data);
void __real_display_present(struct display *display, const uint32_t *pixels,
                            const struct rectangle *parts, size_t count);
void __wrap_display_present(struct display *display, const uint32_t *pixels,
                            const struct rectangle *parts, size_t count);

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

void
__wrap_display_present(struct display *display, const uint32_t *pixels,
                       const struct rectangle *parts, size_t count)
{
    __real_display_present(display, pixels, parts, count);
    if (getenv("BENCH_FIRST_FRAME") != NULL) {
        _exit(EXIT_SUCCESS);
    }
}
