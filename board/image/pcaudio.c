/*
 * libpcaudio of the card: espeak-ng is linked to it for playing by itself, which the
 * kiosk never asks for (firmware/device/speaker/speaker_espeak.c plays by ALSA).
 * Debian's brings PulseAudio, and with it X11 and D-Bus: some twenty libraries that
 * would be loaded at each start.
 */

#include <stddef.h>

#define ABSENT -1

struct audio_object;

struct audio_object *
create_audio_device_object(const char *device, const char *application,
                           const char *description);
int audio_object_open(struct audio_object *object, int format, unsigned rate,
                      unsigned char channels);
void audio_object_close(struct audio_object *object);
void audio_object_destroy(struct audio_object *object);
int audio_object_write(struct audio_object *object, const void *data, size_t bytes);
int audio_object_drain(struct audio_object *object);
int audio_object_flush(struct audio_object *object);
const char *audio_object_strerror(struct audio_object *object, int error);

struct audio_object *
create_audio_device_object(const char *device, const char *application,
                           const char *description)
{
    (void)device;
    (void)application;
    (void)description;
    return NULL;
}

int
audio_object_open(struct audio_object *object, int format, unsigned rate,
                  unsigned char channels)
{
    (void)object;
    (void)format;
    (void)rate;
    (void)channels;
    return ABSENT;
}

void
audio_object_close(struct audio_object *object)
{
    (void)object;
}

void
audio_object_destroy(struct audio_object *object)
{
    (void)object;
}

int
audio_object_write(struct audio_object *object, const void *data, size_t bytes)
{
    (void)object;
    (void)data;
    (void)bytes;
    return ABSENT;
}

int
audio_object_drain(struct audio_object *object)
{
    (void)object;
    return ABSENT;
}

int
audio_object_flush(struct audio_object *object)
{
    (void)object;
    return ABSENT;
}

const char *
audio_object_strerror(struct audio_object *object, int error)
{
    (void)object;
    (void)error;
    return "the kiosk plays by itself";
}
