#pragma once

#include "backoffice/queue.h"
#include "book_setup.h"
#include "office.h"

/*
 * A queue on a book_setup's database, with its clock (QUEUE_SETUP_NOW at first), and
 * the API of both on loopback for who wants it. Everything at location "linde".
 */

#define QUEUE_SETUP_NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */

struct queue_setup {
    struct book_setup book;
    struct queue *queue;
    struct test_office office; /* for test_office_ask(); only while it serves */
    struct sign_key kiosk;     /* claimed as "linde-1" */
    char editor[120], viewer[120];
};

/* For cmocka. */
int queue_setup_begin(void **state);
int queue_setup_end(void **state);

/* From here on requests are answered; the server's own clock is the wall's: by it
 * requests are signed. */
void queue_setup_serve(struct queue_setup *setup);

/* Draws with the key of that number; the ticket's kind of refusal is the caller's. */
struct queue_ticket queue_setup_draw(struct queue_setup *setup, size_t key);
/* The same, and its text: "A 001". */
void
queue_setup_drawn(struct queue_setup *setup, size_t key, char text[QUEUE_TEXT_BYTES]);
struct queue_place queue_setup_desk(int desk);
