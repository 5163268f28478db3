#include "keyboard.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "ui/fit.h"

#define ROWS 4
#define BOARD_TURNS_MAX 60 /* a multiple of any number of parts */

/* Letters only: what else stands in a row is added around them. */
static const char *const letters[3] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
static const char *const capitals[3] = {"QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"};
/* The letters that a language writes names with: its own on the first row. */
struct accents {
    const char *key, *small[3], *large[3];
};

static const struct accents accents_of_most = {"é ë ï",
                                               {"éèëêáàäâíï", "óòöôúùüûç", "ñøåæßšž"},
                                               {"ÉÈËÊÁÀÄÂÍÏ", "ÓÒÖÔÚÙÜÛÇ", "ÑØÅÆŠŽÝ"}};
static const struct accents accents_turkish = {"ğ ş ı",
                                               {"çğıöşüâîûé", "áàäèëêíïó", "ñøåæßšž"},
                                               {"ÇĞİÖŞÜÂÎÛÉ", "ÁÀÄÈËÊÍÏÓ", "ÑØÅÆŠŽÝ"}};
static const struct accents accents_polish = {"ą ł ż",
                                              {"ąćęłńóśźżé", "áàäâèëêíï", "öüúçñšž"},
                                              {"ĄĆĘŁŃÓŚŹŻÉ", "ÁÀÄÂÈËÊÍÏ", "ÖÜÚÇÑŠŽ"}};
static const char *const digits[3] = {"1234567890", "@._-+/&()", ",:;!?#%"};
static const char *const pad[3] = {"123", "456", "789"};

struct keys {
    struct page *page;
    struct element *keyboard;
    int count;
};

static struct element *
add(struct keys *keys, int row, const char *id, const char *label, struct action action)
{
    struct element *key =
        page_add_action(keys->page, SLOT_SHEET, ROLE_KEY, id, label, action);

    key->number = row;
    page_put_under(keys->page, key, keys->keyboard);
    return key;
}

/* What by itself is silence. */
static const char *
name_of(uint32_t character)
{
    static const struct {
        uint32_t character;
        const char *name;
    } names[] = {
        {'.', N_("full stop")},       {',', N_("comma")},
        {':', N_("colon")},           {';', N_("semicolon")},
        {'?', N_("question mark")},   {'!', N_("exclamation mark")},
        {'(', N_("opening bracket")}, {')', N_("closing bracket")},
        {'-', N_("hyphen")},          {0x2019, N_("apostrophe")},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].character == character) {
            return names[i].name;
        }
    }
    return NULL;
}

static struct element *
add_letter(const struct view *view, struct keys *keys, int row, uint32_t character)
{
    const char *name = name_of(character);
    char label[5], id[PAGE_ID_BYTES];
    struct element *key;

    text_encode(character, label);
    if ((character >= 'a' && character <= 'z') ||
        (character >= '0' && character <= '9')) {
        snprintf(id, sizeof(id), "key-%s", label);
    } else {
        snprintf(id, sizeof(id), "key-u%x", (unsigned)character);
    }
    key = add(keys, row, id, label, (struct action){VERB_KEY, (int)character});
    key->value = page_text(keys->page, label);
    key->spoken = name != NULL ? page_text(keys->page, tr(view, name)) : NULL;
    return key;
}

static void
add_letters(const struct view *view, struct keys *keys, int row,
            const char *row_letters)
{
    uint32_t character;

    while ((character = text_next(&row_letters)) != 0) {
        add_letter(view, keys, row, character);
    }
}

static struct element *
add_function(struct keys *keys, int row, const char *id, const char *label,
             const char *icon, struct action action)
{
    struct element *key = add(keys, row, id, label, action);

    key->icon = icon;
    key->flags |= ELEMENT_FUNCTION;
    return key;
}

static void
add_erase(const struct view *view, struct keys *keys, int row)
{
    struct element *key = add_function(keys, row, "erase", "", "backspace",
                                       (struct action){.verb = VERB_ERASE});

    key->spoken = page_text(keys->page, tr(view, "Erase the last letter"));
}

static void
add_enter(struct keys *keys, int row, const char *label)
{
    struct element *key =
        add(keys, row, "enter", label, (struct action){.verb = VERB_NEXT});

    key->icon = "arrow_forward";
    key->flags |= ELEMENT_PRIMARY | ELEMENT_ICON_AFTER;
}

static void
add_space(const struct view *view, struct keys *keys)
{
    struct element *key =
        add(keys, 3, "space", tr(view, "space"), (struct action){VERB_KEY, ' '});

    key->flags |= ELEMENT_WIDE;
    key->value = page_text(keys->page, " ");
}

static struct element *
add_toggle(struct keys *keys, int row, const char *id, const char *label, int which,
           bool on)
{
    struct element *key =
        add_function(keys, row, id, label, NULL, (struct action){VERB_KEYS, which});

    key->flags |= on ? ELEMENT_SELECTED : 0u;
    return key;
}

/* To the other keys, where a display has no room for all; it says to which. */
static void
add_turn(const struct view *view, struct keys *keys, int row)
{
    struct element *key = add_function(keys, row, FIT_TURN_KEYS, "", NULL,
                                       (struct action){.verb = VERB_MORE_KEYS});

    keys->keyboard->number = view->session->typed.board;
    key->spoken = page_text(keys->page, tr(view, "Other keys"));
}

/* Over the lowest row, so that the last key takes two rows. */
static void
describe_pad(const struct view *view, struct keys *keys, bool abroad, const char *enter)
{
    keys->keyboard->role = ROLE_KEY_PAD;
    add_letters(view, keys, 0, pad[0]);
    add_erase(view, keys, 0);
    add_letters(view, keys, 1, pad[1]);
    add_function(keys, 1, "clear", tr(view, "Erase all"), NULL,
                 (struct action){.verb = VERB_CLEAR});
    add_letters(view, keys, 2, pad[2]);
    add_enter(keys, 2, enter);
    if (abroad) {
        add_letter(view, keys, 3, '+');
    }
    add_letter(view, keys, 3, '0')->flags |= ELEMENT_WIDE;
}

/* Only what a code is made of, so that nothing else can be typed. */
static void
describe_code(const struct view *view, struct keys *keys, const char *enter)
{
    static const char *const rows[ROWS] = {"23456789", "QWERTYUP", "ASDFGHJK",
                                           "ZXCVBNM"};

    for (int row = 0; row < ROWS; row++) {
        add_letters(view, keys, row, rows[row]);
    }
    add_turn(view, keys, 3);
    add_erase(view, keys, 3);
    add_enter(keys, 3, enter);
}

static const struct accents *
accents_in(enum language language)
{
    return language == LANGUAGE_TR   ? &accents_turkish
           : language == LANGUAGE_PL ? &accents_polish
                                     : &accents_of_most;
}

static void
describe_letters(const struct view *view, struct keys *keys, enum keyboard_kind kind,
                 const char *enter)
{
    const struct typed *typed = &view->session->typed;
    bool name = kind == KEYBOARD_NAME;
    const struct accents *accents = accents_in(view->tongue.language);
    const char *const *rows = typed->keys == KEYS_DIGITS ? digits
                              : typed->keys == KEYS_ACCENTS
                                  ? (typed->shift ? accents->large : accents->small)
                              : typed->shift ? capitals
                                             : letters;

    add_letters(view, keys, 0, rows[0]);
    add_letters(view, keys, 1, rows[1]);
    add_turn(view, keys, 2);
    if (name) {
        struct element *shift = add_function(keys, 2, "shift", "", "keyboard_capslock",
                                             (struct action){.verb = VERB_SHIFT});

        shift->flags |= typed->shift ? ELEMENT_SELECTED : 0u;
        shift->spoken = page_text(keys->page, tr(view, "Capital letter"));
    } else {
        /* It says where it leads; by the same name, so that the focus stays on it. */
        bool figures = typed->keys == KEYS_DIGITS;

        add_toggle(keys, 2, "digits", figures ? "abc" : "123", KEYS_DIGITS, false)
            ->spoken =
            page_text(keys->page, tr(view, figures ? N_("Letters") : N_("Figures")));
    }
    add_letters(view, keys, 2, rows[2]);
    add_erase(view, keys, 2);
    if (kind == KEYBOARD_EMAIL) {
        if (typed->keys != KEYS_DIGITS) {
            add_letters(view, keys, 3, "@._-");
        }
    } else {
        add_toggle(keys, 3, "accents", accents->key, KEYS_ACCENTS,
                   typed->keys == KEYS_ACCENTS);
        if (name) {
            add_letter(view, keys, 3, '-');
        }
    }
    add_space(view, keys);
    if (name) {
        add_letter(view, keys, 3, 0x2019); /* as in ’t Hart */
    }
    add_enter(keys, 3, enter);
}

void
keyboard_describe(const struct view *view, struct page *page, enum keyboard_kind kind,
                  const char *enter)
{
    struct keys keys = {.page = page};

    keys.keyboard = page_add(page, SLOT_SHEET, ROLE_KEYBOARD, "keyboard", "");
    keys.keyboard->spoken = page_text(page, tr(view, "Keyboard"));
    if (kind == KEYBOARD_PHONE || kind == KEYBOARD_NUMBER) {
        describe_pad(view, &keys, kind == KEYBOARD_PHONE, enter);
    } else if (kind == KEYBOARD_CODE) {
        describe_code(view, &keys, enter);
    } else {
        describe_letters(view, &keys, kind, enter);
    }
}

void
keyboard_enter_with(struct page *page, const char *icon)
{
    for (size_t i = 0; i < page->count; i++) {
        struct element *key = &page->elements[i];

        if (key->role == ROLE_KEY && (key->flags & ELEMENT_PRIMARY) != 0) {
            key->icon = icon;
            key->flags &= ~(unsigned)ELEMENT_ICON_AFTER;
        }
    }
}

void
keyboard_begin(struct typed *typed)
{
    typed->keys = KEYS_LETTERS;
    typed->shift = false;
    typed->board = 0;
}

static void
type(struct typed *typed, uint32_t character, char *value, size_t size)
{
    char bytes[5];
    size_t length = strlen(value);
    size_t more = text_encode(character, bytes);

    if (character < ' ' || character == 0x7F || length + more >= size ||
        (character == ' ' && length == 0))
    {
        return;
    }
    memcpy(value + length, bytes, more + 1);
    typed->shift = false;
    if (typed->keys == KEYS_ACCENTS) {
        typed->keys = KEYS_LETTERS; /* one at a time, as people write */
        typed->board = 0;
    }
}

static void
erase(char *value)
{
    size_t length = strlen(value);

    while (length > 0 && ((unsigned char)value[length - 1] & 0xC0u) == 0x80u) {
        value[--length] = '\0';
    }
    if (length > 0) {
        value[length - 1] = '\0';
    }
}

bool
keyboard_act(struct typed *typed, struct action action, char *value, size_t size)
{
    switch (action.verb) {
    case VERB_KEY:
        type(typed, (uint32_t)action.argument, value, size);
        return true;
    case VERB_ERASE:
        erase(value);
        return true;
    case VERB_CLEAR:
        memory_wipe(value, size);
        return true;
    case VERB_KEYS:
        typed->board = 0;
        typed->keys =
            (int)typed->keys == action.argument
                ? KEYS_LETTERS
                : (action.argument == KEYS_DIGITS ? KEYS_DIGITS : KEYS_ACCENTS);
        return true;
    case VERB_MORE_KEYS:
        typed->board = (typed->board + 1) % BOARD_TURNS_MAX;
        return true;
    case VERB_SHIFT:
        typed->shift = !typed->shift;
        return true;
    default:
        return false;
    }
}
