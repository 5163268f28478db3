#include <stdlib.h>
#include <string.h>

#include "backoffice/book_api.h"
#include "backoffice/book_request.h"
#include "backoffice/book_staff.h"
#include "backoffice/identity.h"
#include "base/memory.h"
#include "base/text.h"

/* Desks and closures, for staff. */

static bool
is_editor(const struct book *book, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    return identity_staff(book->store, request, ROLE_EDITOR, answer);
}

/* How many appointments could not be given another desk. */
static bool
answer_affected(struct book *book, struct json_writer *writer, int status,
                struct http_server_answer *answer, struct error *error)
{
    struct book_affected *list = NULL;
    size_t count = 0;
    bool good = book_affected(book, &list, &count, error);

    if (list != NULL) {
        memory_wipe(list, count * sizeof(*list));
    }
    free(list);
    if (!good) {
        json_writer_destroy(writer);
        return false;
    }
    book_api_integer(writer, "affected", (int64_t)count);
    json_write_end(writer);
    http_server_answer_json(answer, status, writer);
    return true;
}

/* --- desks ---------------------------------------------------------------------- */

void
book_api_desks(void *data, const struct http_server_request *request,
               struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_desk *list = NULL;
    struct json_writer *writer;
    struct error error = {0};
    size_t count = 0;

    if (!identity_staff(book->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!book_desk_list(book, &list, &count, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("desks");
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        book_api_text(writer, "location", list[i].location);
        book_api_integer(writer, "number", list[i].number);
        json_write_name(writer, "products");
        json_write_array(writer);
        for (size_t j = 0; j < list[i].product_count; j++) {
            json_write_text(writer, list[i].products[j]);
        }
        json_write_end(writer);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
    free(list);
}

void
book_api_set_desks(void *data, const struct http_server_request *request,
                   struct http_server_answer *answer)
{
    struct book *book = data;
    struct error error = {0};
    struct json_writer *writer;
    int64_t count;

    if (!is_editor(book, request, answer)) {
        return;
    }
    if (!book_request_count(request, &count, &error) ||
        !book_set_desks(book, request->parameters[0], (int)count, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    if (!answer_affected(book, writer, 200, answer, &error)) {
        book_api_error(answer, &error);
    }
}

/* The desk's number in the address; 0: it is none. */
static int
read_number(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);

    return *end == '\0' && text[0] >= '1' && text[0] <= '9' && number < 1000
               ? (int)number
               : 0;
}

void
book_api_set_products(void *data, const struct http_server_request *request,
                      struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_products products;
    struct error error = {0};
    struct json_writer *writer;

    if (!is_editor(book, request, answer)) {
        return;
    }
    if (!book_request_products(request, &products, &error) ||
        !book_set_desk_products(book, request->parameters[0],
                                read_number(request->parameters[1]), products.ids,
                                products.count, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    if (!answer_affected(book, writer, 200, answer, &error)) {
        book_api_error(answer, &error);
    }
}

/* --- closures ------------------------------------------------------------------- */

static void
write_closure(struct json_writer *writer, const struct book *book,
              const struct book_closure *closure)
{
    const struct zone *zone = book_api_zone(book, closure->location);

    book_api_integer(writer, "id", closure->id);
    book_api_text(writer, "location", closure->location);
    if (closure->desk > 0) {
        book_api_integer(writer, "desk", closure->desk);
    }
    book_api_instant(writer, "start", zone, closure->start);
    book_api_instant(writer, "end", zone, closure->end);
    book_api_text(writer, "reason", closure->reason);
}

void
book_api_closures(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_closure *list = NULL;
    struct json_writer *writer;
    struct error error = {0};
    size_t count = 0;

    if (!identity_staff(book->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!book_closure_list(book, &list, &count, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("closures");
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        write_closure(writer, book, &list[i]);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
    free(list);
}

void
book_api_close(void *data, const struct http_server_request *request,
               struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_closure closure;
    struct error error = {0};
    struct json_writer *writer;

    if (!is_editor(book, request, answer)) {
        return;
    }
    if (!book_request_closure(book, request, &closure, &error) ||
        !book_add_closure(book, &closure, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    write_closure(writer, book, &closure);
    if (!answer_affected(book, writer, 201, answer, &error)) {
        book_api_error(answer, &error);
    }
}

void
book_api_reopen(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct book *book = data;
    struct error error = {0};
    char *end;
    long long id = strtoll(request->parameters[0], &end, 10);

    if (is_editor(book, request, answer) &&
        !book_remove_closure(book, *end == '\0' ? id : 0, &error))
    {
        book_api_error(answer, &error);
    }
}
