#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"

/*
 * The devices of /dev/input, those that are there and those that come. Each is told
 * once it is found, and again whenever it may be opened better than before.
 */

struct evdev_folder;

typedef void (*evdev_found)(void *data, int number, const char *path);

/* Watches first: what comes while the folder is read isn't missed. The callback may
 * come before this returns. NULL when the folder can't be watched or read. */
struct evdev_folder *
evdev_folder_open(struct loop *loop, const char *path, evdev_found found, void *data,
                  struct error *error);
void evdev_folder_close(struct evdev_folder *folder); /* NULL is fine */

/* What udev wrote down in `properties` of an open device; the caller frees. NULL when
 * there is no udev. */
char *evdev_properties_read(const char *properties, int fd);
