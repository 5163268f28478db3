#include "journey_listen.h"

#include <string.h>

#include "base/text.h"
#include "ui/fit.h"
#include "ui/speech.h"

#include "journey_find.h"
#include "journey_touch.h"
#include "voice.h"

#define PRESSES_MAX 300 /* more than any page has to choose from */
#define TOLD_MAX 400
#define PARTS_MAX 40 /* of one page, and of a keyboard */

void
listen_anew(struct journey_run *run)
{
    if (run->parts->speaker != NULL) {
        speaker_transcript_clear(run->parts->speaker);
    }
}

static const char *
heard(const struct journey_run *run)
{
    return run->parts->speaker != NULL ? speaker_transcript(run->parts->speaker) : "";
}

/* Its end, which came last, for messages. */
static const char *
end_of(const char *transcript)
{
    size_t length = strlen(transcript);

    return length > TOLD_MAX / 4 ? transcript + length - TOLD_MAX / 4 : transcript;
}

/* In quotes: these words. Else: what the element with that id says of itself, which is
 * all that is asked of the page; whether it was heard, the ear decides. */
static bool
words_to_hear(const struct journey_run *run, const struct word *word,
              char words[SPEECH_BYTES], struct error *error)
{
    const struct page *page = presenter_page(run->parts->presenter);
    const struct element *element;
    struct speech_words how;
    char spoken[SPEECH_BYTES];

    if (word->quoted) {
        text_copy(words, SPEECH_BYTES, word->text);
        return true;
    }
    element = page_point_at(page, word, error);
    if (element == NULL) {
        return false;
    }
    voice_words(flow_tongue(run->parts->flow, page->language), &how);
    page_speak(element, spoken, sizeof(spoken));
    speech_text(words, SPEECH_BYTES, spoken, &how);
    return true;
}

bool
run_hear(struct journey_run *run, const struct step *step, struct error *error)
{
    char words[SPEECH_BYTES];

    if (!words_to_hear(run, &step->words[0], words, error)) {
        return false;
    }
    if ((strstr(heard(run), words) != NULL) != step->negated) {
        return true;
    }
    return error_set(error, ERROR_NOT_FOUND, "expected %sto hear \"%s\" in: %s",
                     step->negated ? "not " : "", words, end_of(heard(run)));
}

bool
run_say_nothing(struct journey_run *run, const struct step *step, struct error *error)
{
    (void)step;
    return (strstr(heard(run), " loud ") == NULL &&
            strstr(heard(run), " quiet ") == NULL) ||
           error_set(error, ERROR_REFUSED, "was said: %s", end_of(heard(run)));
}

static const char *
last_line(const char *transcript)
{
    const char *line = transcript;

    for (const char *end; (end = strchr(line, '\n')) != NULL && end[1] != '\0';) {
        line = end + 1;
    }
    return line;
}

/* "nl quiet Knop": what of it was said. */
static const char *
said_in(const char *line)
{
    for (int words = 0; words < 2 && *line != '\0'; words++) {
        line += strcspn(line, " \n");
        line += *line == ' ';
    }
    return line;
}

static bool
holds(const char *transcript, const char *words)
{
    return strstr(transcript, words) != NULL;
}

/* A key says its letter and nothing else. */
static bool
is_letter(const char *transcript, const char *letter)
{
    const char *said = said_in(last_line(transcript));
    size_t length = strlen(letter);

    return strncmp(said, letter, length) == 0 && said[length] == '\n';
}

typedef bool (*ear)(const char *transcript, const char *words);

/*
 * Presses next until the words are heard. By what is heard alone: when the same comes
 * twice, it went round.
 */
static bool
look_by_ear(struct journey_run *run, ear hears, const char *words, struct error *error)
{
    const struct step next = {.words = {{.text = "next"}}, .word_count = 1};
    char first[SPEECH_BYTES] = "";

    if (hears(last_line(heard(run)), words)) {
        return true; /* it has the focus */
    }
    for (int presses = 0; presses < PRESSES_MAX; presses++) {
        listen_anew(run);
        if (!run_press(run, &next, error)) {
            return false;
        }
        if (hears(heard(run), words)) {
            return true;
        }
        if (presses > 0 && text_equal(first, last_line(heard(run)))) {
            break;
        }
        if (presses == 0) {
            text_copy(first, sizeof(first), last_line(heard(run)));
        }
    }
    return error_set(error, ERROR_NOT_FOUND,
                     "went round and did not hear \"%s\"; last: %s", words,
                     end_of(heard(run)));
}

/* What turns to another part of the page, by its name, "" for nothing: which words to
 * listen for is all that is asked of the page. */
static bool
name_of_turn(const struct journey_run *run, const char *const *ids, size_t count,
             char words[SPEECH_BYTES])
{
    const struct page *page = presenter_page(run->parts->presenter);
    struct error none = {0};

    for (size_t i = 0; i < count; i++) {
        struct word word = {.quoted = false};

        text_copy(word.text, sizeof(word.text), ids[i]);
        if (page_find(page, ids[i]) != NULL && words_to_hear(run, &word, words, &none))
        {
            return true;
        }
    }
    return false;
}

/* By ear, on this part of the page or, where the ids lead, on others. */
static bool
look_on_all_parts(struct journey_run *run, ear hears, const char *words,
                  const char *const *ids, size_t count, struct error *error)
{
    static const struct step ok = {.words = {{.text = "ok"}}, .word_count = 1};
    char turn[SPEECH_BYTES];

    for (int parts = 0; parts < PARTS_MAX; parts++) {
        *error = (struct error){0};
        if (look_by_ear(run, hears, words, error)) {
            return true;
        }
        if (!name_of_turn(run, ids, count, turn)) {
            return false;
        }
        if (!look_by_ear(run, holds, turn, error)) {
            return false;
        }
        listen_anew(run);
        if (!run_press(run, &ok, error)) {
            return false;
        }
    }
    return false;
}

bool
run_listen_for(struct journey_run *run, const struct step *step, struct error *error)
{
    static const char *const turns[] = {"overlay-more", "more"};
    char words[SPEECH_BYTES];

    return words_to_hear(run, &step->words[0], words, error) &&
           look_on_all_parts(run, holds, words, turns, 2, error);
}

/* Letter for letter, each looked for by ear. */
bool
run_spell(struct journey_run *run, const struct step *step, struct error *error)
{
    static const char *const turns[] = {FIT_TURN_KEYS, "more"};
    const struct step ok = {.words = {{.text = "ok"}}, .word_count = 1};
    const struct word *word = &step->words[0];
    bool code = !word->quoted && text_equal(word->text, "code");
    const char *rest = code ? run->code : word->text;

    if (*rest == '\0') {
        return error_set(error, ERROR_NOT_FOUND, "no code has been shown");
    }
    while (*rest != '\0') {
        const char *before = rest;
        char letter[5] = "";

        text_next(&rest);
        memcpy(letter, before, (size_t)(rest - before));
        if (!look_on_all_parts(run, is_letter, letter, turns, 2, error)) {
            return false;
        }
        listen_anew(run);
        if (!run_press(run, &ok, error)) {
            return false;
        }
    }
    return true;
}

bool
check_headphones(const struct step *step, struct error *error)
{
    return text_equal(step->words[0].text, "in") ||
           text_equal(step->words[0].text, "out") ||
           error_set(error, ERROR_BAD_INPUT, "headphones are in or out");
}

bool
run_headphones(struct journey_run *run, const struct step *step, struct error *error)
{
    presenter_headphones(run->parts->presenter, text_equal(step->words[0].text, "in"));
    return run->settle(run, error);
}
