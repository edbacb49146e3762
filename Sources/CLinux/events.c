#define _GNU_SOURCE
#include "include/CLinuxEvents.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

static inline int result(int value) { return value < 0 ? -errno : value; }

int virga_epoll_create(void) { return result(epoll_create1(EPOLL_CLOEXEC)); }

int virga_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return result(epoll_ctl(epoll, operation, fd, &event));
}

int virga_epoll_wait(int epoll, struct epoll_event *events, int capacity, int milliseconds) {
    return result(epoll_wait(epoll, events, capacity, milliseconds));
}

int virga_eventfd(void) { return result(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

int virga_eventfd_signal(int fd) {
    uint64_t one = 1;
    return write(fd, &one, sizeof one) < 0 ? -errno : 0;
}

int virga_eventfd_clear(int fd) {
    uint64_t count;
    return read(fd, &count, sizeof count) < 0 ? -errno : 0;
}

static void signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGUSR1);
}

int virga_descriptor_replace(int descriptor, int by) {
    return result(dup3(by, descriptor, O_CLOEXEC));
}

int virga_signals_block(void) {
    sigset_t set;
    signals(&set);
    return -pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int virga_signals_open(void) {
    sigset_t set;
    signals(&set);
    return result(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

int virga_signals_read(int fd) {
    struct signalfd_siginfo info;
    ssize_t count = read(fd, &info, sizeof info);
    if (count < 0) return -errno;
    return count == (ssize_t)sizeof info ? (int)info.ssi_signo : -EIO;
}

void virga_ignore_broken_pipe(void) { signal(SIGPIPE, SIG_IGN); }

int virga_inotify_open(void) { return result(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)); }

int virga_inotify_watch(int fd, const char *directory) {
    return result(inotify_add_watch(
        fd, directory,
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF));
}

int virga_inotify_unwatch(int fd, int watch) { return result(inotify_rm_watch(fd, watch)); }

long virga_inotify_read(int fd, void *buffer, size_t capacity) {
    ssize_t count = read(fd, buffer, capacity);
    return count < 0 ? -errno : count;
}

int virga_accept(int fd, struct sockaddr_storage *address, socklen_t *length) {
    *length = sizeof *address;
    return result(accept4(fd, (struct sockaddr *)address, length, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

int virga_socket(int family) {
    return result(socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

int virga_reserve_fd(void) { return result(open("/dev/null", O_RDONLY | O_CLOEXEC)); }

int virga_core_count(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return -errno;
    return CPU_COUNT(&set);
}

int virga_core_at(int index) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return -errno;
    for (int core = 0; core < CPU_SETSIZE; core++)
        if (CPU_ISSET(core, &set) && index-- == 0) return core;
    return -ENOENT;
}

int virga_pin_thread(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    return result(sched_setaffinity(0, sizeof set, &set));
}

void virga_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
