#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "backoffice/book_api.h"
#include "backoffice/book_request.h"
#include "backoffice/book_staff.h"
#include "backoffice/identity.h"
#include "base/memory.h"
#include "base/text.h"

/* The book for those who run it. */

static char *
counts_csv(const struct book_count *list, size_t count)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    if (file == NULL) {
        abort(); /* only for want of memory */
    }
    fputs(BOOK_COUNTS_HEADER, file);
    for (size_t i = 0; i < count; i++) {
        char date[TIME_TEXT_BYTES];

        date_format(list[i].date, date);
        fprintf(file, "%s,%s,%s,%s,%" PRId64 "\n", date, list[i].location,
                list[i].product, book_outcome_name(list[i].outcome), list[i].count);
    }
    fclose(file);
    return text;
}

static void
answer_json(struct http_server_answer *answer, const struct book_count *list,
            size_t count)
{
    struct json_writer *writer = book_api_list_begin("rows");

    for (size_t i = 0; i < count; i++) {
        char date[TIME_TEXT_BYTES];

        date_format(list[i].date, date);
        json_write_object(writer);
        book_api_text(writer, "date", date);
        book_api_text(writer, "location", list[i].location);
        book_api_text(writer, "product", list[i].product);
        book_api_text(writer, "outcome", book_outcome_name(list[i].outcome));
        book_api_integer(writer, "count", list[i].count);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
}

bool
book_api_day(const struct http_server_request *request, const char *name,
             struct date otherwise, struct date *date, struct error *error)
{
    *date = otherwise;
    return http_server_query(request, name) == NULL ||
           book_request_date(request, name, date, error);
}

bool
book_api_format(const struct http_server_request *request, bool *json,
                struct error *error)
{
    const char *format = http_server_query(request, "format");

    *json = format != NULL && text_equal(format, "json");
    return format == NULL || *json || text_equal(format, "csv") ||
           error_set(error, ERROR_BAD_INPUT, "format must be csv or json.");
}

void
book_api_counts(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct book *book = data;
    struct date from, to;
    struct book_count *list = NULL;
    size_t count = 0;
    struct error error = {0};
    bool json;

    if (!identity_staff(book->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!book_api_format(request, &json, &error) ||
        !book_api_day(request, "from", (struct date){1970, 1, 2}, &from, &error) ||
        !book_api_day(request, "to", (struct date){9999, 12, 30}, &to, &error) ||
        !book_counts(book, from, to, &list, &count, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    if (json) {
        answer_json(answer, list, count);
    } else {
        char *text = counts_csv(list, count);

        http_server_answer_text(answer, 200, "text/csv; charset=utf-8", text);
        free(text);
    }
    free(list);
}

/* --- who has to be called ------------------------------------------------------- */

static void
write_affected(struct json_writer *writer, const struct book *book,
               const struct book_affected *affected)
{
    const struct booking *booking = &affected->booking;
    char id[2 * BOOK_ID_BYTES + 1];

    text_hex_encode(id, booking->id, BOOK_ID_BYTES);
    json_write_object(writer);
    book_api_text(writer, "id", id);
    book_api_text(writer, "code", booking->code);
    book_api_text(writer, "location", booking->location);
    book_api_integer(writer, "desk", affected->desk);
    book_api_instant(writer, "start", book_api_zone(book, booking->location),
                     booking->start);
    book_api_items(writer, booking);
    book_api_text(writer, "trouble", book_trouble_name(affected->trouble));
    json_write_name(writer, "values");
    json_write_object(writer);
    for (size_t i = 0; i < affected->value_count; i++) {
        book_api_text(writer, affected->values[i].name, affected->values[i].value);
    }
    json_write_end(writer);
    json_write_end(writer);
}

/* Persons stand in it, so it takes an editor. */
void
book_api_affected(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_affected *list = NULL;
    struct json_writer *writer;
    struct error error = {0};
    size_t count = 0;

    if (!identity_staff(book->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    if (!book_affected(book, &list, &count, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("appointments");
    for (size_t i = 0; i < count; i++) {
        write_affected(writer, book, &list[i]);
    }
    book_api_list_end(answer, writer);
    if (list != NULL) {
        memory_wipe(list, count * sizeof(*list));
    }
    free(list);
}
