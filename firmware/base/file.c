#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

#define LOG_MODULE "file"
#include "base/log.h"

#define FIRST_READ_BYTES 4096

static bool
storage_error(struct error *error, const char *step, const char *path)
{
    return error_set(error, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_STORAGE,
                     "%s %s: %s", step, path, strerror(errno));
}

/* The whole of `fd`, or NULL. Devices and pipes have no size to trust: read on. */
static char *
read_all(int fd, const char *path, size_t bytes_max, size_t *length,
         struct error *error)
{
    size_t size = FIRST_READ_BYTES;
    char *data = memory_allocate(1, size);

    *length = 0;
    for (;;) {
        ssize_t got = read(fd, data + *length, size - *length - 1);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            storage_error(error, "read", path);
            break;
        }
        if (got == 0) {
            data[*length] = '\0';
            return data;
        }
        *length += (size_t)got;
        if (*length > bytes_max) {
            error_set(error, ERROR_BAD_INPUT, "%s: longer than %zu bytes", path,
                      bytes_max);
            break;
        }
        if (*length == size - 1) {
            size *= 2;
            data = memory_resize(data, 1, size);
        }
    }
    free(data);
    *length = 0;
    return NULL;
}

char *
file_read(const char *path, size_t bytes_max, size_t *length, struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *data;

    if (fd < 0) {
        storage_error(error, "open", path);
        return NULL;
    }
    data = read_all(fd, path, bytes_max, length, error);
    close(fd);
    return data;
}

static bool
write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, data, length);

        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        data += written;
        length -= (size_t)written;
    }
    return true;
}

/* A rename is durable only when the folder that holds the name is. */
static bool
sync_folder_of(const char *path, struct error *error)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    struct text text = text_begin(folder, sizeof(folder));
    int fd;

    if (slash == NULL) {
        text_add(&text, ".");
    } else {
        text_add_bytes(&text, path, slash == path ? 1 : (size_t)(slash - path));
    }
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return storage_error(error, "open", folder);
    }
    if (fsync(fd) != 0) {
        storage_error(error, "sync", folder);
        close(fd);
        return false;
    }
    close(fd);
    return true;
}

static bool
write_beside(const char *beside, const void *data, size_t length, unsigned mode,
             struct error *error)
{
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);

    if (fd < 0) {
        return storage_error(error, "create", beside);
    }
    /* The mode is set again: umask, and a left-over of an interrupted write. */
    if (fchmod(fd, (mode_t)mode) != 0 || !write_all(fd, data, length) || fsync(fd) != 0)
    {
        storage_error(error, "write", beside);
        close(fd);
        unlink(beside);
        return false;
    }
    if (close(fd) != 0) {
        storage_error(error, "close", beside);
        unlink(beside);
        return false;
    }
    return true;
}

bool
file_write(const char *path, const void *data, size_t length, unsigned mode,
           struct error *error)
{
    char beside[PATH_MAX];
    struct text text = text_begin(beside, sizeof(beside));

    /* A fixed name: power cuts leave at most one such file, used again next time. */
    text_format(&text, "%s.new", path);
    if (text.truncated) {
        return error_set(error, ERROR_BAD_INPUT, "path is too long");
    }
    if (!write_beside(beside, data, length, mode, error)) {
        return false;
    }
    if (rename(beside, path) != 0) {
        storage_error(error, "rename to", path);
        unlink(beside);
        return false;
    }
    return sync_folder_of(path, error);
}

static bool
rename_if_any(const char *from, const char *to, struct error *error)
{
    return rename(from, to) == 0 || errno == ENOENT ||
           error_set(error, ERROR_STORAGE, "rename to %s: %s", to, strerror(errno));
}

bool
file_set_aside(const char *path, struct error *error)
{
    char aside[PATH_MAX], log[PATH_MAX], log_aside[PATH_MAX];
    struct text text;
    int number = 0;

    do {
        text = text_begin(aside, sizeof(aside));
        text_format(&text, "%s.broken-%d", path, ++number);
    } while (!text.truncated && access(aside, F_OK) == 0);
    text = text_begin(log_aside, sizeof(log_aside));
    text_format(&text, "%s-wal", aside);
    if (text.truncated) {
        return error_set(error, ERROR_BAD_INPUT, "path is too long");
    }
    text = text_begin(log, sizeof(log));
    text_format(&text, "%s-wal", path);
    if (!rename_if_any(path, aside, error) || !rename_if_any(log, log_aside, error)) {
        return false;
    }
    log_error("%s is broken; set aside as %s", path, aside);
    return true;
}

static bool
make_one_folder(const char *path, struct error *error)
{
    struct stat status;

    if (mkdir(path, 0755) == 0) {
        return sync_folder_of(path, error);
    }
    if (errno == EEXIST && stat(path, &status) == 0) {
        return S_ISDIR(status.st_mode)
                   ? true
                   : error_set(error, ERROR_STORAGE, "%s: is no folder", path);
    }
    return storage_error(error, "make folder", path);
}

bool
file_make_folder(const char *path, struct error *error)
{
    char parent[PATH_MAX];

    if (!text_copy(parent, sizeof(parent), path)) {
        return error_set(error, ERROR_BAD_INPUT, "path is too long");
    }
    for (char *at = parent; *at != '\0'; at++) {
        if (*at == '/' && at != parent) {
            *at = '\0';
            if (!make_one_folder(parent, error)) {
                return false;
            }
            *at = '/';
        }
    }
    return make_one_folder(parent, error);
}
