#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

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
    char prefix[ERROR_MESSAGE_BYTES], cause[ERROR_MESSAGE_BYTES];
    struct text message;
    va_list arguments;

    memcpy(cause, error->message, sizeof(cause));
    va_start(arguments, format);
    vsnprintf(prefix, sizeof(prefix), format, arguments);
    va_end(arguments);
    message = text_begin(error->message, sizeof(error->message));
    text_add(&message, prefix);
    text_add(&message, ": ");
    text_add(&message, cause);
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
