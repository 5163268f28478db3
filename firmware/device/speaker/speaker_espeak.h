#pragma once

#include "device/speaker.h"
#include "device/speaker/sound.h"

/* As speaker_espeak_create(), through any sound, which it takes over. */
struct speaker *speaker_espeak_create_on(struct sound sound, struct error *error);
