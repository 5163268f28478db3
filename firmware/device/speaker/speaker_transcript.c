#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/speaker/speaker_maker.h"

#define TRANSCRIPT_BYTES ((size_t)64 * 1024)
#define LINE_BYTES (SPEAKER_TEXT_BYTES + 32)

struct transcript {
    FILE *file; /* NULL: in memory only */
    char lines[TRANSCRIPT_BYTES];
    size_t length;
    bool interruptible; /* something was said since the last hush */
};

/* The oldest lines make room. */
static void
make_room(struct transcript *transcript, size_t bytes)
{
    char *end;

    while (transcript->length + bytes >= sizeof(transcript->lines)) {
        end = strchr(transcript->lines, '\n') + 1;
        transcript->length -= (size_t)(end - transcript->lines);
        memmove(transcript->lines, end, transcript->length + 1);
    }
}

static void
write_line(struct transcript *transcript, const char *line)
{
    size_t bytes = strlen(line);

    make_room(transcript, bytes);
    memcpy(transcript->lines + transcript->length, line, bytes + 1);
    transcript->length += bytes;
    if (transcript->file != NULL) {
        fputs(line, transcript->file);
        fflush(transcript->file);
    }
}

static bool
transcript_say(void *maker, const struct utterance *utterance)
{
    struct transcript *transcript = maker;
    char line[LINE_BYTES];
    struct text text = text_begin(line, sizeof(line) - 1);

    text_format(&text, "%s %s ", language_code(utterance->language),
                utterance->headphones ? "quiet" : "loud");
    for (const char *at = utterance->text; *at != '\0'; at++) {
        text_add_bytes(&text, *at == '\n' ? " " : at, 1);
    }
    strcat(line, "\n");
    write_line(transcript, line);
    transcript->interruptible = true;
    return true;
}

static void
transcript_hush(void *maker)
{
    struct transcript *transcript = maker;

    if (transcript->interruptible) {
        write_line(transcript, "interrupted\n");
    }
    transcript->interruptible = false;
}

static bool
transcript_is_speaking(void *maker)
{
    (void)maker;
    return false; /* it has been said as soon as it is written */
}

static void
transcript_destroy(void *maker)
{
    struct transcript *transcript = maker;

    if (transcript->file != NULL) {
        fclose(transcript->file);
    }
    free(transcript);
}

static const struct speaker_operations operations = {
    .say = transcript_say,
    .hush = transcript_hush,
    .is_speaking = transcript_is_speaking,
    .forget = transcript_hush,
    .destroy = transcript_destroy,
};

struct speaker *
speaker_transcript_create(const char *path, struct error *error)
{
    struct transcript *transcript = memory_allocate(1, sizeof(*transcript));

    if (path != NULL) {
        transcript->file = fopen(path, "we");
        if (transcript->file == NULL) {
            error_set(error, ERROR_STORAGE, "%s: %s", path, strerror(errno));
            free(transcript);
            return NULL;
        }
    }
    return speaker_make(&operations, transcript);
}

const char *
speaker_transcript(const struct speaker *speaker)
{
    const struct transcript *transcript = speaker->maker;

    return transcript->lines;
}

void
speaker_transcript_clear(struct speaker *speaker)
{
    struct transcript *transcript = speaker->maker;

    transcript->length = 0;
    transcript->lines[0] = '\0';
}
