#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "appointment/qmatic.h"
#include "orchestra_server.h"

/* The `qmatic` maker before a strict Qmatic of our own: what its tests share. */

struct setup {
    struct orchestra orchestra;
    struct strict_server *server;
    struct appointment_client *client;
    struct error error; /* of the last ASK */
};

int qmatic_set_up(void **state);
int qmatic_tear_down(void **state); /* fails when the client broke a rule */

/* For another client than the one that is there. */
struct qmatic_options options_of(const struct setup *setup);
void use_options(struct setup *setup, const struct qmatic_options *options);

#define ASK(setup, operation, ...)                                                     \
    ((setup)->client->operations->operation((setup)->client->maker, __VA_ARGS__,       \
                                            &(setup)->error))
#define MUST(setup, operation, ...)                                                    \
    do {                                                                               \
        if (!ASK(setup, operation, __VA_ARGS__)) {                                     \
            fail_msg("%s", (setup)->error.message);                                    \
        }                                                                              \
    } while (0)

/* One plain sentence of one kind, in which nothing stands that must not. */
void expect_error(const struct setup *setup, enum error_kind kind, const char *part);
/* The n-th request; the last one has none after it. */
void expect_line(struct setup *setup, int n, const char *line);
void expect_no_line(struct setup *setup, int n);

struct date date_of(const char *text);
int64_t instant_of(const char *text);
struct appointment_wish wish_of(const char *location, const char *product, int persons);
void wish_for_more(struct appointment_wish *wish, const char *product, int persons);
