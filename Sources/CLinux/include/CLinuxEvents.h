/* What `import Glibc` lacks for an event loop: epoll, eventfd, signalfd, inotify, accept4, affinity.
   Each call returns what the kernel gave, or the negated errno. */
#ifndef VIRGA_CLINUX_EVENTS_H
#define VIRGA_CLINUX_EVENTS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>

int virga_epoll_create(void);
int virga_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t data);
int virga_epoll_wait(int epoll, struct epoll_event *events, int capacity, int milliseconds);

int virga_eventfd(void);
int virga_eventfd_signal(int fd);
int virga_eventfd_clear(int fd);

/* Blocks SIGTERM, SIGINT and SIGHUP in the calling thread (and the threads it makes). */
// Has the one stand for what the other stands for, for all threads at once.
int virga_descriptor_replace(int descriptor, int by);

int virga_signals_block(void);
int virga_signals_open(void);
int virga_signals_read(int fd);
void virga_ignore_broken_pipe(void);

int virga_inotify_open(void);
int virga_inotify_watch(int fd, const char *directory);
int virga_inotify_unwatch(int fd, int watch);
/* Bytes of events (inotify(7)) that were read into `buffer`. */
long virga_inotify_read(int fd, void *buffer, size_t capacity);

int virga_accept(int fd, struct sockaddr_storage *address, socklen_t *length);
int virga_socket(int family);
int virga_reserve_fd(void);
int virga_pin_thread(int core);
int virga_core_count(void);
int virga_core_at(int index);
void virga_name_thread(const char *name);

#endif
