// Switches between the stack of a fiber and that of whoever resumed it, over boost.context.
//
// The library's own header is C++; the two functions used of it have C linkage and are declared
// here. A switch is inlined where it is written, since each return after it is mispredicted. What
// sanitizers must be told of one is told in switch.c, which is compiled with their flags, while this
// header is not when Swift reads it.

#ifndef C_BOOST_CONTEXT_H
#define C_BOOST_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

/// The two stacks of a switch: a fiber's and its resumer's. It must not move while the fiber lives.
struct fiber_stacks {
    /// Where the fiber goes on when it is entered.
    void *_Nullable fiber;
    /// Where its resumer goes on when the fiber leaves.
    void *_Nullable resumer;
    /// What the fiber runs, given this structure; when it returns the fiber has ended.
    void (*_Nullable main)(void *_Nonnull stacks);
    /// The fiber's stack: its lowest usable address, and the bytes from there to its top.
    void *_Nullable bottom;
    size_t size;
    /// For AddressSanitizer: the resumer's stack.
    const void *_Nullable resumer_bottom;
    size_t resumer_size;
    /// For ThreadSanitizer: its names for the two.
    void *_Nullable fiber_name;
    void *_Nullable resumer_name;
};

/// Makes the stack, from `bottom` on and of `size` bytes, ready to run `main` at the next entry.
void fiber_prepare(struct fiber_stacks *_Nonnull stacks, void *_Nonnull bottom, size_t size,
                   void (*_Nonnull main)(void *_Nonnull stacks));

enum fiber_sanitizer { fiber_sanitizer_none, fiber_sanitizer_address, fiber_sanitizer_thread };

/// The sanitizer that switch.c was compiled with.
extern const enum fiber_sanitizer fiber_sanitizer;

// boost.context: a jump gives back the context that was left and the pointer that was handed on.
struct fiber_transfer {
    void *_Nullable context;
    void *_Nullable data;
};
struct fiber_transfer jump_fcontext(void *_Nullable to, void *_Nullable data);

void fiber_enter_sanitized(struct fiber_stacks *_Nonnull stacks);
void fiber_leave_sanitized(struct fiber_stacks *_Nonnull stacks);

/// Goes on in the fiber; returns when it leaves or ends.
__attribute__((always_inline)) static inline void fiber_enter(struct fiber_stacks *_Nonnull stacks) {
    if (__builtin_expect(fiber_sanitizer != fiber_sanitizer_none, 0)) {
        fiber_enter_sanitized(stacks);
    } else {
        stacks->fiber = jump_fcontext(stacks->fiber, stacks).context;
    }
}

/// Called on the fiber's stack: goes on in the resumer; returns when the fiber is entered again.
__attribute__((always_inline)) static inline void fiber_leave(struct fiber_stacks *_Nonnull stacks) {
    if (__builtin_expect(fiber_sanitizer != fiber_sanitizer_none, 0)) {
        fiber_leave_sanitized(stacks);
    } else {
        stacks->resumer = jump_fcontext(stacks->resumer, stacks).context;
    }
}

/// Tells sanitizers that a fiber which has ended, or was never entered, is over.
void fiber_release(struct fiber_stacks *_Nonnull stacks);

/// What a thread runs.
struct fiber_thread {
    /// The innermost fiber that runs, null for none.
    void *_Nullable current;
    /// The lowest usable address of the stack that it runs on, 0 where it was not asked for yet.
    uintptr_t limit;
};

extern _Thread_local struct fiber_thread fiber_this_thread;

/// This thread's structure.
static inline struct fiber_thread *_Nonnull fiber_get_thread(void) { return &fiber_this_thread; }

/// Asks the system for the lowest usable address of this thread's own stack; never 0.
uintptr_t fiber_find_limit(void);

/// The bytes of stack below the caller's frame.
__attribute__((always_inline)) static inline size_t fiber_stack_left(void) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (__builtin_expect(fiber_this_thread.limit == 0, 0)) fiber_this_thread.limit = fiber_find_limit();
    return here > fiber_this_thread.limit ? here - fiber_this_thread.limit : 0;
}

/// The last exclusive access that the Swift runtime holds open on this thread, null for none.
const void *_Nullable fiber_open_access(void);

/// Makes `size` bytes at `bottom`, whole pages, fault on every access; 0 where the system cannot.
int fiber_guard(void *_Nonnull bottom, size_t size);

#if defined(__cplusplus)
}
#endif

#endif
