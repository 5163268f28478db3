#include "device/input/evdev_folder.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define DEVICE_NUMBER_MAX 0x7FFF
#define PATH_BYTES 300
#define PROPERTIES_BYTES_MAX (64 * 1024)

struct evdev_folder {
    struct loop *loop;
    char *path;
    evdev_found found;
    void *data;
    int watch; /* inotify; -1 */
};

/* "event3" → 3; -1 for another name. */
static int
number_of(const char *name)
{
    char *end;
    long number;

    if (!text_starts_with(name, "event") || name[5] < '0' || name[5] > '9') {
        return -1;
    }
    number = strtol(name + 5, &end, 10);
    return *end == '\0' && number <= DEVICE_NUMBER_MAX ? (int)number : -1;
}

static void
tell(const struct evdev_folder *folder, const char *name)
{
    char path[PATH_BYTES];
    int number = number_of(name);

    if (number >= 0) {
        snprintf(path, sizeof(path), "%s/%s", folder->path, name);
        folder->found(folder->data, number, path);
    }
}

static void
on_change(void *data, int fd, short poll_events)
{
    const struct evdev_folder *folder = data;
    _Alignas(struct inotify_event) char buffer[4096];
    ssize_t length;

    (void)poll_events;
    while ((length = read(fd, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const void *)(buffer + at);

            if (event->len > 0) {
                tell(folder, event->name);
            }
            at += (ssize_t)(sizeof(*event) + event->len);
        }
    }
}

static bool
watch(struct evdev_folder *folder, struct error *error)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

    if (fd < 0 ||
        inotify_add_watch(fd, folder->path, IN_CREATE | IN_MOVED_TO | IN_ATTRIB) < 0)
    {
        error_set(error, ERROR_DEVICE, "%s: %s", folder->path, strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    folder->watch = fd;
    loop_add_fd(folder->loop, fd, POLLIN, on_change, folder);
    return true;
}

static bool
read_all(const struct evdev_folder *folder, struct error *error)
{
    DIR *all = opendir(folder->path);
    const struct dirent *entry;

    if (all == NULL) {
        return error_set(error, ERROR_DEVICE, "%s: %s", folder->path, strerror(errno));
    }
    while ((entry = readdir(all)) != NULL) {
        tell(folder, entry->d_name);
    }
    closedir(all);
    return true;
}

struct evdev_folder *
evdev_folder_open(struct loop *loop, const char *path, evdev_found found, void *data,
                  struct error *error)
{
    struct evdev_folder *folder = memory_allocate(1, sizeof(*folder));

    *folder = (struct evdev_folder){loop, memory_copy_text(path), found, data, -1};
    if (!watch(folder, error) || !read_all(folder, error)) {
        evdev_folder_close(folder);
        return NULL;
    }
    return folder;
}

void
evdev_folder_close(struct evdev_folder *folder)
{
    if (folder == NULL) {
        return;
    }
    if (folder->watch >= 0) {
        loop_remove_fd(folder->loop, folder->watch);
        close(folder->watch);
    }
    free(folder->path);
    free(folder);
}

char *
evdev_properties_read(const char *properties, int fd)
{
    char path[PATH_BYTES];
    struct error error = {0};
    struct stat status;
    size_t length;

    if (fstat(fd, &status) != 0) {
        return NULL;
    }
    snprintf(path, sizeof(path), "%s/c%u:%u", properties, major(status.st_rdev),
             minor(status.st_rdev));
    return file_read(path, PROPERTIES_BYTES_MAX, &length, &error);
}
