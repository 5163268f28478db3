#include "device/speaker.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "device/speaker/speaker_maker.h"

struct speaker *
speaker_make(const struct speaker_operations *operations, void *maker)
{
    struct speaker *speaker = memory_allocate(1, sizeof(*speaker));

    *speaker = (struct speaker){operations, maker};
    return speaker;
}

bool
speaker_say(struct speaker *speaker, const struct utterance *utterance)
{
    assert(utterance->volume >= -SPEAKER_STEP_MAX &&
           utterance->volume <= SPEAKER_STEP_MAX);
    assert(utterance->rate >= -SPEAKER_STEP_MAX && utterance->rate <= SPEAKER_STEP_MAX);
    return utterance->text[0] == '\0' ||
           speaker->operations->say(speaker->maker, utterance);
}

void
speaker_hush(struct speaker *speaker)
{
    speaker->operations->hush(speaker->maker);
}

bool
speaker_is_speaking(const struct speaker *speaker)
{
    return speaker->operations->is_speaking(speaker->maker);
}

void
speaker_forget(struct speaker *speaker)
{
    speaker->operations->forget(speaker->maker);
}

void
speaker_destroy(struct speaker *speaker)
{
    if (speaker != NULL) {
        speaker->operations->destroy(speaker->maker);
        free(speaker);
    }
}
