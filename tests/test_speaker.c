#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/file.h"
#include "base/memory.h"
#include "device/speaker.h"
#include "device/speaker/speaker_espeak.h"

/* A sound that is measured instead of heard. With `gate` it takes no samples until it
 * is opened, as a device whose buffer is full. */
struct measured {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool gate, absent;
    size_t samples, after_hush, dropped;
    int peak, starts, rate;
    bool begun, hushed;
};

static bool
measured_start(void *maker, int samples_per_s, struct error *error)
{
    struct measured *measured = maker;
    bool absent;

    pthread_mutex_lock(&measured->lock);
    measured->starts++;
    measured->rate = samples_per_s;
    absent = measured->absent;
    pthread_mutex_unlock(&measured->lock);
    return !absent || error_set(error, ERROR_DEVICE, "nothing is plugged in");
}

static bool
measured_write(void *maker, const int16_t *samples, size_t count, struct error *error)
{
    struct measured *measured = maker;

    (void)error;
    pthread_mutex_lock(&measured->lock);
    measured->begun = true;
    pthread_cond_broadcast(&measured->changed);
    while (measured->gate) {
        pthread_cond_wait(&measured->changed, &measured->lock);
    }
    measured->samples += count;
    measured->after_hush += measured->hushed ? count : 0;
    for (size_t i = 0; i < count; i++) {
        int level = abs(samples[i]);

        measured->peak = level > measured->peak ? level : measured->peak;
    }
    pthread_mutex_unlock(&measured->lock);
    return true;
}

static void
measured_drop(void *maker)
{
    struct measured *measured = maker;

    pthread_mutex_lock(&measured->lock);
    measured->dropped++;
    pthread_mutex_unlock(&measured->lock);
}

static void
measured_nothing(void *maker)
{
    (void)maker;
}

static const struct sound_operations measured_operations = {
    .start = measured_start,
    .write = measured_write,
    .drain = measured_nothing,
    .drop = measured_drop,
    .rest = measured_nothing,
    .destroy = measured_nothing,
};

static struct speaker *
create(struct measured *measured)
{
    struct error error = {0};
    struct speaker *speaker;

    *measured = (struct measured){.lock = PTHREAD_MUTEX_INITIALIZER,
                                  .changed = PTHREAD_COND_INITIALIZER};
    speaker = speaker_espeak_create_on((struct sound){&measured_operations, measured},
                                       &error);
    if (speaker == NULL) {
        fail_msg("%s", error.message);
    }
    return speaker;
}

static void
wait_until_silent(struct speaker *speaker)
{
    while (speaker_is_speaking(speaker)) {
        usleep(1000); /* for its end, not for a time */
    }
}

static void
say(struct speaker *speaker, enum language language, const char *text)
{
    assert_true(
        speaker_say(speaker, &(struct utterance){.text = text, .language = language}));
}

static void
test_each_language_has_a_voice_that_is_heard(void **state)
{
    static const char *const sentences[LANGUAGE_COUNT] = {
        [LANGUAGE_NL] = "Kies een dag en een tijd.",
        [LANGUAGE_EN] = "Choose a day and a time.",
        [LANGUAGE_TR] = "Bir gün ve saat seçin.",
        [LANGUAGE_AR] = "اختر اليوم والوقت.",
        [LANGUAGE_UK] = "Виберіть день і час.",
        [LANGUAGE_PL] = "Wybierz dzień i godzinę.",
    };
    struct measured measured;
    struct speaker *speaker = create(&measured);

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        measured.samples = 0;
        measured.peak = 0;
        say(speaker, (enum language)language, sentences[language]);
        wait_until_silent(speaker);
        /* Such a sentence takes at least a second and no more than ten. */
        assert_in_range(measured.samples, measured.rate, 10 * measured.rate);
        assert_in_range(measured.peak, 4000, INT16_MAX + 1);
    }
    speaker_destroy(speaker);
}

static void
test_a_sign_on_a_key_is_called_by_its_name(void **state)
{
    static const char *const signs[] = {"@", "-", ".", "_", "+", "’"};
    struct measured measured;
    struct speaker *speaker = create(&measured);

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
            measured.peak = 0;
            say(speaker, (enum language)language, signs[i]);
            wait_until_silent(speaker);
            if (measured.peak < 2000) {
                fail_msg("%s in %s is not heard", signs[i],
                         language_code((enum language)language));
            }
        }
    }
    speaker_destroy(speaker);
}

static void
test_volume_and_rate_are_heard(void **state)
{
    struct measured measured;
    struct speaker *speaker = create(&measured);
    struct utterance utterance = {.text = "Neem uw paspoort mee."};
    size_t samples[3];
    int peaks[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        utterance.volume = utterance.rate = (i - 1) * SPEAKER_STEP_MAX;
        measured.samples = 0;
        measured.peak = 0;
        assert_true(speaker_say(speaker, &utterance));
        wait_until_silent(speaker);
        samples[i] = measured.samples;
        peaks[i] = measured.peak;
    }
    assert_true(samples[0] > samples[1] && samples[1] > samples[2]);
    assert_true(peaks[0] < peaks[1] && peaks[1] <= peaks[2]);
    speaker_destroy(speaker);
}

static void
test_a_hush_stops_within_a_word_and_empties_the_queue(void **state)
{
    struct measured measured;
    struct speaker *speaker = create(&measured);

    (void)state;
    measured.gate = true;
    say(speaker, LANGUAGE_NL, "Dit is een lange zin die nooit helemaal wordt gezegd.");
    say(speaker, LANGUAGE_NL, "En deze in het geheel niet.");
    pthread_mutex_lock(&measured.lock);
    while (!measured.begun) {
        pthread_cond_wait(&measured.changed, &measured.lock);
    }
    speaker_hush(speaker); /* returns though the device takes nothing */
    measured.hushed = true;
    measured.gate = false;
    pthread_cond_broadcast(&measured.changed);
    pthread_mutex_unlock(&measured.lock);
    wait_until_silent(speaker);
    /* The piece that the device was taking, and not one more: 40 ms, and what is on
     * its way is dropped. */
    assert_in_range(measured.after_hush, 0, measured.rate * 40 / 1000);
    assert_int_equal(measured.dropped, 1);
    assert_int_equal(measured.starts, 1);

    /* What is said afterwards is said whole. */
    measured.samples = 0;
    say(speaker, LANGUAGE_NL, "Daarna wel.");
    wait_until_silent(speaker);
    assert_true(measured.samples > (size_t)measured.rate / 2);
    speaker_destroy(speaker);
}

static void
test_a_full_queue_says_so_and_never_waits(void **state)
{
    struct measured measured;
    struct speaker *speaker = create(&measured);
    const struct utterance utterance = {.text = "Nog een."};
    int taken = 0;

    (void)state;
    measured.gate = true;
    while (speaker_say(speaker, &utterance)) {
        taken++;
    }
    assert_in_range(taken, SPEAKER_QUEUE_MAX, SPEAKER_QUEUE_MAX + 1);
    speaker_hush(speaker);
    assert_true(speaker_say(speaker, &utterance)); /* there is room again */
    speaker_hush(speaker);
    pthread_mutex_lock(&measured.lock);
    measured.gate = false;
    pthread_cond_broadcast(&measured.changed);
    pthread_mutex_unlock(&measured.lock);
    speaker_destroy(speaker);
}

/* --- what stays in memory --------------------------------------------------------- */

/* "Zwartebessenjam", hidden: the test itself must not be what it finds. */
static const unsigned char hidden[] = {0x0f, 0x22, 0x34, 0x27, 0x21, 0x30, 0x37, 0x30,
                                       0x26, 0x26, 0x30, 0x3b, 0x3f, 0x34, 0x38};
#define HIDING 0x55
#define REGION_BYTES_MAX ((size_t)64 * 1024 * 1024) /* more is a sanitizer's */

/* Characters of `width` bytes each, as programs keep text. */
static int
count_in(const unsigned char *bytes, size_t length, size_t width)
{
    int count = 0;

    for (size_t at = 0; at + sizeof(hidden) * width <= length; at++) {
        size_t i = 0;

        while (i < sizeof(hidden) && bytes[at + i * width] == (hidden[i] ^ HIDING)) {
            i++;
        }
        count += i == sizeof(hidden);
    }
    return count;
}

/* How often it stands in what this program may write. */
static int
count_in_memory(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    FILE *memory = fopen("/proc/self/mem", "r");
    char line[512], rights[8];
    unsigned long from, to;
    int count = 0;

    assert_true(maps != NULL && memory != NULL);
    while (fgets(line, sizeof(line), maps) != NULL) {
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) != 3 || rights[1] != 'w' ||
            to - from > REGION_BYTES_MAX)
        {
            continue;
        }
        unsigned char *copy = malloc(to - from);

        if (fseek(memory, (long)from, SEEK_SET) == 0 &&
            fread(copy, 1, to - from, memory) == to - from)
        {
            count += count_in(copy, to - from, 1) + count_in(copy, to - from, 4);
        }
        memory_wipe(copy, to - from);
        free(copy);
    }
    fclose(memory);
    fclose(maps);
    return count;
}

static void
say_hidden(struct speaker *speaker)
{
    char text[sizeof(hidden) + 1];

    for (size_t i = 0; i < sizeof(hidden); i++) {
        text[i] = (char)(hidden[i] ^ HIDING);
    }
    text[sizeof(hidden)] = '\0';
    say(speaker, LANGUAGE_NL, text);
    memory_wipe(text, sizeof(text));
}

static void
test_after_a_visit_nothing_that_was_said_is_left_in_memory(void **state)
{
    struct measured measured;
    struct speaker *speaker = create(&measured);

    (void)state;
    say_hidden(speaker);
    wait_until_silent(speaker);
    assert_true(count_in_memory() > 0); /* espeak-ng kept it: this test can fail */
    speaker_forget(speaker);
    wait_until_silent(speaker);
    assert_int_equal(count_in_memory(), 0);
    speaker_destroy(speaker);
}

/* Standard error goes to a file meanwhile. */
static char *
log_of(void (*run)(void))
{
    char path[] = "/tmp/test-speaker-XXXXXX";
    int file = mkstemp(path), before = dup(STDERR_FILENO);
    struct error error = {0};
    size_t length;
    char *log;

    assert_true(file >= 0 && before >= 0);
    dup2(file, STDERR_FILENO);
    run();
    dup2(before, STDERR_FILENO);
    close(before);
    close(file);
    log = file_read(path, 100000, &length, &error);
    assert_non_null(log);
    unlink(path);
    return log;
}

static void
speak_without_sound(void)
{
    struct measured measured;
    struct speaker *speaker = create(&measured);

    measured.absent = true;
    for (int i = 0; i < 3; i++) {
        say(speaker, LANGUAGE_NL, "Mevrouw Jansen");
    }
    wait_until_silent(speaker);
    measured.absent = false; /* it is plugged in */
    say(speaker, LANGUAGE_NL, "Mevrouw Jansen");
    wait_until_silent(speaker);
    assert_true(measured.samples > 0);
    speaker_destroy(speaker);
}

static void
test_no_sound_is_logged_once_and_what_is_said_never(void **state)
{
    char *log = log_of(speak_without_sound);
    char *line = strstr(log, "nothing is plugged in");

    (void)state;
    assert_non_null(line);
    assert_null(strstr(line + 1, "nothing is plugged in"));
    assert_null(strstr(log, "Jansen"));
    free(log);
}

static void
speak_without_device(void)
{
    struct error error = {0};
    struct speaker *speaker = speaker_espeak_create("hw:NoSuchCard", &error);

    assert_non_null(speaker);
    say(speaker, LANGUAGE_NL, "Hoort iemand dit?");
    wait_until_silent(speaker);
    speaker_destroy(speaker);
}

static void
test_a_machine_without_that_card_is_silent_and_goes_on(void **state)
{
    char *log = log_of(speak_without_device);

    (void)state;
    assert_non_null(strstr(log, "no sound"));
    assert_non_null(strstr(log, "hw:NoSuchCard"));
    assert_null(strstr(log, "ALSA lib")); /* not in its words, many lines of them */
    free(log);
}

/* ALSA's own maker of files takes the place of the card. */
static void
test_alsa_is_given_every_sample(void **state)
{
    char path[] = "/tmp/test-speaker-XXXXXX", device[80];
    struct error error = {0};
    struct speaker *speaker;
    size_t length = 0;
    int peak = 0;
    char *samples;

    (void)state;
    close(mkstemp(path));
    snprintf(device, sizeof(device), "file:FILE=%s,FORMAT=raw", path);
    speaker = speaker_espeak_create(device, &error);
    assert_non_null(speaker);
    say(speaker, LANGUAGE_EN, "Your appointment.");
    wait_until_silent(speaker);
    speaker_forget(speaker); /* lets go of the device, which writes the rest */
    wait_until_silent(speaker);
    speaker_destroy(speaker);
    samples = file_read(path, 10000000, &length, &error);
    assert_non_null(samples);
    for (size_t i = 0; i + 1 < length; i += 2) {
        int16_t sample;

        memcpy(&sample, samples + i, sizeof(sample));
        peak = abs(sample) > peak ? abs(sample) : peak;
    }
    assert_true(length > 22050); /* half a second */
    assert_true(peak > 4000);
    free(samples);
    unlink(path);
}

static void
test_a_transcript_has_a_line_an_utterance(void **state)
{
    struct error error = {0};
    char path[] = "/tmp/test-speaker-XXXXXX";
    struct speaker *speaker;
    size_t length;
    char *file;

    (void)state;
    close(mkstemp(path));
    speaker = speaker_transcript_create(path, &error);
    assert_non_null(speaker);
    speaker_hush(speaker); /* of nothing */
    say(speaker, LANGUAGE_NL, "Kies een dag.");
    say(speaker, LANGUAGE_NL, "");
    assert_true(speaker_say(speaker, &(struct utterance){.text = "Next\nline",
                                                         .language = LANGUAGE_EN,
                                                         .headphones = true}));
    speaker_hush(speaker);
    speaker_hush(speaker);
    assert_false(speaker_is_speaking(speaker));
    assert_string_equal(speaker_transcript(speaker),
                        "nl loud Kies een dag.\nen quiet Next line\ninterrupted\n");
    speaker_transcript_clear(speaker);
    assert_string_equal(speaker_transcript(speaker), "");
    say(speaker, LANGUAGE_AR, "اختر");
    assert_string_equal(speaker_transcript(speaker), "ar loud اختر\n");
    speaker_destroy(speaker);
    file = file_read(path, 10000, &length, &error);
    assert_string_equal(
        file, "nl loud Kies een dag.\nen quiet Next line\ninterrupted\nar loud اختر\n");
    free(file);
    unlink(path);
    assert_null(speaker_transcript_create("/nowhere/transcript", &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
}

static void
test_a_transcript_forgets_the_oldest(void **state)
{
    struct error error = {0};
    struct speaker *speaker = speaker_transcript_create(NULL, &error);
    char *text = memory_allocate(1, 2000);

    (void)state;
    memset(text, 'x', 1999);
    say(speaker, LANGUAGE_NL, "eerst");
    for (int i = 0; i < 200; i++) {
        say(speaker, LANGUAGE_NL, text);
    }
    say(speaker, LANGUAGE_NL, "laatst");
    assert_null(strstr(speaker_transcript(speaker), "eerst"));
    assert_non_null(strstr(speaker_transcript(speaker), "laatst"));
    free(text);
    speaker_destroy(speaker);
}

static void
test_nobody_speaks_where_there_is_no_speaker(void **state)
{
    struct speaker *speaker = speaker_none_create();

    (void)state;
    say(speaker, LANGUAGE_NL, "Hallo");
    assert_false(speaker_is_speaking(speaker));
    speaker_hush(speaker);
    speaker_forget(speaker);
    speaker_destroy(speaker);
    speaker_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_language_has_a_voice_that_is_heard),
        cmocka_unit_test(test_a_sign_on_a_key_is_called_by_its_name),
        cmocka_unit_test(test_volume_and_rate_are_heard),
        cmocka_unit_test(test_a_hush_stops_within_a_word_and_empties_the_queue),
        cmocka_unit_test(test_a_full_queue_says_so_and_never_waits),
        cmocka_unit_test(test_after_a_visit_nothing_that_was_said_is_left_in_memory),
        cmocka_unit_test(test_no_sound_is_logged_once_and_what_is_said_never),
        cmocka_unit_test(test_a_machine_without_that_card_is_silent_and_goes_on),
        cmocka_unit_test(test_alsa_is_given_every_sample),
        cmocka_unit_test(test_a_transcript_has_a_line_an_utterance),
        cmocka_unit_test(test_a_transcript_forgets_the_oldest),
        cmocka_unit_test(test_nobody_speaks_where_there_is_no_speaker),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
