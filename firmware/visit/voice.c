#include "voice.h"

#include <assert.h>

#include "base/text.h"

static_assert(SPEAKER_STEP_MAX == ADJUSTMENT_STEP_MAX, "as many steps");
static_assert(SPEAKER_TEXT_BYTES >= SPEECH_BYTES, "an utterance fits");

static const char *
tr(const struct tongue *tongue, const char *message)
{
    return translate(tongue->translation, message);
}

/* --- saying ----------------------------------------------------------------------- */

/* One thing to say: begun by the first words of it, which end what is being said. */
struct telling {
    const struct voice *voice;
    const struct page *page;
    struct speech_words words, dutch;
    struct speech speech;
    bool begun;
};

static void
say(void *data, enum language language, const char *text)
{
    struct telling *telling = data;
    const struct voice *voice = telling->voice;

    if (!telling->begun) {
        speaker_hush(voice->speaker);
        telling->begun = true;
    }
    speaker_say(voice->speaker, &(struct utterance){
                                    .text = text,
                                    .language = language,
                                    .headphones = voice->headphones,
                                    .volume = telling->page->adjustment.volume,
                                    .rate = telling->page->adjustment.rate,
                                });
}

static void
begin(struct telling *telling, const struct voice *voice, const struct shown *shown)
{
    *telling = (struct telling){.voice = voice, .page = shown->page};
    voice_words(shown->tongue, &telling->words);
    voice_words(shown->dutch, &telling->dutch);
    telling->speech = (struct speech){
        .words = &telling->words,
        .dutch = &telling->dutch,
        .aloud = !voice->headphones,
        .say = say,
        .data = telling,
    };
}

static void
tell(struct telling *telling, const struct shown *shown, const char *message)
{
    say(telling, shown->page->language, tr(&shown->tongue, message));
}

static void
tell_level(struct telling *telling, const struct shown *shown, const char *message,
           int step)
{
    char said[WORDING_BYTES];

    wording_number(said, tr(&shown->tongue, message), step + SPEAKER_STEP_MAX + 1);
    say(telling, shown->page->language, said);
}

static void
introduce(struct telling *telling, const struct shown *shown)
{
    tell(telling, shown, N_("You now hear what is on the screen."));
    if (!telling->voice->headphones) {
        tell(telling, shown,
             N_("Others can hear it too. Plug in headphones to hear what is private."));
    }
    tell(telling, shown,
         N_("The arrows go to the next choice. OK chooses. There are keys for back, "
            "repeat, louder and softer."));
}

static void
tell_page(struct telling *telling, const struct shown *shown)
{
    speech_page(&telling->speech, shown->page);
    speech_focus(&telling->speech, shown->page, shown->focused);
}

static const char *
label_of(const struct page *page, const char *id)
{
    const struct element *element = page_find(page, id);

    return element != NULL ? element->label : "";
}

/* Two questions in a row are two pages of one screen. */
static bool
is_same_page(const struct page *before, const struct page *page)
{
    return text_equal(before->screen, page->screen) &&
           before->language == page->language &&
           page_has_overlay(before) == page_has_overlay(page) &&
           text_equal(label_of(before, "title"), label_of(page, "title")) &&
           text_equal(label_of(before, "overlay-title"),
                      label_of(page, "overlay-title"));
}

static const char *
focus_of(const struct shown *shown)
{
    return shown->focused != NULL ? shown->focused->id : "";
}

static void
tell_news(struct telling *telling, const struct shown *shown)
{
    const struct adjustment *was = &shown->before->adjustment;
    const struct adjustment *is = &shown->page->adjustment;

    if (was->volume != is->volume) {
        tell_level(telling, shown, N_("Volume {1}"), is->volume);
    }
    if (was->rate != is->rate) {
        tell_level(telling, shown, N_("Speed {1}"), is->rate);
    }
    if (!text_equal(telling->voice->told, focus_of(shown))) {
        speech_changes(&telling->speech, shown->before, shown->page, NULL);
        speech_focus(&telling->speech, shown->page, shown->focused);
    } else {
        speech_changes(&telling->speech, shown->before, shown->page, shown->focused);
    }
}

void
voice_show(struct voice *voice, const struct shown *shown)
{
    bool spoke = shown->before != NULL && shown->before->adjustment.speech;
    struct telling telling;

    if (voice->speaker == NULL) {
        return;
    }
    if (!shown->page->adjustment.speech) {
        if (spoke) {
            speaker_hush(voice->speaker);
        }
        return;
    }
    begin(&telling, voice, shown);
    if (!spoke) {
        introduce(&telling, shown);
        tell_page(&telling, shown);
    } else if (!is_same_page(shown->before, shown->page)) {
        tell_page(&telling, shown);
    } else {
        tell_news(&telling, shown);
    }
    text_copy(voice->told, sizeof(voice->told), focus_of(shown));
}

void
voice_repeat(struct voice *voice, const struct shown *shown)
{
    struct telling telling;

    if (voice->speaker != NULL) {
        begin(&telling, voice, shown);
        tell_page(&telling, shown);
    }
}

void
voice_invite(struct voice *voice, const struct shown *shown)
{
    struct telling telling;

    if (voice->speaker != NULL) {
        begin(&telling, voice, shown);
        tell(&telling, shown,
             N_("Do you want to hear what is on the screen? Press repeat, or plug in "
                "headphones."));
    }
}

void
voice_hush(struct voice *voice)
{
    if (voice->speaker != NULL) {
        speaker_hush(voice->speaker);
    }
}

bool
voice_is_speaking(const struct voice *voice)
{
    return voice->speaker != NULL && speaker_is_speaking(voice->speaker);
}

void
voice_forget(struct voice *voice, struct tongue tongue, bool listened)
{
    if (voice->speaker == NULL) {
        return;
    }
    voice->told[0] = '\0';
    speaker_forget(voice->speaker);
    if (listened) {
        speaker_say(
            voice->speaker,
            &(struct utterance){
                .text = tr(&tongue, "The visit has ended. This kiosk has erased "
                                    "your details."),
                .language = tongue.language,
                .headphones = voice->headphones,
            });
    }
}
