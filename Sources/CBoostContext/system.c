// What the system and the Swift runtime know of stacks.

#define _GNU_SOURCE
#include "CBoostContext.h"

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

uintptr_t fiber_find_limit(void) {
    pthread_attr_t attributes;
    void *bottom = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstack(&attributes, &bottom, &size);
        pthread_attr_destroy(&attributes);
    }
    // Without an answer: half a mebibyte below this frame, less than every thread is given.
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    return bottom ? (uintptr_t)bottom : here - (here > (1 << 19) ? 1 << 19 : 0);
}

int fiber_guard(void *bottom, size_t size) {
    // Since Linux 6.13 a guard is a mark in the page table and takes no mapping of its own.
    if (madvise(bottom, size, MADV_GUARD_INSTALL) == 0) return 1;
    return mprotect(bottom, size, PROT_NONE) == 0;
}

// The runtime's own, with which a task takes its accesses along when it is suspended. Given a state
// of zeros it copies the head of the thread's list into it and changes nothing.
extern void swift_task_enterThreadLocalContext(char *state) __attribute__((weak));

const void *fiber_open_access(void) {
    const void *state[8];
    memset(state, 0, sizeof(state));
    if (swift_task_enterThreadLocalContext) swift_task_enterThreadLocalContext((char *)state);
    return state[0];
}
