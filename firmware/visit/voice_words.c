#include <string.h>

#include "base/text.h"

#include "voice.h"

#define PRICE_CENTS 1234 /* any price, to see how it is written */

static const char *
tr(const struct tongue *tongue, const char *message)
{
    return translate(tongue->translation, message);
}

/* What stands beside the figures of a price: "€". */
static void
take_currency(const struct tongue *tongue, char currency[24])
{
    char price[WORDING_BYTES];
    struct text text = text_begin(currency, 24);

    wording_price(*tongue, price, PRICE_CENTS);
    for (const char *at = price; *at != '\0';) {
        const char *before = at;
        uint32_t character = text_next(&at);

        if (character > ' ' && character != 0xA0 && character != 0x202F &&
            strchr("0123456789.,", *before) == NULL)
        {
            text_add_bytes(&text, before, (size_t)(at - before));
        }
    }
}

void
voice_words(struct tongue tongue, struct speech_words *words)
{
    char word[WORDING_BYTES];

    *words = (struct speech_words){
        .button = tr(&tongue, "button"),
        .choice = tr(&tongue, "choice"),
        .field = tr(&tongue, "field to fill in"),
        .chosen = tr(&tongue, "chosen"),
        .unavailable = tr(&tongue, "not available"),
        .empty = tr(&tongue, "still empty"),
        .filled = tr(&tongue, "Characters filled in: {1}"),
        .in_private = tr(&tongue, "You hear this with headphones"),
        .position = tr(&tongue, "{1} of {2}"),
        .part = tr(&tongue, "part"),
        .choices = tr(&tongue, "To choose from here: {1}"),
        .mistake = tr(&tongue, "Mistake"),
        .time = tr(&tongue, "{1} hours {2}"),
        .hour = tr(&tongue, "{1} o'clock"),
        .price = tr(&tongue, "{1} euros {2}"),
        .whole = tr(&tongue, "{1} euros"),
        .letter = tr(&tongue, "{1} as in {2}"),
        .alphabet =
            tr(&tongue, "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India "
                        "Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
                        "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"),
    };
    text_copy(words->time_word, sizeof(words->time_word),
              wording_time_word(tongue, word));
    take_currency(&tongue, words->currency);
    for (int day = 0; day < 7; day++) {
        words->weekday[day] = wording_weekday(tongue, day);
        words->weekday_short[day] = wording_weekday_short(tongue, day);
    }
}
