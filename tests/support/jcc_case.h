#pragma once

#include "appointment/jcc.h"
#include "jcc_server.h"

/* A test's own JCC, and the maker that asks it. */

struct jcc_case {
    struct jcc_server *server;
    struct town *town;
    struct appointment_client *client;
};

/* For cmocka. The end fails when the server found a fault. */
int jcc_case_begin(void **state);
int jcc_case_end(void **state);

struct appointment_client *jcc_case_client(const char *url, const char *secret);

#define ASK(setup, operation, ...)                                                     \
    ((setup)->client->operations->operation((setup)->client->maker, __VA_ARGS__))

extern const struct appointment_wish jcc_anything, jcc_passport;
extern const struct appointment_wish jcc_family; /* three passports, two licences */

/* Fails with the message. */
void jcc_good(bool answered, const struct error *error);
/*
 * That kind, and `part` in its message; no name, number, id or secret, and nothing of
 * what the other side wrote.
 */
void jcc_refused(bool answered, const struct error *error, enum error_kind kind,
                 const char *part);

/* The next question for that path gets this answer; and any request, any trap. */
void jcc_trap(struct jcc_case *setup, const char *path, int status, const char *body);
void jcc_trap_any(struct jcc_case *setup, const char *method, const char *path,
                  enum jcc_trap kind, int status, const char *body);
/* The clock there. */
int64_t jcc_at(const struct jcc_case *setup, struct date date, int hour, int minute);

#define JCC_FIRST "22220000-aaaa-4bbb-8ccc-000000000001" /* what is booked first */
#define JCC_SECOND "22220000-aaaa-4bbb-8ccc-000000000002"

extern const struct date jcc_day; /* a Monday */

/* Of Mr Jansen, with his number, at that hour of jcc_day. */
struct appointment_booking
jcc_booking_of(const struct jcc_case *setup, const struct appointment_wish *wish,
               int hour);
/* Books the family at nine, to have something. */
struct appointment jcc_booked(struct jcc_case *setup);
int jcc_posts(struct jcc_case *setup); /* bookings sent so far */
