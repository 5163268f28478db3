#include "journey_record.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static void
make_path(const struct journey_run *run, const char *ending,
          char path[PRINTER_PATH_BYTES])
{
    struct text text = text_begin(path, PRINTER_PATH_BYTES);

    text_format(&text, "%s/%s%s",
                run->parts->pictures != NULL ? run->parts->pictures : ".", run->record,
                ending);
}

bool
record_picture(const struct journey_run *run, const char *path, struct error *error)
{
    return canvas_write(presenter_canvas(run->parts->presenter), path, error);
}

static bool
record_screen(const struct journey_run *run, struct error *error)
{
    char ending[24], path[PRINTER_PATH_BYTES];

    snprintf(ending, sizeof(ending), "-%03d.png", run->recorded);
    make_path(run, ending, path);
    return record_picture(run, path, error);
}

bool
run_record(struct journey_run *run, const struct step *step, struct error *error)
{
    char path[PRINTER_PATH_BYTES];

    text_copy(run->record, sizeof(run->record), step->words[0].text);
    run->recorded = 0;
    make_path(run, ".txt", path);
    if (remove(path) != 0 && errno != ENOENT) {
        return error_set(error, ERROR_STORAGE, "%s: %s", path, strerror(errno));
    }
    return record_screen(run, error);
}

bool
record_tap(struct journey_run *run, int x, int y, struct error *error)
{
    char path[PRINTER_PATH_BYTES];
    FILE *file;
    bool written;

    if (run->record[0] == '\0') {
        return true;
    }
    make_path(run, ".txt", path);
    file = fopen(path, "a");
    if (file == NULL) {
        return error_set(error, ERROR_STORAGE, "%s: %s", path, strerror(errno));
    }
    written = fprintf(file, "%d %d\n", x, y) > 0;
    if (fclose(file) != 0 || !written) {
        return error_set(error, ERROR_STORAGE, "%s: %s", path, strerror(errno));
    }
    run->recorded++;
    return record_screen(run, error);
}
