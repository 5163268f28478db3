#include "device/speaker/speaker_espeak.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <espeak-ng/speak_lib.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/speaker/speaker_maker.h"
#include "device/speaker/speaker_queue.h"

#define LOG_MODULE "speaker"
#include "base/log.h"

/* Between two looks at whether it should hush: with what is on its way (SOUND_AHEAD_MS)
 * less than the 100 ms that a hush may take. */
#define CHUNK_MS 20

struct espeak {
    struct speaker_queue *queue;
    struct sound sound;
    int samples_per_s;
    pthread_t thread;
    /* Of the thread that speaks. */
    struct spoken spoken; /* what is being said */
    enum language voice;
    bool has_voice, silent; /* silent: there was no sound, and the log says so */
};

/* Words a minute; in the middle what FACTS of public speech ask for, 125. */
static const int rates[] = {80, 90, 100, 112, 125, 150, 180, 215, 250};
/* Parts of what espeak-ng gives, in hundredths. */
static const int volumes[] = {30, 40, 55, 75, 100, 120, 140, 170, 200};

static_assert(sizeof(rates) / sizeof(rates[0]) == 2 * SPEAKER_STEP_MAX + 1,
              "a rate for every step");
static_assert(sizeof(volumes) / sizeof(volumes[0]) == 2 * SPEAKER_STEP_MAX + 1,
              "a volume for every step");

/* --- the thread that speaks ---------------------------------------------------- */

static void
no_sound(struct espeak *espeak, const struct error *error)
{
    if (!espeak->silent) {
        log_warning("no sound, and nobody hears the speech: %s", error->message);
    }
    espeak->silent = true;
}

static bool
is_stale(struct espeak *espeak)
{
    return speaker_queue_is_stale(espeak->queue, espeak->spoken.turn);
}

/* Called by espeak-ng with the next samples; not 0 ends it. */
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
    struct espeak *espeak = events->user_data;
    int chunk = espeak->samples_per_s * CHUNK_MS / 1000;
    struct error error = {0};

    if (samples == NULL || espeak == NULL) {
        return 0;
    }
    for (int at = 0; at < count; at += chunk) {
        int length = count - at < chunk ? count - at : chunk;

        if (is_stale(espeak)) {
            return 1;
        }
        if (!espeak->sound.operations->write(espeak->sound.maker, samples + at,
                                             (size_t)length, &error))
        {
            no_sound(espeak, &error);
            return 1;
        }
    }
    return 0;
}

static void
choose_voice(struct espeak *espeak)
{
    const char *code = language_code(espeak->spoken.language);

    if (espeak->has_voice && espeak->voice == espeak->spoken.language) {
        return;
    }
    if (espeak_SetVoiceByName(code) != EE_OK) {
        log_warning("espeak-ng has no voice for \"%s\"", code);
    }
    espeak->has_voice = true;
    espeak->voice = espeak->spoken.language;
}

static void
synthesize(struct espeak *espeak, const char *text, size_t size, unsigned how)
{
    espeak_Synth(text, size, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | how, NULL, espeak);
}

/* A key of a keyboard: its sign is called by its name, which in a sentence is a pause.
 */
static bool
synthesize_character(struct espeak *espeak)
{
    const char *text = espeak->spoken.text;
    uint32_t character = text_next(&text);
    char named[80];

    if (character == 0 || *text != '\0') {
        return false;
    }
    snprintf(named, sizeof(named), "<say-as interpret-as=\"tts:char\">&#%u;</say-as>",
             (unsigned)character);
    synthesize(espeak, named, sizeof(named), espeakSSML);
    memory_wipe(named, sizeof(named));
    return true;
}

static void
speak(struct espeak *espeak)
{
    const struct sound_operations *sound = espeak->sound.operations;
    const struct spoken *spoken = &espeak->spoken;
    struct error error = {0};

    if (!sound->start(espeak->sound.maker, espeak->samples_per_s, &error)) {
        no_sound(espeak, &error);
        return;
    }
    espeak->silent = false;
    choose_voice(espeak);
    espeak_SetParameter(espeakRATE, rates[spoken->rate + SPEAKER_STEP_MAX], 0);
    espeak_SetParameter(espeakVOLUME, volumes[spoken->volume + SPEAKER_STEP_MAX], 0);
    if (!synthesize_character(espeak)) {
        synthesize(espeak, spoken->text, sizeof(spoken->text), 0);
    }
    if (is_stale(espeak)) {
        sound->drop(espeak->sound.maker);
    } else if (speaker_queue_is_empty(espeak->queue)) {
        sound->drain(espeak->sound.maker);
    }
}

/* espeak-ng keeps the clause it said last: another takes its place. Stale, so that
 * nobody hears it. */
static void
rest(struct espeak *espeak)
{
    char nothing[1024];

    for (size_t i = 0; i + 1 < sizeof(nothing); i++) {
        nothing[i] = i % 2 == 0 ? 'a' : ' ';
    }
    nothing[sizeof(nothing) - 1] = '\0';
    espeak->spoken.turn--; /* of no hush that will come */
    synthesize(espeak, nothing, sizeof(nothing), 0);
    espeak->sound.operations->rest(espeak->sound.maker);
}

static void *
run(void *data)
{
    struct espeak *espeak = data;

    for (;;) {
        switch (speaker_queue_take(espeak->queue, &espeak->spoken)) {
        case SPEAKER_SPEAK:
            speak(espeak);
            break;
        case SPEAKER_REST:
            rest(espeak);
            break;
        case SPEAKER_STOP:
            return NULL;
        }
    }
}

/* --- the loop's thread ---------------------------------------------------------- */

static bool
espeak_say(void *maker, const struct utterance *utterance)
{
    const struct espeak *espeak = maker;

    return speaker_queue_put(espeak->queue, utterance);
}

static void
espeak_hush(void *maker)
{
    const struct espeak *espeak = maker;

    speaker_queue_hush(espeak->queue);
}

static bool
espeak_is_speaking(void *maker)
{
    const struct espeak *espeak = maker;

    return speaker_queue_is_busy(espeak->queue);
}

static void
espeak_forget(void *maker)
{
    const struct espeak *espeak = maker;

    speaker_queue_rest(espeak->queue);
}

static void
espeak_destroy(void *maker)
{
    struct espeak *espeak = maker;

    speaker_queue_stop(espeak->queue);
    pthread_join(espeak->thread, NULL);
    speaker_queue_destroy(espeak->queue);
    espeak->sound.operations->destroy(espeak->sound.maker);
    memory_wipe(espeak, sizeof(*espeak));
    free(espeak);
}

static const struct speaker_operations operations = {
    .say = espeak_say,
    .hush = espeak_hush,
    .is_speaking = espeak_is_speaking,
    .forget = espeak_forget,
    .destroy = espeak_destroy,
};

/* Once a program: espeak-ng that is ended and begun again hangs at its second end
 * (1.51), so it is never ended. Samples a second; not above 0 when it has no voices. */
static int
begin_espeak(void)
{
    static int samples_per_s;

    if (samples_per_s <= 0) {
        samples_per_s = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, CHUNK_MS, NULL,
                                          espeakINITIALIZE_DONT_EXIT);
        espeak_SetSynthCallback(on_samples);
    }
    return samples_per_s;
}

struct speaker *
speaker_espeak_create_on(struct sound sound, struct error *error)
{
    int samples_per_s = begin_espeak();
    struct espeak *espeak;
    int failed;

    if (samples_per_s <= 0) {
        sound.operations->destroy(sound.maker);
        error_set(error, ERROR_NOT_FOUND, "espeak-ng's voices are not there");
        return NULL;
    }
    espeak = memory_allocate(1, sizeof(*espeak));
    espeak->queue = speaker_queue_create();
    espeak->sound = sound;
    espeak->samples_per_s = samples_per_s;
    failed = pthread_create(&espeak->thread, NULL, run, espeak);
    assert(failed == 0);
    (void)failed;
    pthread_setname_np(espeak->thread, "speaker");
    return speaker_make(&operations, espeak);
}

struct speaker *
speaker_espeak_create(const char *device, struct error *error)
{
    return speaker_espeak_create_on(sound_alsa_create(device), error);
}
