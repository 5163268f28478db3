#include "box.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define BODY_BYTES_MAX (2 * ERRAND_SEALED_BYTES_MAX + 200)

static const char *const endings[BOX_KIND_COUNT] = {
    [BOX_CALL_BACK] = ".call-back",
    [BOX_HELP] = ".help",
    [BOX_WITHDRAW] = ".withdraw",
};

static const char *
path_of(const char *folder, const struct box_item *item, char path[BOX_PATH_BYTES])
{
    struct text text = text_begin(path, BOX_PATH_BYTES);

    text_format(&text, "%s/%s%s", folder, item->key, endings[item->kind]);
    return path;
}

bool
box_put(const char *folder, const struct box_item *item, const char *body,
        struct error *error)
{
    char path[BOX_PATH_BYTES];

    return file_write(path_of(folder, item, path), body, strlen(body), 0600, error);
}

char *
box_read(const char *folder, const struct box_item *item, struct error *error)
{
    char path[BOX_PATH_BYTES];
    size_t length;

    return file_read(path_of(folder, item, path), BODY_BYTES_MAX, &length, error);
}

void
box_remove(const char *folder, const struct box_item *item)
{
    char path[BOX_PATH_BYTES];

    unlink(path_of(folder, item, path)); /* comes back at worst, and is sent again */
}

/* Other files are none of ours: half-written ones, of a power cut. */
static bool
read_name(const char *name, struct box_item *item)
{
    const char *dot = strchr(name, '.');

    if (dot == NULL || dot - name != ERRAND_KEY_BYTES - 1) {
        return false;
    }
    *item = (struct box_item){0};
    memcpy(item->key, name, ERRAND_KEY_BYTES - 1);
    for (int i = 0; i < BOX_KIND_COUNT; i++) {
        if (text_equal(endings[i], dot)) {
            item->kind = (enum box_kind)i;
            return errand_key_is_right(item->key);
        }
    }
    return false;
}

bool
box_list(const char *folder, struct box_item **list, size_t *count, struct error *error)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    struct box_item item;

    *list = NULL;
    *count = 0;
    if (directory == NULL) {
        return error_set(error, ERROR_STORAGE, "%s: %s", folder, strerror(errno));
    }
    while ((entry = readdir(directory)) != NULL) {
        if (read_name(entry->d_name, &item)) {
            *list = memory_resize(*list, *count + 1, sizeof(**list));
            (*list)[(*count)++] = item;
        }
    }
    closedir(directory);
    return true;
}
