#include "qmatic_case.h"

#include <string.h>

#include "base/text.h"

static struct appointment_client *
client_of(const struct qmatic_options *options)
{
    struct error error = {0};
    struct appointment_client *client = appointment_qmatic_create(options, &error);

    if (client == NULL) {
        fail_msg("%s", error.message);
    }
    return client;
}

struct qmatic_options
options_of(const struct setup *setup)
{
    return (struct qmatic_options){.url = strict_server_url(setup->server),
                                   .api_key = ORCHESTRA_KEY,
                                   .timeout_ms = 5000};
}

void
use_options(struct setup *setup, const struct qmatic_options *options)
{
    appointment_client_destroy(setup->client);
    setup->client = client_of(options);
}

int
qmatic_set_up(void **state)
{
    struct setup *setup = test_calloc(1, sizeof(*setup));
    struct qmatic_options options;

    setup->server = orchestra_server_start(&setup->orchestra);
    options = options_of(setup);
    setup->client = client_of(&options);
    *state = setup;
    return 0;
}

int
qmatic_tear_down(void **state)
{
    struct setup *setup = *state;

    appointment_client_destroy(setup->client);
    strict_server_stop(setup->server);
    orchestra_finish(&setup->orchestra);
    test_free(setup);
    return 0;
}

void
expect_error(const struct setup *setup, enum error_kind kind, const char *part)
{
    static const char *const secrets[] = {ORCHESTRA_KEY, "Jansen",  "0612345678",
                                          "jan@example", "1960-02", ORCHESTRA_PASSPORT,
                                          ORCHESTRA_HALL};
    const struct error *error = &setup->error;

    if (error->kind != kind || strstr(error->message, part) == NULL) {
        fail_msg("%s: %s", error_kind_name(error->kind), error->message);
    }
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        if (strstr(error->message, secrets[i]) != NULL) {
            fail_msg("tells too much: %s", error->message);
        }
    }
    assert_true(text_is_clean(error->message));
}

void
expect_line(struct setup *setup, int n, const char *line)
{
    assert_string_equal(strict_server_line(setup->server, n), line);
}

void
expect_no_line(struct setup *setup, int n)
{
    expect_line(setup, n, "");
}

struct date
date_of(const char *text)
{
    struct date date;

    assert_true(date_parse(text, &date));
    return date;
}

int64_t
instant_of(const char *text)
{
    int64_t instant;

    assert_true(instant_parse(text, &instant));
    return instant;
}

struct appointment_wish
wish_of(const char *location, const char *product, int persons)
{
    struct appointment_wish wish = {.item_count = 0};

    text_copy(wish.location, sizeof(wish.location), location);
    wish_for_more(&wish, product, persons);
    return wish;
}

void
wish_for_more(struct appointment_wish *wish, const char *product, int persons)
{
    struct appointment_item *item = &wish->items[wish->item_count++];

    text_copy(item->product, sizeof(item->product), product);
    item->persons = persons;
}
