#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "backoffice/book_api.h"
#include "backoffice/book_request.h"
#include "backoffice/identity.h"
#include "backoffice/queue_parts.h"
#include "base/text.h"

/* /v1/queue/rules and /v1/queue/counts, for staff. */

void
queue_api_rules(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct queue *queue = data;
    struct queue_rule *list = NULL;
    struct json_writer *writer;
    struct error error = {0};
    size_t count = 0;

    if (!identity_staff(queue->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!queue_rules(queue, &list, &count, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("rules");
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        book_api_text(writer, "location", list[i].location);
        book_api_text(writer, "mode", queue_mode_name(list[i].mode));
        json_write_name(writer, "cap");
        if (list[i].cap >= 0) {
            json_write_integer(writer, list[i].cap);
        } else {
            json_write_null(writer);
        }
        book_api_text(writer, "note", list[i].note);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
    free(list);
}

static bool
read_cap(const struct json *root, int *cap, struct error *error)
{
    const struct json *value = json_member(root, "cap");
    int64_t number;

    *cap = -1;
    if (value == NULL || json_type(value) == JSON_NULL) {
        return true;
    }
    if (!json_get_integer(root, "cap", 0, QUEUE_CAP_MAX, &number, error)) {
        return false;
    }
    *cap = (int)number;
    return true;
}

static bool
read_rule(const struct http_server_request *request, struct queue_rule *rule,
          struct error *error)
{
    static const char *const names[] = {"mode", "cap", "note", NULL};
    struct json *root = book_request_parse(request, error);
    char mode[16];
    bool good = root != NULL && book_request_names(root, names, error) &&
                json_get_text(root, "mode", mode, sizeof(mode), error) &&
                read_cap(root, &rule->cap, error) &&
                (json_member(root, "note") == NULL ||
                 json_get_text(root, "note", rule->note, sizeof(rule->note), error));

    json_destroy(root);
    return good && (queue_mode_from_name(mode, &rule->mode) ||
                    error_set(error, ERROR_BAD_INPUT,
                              "mode: must be \"open\", \"closed\" or \"unused\"."));
}

void
queue_api_set_rule(void *data, const struct http_server_request *request,
                   struct http_server_answer *answer)
{
    struct queue *queue = data;
    struct queue_rule rule = {.mode = QUEUE_OPEN};
    struct error error = {0};

    if (!identity_staff(queue->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    if (!text_copy(rule.location, sizeof(rule.location), request->parameters[0])) {
        rule.location[0] = '\0';
    }
    if (!read_rule(request, &rule, &error) || !queue_set_rule(queue, &rule, &error)) {
        book_api_error(answer, &error);
    }
}

static const char *
kind_name(enum queue_kind kind)
{
    return kind == QUEUE_APPOINTMENT ? "appointment" : "walk-in";
}

static void
write_count(struct json_writer *writer, const struct queue_count *row)
{
    char date[TIME_TEXT_BYTES];

    date_format(row->date, date);
    json_write_object(writer);
    book_api_text(writer, "date", date);
    book_api_text(writer, "location", row->location);
    book_api_text(writer, "product", row->product);
    book_api_text(writer, "kind", kind_name(row->kind));
    book_api_text(writer, "outcome", queue_outcome_name(row->outcome));
    book_api_integer(writer, "count", row->count);
    book_api_integer(writer, "waited_seconds", row->waited_s);
    book_api_integer(writer, "served_seconds", row->served_s);
    json_write_end(writer);
}

static void
answer_json(struct http_server_answer *answer, const struct queue_count *list,
            size_t count)
{
    struct json_writer *writer = book_api_list_begin("rows");

    for (size_t i = 0; i < count; i++) {
        write_count(writer, &list[i]);
    }
    book_api_list_end(answer, writer);
}

static void
answer_csv(struct http_server_answer *answer, const struct queue_count *list,
           size_t count)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    if (file == NULL) {
        abort(); /* only for want of memory */
    }
    fputs(QUEUE_COUNTS_HEADER, file);
    for (size_t i = 0; i < count; i++) {
        char date[TIME_TEXT_BYTES];

        date_format(list[i].date, date);
        fprintf(file, "%s,%s,%s,%s,%s,%" PRId64 ",%" PRId64 ",%" PRId64 "\n", date,
                list[i].location, list[i].product, kind_name(list[i].kind),
                queue_outcome_name(list[i].outcome), list[i].count, list[i].waited_s,
                list[i].served_s);
    }
    fclose(file);
    http_server_answer_text(answer, 200, "text/csv; charset=utf-8", text);
    free(text);
}

void
queue_api_counts(void *data, const struct http_server_request *request,
                 struct http_server_answer *answer)
{
    struct queue *queue = data;
    struct queue_count *list = NULL;
    struct error error = {0};
    struct date from, to;
    size_t count = 0;
    bool json;

    if (!identity_staff(queue->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!book_api_format(request, &json, &error) ||
        !book_api_day(request, "from", (struct date){1970, 1, 2}, &from, &error) ||
        !book_api_day(request, "to", (struct date){9999, 12, 30}, &to, &error) ||
        !queue_counts(queue, from, to, &list, &count, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    if (json) {
        answer_json(answer, list, count);
    } else {
        answer_csv(answer, list, count);
    }
    free(list);
}
