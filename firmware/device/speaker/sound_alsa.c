#include <stdlib.h>
#include <string.h>

#include <alsa/asoundlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/speaker/sound.h"

struct alsa {
    char device[128];
    snd_pcm_t *pcm; /* NULL while it is not open */
};

/* ALSA would write to standard error, many lines for one trouble. */
static void
say_nothing(const char *file, int line, const char *function, int code,
            const char *format, ...)
{
    (void)file;
    (void)line;
    (void)function;
    (void)code;
    (void)format;
}

static void
alsa_rest(void *maker)
{
    struct alsa *alsa = maker;

    if (alsa->pcm != NULL) {
        snd_pcm_drop(alsa->pcm);
        snd_pcm_close(alsa->pcm);
        alsa->pcm = NULL;
    }
}

static bool
failed(struct alsa *alsa, int code, struct error *error)
{
    alsa_rest(alsa);
    return error_set(error, ERROR_DEVICE, "%s: %s", alsa->device, snd_strerror(code));
}

static bool
alsa_start(void *maker, int samples_per_s, struct error *error)
{
    struct alsa *alsa = maker;
    int code;

    if (alsa->pcm == NULL) {
        /* Not to wait until whoever has the device lets go of it. */
        code = snd_pcm_open(&alsa->pcm, alsa->device, SND_PCM_STREAM_PLAYBACK,
                            SND_PCM_NONBLOCK);
        if (code < 0) {
            alsa->pcm = NULL;
            return failed(alsa, code, error);
        }
        snd_pcm_nonblock(alsa->pcm, 0);
        code = snd_pcm_set_params(alsa->pcm, SND_PCM_FORMAT_S16,
                                  SND_PCM_ACCESS_RW_INTERLEAVED, 1,
                                  (unsigned)samples_per_s, 1, SOUND_AHEAD_MS * 1000);
        if (code < 0) {
            return failed(alsa, code, error);
        }
    }
    if (snd_pcm_state(alsa->pcm) == SND_PCM_STATE_SETUP) { /* drained, or dropped */
        code = snd_pcm_prepare(alsa->pcm);
        if (code < 0) {
            return failed(alsa, code, error);
        }
    }
    return true;
}

static bool
alsa_write(void *maker, const int16_t *samples, size_t count, struct error *error)
{
    struct alsa *alsa = maker;

    while (count > 0) {
        snd_pcm_sframes_t written = snd_pcm_writei(alsa->pcm, samples, count);

        if (written < 0) {
            int code = snd_pcm_recover(alsa->pcm, (int)written, 1);

            if (code < 0) {
                return failed(alsa, code, error);
            }
            continue;
        }
        samples += written;
        count -= (size_t)written;
    }
    return true;
}

static void
alsa_drain(void *maker)
{
    struct alsa *alsa = maker;

    if (alsa->pcm != NULL) {
        snd_pcm_drain(alsa->pcm);
    }
}

static void
alsa_drop(void *maker)
{
    struct alsa *alsa = maker;

    if (alsa->pcm != NULL) {
        snd_pcm_drop(alsa->pcm);
    }
}

static void
alsa_destroy(void *maker)
{
    alsa_rest(maker);
    free(maker);
    snd_config_update_free_global();
}

static const struct sound_operations operations = {
    .start = alsa_start,
    .write = alsa_write,
    .drain = alsa_drain,
    .drop = alsa_drop,
    .rest = alsa_rest,
    .destroy = alsa_destroy,
};

struct sound
sound_alsa_create(const char *device)
{
    struct alsa *alsa = memory_allocate(1, sizeof(*alsa));

    text_copy(alsa->device, sizeof(alsa->device),
              device[0] != '\0' ? device : "default");
    snd_lib_error_set_handler(say_nothing);
    return (struct sound){&operations, alsa};
}
