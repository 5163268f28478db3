#include <stdlib.h>

#include "backoffice/book_staff.h"
#include "base/text.h"
#include "commands/closure.h"
#include "commands/ctl.h"

#define WORDS_MAX (2 + BOOK_DESK_PRODUCTS_MAX)

static struct json_writer *
body_of(const char *const *products, size_t count)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "products");
    json_write_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_write_text(writer, products[i]);
    }
    json_write_end(writer);
    json_write_end(writer);
    return writer;
}

static int
send(const struct option_value *options, const char *const *words, size_t count)
{
    bool all = count == 1 && text_equal(words[2], "all");
    struct json_writer *writer = body_of(words + 2, all ? 0 : count);
    char path[300];
    struct text target = text_begin(path, sizeof(path));
    struct error error = {0};
    size_t length;
    char *body;
    int status;

    text_add(&target, "/v1/desks/");
    text_add_escaped(&target, words[0]);
    text_add(&target, "/");
    text_add_escaped(&target, words[1]);
    body = backoffice_ask(
        options,
        &(struct backoffice_question){
            .method = "PUT", .path = path, .body = json_writer_text(writer, &length)},
        &error);
    json_writer_destroy(writer);
    if (body == NULL) {
        return command_fail(&error);
    }
    status = closure_say_affected(body);
    free(body);
    return status;
}

static int
desk_products_run(int argc, char **argv)
{
    struct option_value options[OPTION_OWN] = {
        BACKOFFICE_OPTIONS,
    };
    const char *words[WORDS_MAX] = {NULL};
    size_t count = 0;

    if (!options_read(argc, argv, options, OPTION_OWN, words, WORDS_MAX) ||
        words[2] == NULL || !options_name_staff(options))
    {
        return command_usage(&command_desk_products);
    }
    while (2 + count < WORDS_MAX && words[2 + count] != NULL) {
        count++;
    }
    return send(options, words, count);
}

const struct command command_desk_products = {
    .name = "desk products",
    .arguments = "LOCATION NUMBER (PRODUCT... | all) " BACKOFFICE_ARGUMENTS,
    .summary = "That desk does these products only",
    .run = desk_products_run,
};
