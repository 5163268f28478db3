#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/sign.h"
#include "base/translation.h"
#include "errand/errand.h"

/* What a slip for whoever helps next is made of: its code, and where it got stuck. */

/* Nothing that looks or sounds like another: no 0 O, 1 I L, 8 B, 5 S, 2 Z, U V. */
static const char letters[] = "234679CDFGHJKMNPQRTVWXY";

static const struct {
    const char *name, *words;
} steps[] = {
    [ERRAND_STEP_SUBJECT] = {"subject", N_("Finding the right subject")},
    [ERRAND_STEP_READING] = {"reading", N_("The explanation")},
    [ERRAND_STEP_QUESTION] = {"question", N_("A question of the kiosk")},
    [ERRAND_STEP_CHANNEL] = {"channel", N_("Choosing how to arrange it")},
    [ERRAND_STEP_PLACE] = {"place", N_("Choosing a place and a day")},
    [ERRAND_STEP_TIME] = {"time", N_("Choosing a time")},
    [ERRAND_STEP_DETAILS] = {"details", N_("Filling in details")},
    [ERRAND_STEP_CHECKING] = {"checking", N_("Checking and confirming")},
    [ERRAND_STEP_APPOINTMENT] = {"appointment", N_("An appointment of before")},
    [ERRAND_STEP_TROUBLE] = {"trouble", N_("The kiosk could not do it")},
};
static_assert(sizeof(steps) / sizeof(steps[0]) == ERRAND_STEP_COUNT,
              "every step has its words");

const char *
errand_step_name(enum errand_step step)
{
    assert(step < ERRAND_STEP_COUNT);
    return steps[step].name;
}

const char *
errand_step_words(enum errand_step step)
{
    assert(step < ERRAND_STEP_COUNT);
    return steps[step].words;
}

void
errand_code_make(char code[ERRAND_CODE_BYTES])
{
    uint32_t random[ERRAND_CODE_BYTES - 2];

    random_bytes(random, sizeof(random));
    code[0] = 'H';
    for (int i = 0; i < ERRAND_CODE_BYTES - 2; i++) {
        code[i + 1] = letters[random[i] % (sizeof(letters) - 1)];
    }
    code[ERRAND_CODE_BYTES - 1] = '\0';
}

bool
errand_code_read(const char *typed, char code[ERRAND_CODE_BYTES])
{
    size_t length = 0;

    for (; *typed != '\0'; typed++) {
        char letter = (char)toupper((unsigned char)*typed);

        if (letter == ' ' || letter == '-') {
            continue;
        }
        if (length == ERRAND_CODE_BYTES - 1 ||
            (length == 0 ? letter != 'H' : strchr(letters, letter) == NULL))
        {
            return false;
        }
        code[length++] = letter;
    }
    code[length] = '\0';
    return length == ERRAND_CODE_BYTES - 1;
}
