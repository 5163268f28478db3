#pragma once

#include "base/json.h"

/* One value, as the parser (json_parse.c) makes it and json.c reads it. */

struct json {
    enum json_type type;
    int line;
    size_t count; /* of children */
    const char *name;
    struct json *next, *first, *last;
    union {
        const char *text;
        int64_t integer;
        double number;
        bool boolean;
    };
};
