#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/*
 * Preloaded into a program under test: numbers its steps that somebody outside can see,
 * and kills it with SIGKILL at the step wanted. Steps are writing, syncing, cutting and
 * renaming a regular file, sending on a network socket (all before they are done), and
 * having received something from one.
 *
 * KILL_AT_RECORD is a file of 4096 bytes, shared so that it outlives the program: how
 * many steps there were, and a line for what the last one was. KILL_AT_STEP is the step
 * to die at, 0 or nothing for never. With KILL_AT_TEAR=1 half of what that step would
 * write or send is written or sent before. With KILL_AT_PAUSE=1 it is stopped there
 * (SIGSTOP) instead, and does the step when it is let go on.
 */

#define RECORD_BYTES 4096
#define STEP_BYTES 200

struct record {
    _Atomic uint64_t steps;
    char last[STEP_BYTES];
};

static struct record *record;
static uint64_t wanted;
static bool tears, pauses;

#define REAL(name) ((__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name))

static __typeof__(&write) real_write;
static __typeof__(&pwrite64) real_pwrite;
static __typeof__(&writev) real_writev;
static __typeof__(&send) real_send;
static __typeof__(&sendmsg) real_sendmsg;
static __typeof__(&recv) real_recv;
static __typeof__(&read) real_read;
static __typeof__(&fsync) real_fsync;
static __typeof__(&fdatasync) real_fdatasync;
static __typeof__(&ftruncate64) real_ftruncate;
static __typeof__(&rename) real_rename;
static __typeof__(&unlink) real_unlink;

__attribute__((constructor)) static void
start(void)
{
    const char *path = getenv("KILL_AT_RECORD");
    const char *step = getenv("KILL_AT_STEP");
    int fd;

    real_write = REAL(write);
    real_pwrite = REAL(pwrite64);
    real_writev = REAL(writev);
    real_send = REAL(send);
    real_sendmsg = REAL(sendmsg);
    real_recv = REAL(recv);
    real_read = REAL(read);
    real_fsync = REAL(fsync);
    real_fdatasync = REAL(fdatasync);
    real_ftruncate = REAL(ftruncate64);
    real_rename = REAL(rename);
    real_unlink = REAL(unlink);
    if (path == NULL) {
        return;
    }
    fd = open(path, O_RDWR | O_CLOEXEC);
    record = fd < 0
                 ? MAP_FAILED
                 : mmap(NULL, RECORD_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (record == MAP_FAILED) {
        fprintf(stderr, "kill_at: %s can't be mapped\n", path);
        abort();
    }
    close(fd);
    wanted = step == NULL ? 0 : strtoull(step, NULL, 10);
    tears = getenv("KILL_AT_TEAR") != NULL;
    pauses = getenv("KILL_AT_PAUSE") != NULL;
    unsetenv("LD_PRELOAD"); /* what this program starts is not under test */
}

enum place { PLACE_ELSEWHERE, PLACE_FILE, PLACE_NETWORK };

/* Terminals, pipes, event counters and local sockets are nobody's durable steps. */
static enum place
place_of(int fd)
{
    struct stat status;
    int domain;
    socklen_t size = sizeof(domain);

    if (record == NULL || fd <= 2 || fstat(fd, &status) != 0) {
        return PLACE_ELSEWHERE;
    }
    if (S_ISREG(status.st_mode)) {
        return PLACE_FILE;
    }
    if (S_ISSOCK(status.st_mode) &&
        getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 &&
        (domain == AF_INET || domain == AF_INET6))
    {
        return PLACE_NETWORK;
    }
    return PLACE_ELSEWHERE;
}

/* True: this is the step to die at. */
static bool
step_is_last(void)
{
    if (atomic_fetch_add(&record->steps, 1) + 1 != wanted) {
        return false;
    }
    if (pauses) {
        kill(getpid(), SIGSTOP);
    }
    return !pauses;
}

static _Noreturn void
die(const char *call, int fd, const char *path)
{
    char link[40], name[128] = "network";
    ssize_t length;

    if (path != NULL) {
        snprintf(name, sizeof(name), "%.120s", path);
    } else if (place_of(fd) == PLACE_FILE) {
        snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        length = readlink(link, name, sizeof(name) - 1);
        name[length < 0 ? 0 : length] = '\0';
    }
    path = strrchr(name, '/');
    snprintf(record->last, STEP_BYTES, "%s %s", call, path == NULL ? name : path + 1);
    for (;;) {
        kill(getpid(), SIGKILL);
        pause();
    }
}

ssize_t
write(int fd, const void *bytes, size_t count)
{
    if (place_of(fd) != PLACE_ELSEWHERE && step_is_last()) {
        if (tears) {
            real_write(fd, bytes, count / 2);
        }
        die("write", fd, NULL);
    }
    return real_write(fd, bytes, count);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
    if (place_of(fd) != PLACE_ELSEWHERE && step_is_last()) {
        if (tears) {
            real_pwrite(fd, bytes, count / 2, offset);
        }
        die("pwrite", fd, NULL);
    }
    return real_pwrite(fd, bytes, count, offset);
}

ssize_t
pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    return pwrite64(fd, bytes, count, offset);
}

ssize_t
writev(int fd, const struct iovec *pieces, int count)
{
    if (place_of(fd) != PLACE_ELSEWHERE && step_is_last()) {
        if (tears && count > 0) {
            real_write(fd, pieces[0].iov_base, pieces[0].iov_len / 2);
        }
        die("writev", fd, NULL);
    }
    return real_writev(fd, pieces, count);
}

ssize_t
send(int fd, const void *bytes, size_t count, int flags)
{
    if (place_of(fd) == PLACE_NETWORK && step_is_last()) {
        if (tears) {
            real_send(fd, bytes, count / 2, flags);
        }
        die("send", fd, NULL);
    }
    return real_send(fd, bytes, count, flags);
}

ssize_t
sendmsg(int fd, const struct msghdr *message, int flags)
{
    if (place_of(fd) == PLACE_NETWORK && step_is_last()) {
        if (tears && message->msg_iovlen > 0) {
            real_send(fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len / 2,
                      flags);
        }
        die("sendmsg", fd, NULL);
    }
    return real_sendmsg(fd, message, flags);
}

/* Counted when something came: how often one asks in vain is chance. */
static ssize_t
received(const char *call, int fd, ssize_t got)
{
    if (got > 0 && place_of(fd) == PLACE_NETWORK && step_is_last()) {
        die(call, fd, NULL);
    }
    return got;
}

ssize_t
recv(int fd, void *bytes, size_t count, int flags)
{
    return received("recv", fd, real_recv(fd, bytes, count, flags));
}

ssize_t
read(int fd, void *bytes, size_t count)
{
    ssize_t got = real_read(fd, bytes, count);

    /* A read of a file changes nothing that anybody can see. */
    return received("read", fd, got);
}

int
fsync(int fd)
{
    if (place_of(fd) == PLACE_FILE && step_is_last()) {
        die("fsync", fd, NULL);
    }
    return real_fsync(fd);
}

int
fdatasync(int fd)
{
    if (place_of(fd) == PLACE_FILE && step_is_last()) {
        die("fdatasync", fd, NULL);
    }
    return real_fdatasync(fd);
}

int
ftruncate64(int fd, off64_t length)
{
    if (place_of(fd) == PLACE_FILE && step_is_last()) {
        die("ftruncate", fd, NULL);
    }
    return real_ftruncate(fd, length);
}

int
ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

int
rename(const char *from, const char *to)
{
    if (record != NULL && step_is_last()) {
        die("rename", -1, to);
    }
    return real_rename(from, to);
}

int
unlink(const char *path)
{
    if (record != NULL && step_is_last()) {
        die("unlink", -1, path);
    }
    return real_unlink(path);
}
