#include "backoffice/http_form.h"

#include <string.h>

#include "base/text.h"

/* "A+042%2F" to "A 042/". */
static bool
decode(const char *from, size_t length, char *to, size_t size)
{
    size_t written = 0;

    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)from[i];

        if (byte == '+') {
            byte = ' ';
        } else if (byte == '%') {
            char digits[3] = {0};

            if (i + 2 > length - 1) {
                return false;
            }
            memcpy(digits, from + i + 1, 2);
            if (!text_hex_decode(&byte, 1, digits) || byte == '\0') {
                return false;
            }
            i += 2;
        }
        if (written + 1 >= size) {
            return false;
        }
        to[written++] = (char)byte;
    }
    to[written] = '\0';
    return text_is_clean(to);
}

bool
http_form_find(const char *form, const char *name, char *value, size_t size)
{
    size_t length = strlen(name);

    value[0] = '\0';
    while (*form != '\0') {
        size_t pair = strcspn(form, "&");

        if (pair > length && strncmp(form, name, length) == 0 && form[length] == '=') {
            if (decode(form + length + 1, pair - length - 1, value, size)) {
                return true;
            }
            value[0] = '\0';
            return false;
        }
        form += pair;
        form += *form == '&';
    }
    return false;
}

bool
http_form_value(const struct http_server_request *request, const char *name,
                char *value, size_t size)
{
    const char *type = http_server_header(request, "Content-Type");

    value[0] = '\0';
    return type != NULL &&
           text_starts_with(type, "application/x-www-form-urlencoded") &&
           http_form_find(request->body, name, value, size);
}
