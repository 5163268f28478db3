#include "device/printer/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/printer.h"

/* What is plugged in and out: opened anew for each ticket and each question. */

#define USB_PRINTERS_MAX 16 /* the kernel numbers no more */

static int
open_device(const char *path, struct error *error)
{
    int fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0) {
        error_set(error, ERROR_OFFLINE, "%s: %s", path,
                  errno == EBUSY ? "another program has it open" : strerror(errno));
    }
    return fd;
}

int
wire_open_usb(const char *path, struct error *error)
{
    struct stat status;
    int fd = -1;

    if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
        return open_device(path, error);
    }
    error_set(error, ERROR_OFFLINE, "no printer in %s", path);
    for (int i = 0; i < USB_PRINTERS_MAX && fd < 0; i++) {
        char one[PRINTER_PATH_BYTES];
        int length = snprintf(one, sizeof(one), "%s/lp%d", path, i);

        if (length < (int)sizeof(one) && access(one, F_OK) == 0) {
            fd = open_device(one, error);
        }
    }
    return fd;
}
