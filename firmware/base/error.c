#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool
error_set(struct error *error, enum error_kind kind, const char *format, ...)
{
    va_list arguments;

    error->kind = kind;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    return false;
}

bool
error_prefix(struct error *error, const char *format, ...)
{
    char cause[ERROR_MESSAGE_BYTES];
    va_list arguments;
    int length;

    memcpy(cause, error->message, sizeof(cause));
    va_start(arguments, format);
    length = vsnprintf(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof(error->message)) {
        snprintf(error->message + length, sizeof(error->message) - (size_t)length,
                 ": %s", cause);
    }
    return false;
}

const char *
error_kind_name(enum error_kind kind)
{
    static const char *const names[ERROR_KIND_COUNT] = {
        [ERROR_NONE] = "none",           [ERROR_BAD_INPUT] = "bad-input",
        [ERROR_NOT_FOUND] = "not-found", [ERROR_REFUSED] = "refused",
        [ERROR_TAKEN] = "taken",         [ERROR_OFFLINE] = "offline",
        [ERROR_UNCERTAIN] = "uncertain", [ERROR_STORAGE] = "storage",
        [ERROR_DEVICE] = "device",
    };

    return names[kind];
}
