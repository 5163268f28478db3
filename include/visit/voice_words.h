#pragma once

#include "base/wording.h"
#include "ui/speech.h"

/* What is said beside the texts of a page, in a language. The texts are those of the
 * translation, and live as long. */
void voice_words(struct tongue tongue, struct speech_words *words);
