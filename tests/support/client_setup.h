#pragma once

#include "appointment/client.h"
#include "book_server.h"
#include "scripted_server.h"

/* The `backoffice` maker against the real book: HTTP on loopback, SQLite on disk. */

struct client_setup {
    struct book_setup book;
    struct book_server server;
    struct sign_key key;
    struct appointment_client *client;
};

/* For cmocka. The clock is the wall's: requests are signed with its time. */
int client_setup_begin(void **state);
int client_setup_end(void **state);

#define ASK(setup, operation, ...)                                                     \
    ((setup)->client->operations->operation((setup)->client->maker, __VA_ARGS__))

struct appointment_client *
client_setup_client(const char *url, const struct sign_key *key);
/* In three weeks: clear of exceptions, lead time and horizon. */
struct date client_setup_day(void);
/* One "paspoort" at "linde". */
struct appointment_wish client_setup_wish(void);
/* The n-th time of that day, from the book itself. */
int64_t client_setup_time(struct client_setup *setup, size_t n);
struct appointment_booking client_setup_booking(int64_t start);

/* A single number out of the database. */
int64_t client_setup_number(struct client_setup *setup, const char *sql);
#define CLIENT_SETUP_BOOKED "SELECT count(*) FROM booking WHERE state = 1"
#define CLIENT_SETUP_CELLS "SELECT count(*) FROM cell"

/* Between kiosk and back office: carries everything, but loses some answers. */
struct client_lossy {
    const char *url;
    int to_lose;
    int carried;
};

char *client_setup_answer_lossy(void *data, const struct scripted_request *request);
