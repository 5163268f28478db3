#include <stddef.h>

#include "device/speaker/speaker_maker.h"

static bool
none_say(void *maker, const struct utterance *utterance)
{
    (void)maker;
    (void)utterance;
    return true;
}

static void
none_do(void *maker)
{
    (void)maker;
}

static bool
none_is_speaking(void *maker)
{
    (void)maker;
    return false;
}

static const struct speaker_operations operations = {
    .say = none_say,
    .hush = none_do,
    .is_speaking = none_is_speaking,
    .forget = none_do,
    .destroy = none_do,
};

struct speaker *
speaker_none_create(void)
{
    return speaker_make(&operations, NULL);
}
