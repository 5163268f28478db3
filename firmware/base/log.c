#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#define LOG_LINE_BYTES_MAX 600

static _Atomic(enum log_level) level_max = LOG_INFO;

void
log_set_level(enum log_level level)
{
    atomic_store(&level_max, level);
}

void
log_write(enum log_level level, const char *module, const char *format, ...)
{
    /* sd-daemon(3) priorities, so that journald files each line by itself. */
    static const char *const marks[] = {"<3>", "<4>", "<6>", "<7>"};
    static const char *const names[] = {"error", "warning", "info", "debug"};
    char text[LOG_LINE_BYTES_MAX];
    va_list arguments;

    if (level > atomic_load(&level_max)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20u || *c == 0x7F) {
            *c = ' '; /* whatever a peer sent: one line, and no orders to a terminal */
        }
    }
    fprintf(stderr, "%s%s %s: %s\n", marks[level], names[level], module, text);
}
