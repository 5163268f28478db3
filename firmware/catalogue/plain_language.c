#include "base/plain_language.h"

#include "catalogue/reader.h"

struct advice {
    struct reader *reader;
    const struct place *place;
};

static void
advise(void *data, const char *what)
{
    const struct advice *advice = data;

    reader_advice(advice->reader, advice->place, "%s", what);
}

void
advise_plain_language(struct reader *reader, const struct place *place,
                      const char *text)
{
    plain_language_check(text, advise, &(struct advice){reader, place});
}
