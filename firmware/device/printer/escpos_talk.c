#include "device/printer/escpos_talk.h"

#include <poll.h>

#include "base/text.h"
#include "base/time.h"
#include "device/printer/escpos_status.h"
#include "device/printer/printer_maker.h"
#include "device/printer/wire.h"

/* A printer that reports by itself surely says when it is done: it gets more time. */
#define DONE_PATIENCE 4

#define EXPLAIN_BYTES_MAX 4096 /* one who never stops talking explains nothing */

struct talk {
    int fd, timeout_ms;
    struct escpos_sorter sorter;
    bool reported;
    uint8_t answers[ESCPOS_QUESTION_COUNT]; /* of the last report */
};

/* --- questions ----------------------------------------------------------- */

static enum escpos_byte
take(struct talk *talk, uint8_t byte)
{
    enum escpos_byte kind = escpos_sort(&talk->sorter, byte);

    if (kind == ESCPOS_BYTE_REPORT) {
        talk->reported = true;
        escpos_answers_of_report(talk->sorter.report, talk->answers);
    }
    return kind;
}

/* Sets the error when the last report says that it can't print. */
static bool
reports_trouble(const struct talk *talk, struct error *error)
{
    return talk->reported &&
           !printer_state_can_print(escpos_state(talk->answers, error));
}

/* Waits for a byte of that kind; others are what nobody asked for. */
static enum wire_answer
wait_for_byte(struct talk *talk, enum escpos_byte wanted, uint8_t *byte)
{
    int64_t deadline_ms = time_steady_ms() + talk->timeout_ms;
    enum wire_answer answer;

    do {
        answer = wire_read(talk->fd, deadline_ms, byte);
    } while (answer == WIRE_BYTE && take(talk, *byte) != wanted);
    return answer;
}

static bool
send_question(const struct talk *talk, const uint8_t *bytes, size_t length,
              struct error *error)
{
    size_t sent;

    if (!wire_send(talk->fd, bytes, length, talk->timeout_ms, &sent, error)) {
        error->kind = ERROR_OFFLINE;
        return false;
    }
    return true;
}

/* Asks all four in turn: an answer does not say which question it is to. */
static enum printer_state
ask(struct talk *talk, struct error *error)
{
    uint8_t answers[ESCPOS_QUESTION_COUNT];

    for (int i = 0; i < ESCPOS_QUESTION_COUNT; i++) {
        const uint8_t question[3] = {0x10, 0x04, (uint8_t)(i + 1)};

        wire_drain(talk->fd);
        talk->sorter = (struct escpos_sorter){.report_length = 0};
        if (!send_question(talk, question, sizeof(question), error)) {
            return PRINTER_OFFLINE;
        }
        switch (wait_for_byte(talk, ESCPOS_BYTE_STATUS, &answers[i])) {
        case WIRE_BYTE:
            break;
        case WIRE_SILENT:
            error_set(error, ERROR_OFFLINE, "it does not answer a status question");
            return PRINTER_OFFLINE;
        case WIRE_CLOSED:
            error_set(error, ERROR_OFFLINE, "it closed the connection");
            return PRINTER_OFFLINE;
        }
    }
    return escpos_state(answers, error);
}

enum printer_state
talk_status(int fd, int timeout_ms, struct error *error)
{
    struct talk talk = {.fd = fd, .timeout_ms = timeout_ms};

    return ask(&talk, error);
}

/* --- printing ------------------------------------------------------------ */

/* Takes in what it reported meanwhile; why it stopped may be among it. */
static bool
explain(struct talk *talk, struct error *error)
{
    struct error reason = {.kind = ERROR_NONE};
    uint8_t byte;

    for (int i = 0; i < EXPLAIN_BYTES_MAX && wire_wait(talk->fd, POLLIN, 0) &&
                    wire_read(talk->fd, time_steady_ms() + 1, &byte) == WIRE_BYTE;
         i++)
    {
        take(talk, byte);
    }
    if (reports_trouble(talk, &reason)) {
        error_set(error, ERROR_DEVICE, "while printing: %s", reason.message);
    }
    return false;
}

/*
 * The printer answers GS r only when it has worked off all that was sent before; the
 * answers to questions inside the picture have then come and gone. WIRE_SILENT too
 * when it reports that it can't go on.
 */
static enum wire_answer
wait_until_done(struct talk *talk, struct error *error)
{
    static const uint8_t question[] = {0x1d, 'r', 1};
    struct error trouble = {.kind = ERROR_NONE};
    int64_t begin_ms, deadline_ms;
    uint8_t byte;

    if (!wire_flush(talk->fd, talk->timeout_ms) ||
        !send_question(talk, question, sizeof(question), error))
    {
        return WIRE_CLOSED;
    }
    begin_ms = time_steady_ms();
    deadline_ms = begin_ms + talk->timeout_ms;
    for (;;) {
        enum wire_answer answer = wire_read(talk->fd, deadline_ms, &byte);
        enum escpos_byte kind =
            answer == WIRE_BYTE ? take(talk, byte) : ESCPOS_BYTE_OTHER;

        if (answer != WIRE_BYTE || kind == ESCPOS_BYTE_DONE) {
            return answer;
        }
        if (kind == ESCPOS_BYTE_REPORT) {
            if (reports_trouble(talk, &trouble)) {
                return WIRE_SILENT;
            }
            deadline_ms = begin_ms + DONE_PATIENCE * talk->timeout_ms;
        }
    }
}

/* A printer that does not know GS r is waited for as long, and then asked how it is. */
static bool
was_printed(struct talk *talk, struct error *error)
{
    enum wire_answer answer = wait_until_done(talk, error);
    enum printer_state state;

    if (answer == WIRE_CLOSED) {
        return error_set(error, ERROR_UNCERTAIN,
                         "it closed the connection before it said that it had printed");
    }
    if (answer == WIRE_SILENT && reports_trouble(talk, error)) {
        return error_prefix(error, "while printing");
    }
    state = ask(talk, error);
    if (state == PRINTER_OFFLINE) {
        error_prefix(error, "after printing");
        error->kind = ERROR_UNCERTAIN;
    } else if (!printer_state_can_print(state)) {
        error_prefix(error, "while printing");
    }
    return printer_state_can_print(state);
}

bool
talk_print(int fd, int timeout_ms, const void *bytes, size_t length,
           struct error *error)
{
    struct talk talk = {.fd = fd, .timeout_ms = timeout_ms};
    size_t sent;

    if (!printer_state_can_print(ask(&talk, error))) {
        return false;
    }
    talk.reported = false; /* what it said of how it was before */
    if (!wire_send(fd, bytes, length, timeout_ms, &sent, error)) {
        return explain(&talk, error);
    }
    return was_printed(&talk, error);
}

bool
talk_print_blindly(int fd, int timeout_ms, const void *bytes, size_t length,
                   struct error *error)
{
    size_t sent;

    if (!wire_send(fd, bytes, length, timeout_ms, &sent, error)) {
        return false;
    }
    return error_set(error, ERROR_UNCERTAIN,
                     wire_flush(fd, timeout_ms)
                         ? "all was sent, and it can't say whether it printed"
                         : "it stopped taking what was sent");
}

/* --- probing ------------------------------------------------------------- */

#define BLOCK_BYTES_MAX 80 /* of an answer, by the manuals of all makers seen */

/* An answer that begins with `header` and ends with a NUL; the text between. */
static bool
read_block(struct talk *talk, const char *header, char *text, size_t size)
{
    int64_t deadline_ms = time_steady_ms() + talk->timeout_ms;
    struct text block = text_begin(text, size);
    const char *left = header;
    uint8_t byte;

    for (int i = 0; i < BLOCK_BYTES_MAX; i++) {
        if (wire_read(talk->fd, deadline_ms, &byte) != WIRE_BYTE) {
            return false;
        }
        if (*left != '\0') {
            left = byte == (uint8_t)*left ? left + 1 : header; /* unasked bytes pass */
        } else if (byte == 0) {
            return text_is_clean(text);
        } else {
            text_add_bytes(&block, (const char *)&byte, 1);
        }
    }
    return false;
}

/* GS I: 66 the maker's name, 67 the model's. */
static bool
ask_name(struct talk *talk, uint8_t which, char *text, size_t size, struct error *error)
{
    const uint8_t question[] = {0x1d, 'I', which};

    wire_drain(talk->fd);
    if (!send_question(talk, question, sizeof(question), error)) {
        return false;
    }
    if (!read_block(talk, "_", text, size)) {
        text[0] = '\0';
    }
    return true;
}

/* GS I 2: bit 1 is the knife. The answer looks like that to GS r. */
static bool
ask_type(struct talk *talk, struct printer_traits *traits, struct error *error)
{
    static const uint8_t question[] = {0x1d, 'I', 2};
    uint8_t byte;

    wire_drain(talk->fd);
    if (!send_question(talk, question, sizeof(question), error)) {
        return false;
    }
    if (wait_for_byte(talk, ESCPOS_BYTE_DONE, &byte) == WIRE_BYTE) {
        traits->knife = (byte & 0x02) != 0 ? PRINTER_YES : PRINTER_NO;
    }
    return true;
}

/*
 * GS ( E, function 6, value 3: the roll that it is set to. Only a printer that tells
 * its name is asked: others print what they do not know.
 */
static bool
ask_roll(struct talk *talk, struct printer_traits *traits, struct error *error)
{
    static const uint8_t question[] = {0x1d, '(', 'E', 2, 0, 6, 3};
    char value[BLOCK_BYTES_MAX];

    wire_drain(talk->fd);
    if (!send_question(talk, question, sizeof(question), error)) {
        return false;
    }
    if (read_block(talk, "\x37\x27\x33\x1f", value, sizeof(value))) {
        traits->roll_mm = text_equal(value, "2")   ? 58
                          : text_equal(value, "4") ? 70
                          : text_equal(value, "5") ? 76
                          : text_equal(value, "6") ? 80
                                                   : 0;
    }
    return true;
}

bool
talk_probe(int fd, int timeout_ms, struct printer_traits *traits, struct error *error)
{
    struct talk talk = {.fd = fd, .timeout_ms = timeout_ms};

    *traits = (struct printer_traits){.roll_mm = 0};
    return ask_name(&talk, 66, traits->maker, sizeof(traits->maker), error) &&
           (traits->maker[0] == '\0' ||
            (ask_name(&talk, 67, traits->model, sizeof(traits->model), error) &&
             ask_type(&talk, traits, error) && ask_roll(&talk, traits, error)));
}
