#include "device/scanner/wedge_parse.h"

/* Plain and with shift, of a US keyboard. */
static const char letters[][2] = {
    [KEY_1] = {'1', '!'},           [KEY_2] = {'2', '@'},
    [KEY_3] = {'3', '#'},           [KEY_4] = {'4', '$'},
    [KEY_5] = {'5', '%'},           [KEY_6] = {'6', '^'},
    [KEY_7] = {'7', '&'},           [KEY_8] = {'8', '*'},
    [KEY_9] = {'9', '('},           [KEY_0] = {'0', ')'},
    [KEY_MINUS] = {'-', '_'},       [KEY_EQUAL] = {'=', '+'},
    [KEY_Q] = {'q', 'Q'},           [KEY_W] = {'w', 'W'},
    [KEY_E] = {'e', 'E'},           [KEY_R] = {'r', 'R'},
    [KEY_T] = {'t', 'T'},           [KEY_Y] = {'y', 'Y'},
    [KEY_U] = {'u', 'U'},           [KEY_I] = {'i', 'I'},
    [KEY_O] = {'o', 'O'},           [KEY_P] = {'p', 'P'},
    [KEY_LEFTBRACE] = {'[', '{'},   [KEY_RIGHTBRACE] = {']', '}'},
    [KEY_A] = {'a', 'A'},           [KEY_S] = {'s', 'S'},
    [KEY_D] = {'d', 'D'},           [KEY_F] = {'f', 'F'},
    [KEY_G] = {'g', 'G'},           [KEY_H] = {'h', 'H'},
    [KEY_J] = {'j', 'J'},           [KEY_K] = {'k', 'K'},
    [KEY_L] = {'l', 'L'},           [KEY_SEMICOLON] = {';', ':'},
    [KEY_APOSTROPHE] = {'\'', '"'}, [KEY_GRAVE] = {'`', '~'},
    [KEY_BACKSLASH] = {'\\', '|'},  [KEY_Z] = {'z', 'Z'},
    [KEY_X] = {'x', 'X'},           [KEY_C] = {'c', 'C'},
    [KEY_V] = {'v', 'V'},           [KEY_B] = {'b', 'B'},
    [KEY_N] = {'n', 'N'},           [KEY_M] = {'m', 'M'},
    [KEY_COMMA] = {',', '<'},       [KEY_DOT] = {'.', '>'},
    [KEY_SLASH] = {'/', '?'},       [KEY_SPACE] = {' ', ' '},
    [KEY_KPASTERISK] = {'*', '*'},  [KEY_KP7] = {'7', '7'},
    [KEY_KP8] = {'8', '8'},         [KEY_KP9] = {'9', '9'},
    [KEY_KPMINUS] = {'-', '-'},     [KEY_KP4] = {'4', '4'},
    [KEY_KP5] = {'5', '5'},         [KEY_KP6] = {'6', '6'},
    [KEY_KPPLUS] = {'+', '+'},      [KEY_KP1] = {'1', '1'},
    [KEY_KP2] = {'2', '2'},         [KEY_KP3] = {'3', '3'},
    [KEY_KP0] = {'0', '0'},         [KEY_KPDOT] = {'.', '.'},
    [KEY_KPSLASH] = {'/', '/'},
};

#define LETTER_COUNT ((int)(sizeof(letters) / sizeof(letters[0])))

static bool
any(const bool *held, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (held[i]) {
            return true;
        }
    }
    return false;
}

/* True when it is a key that changes what others mean. */
static bool
hold(struct wedge_parser *parser, int code, bool down)
{
    static const int chords[] = {KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT,
                                 KEY_RIGHTALT, KEY_LEFTMETA,  KEY_RIGHTMETA};

    if (code == KEY_LEFTSHIFT || code == KEY_RIGHTSHIFT) {
        parser->shift[code == KEY_RIGHTSHIFT] = down;
        return true;
    }
    if (code == KEY_CAPSLOCK) {
        parser->capitals = down ? !parser->capitals : parser->capitals;
        return true;
    }
    if (code == KEY_NUMLOCK || code == KEY_SCROLLLOCK) {
        return true;
    }
    for (size_t i = 0; i < sizeof(chords) / sizeof(chords[0]); i++) {
        if (code == chords[i]) {
            parser->chord[i] = down;
            return true;
        }
    }
    return false;
}

/* 0 when it is no letter. */
static char
letter_of(const struct wedge_parser *parser, int code)
{
    bool shift = any(parser->shift, 2);
    char plain = code >= 0 && code < LETTER_COUNT ? letters[code][0] : '\0';

    if (any(parser->chord, 6)) {
        return '\0';
    }
    if (plain >= 'a' && plain <= 'z') {
        shift = shift != parser->capitals;
    }
    return plain != '\0' ? letters[code][shift] : '\0';
}

static void
press(struct wedge_parser *parser, int code, int64_t at_ms)
{
    bool ends = code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB;
    char letter = letter_of(parser, code);

    if (parser->lost) {
        parser->lost = !ends;
        return;
    }
    if (ends && !any(parser->chord, 6)) {
        scan_line_end(&parser->line, at_ms, parser->listener);
    } else if (letter != '\0') {
        scan_line_add(&parser->line, letter, at_ms);
    } else {
        scan_line_spoil(&parser->line, at_ms);
    }
}

void
wedge_parser_init(struct wedge_parser *parser, struct scanner_listener listener)
{
    *parser = (struct wedge_parser){.listener = listener};
}

void
wedge_parse(struct wedge_parser *parser, const struct input_event *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct input_event *event = &events[i];
        int64_t at_ms = (int64_t)((uint64_t)event->input_event_sec * 1000u) +
                        (int64_t)(event->input_event_usec / 1000);

        if (event->type == EV_SYN && event->code == SYN_DROPPED) {
            wedge_parser_init(parser, parser->listener);
            parser->lost = true;
        } else if (event->type == EV_KEY && event->value != 2 &&
                   !hold(parser, event->code, event->value != 0) && event->value == 1)
        {
            press(parser, event->code, at_ms);
        }
    }
}
