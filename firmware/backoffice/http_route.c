#include "backoffice/http_route.h"

#include <string.h>

#include "base/text.h"

/* Decodes one segment; false when it is malformed or does not fit. */
static bool
segment_decode(char *target, size_t size, const char *segment, size_t length)
{
    size_t used = 0;

    for (size_t i = 0; i < length; i++) {
        char character = segment[i];

        if (character == '%') {
            char digits[3] = {0};
            uint8_t byte;

            if (i + 2 >= length) {
                return false;
            }
            memcpy(digits, segment + i + 1, 2);
            if (!text_hex_decode(&byte, 1, digits) || byte == 0) {
                return false;
            }
            character = (char)byte;
            i += 2;
        }
        if (used + 1 >= size) {
            return false;
        }
        target[used++] = character;
    }
    target[used] = '\0';
    return used > 0;
}

/* Both at the start of a segment; NULL-ended. */
static size_t
segment_length(const char *text)
{
    return strcspn(text, "/");
}

static enum route_match
match_pattern(const char *pattern, const char *path, struct route_search *found)
{
    size_t parameter = 0;

    while (*pattern == '/' && *path == '/') {
        size_t pattern_length = segment_length(++pattern);
        size_t path_length = segment_length(++path);

        if (pattern[0] == '{') {
            if (!segment_decode(found->parameters[parameter++],
                                HTTP_SERVER_PARAMETER_BYTES, path, path_length))
            {
                return ROUTE_BAD_PATH;
            }
        } else if (pattern_length != path_length ||
                   memcmp(pattern, path, path_length) != 0) {
            return ROUTE_UNKNOWN;
        }
        pattern += pattern_length;
        path += path_length;
    }
    return *pattern == '\0' && *path == '\0' ? ROUTE_FOUND : ROUTE_UNKNOWN;
}

static void
allow_add(char *allow, const char *method)
{
    struct text text;

    if (strstr(allow, method) != NULL) {
        return;
    }
    text = text_begin(allow + strlen(allow), ROUTE_ALLOW_BYTES - strlen(allow));
    if (allow[0] != '\0') {
        text_add(&text, ", ");
    }
    text_add(&text, method);
}

enum route_match
route_find(const struct route_table *tables, size_t table_count, const char *method,
           const char *path, struct route_search *found)
{
    enum route_match result = ROUTE_UNKNOWN;

    memset(found, 0, sizeof(*found));
    for (size_t t = 0; t < table_count; t++) {
        for (size_t r = 0; r < tables[t].count; r++) {
            const struct http_route *route = &tables[t].routes[r];
            enum route_match match = match_pattern(route->pattern, path, found);

            if (match == ROUTE_FOUND && strcmp(route->method, method) == 0) {
                found->route = route;
                found->data = tables[t].data;
                return ROUTE_FOUND;
            }
            if (match == ROUTE_FOUND) {
                allow_add(found->allow, route->method);
                result = ROUTE_WRONG_METHOD;
            } else if (match == ROUTE_BAD_PATH && result == ROUTE_UNKNOWN) {
                result = ROUTE_BAD_PATH;
            }
        }
    }
    return result;
}
