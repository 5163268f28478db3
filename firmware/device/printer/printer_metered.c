#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "device/printer/printer_maker.h"

#define LOG_MODULE "printer-paper"
#include "base/log.h"

#define ROWS_M 8000        /* eight rows a millimetre */
#define FEED_ROWS (2 * 96) /* to the tear bar and to the knife: about */
#define FILE_BYTES_MAX 200
#define ROLL_ROWS_MIN (5 * (int64_t)ROWS_M) /* what is out sooner was no whole roll */

/* What is in the file. */
struct roll {
    int64_t rows;    /* printed on this one */
    int64_t learned; /* rows of a roll, the newer ones counting more; 0 */
    int rolls;       /* changed */
    int low, out;    /* said of this one */
};

struct metered {
    struct printer *inner;
    char *path;
    bool failed; /* that the file can't be kept was said */
};

/* --- the file -------------------------------------------------------------------- */

/* A file that is missing or broken is a roll of which nothing is known. */
static struct roll
roll_read(const struct metered *metered)
{
    struct roll roll = {.rows = 0};
    struct error error = {.kind = ERROR_NONE};
    size_t length;
    char *text = file_read(metered->path, FILE_BYTES_MAX, &length, &error);

    if (text == NULL) {
        return roll;
    }
    if (sscanf(text, "rows %" SCNd64 " learned %" SCNd64 " rolls %d low %d out %d",
               &roll.rows, &roll.learned, &roll.rolls, &roll.low, &roll.out) != 5 ||
        roll.rows < 0 || roll.learned < 0 || roll.rolls < 0)
    {
        roll = (struct roll){.rows = 0};
    }
    free(text);
    return roll;
}

static void
roll_write(struct metered *metered, const struct roll *roll)
{
    struct error error = {.kind = ERROR_NONE};
    char text[FILE_BYTES_MAX];
    int length =
        snprintf(text, sizeof(text),
                 "rows %" PRId64 " learned %" PRId64 " rolls %d low %d out %d\n",
                 roll->rows, roll->learned, roll->rolls, roll->low, roll->out);

    if (file_write(metered->path, text, (size_t)length, 0644, &error)) {
        metered->failed = false;
    } else if (!metered->failed) {
        log_warning("%s", error.message);
        metered->failed = true;
    }
}

/* --- the roll -------------------------------------------------------------------- */

/* Rolls of one supplier differ little: a quarter for the newest. */
static void
learn(struct roll *roll)
{
    if (roll->rows >= ROLL_ROWS_MIN) {
        roll->learned =
            roll->learned == 0 ? roll->rows : (3 * roll->learned + roll->rows) / 4;
    }
}

static void
note_state(struct metered *metered, enum printer_state state)
{
    struct roll roll = roll_read(metered);

    if (state == PRINTER_PAPER_OUT && !roll.out) {
        learn(&roll);
        roll.out = 1;
    } else if (state == PRINTER_PAPER_LOW && !roll.out && !roll.low) {
        roll.low = 1;
    } else if ((state == PRINTER_OK && (roll.low || roll.out)) ||
               (state == PRINTER_PAPER_LOW && roll.out))
    {
        roll = (struct roll){.learned = roll.learned,
                             .rolls = roll.rolls + 1,
                             .low = state == PRINTER_PAPER_LOW};
    } else {
        return; /* the file is as it was */
    }
    roll_write(metered, &roll);
}

static bool
metered_print(void *data, const struct bitmap *bitmap, const void *bytes, size_t length,
              struct error *error)
{
    struct metered *metered = data;
    struct printer *inner = metered->inner;
    bool printed = inner->operations->print(inner->maker, bitmap, bytes, length, error);
    struct roll roll;

    if (printed || error->kind == ERROR_UNCERTAIN) {
        roll = roll_read(metered);
        roll.rows += bitmap->height + FEED_ROWS;
        roll_write(metered, &roll);
    }
    return printed;
}

static enum printer_state
metered_status(void *data, struct error *error)
{
    struct metered *metered = data;
    struct printer *inner = metered->inner;
    enum printer_state state = inner->operations->status(inner->maker, error);

    note_state(metered, state);
    return state;
}

static bool
metered_paper(void *data, struct printer_paper *paper)
{
    const struct roll roll = roll_read(data);
    int64_t left = roll.learned - roll.rows;

    *paper = (struct printer_paper){
        .printed_m = (double)roll.rows / ROWS_M,
        .roll_m = (double)roll.learned / ROWS_M,
        .left_m = roll.learned == 0 ? -1
                  : left > 0        ? (double)left / ROWS_M
                                    : 0,
        .rolls = roll.rolls,
    };
    return true;
}

static bool
metered_probe(void *data, struct printer_traits *traits, struct error *error)
{
    const struct metered *metered = data;
    const struct printer *inner = metered->inner;

    return inner->operations->probe == NULL ||
           inner->operations->probe(inner->maker, traits, error);
}

static bool
metered_play(void *data, const char *name)
{
    const struct metered *metered = data;

    return printer_play(metered->inner, name);
}

static bool
metered_last(void *data, char path[PRINTER_PATH_BYTES])
{
    const struct metered *metered = data;

    return printer_last(metered->inner, path);
}

static void
metered_destroy(void *data)
{
    struct metered *metered = data;

    printer_destroy(metered->inner);
    free(metered->path);
    free(metered);
}

static const struct printer_operations operations = {
    .print = metered_print,
    .status = metered_status,
    .probe = metered_probe,
    .paper = metered_paper,
    .play = metered_play,
    .last = metered_last,
    .destroy = metered_destroy,
};

struct printer *
printer_metered_create(struct printer *printer, const char *path)
{
    struct metered *metered = memory_allocate(1, sizeof(*metered));

    metered->inner = printer;
    metered->path = memory_copy_text(path);
    return printer_make(printer->name, &operations, metered);
}
