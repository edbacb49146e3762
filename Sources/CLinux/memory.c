#define _GNU_SOURCE
#include "CLinuxMemory.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>

int virga_image_create(void) {
    int fd = memfd_create("virga-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    return fd < 0 ? -errno : fd;
}

int virga_image_seal(int fd) {
    int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    return fcntl(fd, F_ADD_SEALS, seals) < 0 ? -errno : 0;
}

long virga_thread_faults(void) {
    struct rusage usage;
    return getrusage(RUSAGE_THREAD, &usage) < 0 ? -errno : usage.ru_minflt + usage.ru_majflt;
}

long virga_heap_bytes(void) {
    struct mallinfo2 information = mallinfo2();
    return (long)(information.uordblks + information.hblkhd);
}
