#include "device/printer_fake.h"

#include "base/text.h"

/* What a printer can be up to; the bits are those of escpos_status.c. */

#define FINE                                                                           \
    {                                                                                  \
        0x12, 0x12, 0x12, 0x12                                                         \
    }
#define OUT_OF_PAPER                                                                   \
    {                                                                                  \
        0x1a, 0x32, 0x12, 0x7e                                                         \
    }
#define COVER_OPEN                                                                     \
    {                                                                                  \
        0x1a, 0x16, 0x12, 0x12                                                         \
    }
#define KNIFE                                                                          \
    {                                                                                  \
        0x1a, 0x52, 0x1a, 0x12                                                         \
    }
#define SOME_ROWS 300    /* of a ticket of 1200 */
#define SOME_BYTES 20000 /* of a ticket of 86000 */

static const struct printer_fake_play plays[] = {
    {.name = "ok", .answers = FINE},
    {.name = "paper-low", .answers = {0x12, 0x12, 0x12, 0x1e}},
    {.name = "out-of-paper", .answers = OUT_OF_PAPER},
    {.name = "cover-open", .answers = COVER_OPEN},
    {.name = "error", .answers = {0x1a, 0x52, 0x12, 0x12}},
    {.name = "knife", .answers = KNIFE},
    {.name = "service", .answers = {0x1a, 0x52, 0x32, 0x12}},
    {.name = "hot", .answers = {0x1a, 0x52, 0x52, 0x12}},
    {.name = "offline", .answers = {0x1a, 0x12, 0x12, 0x12}},
    {.name = "silent"},
    {.name = "half-answer", .answers = {0x12, 0x12, 0, 0}},
    {.name = "never-done", .answers = FINE, .ignores_done = true},
    {.name = "unasked", .answers = FINE, .reports = true},
    {.name = "babbles", .answers = FINE, .babbles = true},
    {.name = "slow", .answers = FINE, .slow = true},
    {.name = "stalls", .answers = FINE, .stalls_after = SOME_BYTES},
    {.name = "drops", .answers = FINE, .drops_after = SOME_BYTES},
    {.name = "drops-at-the-end", .answers = FINE, .drops_at_done = true},
    {.name = "out-of-paper-half-way",
     .answers = FINE,
     .turns_after = SOME_ROWS,
     .turns_into = OUT_OF_PAPER},
    {.name = "cover-open-half-way",
     .answers = FINE,
     .turns_after = SOME_ROWS,
     .turns_into = COVER_OPEN},
    {.name = "knife-half-way",
     .answers = FINE,
     .turns_after = SOME_ROWS,
     .turns_into = KNIFE},
};

#define COUNT (sizeof(plays) / sizeof(plays[0]))

const struct printer_fake_play *
printer_fake_play_of(const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (text_equal(name, plays[i].name)) {
            return &plays[i];
        }
    }
    return NULL;
}

const char *
printer_fake_name(size_t index)
{
    return index < COUNT ? plays[index].name : NULL;
}
