#include "orchestra_request.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* An escaped value has one form: what need not be escaped is not, and in capitals. */
static bool
unescape(const char *raw, size_t length, char *target, size_t size)
{
    char again[600], copy[600];
    struct text text = text_begin(target, size),
                check = text_begin(again, sizeof(again));

    snprintf(copy, sizeof(copy), "%.*s", (int)length, raw);
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)raw[i];
        char hex[3] = {0};

        if (raw[i] == '%') {
            memcpy(hex, raw + i + 1, 2);
            if (i + 2 >= length || !text_hex_decode(&byte, 1, hex)) {
                return false;
            }
            i += 2;
        }
        text_add_bytes(&text, (const char *)&byte, 1);
    }
    text_add_escaped(&check, target);
    return !text.truncated && target[0] != '\0' && text_equal(again, copy);
}

static void
read_parameter(struct asked *asked, const char *text, size_t length)
{
    static const char service[] = "servicePublicId=", persons[] = "numberOfCustomers=";
    char number[8];
    size_t name = sizeof(service) - 1;

    if (length > name && strncmp(text, service, name) == 0) {
        char *id = asked->services[asked->service_count];

        if (asked->persons != 1 || asked->service_count == SERVICES_MAX ||
            !unescape(text + name, length - name, id, sizeof(asked->services[0])))
        {
            asked->wrong = "a servicePublicId is escaped wrongly or stands last";
            return;
        }
        for (size_t i = 0; i < asked->service_count; i++) {
            if (text_equal(asked->services[i], id)) {
                asked->wrong = "a service is named twice";
            }
        }
        asked->ids[asked->service_count++] = id;
        return;
    }
    name = sizeof(persons) - 1;
    if (length > name && length < name + 3 && strncmp(text, persons, name) == 0 &&
        asked->persons == 1)
    {
        asked->persons = atoi(text + name) + 1;
        snprintf(number, sizeof(number), "%d", asked->persons - 1);
        if (asked->persons > 1 && strlen(number) == length - name) {
            return;
        }
    }
    asked->wrong = "a parameter is not known, or says what need not be said";
}

void
asked_read(struct asked *asked, const struct strict_request *request)
{
    const char *at = request->target;
    size_t path = strcspn(at, ";");

    *asked = (struct asked){.request = request, .persons = 1};
    if (strpbrk(at, "?#") != NULL) {
        asked->wrong = "there is a query";
        return;
    }
    for (size_t i = 0; i <= path;) {
        size_t length = strcspn(at + i, "/;");
        bool is_clock = length == 5 && at[i + 2] == ':';

        if (asked->part_count == PARTS_MAX ||
            (!is_clock && !unescape(at + i, length, asked->parts[asked->part_count],
                                    sizeof(asked->parts[0]))))
        {
            asked->wrong = "a part of the path is empty or escaped wrongly";
            return;
        }
        if (is_clock) {
            memcpy(asked->parts[asked->part_count], at + i, 5);
        }
        asked->part_count++;
        i += length + 1;
    }
    for (at += path; *at == ';' && asked->wrong == NULL;) {
        size_t length = strcspn(at + 1, ";");

        read_parameter(asked, at + 1, length);
        at += length + 1;
    }
}

bool
asked_is(const struct asked *asked, const char *method, const char *pattern)
{
    size_t part = 0;

    for (const char *at = pattern; *at != '\0'; part++) {
        size_t length = strcspn(at, " ");

        if (part >= asked->part_count ||
            (*at != '*' && (strlen(asked->parts[part]) != length ||
                            strncmp(at, asked->parts[part], length) != 0)))
        {
            return false;
        }
        at += length + (at[length] == ' ' ? 1 : 0);
    }
    return part == asked->part_count && text_equal(asked->request->method, method);
}

const char *
asked_check_headers(const struct asked *asked, bool has_body)
{
    const struct scripted_request *http = asked->request->http;
    char value[200] = "";

    if (!scripted_header(http, "Content-Type", value, sizeof(value)) ||
        !text_equal(value, "application/json"))
    {
        return "Content-Type is not application/json";
    }
    if (scripted_header(http, "Authorization", value, sizeof(value)) ||
        scripted_header(http, "Cookie", value, sizeof(value)))
    {
        return "a header tells too much";
    }
    return !has_body && http->body_length > 0 ? "there is a body" : NULL;
}
