#define _GNU_SOURCE
#include "CLinuxSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static inline long result(long value) { return value < 0 ? -errno : value; }

const int virga_place = O_PATH;

int virga_open_beneath(int directory, const char *path, uint64_t flags, uint64_t mode) {
    struct open_how how = {
        .flags = flags,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    return (int)result(syscall(SYS_openat2, directory, path, &how, sizeof how));
}

long virga_read_entries(int fd, void *buffer, size_t capacity) {
    return result(syscall(SYS_getdents64, fd, buffer, capacity));
}

long virga_append(int fd, const void *buffer, size_t count) {
    struct iovec part = {.iov_base = (void *)buffer, .iov_len = count};
    return result(pwritev2(fd, &part, 1, 0, RWF_APPEND));
}

long virga_random(void *buffer, size_t count) { return result(getrandom(buffer, count, 0)); }

int virga_set_times(int fd, int64_t access_seconds, long access_nanoseconds, int64_t change_seconds,
                    long change_nanoseconds) {
    struct timespec times[2] = {
        {.tv_sec = access_seconds, .tv_nsec = access_nanoseconds},
        {.tv_sec = change_seconds, .tv_nsec = change_nanoseconds},
    };
    return (int)result(utimensat(fd, "", times, AT_EMPTY_PATH));
}

int virga_socket_of_type(int family, int type) {
    return (int)result(socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

int virga_disconnect(int fd) {
    struct sockaddr address = {.sa_family = AF_UNSPEC};
    return (int)result(connect(fd, &address, sizeof address));
}

int virga_poll_now(int fd, int events) {
    struct pollfd entry = {.fd = fd, .events = (short)events};
    int count = poll(&entry, 1, 0);
    return count < 0 ? -errno : count == 0 ? 0 : entry.revents;
}
