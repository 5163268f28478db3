#include "base/json_tree.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "base/memory.h"
#include "base/text.h"

#define BLOCK_BYTES 16384
#define NUMBER_BYTES_MAX 64 /* digits enough for any double written in full sense */

/* The arena: what a tree is made of comes from blocks and goes with them. */
struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

/* json_parse() hands out &tree->root: it stays the first member. */
struct tree {
    struct json root;
    struct block *blocks;
};

static_assert(offsetof(struct tree, root) == 0, "json_destroy() casts back");

struct parser {
    struct tree *tree;
    yajl_handle yajl;
    const char *text;
    size_t counted; /* bytes of `text` whose line ends are in `line` */
    int line;
    bool begun;
    struct json *open[JSON_DEPTH_MAX]; /* containers around the next value */
    size_t depth;
    const char *name; /* of the next member */
    const struct json **scratch;
    size_t scratch_size;
    struct error *error;
};

static void *
arena_take(struct tree *tree, size_t size)
{
    struct block *block = tree->blocks;
    void *taken;

    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;

        block = memory_allocate(1, sizeof(*block) + room);
        block->size = room;
        block->next = tree->blocks;
        tree->blocks = block;
    }
    taken = block->bytes + block->used;
    block->used += size;
    return taken;
}

/* No token of JSON spans lines: the line of its end is that of its start. */
static int
line_now(struct parser *parser)
{
    size_t consumed = yajl_get_bytes_consumed(parser->yajl);

    for (; parser->counted < consumed; parser->counted++) {
        if (parser->text[parser->counted] == '\n') {
            parser->line++;
        }
    }
    return parser->line;
}

static bool
refuse(struct parser *parser, const char *reason)
{
    return error_set(parser->error, ERROR_BAD_INPUT, "line %d: %s", line_now(parser),
                     reason);
}

/* A NUL-ended copy in the arena, NULL when it is no clean UTF-8. */
static const char *
copy_text(struct parser *parser, const unsigned char *bytes, size_t length)
{
    char *copy = arena_take(parser->tree, length + 1);
    const char *at = copy;

    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    while (*at != '\0') {
        const char *start = at;

        if ((unsigned char)*at < 0x80u) {
            at++;
        } else if (text_next(&at) == 0xFFFDu && at - start == 1) {
            refuse(parser, "text is not valid UTF-8");
            return NULL;
        }
    }
    if (at != copy + length) {
        refuse(parser, "text holds a NUL character");
        return NULL;
    }
    return copy;
}

static struct json *
add_value(struct parser *parser, enum json_type type)
{
    struct json *parent = parser->depth > 0 ? parser->open[parser->depth - 1] : NULL;
    struct json *value;

    if (parent == NULL) {
        assert(!parser->begun); /* yajl lets through one value only */
        parser->begun = true;
        value = &parser->tree->root;
    } else {
        value = arena_take(parser->tree, sizeof(*value));
        if (parent->last != NULL) {
            parent->last->next = value;
        } else {
            parent->first = value;
        }
        parent->last = value;
        parent->count++;
        value->name = parser->name;
        parser->name = NULL;
    }
    value->type = type;
    value->line = line_now(parser);
    return value;
}

static int
on_null(void *data)
{
    add_value(data, JSON_NULL);
    return true;
}

static int
on_boolean(void *data, int boolean)
{
    add_value(data, JSON_BOOLEAN)->boolean = boolean != 0;
    return true;
}

static int
on_number(void *data, const char *digits, size_t length)
{
    struct parser *parser = data;
    char number[NUMBER_BYTES_MAX];
    long long integer;
    double real;

    if (length >= sizeof(number)) {
        return refuse(parser, "number is too long");
    }
    memcpy(number, digits, length);
    number[length] = '\0';
    if (strpbrk(number, ".eE") == NULL) {
        errno = 0;
        integer = strtoll(number, NULL, 10);
        if (errno == 0) {
            add_value(parser, JSON_INTEGER)->integer = integer;
            return true;
        }
    }
    real = strtod(number, NULL);
    if (!isfinite(real)) {
        return refuse(parser, "number is too large");
    }
    add_value(parser, JSON_NUMBER)->number = real;
    return true;
}

static int
on_text(void *data, const unsigned char *bytes, size_t length)
{
    const char *text = copy_text(data, bytes, length);

    if (text == NULL) {
        return false;
    }
    add_value(data, JSON_STRING)->text = text;
    return true;
}

static int
on_name(void *data, const unsigned char *bytes, size_t length)
{
    struct parser *parser = data;

    parser->name = copy_text(parser, bytes, length);
    return parser->name != NULL;
}

static bool
open_container(struct parser *parser, enum json_type type)
{
    if (parser->depth == JSON_DEPTH_MAX) {
        return refuse(parser, "nested too deeply");
    }
    /* In two steps: the parent of the new one is the top of the stack till then. */
    struct json *container = add_value(parser, type);

    parser->open[parser->depth++] = container;
    return true;
}

static int
on_array(void *data)
{
    return open_container(data, JSON_ARRAY);
}

static int
on_object(void *data)
{
    return open_container(data, JSON_OBJECT);
}

static int
on_array_end(void *data)
{
    struct parser *parser = data;

    parser->depth--;
    return true;
}

static int
compare_names(const void *a, const void *b)
{
    const struct json *left = *(const struct json *const *)a;
    const struct json *right = *(const struct json *const *)b;
    int order = strcmp(left->name, right->name);

    return order != 0 ? order : left->line - right->line;
}

/* Sorted, not compared pair by pair: a peer chooses how many members there are. */
static bool
names_are_distinct(struct parser *parser, const struct json *object)
{
    const struct json **sorted;
    size_t i = 0;

    if (object->count > parser->scratch_size) {
        parser->scratch_size = 2 * object->count;
        parser->scratch = memory_resize(parser->scratch, parser->scratch_size,
                                        sizeof(const struct json *));
    }
    sorted = parser->scratch;
    for (const struct json *member = object->first; member != NULL;
         member = member->next) {
        sorted[i++] = member;
    }
    if (i > 1) {
        qsort(sorted, i, sizeof(const struct json *), compare_names);
    }
    for (size_t n = 1; n < i; n++) {
        if (strcmp(sorted[n - 1]->name, sorted[n]->name) == 0) {
            return error_set(parser->error, ERROR_BAD_INPUT,
                             "line %d: %.60s: name is used twice", sorted[n]->line,
                             sorted[n]->name);
        }
    }
    return true;
}

static int
on_object_end(void *data)
{
    struct parser *parser = data;
    const struct json *object = parser->open[--parser->depth];

    return names_are_distinct(parser, object);
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_text,
    .yajl_start_map = on_object,
    .yajl_map_key = on_name,
    .yajl_end_map = on_object_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_array_end,
};

/* The value of four hexadecimal digits after "\u" at `at`; -1 when it is no escape. */
static long
escape_value(const char *at, const char *end)
{
    uint8_t bytes[2];
    char digits[5] = "";

    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return -1;
    }
    memcpy(digits, at + 2, 4);
    return text_hex_decode(bytes, sizeof(bytes), digits) ? bytes[0] << 8 | bytes[1]
                                                         : -1;
}

/*
 * yajl turns half a surrogate pair into "?" and a \u0000 into a NUL: refused here,
 * before it sees them. A backslash stands in JSON only inside a text.
 */
static bool
check_escapes(const char *text, size_t length, struct error *error)
{
    const char *end = text + length;
    const char *reason = NULL;
    int line = 1;

    for (const char *at = text; at < end; at++) {
        if (*at == '\n') {
            line++;
        }
        if (*at != '\\') {
            continue;
        }
        long value = escape_value(at, end);

        if (value == 0) {
            reason = "text holds a NUL character";
        } else if (value >= 0xDC00 && value <= 0xDFFF) {
            reason = "text holds half a surrogate pair";
        } else if (value >= 0xD800 && value <= 0xDBFF) {
            long low = escape_value(at + 6, end);

            if (low < 0xDC00 || low > 0xDFFF) {
                reason = "text holds half a surrogate pair";
            }
            at += 6;
        }
        if (reason != NULL) {
            return error_set(error, ERROR_BAD_INPUT, "line %d: %s", line, reason);
        }
        at++; /* what is escaped, a backslash perhaps, begins no escape */
    }
    return true;
}

static bool
parse(struct parser *parser, size_t length)
{
    yajl_status status =
        yajl_parse(parser->yajl, (const unsigned char *)parser->text, length);

    if (status == yajl_status_ok) {
        line_now(parser); /* the end counts its bytes from zero again */
        status = yajl_complete_parse(parser->yajl);
    }
    if (status == yajl_status_ok && parser->begun) {
        return true;
    }
    if (status != yajl_status_client_canceled) {
        unsigned char *reason = yajl_get_error(parser->yajl, 0, NULL, 0);
        size_t reason_length = strcspn((const char *)reason, "\n");

        reason[reason_length] = '\0';
        refuse(parser, status == yajl_status_ok ? "is empty" : (const char *)reason);
        yajl_free_error(parser->yajl, reason);
    }
    return false;
}

struct json *
json_parse(const char *text, size_t length, struct error *error)
{
    struct parser parser = {.text = text, .line = 1, .error = error};
    bool parsed;

    if (!check_escapes(text, length, error)) {
        return NULL;
    }
    parser.tree = memory_allocate(1, sizeof(*parser.tree));
    parser.yajl = yajl_alloc(&callbacks, NULL, &parser);
    assert(parser.yajl != NULL);
    parsed = parse(&parser, length);
    yajl_free(parser.yajl);
    free(parser.scratch);
    if (!parsed) {
        json_destroy(&parser.tree->root);
        return NULL;
    }
    return &parser.tree->root;
}

void
json_destroy(struct json *root)
{
    struct tree *tree = (struct tree *)root;

    if (tree == NULL) {
        return;
    }
    while (tree->blocks != NULL) {
        struct block *block = tree->blocks;

        tree->blocks = block->next;
        memory_wipe(block->bytes, block->used);
        free(block);
    }
    free(tree);
}
