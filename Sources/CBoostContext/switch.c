// The switches, and what sanitizers are told of them.

#include "CBoostContext.h"

#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#define ADDRESS_SANITIZER 1
#else
#define ADDRESS_SANITIZER 0
#endif

#if __has_feature(thread_sanitizer)
#include <sanitizer/tsan_interface.h>
#define THREAD_SANITIZER 1
#else
#define THREAD_SANITIZER 0
#endif

#if ADDRESS_SANITIZER
const enum fiber_sanitizer fiber_sanitizer = fiber_sanitizer_address;
#elif THREAD_SANITIZER
const enum fiber_sanitizer fiber_sanitizer = fiber_sanitizer_thread;
#else
const enum fiber_sanitizer fiber_sanitizer = fiber_sanitizer_none;
#endif

extern void *make_fcontext(void *top, size_t size, void (*function)(struct fiber_transfer));

_Thread_local struct fiber_thread fiber_this_thread;

/// Goes on in the resumer, for good if `ends`.
static void leave(struct fiber_stacks *stacks, int ends) {
#if ADDRESS_SANITIZER
    void *fake_stack = NULL;
    __sanitizer_start_switch_fiber(ends ? NULL : &fake_stack, stacks->resumer_bottom, stacks->resumer_size);
#elif THREAD_SANITIZER
    __tsan_switch_to_fiber(stacks->resumer_name, 0);
#endif
    (void)ends;
    struct fiber_transfer back = jump_fcontext(stacks->resumer, stacks);
    stacks->resumer = back.context;
#if ADDRESS_SANITIZER
    __sanitizer_finish_switch_fiber(fake_stack, &stacks->resumer_bottom, &stacks->resumer_size);
#endif
}

/// The first function on a fiber's stack.
static void begin(struct fiber_transfer from) {
    struct fiber_stacks *stacks = from.data;
    stacks->resumer = from.context;
#if ADDRESS_SANITIZER
    __sanitizer_finish_switch_fiber(NULL, &stacks->resumer_bottom, &stacks->resumer_size);
#endif
    stacks->main(stacks);
    leave(stacks, 1);
}

void fiber_prepare(struct fiber_stacks *stacks, void *bottom, size_t size, void (*main)(void *stacks)) {
    stacks->main = main;
    stacks->bottom = bottom;
    stacks->size = size;
#if ADDRESS_SANITIZER
    // The frames of the fiber that had the stack before have left their marks.
    __asan_unpoison_memory_region(bottom, size);
#elif THREAD_SANITIZER
    stacks->fiber_name = __tsan_create_fiber(0);
#endif
    stacks->fiber = make_fcontext((char *)bottom + size, size, begin);
}

void fiber_enter_sanitized(struct fiber_stacks *stacks) {
#if ADDRESS_SANITIZER
    void *fake_stack = NULL;
    __sanitizer_start_switch_fiber(&fake_stack, stacks->bottom, stacks->size);
#elif THREAD_SANITIZER
    stacks->resumer_name = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(stacks->fiber_name, 0);
#endif
    struct fiber_transfer back = jump_fcontext(stacks->fiber, stacks);
    stacks->fiber = back.context;
#if ADDRESS_SANITIZER
    __sanitizer_finish_switch_fiber(fake_stack, NULL, NULL);
#endif
}

void fiber_leave_sanitized(struct fiber_stacks *stacks) { leave(stacks, 0); }

void fiber_release(struct fiber_stacks *stacks) {
#if ADDRESS_SANITIZER
    __asan_unpoison_memory_region(stacks->bottom, stacks->size);
#elif THREAD_SANITIZER
    __tsan_destroy_fiber(stacks->fiber_name);
    stacks->fiber_name = NULL;
#endif
    (void)stacks;
}
