#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What the kernel says when a device comes, goes or changes. */

#define UEVENT_BYTES_MAX 8192

/* "change@/devices/…", NUL, then NAME=VALUE lines that each end in NUL. */
bool uevent_is_of(const char *message, size_t length, const char *subsystem);

/* The kernel's messages as a descriptor for poll(), never blocking; -errno. */
int uevent_open(void);
