#include "device/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static speed_t
speed_of(int bauds)
{
    static const struct {
        int bauds;
        speed_t speed;
    } speeds[] = {
        {9600, B9600},   {19200, B19200},   {38400, B38400},
        {57600, B57600}, {115200, B115200},
    };

    for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
        if (speeds[i].bauds == bauds) {
            return speeds[i].speed;
        }
    }
    return B0;
}

/*
 * Eight bits, one stop bit, nothing translated. XON and XOFF (11 and 13 hexadecimal)
 * can't be taken for a status byte, which has its lowest bit clear. Letting go does
 * not hang up: some printers then lose what they have not printed yet.
 */
static void
line_set(struct termios *settings, const struct serial_line *line)
{
    cfmakeraw(settings);
    settings->c_cflag |= CLOCAL | CREAD;
    settings->c_cflag &= ~(tcflag_t)(PARENB | PARODD | CSTOPB | HUPCL | CRTSCTS);
    if (line->parity != SERIAL_PARITY_NONE) {
        settings->c_cflag |= PARENB;
    }
    if (line->parity == SERIAL_PARITY_ODD) {
        settings->c_cflag |= PARODD;
    }
    if (line->flow == SERIAL_FLOW_HARDWARE) {
        settings->c_cflag |= CRTSCTS;
    }
    if (line->flow == SERIAL_FLOW_SOFTWARE) {
        settings->c_iflag |= IXON;
    }
    settings->c_cc[VMIN] = 1;
    settings->c_cc[VTIME] = 0;
    cfsetspeed(settings, speed_of(line->bauds));
}

int
serial_open(const char *path, const struct serial_line *line, struct error *error)
{
    struct termios settings;
    int fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0) {
        error_set(error, ERROR_OFFLINE, "%s: %s", path, strerror(errno));
        return -1;
    }
    if (tcgetattr(fd, &settings) != 0) {
        error_set(error, ERROR_OFFLINE, "%s is no serial line", path);
        close(fd);
        return -1;
    }
    line_set(&settings, line);
    if (tcsetattr(fd, TCSANOW, &settings) != 0) {
        error_set(error, ERROR_OFFLINE, "%s: %s", path, strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}
