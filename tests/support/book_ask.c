#include "book_ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct book_value person[] = {{"lastName", "Jansen"},
                                           {"phoneNumber", "0612345678"}};

struct book_wish
ask_wish(const struct book_setup *setup, const char *location, const char *product,
         int persons)
{
    struct book_wish wish;
    struct error error;

    assert_true(book_wish_begin(setup->book, location, &wish, &error));
    assert_true(book_wish_add(setup->book, &wish, product, persons, &error));
    return wish;
}

const char *
ask_key(const char *letter, char key[BOOK_KEY_BYTES])
{
    memset(key, letter[0], BOOK_KEY_BYTES - 1);
    key[BOOK_KEY_BYTES - 1] = '\0';
    return key;
}

enum error_kind
ask_hold(const struct book_setup *setup, const char *letter, int64_t start)
{
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);
    char key[BOOK_KEY_BYTES];
    const struct book_request request = {
        .key = ask_key(letter, key), .kiosk = "test", .wish = &wish, .start = start};
    struct booking booking;
    struct error error = {.kind = ERROR_NONE};

    return book_hold(setup->book, &request, &booking, &error) ? ERROR_NONE : error.kind;
}

enum error_kind
ask_confirm_as(const struct book_setup *setup, const char *letter, int64_t start,
               const char *location, const char *product, struct booking *booking)
{
    const struct book_wish wish = ask_wish(setup, location, product, 1);
    char key[BOOK_KEY_BYTES];
    const struct book_request request = {
        .key = ask_key(letter, key),
        .kiosk = "test",
        .wish = &wish,
        .start = start,
        .values = person,
        .value_count = 2,
    };
    struct error error = {.kind = ERROR_NONE};

    return book_confirm(setup->book, &request, booking, NULL, &error) ? ERROR_NONE
                                                                      : error.kind;
}

enum error_kind
ask_confirm(const struct book_setup *setup, const char *letter, int64_t start)
{
    struct booking booking;

    return ask_confirm_as(setup, letter, start, "linde", "paspoort", &booking);
}

enum error_kind
ask_give_up(const struct book_setup *setup, const char *letter)
{
    char key[BOOK_KEY_BYTES];
    struct error error = {.kind = ERROR_NONE};

    return book_give_up(setup->book, ask_key(letter, key), "test", &error) ? ERROR_NONE
                                                                           : error.kind;
}

enum error_kind
ask_move(const struct book_setup *setup, const uint8_t id[BOOK_ID_BYTES],
         const char *letter, int64_t start, struct booking *booking)
{
    char key[BOOK_KEY_BYTES];
    const struct book_move move = {
        .id = id, .key = ask_key(letter, key), .start = start};
    struct error error = {.kind = ERROR_NONE};

    return book_move(setup->book, &move, booking, &error) ? ERROR_NONE : error.kind;
}

void
ask_tidy(const struct book_setup *setup)
{
    struct error error;
    bool more = true;

    while (more) {
        if (!book_tidy(setup->book, &more, &error)) {
            fail_msg("%s", error.message);
        }
    }
}

/* --- without asserts ---------------------------------------------------------- */

unsigned
ask_chance(uint64_t *seed, unsigned below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (unsigned)(*seed >> 11) % below;
}

void
ask_numbered_key(size_t number, char key[BOOK_KEY_BYTES])
{
    snprintf(key, BOOK_KEY_BYTES, "%032zx", number);
}

bool
ask_numbered(struct book *book, bool hold, size_t number, const char *product,
             int persons, int64_t start, struct booking *booking, struct error *error)
{
    struct book_wish wish;
    char key[BOOK_KEY_BYTES];
    const struct book_request request = {
        .key = key,
        .kiosk = "test",
        .wish = &wish,
        .start = start,
        .values = person,
        .value_count = 2,
    };

    ask_numbered_key(number, key);
    if (!book_wish_begin(book, "linde", &wish, error) ||
        !book_wish_add(book, &wish, product, persons, error))
    {
        return false;
    }
    return hold ? book_hold(book, &request, booking, error)
                : book_confirm(book, &request, booking, NULL, error);
}
