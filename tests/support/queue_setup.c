#include "queue_setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/fleet.h"
#include "base/time.h"
#include "book_ask.h"

int
queue_setup_begin(void **state)
{
    struct queue_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = QUEUE_SETUP_NOW;
    book_setup_begin(&setup->book);
    setup->queue = queue_create(setup->book.store, setup->book.book);
    *state = setup;
    return 0;
}

int
queue_setup_end(void **state)
{
    struct queue_setup *setup = *state;

    http_server_destroy(setup->office.server);
    queue_destroy(setup->queue);
    book_setup_check(&setup->book);
    book_setup_end(&setup->book);
    test_free(setup);
    return 0;
}

void
queue_setup_serve(struct queue_setup *setup)
{
    const struct http_server_options options = {.address = "127.0.0.1", .clock = NULL};
    const struct http_route *routes;
    struct error error = {0};
    size_t count;

    setup->office.office.store = setup->book.store;
    setup->office.server = http_server_create();
    routes = book_routes(&count);
    http_server_add(setup->office.server, routes, count, setup->book.book);
    routes = queue_routes(&count);
    http_server_add(setup->office.server, routes, count, setup->queue);
    if (!http_server_start(setup->office.server, &options, &error)) {
        fail_msg("%s", error.message);
    }
    snprintf(setup->office.url, sizeof(setup->office.url), "http://127.0.0.1:%d",
             http_server_port(setup->office.server));
    test_office_time = time_now_s();
    test_office_claim(&setup->office, "linde-1", &setup->kiosk);
    test_office_token(&setup->office, ROLE_EDITOR, setup->editor);
    test_office_token(&setup->office, ROLE_VIEWER, setup->viewer);
}

struct queue_ticket
queue_setup_draw(struct queue_setup *setup, size_t key)
{
    char text[BOOK_KEY_BYTES];
    const struct queue_wish wish = {.key = text,
                                    .kiosk = "linde-1",
                                    .location = "linde",
                                    .product = "paspoort",
                                    .language = "tr"};
    struct queue_ticket ticket;
    struct error error = {0};

    ask_numbered_key(key, text);
    if (!queue_draw(setup->queue, &wish, &ticket, &error)) {
        fail_msg("%s", error.message);
    }
    return ticket;
}

void
queue_setup_drawn(struct queue_setup *setup, size_t key, char text[QUEUE_TEXT_BYTES])
{
    const struct queue_ticket ticket = queue_setup_draw(setup, key);

    assert_int_equal(ticket.refusal, QUEUE_GIVEN);
    queue_text(&ticket.number, text);
}

struct queue_place
queue_setup_desk(int desk)
{
    return (struct queue_place){.location = "linde", .desk = desk};
}
