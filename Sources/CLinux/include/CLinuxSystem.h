/* What `import Glibc` lacks for a guest's system calls: openat2, getdents64, getrandom, sockets.
   Each call returns what the kernel gave, or the negated errno. */
#ifndef VIRGA_CLINUX_SYSTEM_H
#define VIRGA_CLINUX_SYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* A mere place in a file system (O_PATH). */
extern const int virga_place;

/* Opens a path that stays beneath `directory`: no absolute path, no step out of it, by `..` or by a
   link, and no link of /proc. */
int virga_open_beneath(int directory, const char *path, uint64_t flags, uint64_t mode);

/* Fills `buffer` with `struct linux_dirent64`; 0 at the end. */
long virga_read_entries(int fd, void *buffer, size_t capacity);

/* Writes behind the end of a file, wherever that is. */
long virga_append(int fd, const void *buffer, size_t count);

long virga_random(void *buffer, size_t count);

/* Sets times of the object that `fd` refers to, which may be an O_PATH descriptor. */
int virga_set_times(int fd, int64_t access_seconds, long access_nanoseconds, int64_t change_seconds,
                    long change_nanoseconds);

/* A socket of `type` that never blocks and is closed in programs that this one starts. */
int virga_socket_of_type(int family, int type);
/* Connects a datagram socket to nothing. */
int virga_disconnect(int fd);
/* Whether `fd` is ready for `events` (POLL*): the events that are, 0 for none. */
int virga_poll_now(int fd, int events);

#endif
