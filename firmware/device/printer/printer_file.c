#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "device/printer/printer_maker.h"

#define NUMBER_MAX 1000000000

struct file_printer {
    char *folder;
    int printed; /* the highest number in the folder */
    atomic_int state;
    char last[PRINTER_PATH_BYTES];
};

/* The number in "ticket-0012.png" or .bin, 0 for any other name. */
static int
number_of(const char *name)
{
    char ending[8];
    int number = 0, taken = 0;

    if (sscanf(name, "ticket-%9d.%7[a-z]%n", &number, ending, &taken) != 2 ||
        name[taken] != '\0' ||
        !(text_equal(ending, "png") || text_equal(ending, "bin")))
    {
        return 0;
    }
    return number;
}

static bool
find_highest_number(struct file_printer *maker, struct error *error)
{
    DIR *folder = opendir(maker->folder);
    const struct dirent *entry;

    if (folder == NULL) {
        return error_set(error, ERROR_STORAGE, "open folder %s: %s", maker->folder,
                         strerror(errno));
    }
    while ((entry = readdir(folder)) != NULL) {
        int number = number_of(entry->d_name);

        maker->printed = number > maker->printed ? number : maker->printed;
    }
    closedir(folder);
    return true;
}

static bool
path_make(const struct file_printer *maker, int number, const char *ending,
          char path[PRINTER_PATH_BYTES], struct error *error)
{
    int length = snprintf(path, PRINTER_PATH_BYTES, "%s/ticket-%04d.%s", maker->folder,
                          number, ending);

    return (length > 0 && length < PRINTER_PATH_BYTES) ||
           error_set(error, ERROR_STORAGE, "the folder's name is too long");
}

static bool
picture_save(const struct bitmap *bitmap, const char *path, struct error *error)
{
    const struct picture picture = {PICTURE_BITMAP, bitmap->width, bitmap->height,
                                    bitmap_stride(bitmap), bitmap->rows};

    return picture_write(&picture, path, error);
}

/* The picture comes last: where it is, the ticket is whole. */
static bool
file_print(void *data, const struct bitmap *bitmap, const void *bytes, size_t length,
           struct error *error)
{
    struct file_printer *maker = data;
    enum printer_state state = (enum printer_state)atomic_load(&maker->state);
    char raw[PRINTER_PATH_BYTES], picture[PRINTER_PATH_BYTES];
    int number = maker->printed + 1;

    if (!printer_state_allows(state, error)) {
        return false;
    }
    if (number >= NUMBER_MAX) {
        return error_set(error, ERROR_STORAGE, "%s has no number left", maker->folder);
    }
    if (!path_make(maker, number, "bin", raw, error) ||
        !path_make(maker, number, "png", picture, error) ||
        !file_write(raw, bytes, length, 0644, error) ||
        !picture_save(bitmap, picture, error))
    {
        return false;
    }
    maker->printed = number;
    text_copy(maker->last, sizeof(maker->last), picture);
    return true;
}

static enum printer_state
file_status(void *data, struct error *error)
{
    struct file_printer *maker = data;
    enum printer_state state = (enum printer_state)atomic_load(&maker->state);

    printer_state_allows(state, error);
    return state;
}

static bool
file_play(void *data, const char *name)
{
    struct file_printer *maker = data;
    enum printer_state state;

    if (!printer_state_from_name(name, &state)) {
        return false;
    }
    atomic_store(&maker->state, (int)state);
    return true;
}

static bool
file_last(void *data, char path[PRINTER_PATH_BYTES])
{
    const struct file_printer *maker = data;

    text_copy(path, PRINTER_PATH_BYTES, maker->last);
    return maker->last[0] != '\0';
}

static void
file_destroy(void *data)
{
    struct file_printer *maker = data;

    free(maker->folder);
    free(maker);
}

static const struct printer_operations operations = {
    .print = file_print,
    .status = file_status,
    .play = file_play,
    .last = file_last,
    .destroy = file_destroy,
};

struct printer *
printer_file_create(const char *folder, struct error *error)
{
    struct file_printer *maker = memory_allocate(1, sizeof(*maker));

    maker->folder = memory_copy_text(folder);
    atomic_init(&maker->state, PRINTER_OK);
    if (!file_make_folder(folder, error) || !find_highest_number(maker, error)) {
        error_prefix(error, "printer file");
        file_destroy(maker);
        return NULL;
    }
    return printer_make("file", &operations, maker);
}
