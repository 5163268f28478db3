#include "device/printer/escpos_machine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "device/printer/escpos_command.h"
#include "device/printer/escpos_status.h"

enum { DLE = 0x10, LINE_FEED = 0x0a, ESC = 0x1b, GS = 0x1d };

#define LETTER_WIDTH 12 /* font A, with its gap */
#define LETTER_HEIGHT 24
#define LINE_HEIGHT 30
#define PAPER_ROWS_MAX 200000       /* 25 m; one command feeds at most 65535 */
#define PRINTED_BYTES_MAX (4 << 20) /* of one who sends; the rest is not kept */

struct escpos_machine {
    struct printer_fake_options options;
    struct machine_listener listener;
    struct printer_fake_play play;
    size_t taken; /* bytes since the play began */
    bool reports; /* it was asked to by GS a */
    uint8_t last[3];

    uint8_t *stream; /* not worked off yet */
    size_t length, at;

    uint8_t *printed;
    size_t printed_length, ticket_begin;
    int answered;

    struct bitmap paper; /* since the last cut */
    int rows_room;
    int column; /* of the line of letters under way */
};

/* --- answers ----------------------------------------------------------------- */

static void
answer(struct escpos_machine *machine, const void *bytes, size_t length)
{
    machine->listener.answer(machine->listener.data, bytes, length);
    machine->answered++;
}

static void
report(struct escpos_machine *machine)
{
    uint8_t bytes[ESCPOS_REPORT_BYTES];

    escpos_report_of_answers(machine->play.answers, bytes);
    machine->listener.answer(machine->listener.data, bytes, sizeof(bytes));
}

static bool
is_silent(const struct escpos_machine *machine)
{
    return machine->play.answers[ESCPOS_PRINTER] == 0;
}

static bool
is_offline(const struct escpos_machine *machine)
{
    return (machine->play.answers[ESCPOS_PRINTER] & 0x08) != 0;
}

/* At once, wherever in the stream the three bytes stand. */
static void
answer_real_time(struct escpos_machine *machine)
{
    const uint8_t *last = machine->last;
    uint8_t byte;

    if (last[0] != DLE || last[1] != 0x04 || last[2] < 1 || last[2] > 4) {
        return;
    }
    byte = machine->play.answers[last[2] - 1];
    if (byte != 0) {
        if (machine->play.reports) {
            report(machine);
        }
        answer(machine, &byte, 1);
    }
}

static void
answer_block(struct escpos_machine *machine, const char *header, const char *text)
{
    if (text != NULL) {
        machine->listener.answer(machine->listener.data, (const uint8_t *)header,
                                 strlen(header));
        answer(machine, text, strlen(text) + 1);
    }
}

static void
answer_identity(struct escpos_machine *machine, uint8_t which)
{
    const struct printer_fake_options *options = &machine->options;
    const uint8_t type = options->knife ? 0x02 : 0x00;

    if (which == 66) {
        answer_block(machine, "_", options->maker);
    } else if (which == 67) {
        answer_block(machine, "_", options->model);
    } else if ((which == 2 || which == 50) && options->maker != NULL) {
        answer(machine, &type, 1);
    }
}

/* --- paper ------------------------------------------------------------------- */

static void
feed(struct escpos_machine *machine, int rows)
{
    struct bitmap *paper = &machine->paper;
    size_t stride = bitmap_stride(paper);

    machine->column = 0; /* the line is printed first */
    if (paper->height + rows > PAPER_ROWS_MAX) {
        paper->height = 0; /* never cut: what hangs out is torn off */
    }
    if (paper->height + rows > machine->rows_room) {
        machine->rows_room = 2 * (paper->height + rows);
        paper->rows = memory_resize(paper->rows, (size_t)machine->rows_room, stride);
    }
    memset(paper->rows + (size_t)paper->height * stride, 0, (size_t)rows * stride);
    paper->height += rows;
}

/* What is wider than the head is not printed. */
static void
draw_raster(struct escpos_machine *machine, const struct escpos_raster *raster)
{
    struct bitmap *paper = &machine->paper;
    size_t stride = bitmap_stride(paper);
    size_t width = raster->stride < stride ? raster->stride : stride;
    int first;

    feed(machine, raster->height);
    first = paper->height - raster->height;
    for (int y = 0; y < raster->height; y++) {
        memcpy(paper->rows + (size_t)(first + y) * stride,
               raster->rows + (size_t)y * raster->stride, width);
    }
}

static void
draw_letter(struct escpos_machine *machine, uint8_t letter)
{
    struct bitmap *paper = &machine->paper;
    int left = machine->column * LETTER_WIDTH;

    if (machine->column == 0) {
        feed(machine, LINE_HEIGHT);
    }
    machine->column++;
    if (letter == ' ' || left + LETTER_WIDTH > paper->width) {
        return;
    }
    for (int y = paper->height - LINE_HEIGHT; y < paper->height - 6; y++) {
        for (int x = left; x < left + LETTER_WIDTH - 2; x++) {
            bitmap_blacken(paper, x, y);
        }
    }
    static_assert(LINE_HEIGHT - 6 == LETTER_HEIGHT, "a line is a letter and its gap");
}

static void
cut(struct escpos_machine *machine)
{
    struct bitmap *paper = &machine->paper;

    if (paper->height > 0) {
        machine->listener.ticket(machine->listener.data, paper,
                                 machine->printed + machine->ticket_begin,
                                 machine->printed_length - machine->ticket_begin);
    }
    paper->height = 0;
    machine->column = 0;
    machine->ticket_begin = machine->printed_length;
}

/* --- commands ---------------------------------------------------------------- */

static void
turn(struct escpos_machine *machine)
{
    struct printer_fake_play *play = &machine->play;

    if (play->turns_after != 0 && machine->paper.height >= play->turns_after) {
        play->turns_after = 0;
        memcpy(play->answers, play->turns_into, sizeof(play->answers));
        if (machine->reports) {
            report(machine);
        }
    }
}

static void
end_line(struct escpos_machine *machine)
{
    if (machine->column == 0) {
        feed(machine, LINE_HEIGHT);
    }
    machine->column = 0;
}

static void
remember(struct escpos_machine *machine, const uint8_t *command, size_t length)
{
    if (machine->printed_length + length <= PRINTED_BYTES_MAX) {
        memcpy(machine->printed + machine->printed_length, command, length);
        machine->printed_length += length;
    }
}

/* True when it was a question. */
static bool
answer_question(struct escpos_machine *machine, const uint8_t *command)
{
    static const uint8_t done = 0x00;

    if (command[0] == DLE) {
        return true; /* answered when it came */
    }
    if (command[0] != GS) {
        return false;
    }
    if (command[1] == 'r') {
        if (!machine->play.ignores_done && !is_silent(machine)) {
            answer(machine, &done, 1);
        }
        return true;
    }
    if (command[1] == 'I') {
        answer_identity(machine, command[2]);
        return true;
    }
    if (command[1] == '(' && command[2] == 'E') {
        if (machine->options.roll_mm != 0 && command[5] == 6 && command[6] == 3) {
            answer_block(machine, "\x37\x27\x33\x1f",
                         machine->options.roll_mm == 80 ? "6" : "2");
        }
        return true;
    }
    return false;
}

static void
obey(struct escpos_machine *machine, const uint8_t *command, size_t length)
{
    struct escpos_raster raster;

    if (answer_question(machine, command)) {
        return;
    }
    remember(machine, command, length);
    if (escpos_raster_read(command, length, &raster)) {
        draw_raster(machine, &raster);
    } else if (command[0] == LINE_FEED) {
        end_line(machine);
    } else if (command[0] >= ' ') {
        draw_letter(machine, command[0]);
    } else if (command[0] == ESC && length == 3 && command[1] == 'J') {
        feed(machine, command[2]);
    } else if (command[0] == ESC && length == 3 && command[1] == 'd') {
        feed(machine, command[2] * LINE_HEIGHT);
    } else if (command[0] == GS && length >= 3 && command[1] == 'V') {
        cut(machine);
    } else if (command[0] == GS && length == 3 && command[1] == 'a') {
        machine->reports = command[2] != 0;
        if (machine->reports && !is_silent(machine)) {
            report(machine);
        }
    }
    turn(machine);
}

/* Works off, in their order, the commands that are whole. */
static bool
work(struct escpos_machine *machine)
{
    size_t length;
    bool keeps = true;

    while (keeps && !is_offline(machine) &&
           (length = escpos_command_length(machine->stream + machine->at,
                                           machine->length - machine->at)) > 0)
    {
        const uint8_t *command = machine->stream + machine->at;

        keeps = !(machine->play.drops_at_done && command[0] == GS && command[1] == 'r');
        machine->at += length;
        if (keeps) {
            obey(machine, command, length);
        }
    }
    if (machine->at == machine->length) {
        machine->at = machine->length = 0;
    }
    return keeps;
}

bool
machine_take(struct escpos_machine *machine, uint8_t byte)
{
    uint8_t *last = machine->last;
    bool keeps;

    machine->taken++;
    if (machine->length == MACHINE_STREAM_BYTES_MAX) {
        machine->length = machine->at = 0; /* a command that no printer can hold */
    }
    machine->stream[machine->length++] = byte;
    last[0] = last[1];
    last[1] = last[2];
    last[2] = byte;
    answer_real_time(machine);
    keeps = work(machine);
    return keeps && (machine->play.drops_after == 0 ||
                     machine->taken < machine->play.drops_after);
}

bool
machine_is_full(const struct escpos_machine *machine)
{
    return (is_offline(machine) &&
            machine->length - machine->at >= MACHINE_BUFFER_BYTES) ||
           (machine->play.stalls_after != 0 &&
            machine->taken >= machine->play.stalls_after);
}

/* --- life -------------------------------------------------------------------- */

void
machine_play(struct escpos_machine *machine, const struct printer_fake_play *play)
{
    machine->play = *play;
    machine->taken = 0;
    if (machine->reports && !is_silent(machine)) {
        report(machine);
    }
    work(machine);
}

void
machine_reconnect(struct escpos_machine *machine)
{
    machine->length = machine->at = 0;
    memset(machine->last, 0, sizeof(machine->last));
    machine->reports = false;
    machine->paper.height = 0;
    machine->column = 0;
    machine->ticket_begin = machine->printed_length = 0;
}

int
machine_answered(const struct escpos_machine *machine)
{
    return machine->answered;
}

size_t
machine_printed(const struct escpos_machine *machine, const uint8_t **bytes)
{
    *bytes = machine->printed;
    return machine->printed_length;
}

struct escpos_machine *
machine_create(const struct printer_fake_options *options,
               struct machine_listener listener)
{
    struct escpos_machine *machine = memory_allocate(1, sizeof(*machine));

    machine->options = *options;
    machine->listener = listener;
    machine->play = *printer_fake_play_of("ok");
    machine->stream = memory_allocate(MACHINE_STREAM_BYTES_MAX, 1);
    machine->printed = memory_allocate(PRINTED_BYTES_MAX, 1);
    machine->paper.width = options->roll_mm == 58 ? 384 : MACHINE_DOTS;
    return machine;
}

void
machine_destroy(struct escpos_machine *machine)
{
    if (machine != NULL) {
        free(machine->paper.rows);
        free(machine->stream);
        free(machine->printed);
        free(machine);
    }
}
