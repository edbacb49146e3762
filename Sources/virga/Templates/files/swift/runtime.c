/* What Embedded Swift wants of a C library where there is none. */
#include "http.h"

#include <stddef.h>

/* Blocks are of powers of two, behind eight bytes that say which; those that were freed are used again. */
static struct block {
    struct block *next;
} *free_blocks[32];

void *malloc(size_t size) {
    uint32_t power = 4;
    while (power < 31 && (1u << power) < size + 8) power++;
    if (power == 31) return 0;
    char *start = (char *)free_blocks[power];
    if (start)
        free_blocks[power] = free_blocks[power]->next;
    else
        start = allocate(1u << power, 16);
    /* What is handed out begins at a multiple of eight, which is what wasm32's types want. */
    *(uint32_t *)start = power;
    return start + 8;
}

void free(void *pointer) {
    if (!pointer) return;
    char *start = (char *)pointer - 8;
    uint32_t power = *(uint32_t *)start;
    if (!power) return;
    ((struct block *)start)->next = free_blocks[power];
    free_blocks[power] = (struct block *)start;
}

int posix_memalign(void **pointer, size_t alignment, size_t size) {
    if (alignment <= 8) {
        *pointer = malloc(size);
        return *pointer ? 0 : 12;
    }
    /* Rare: such a block is not used again. */
    char *start = allocate((uint32_t)(size + alignment), (uint32_t)alignment);
    *(uint32_t *)(start + alignment - 8) = 0;
    *pointer = start + alignment;
    return 0;
}

void *memset(void *to, int byte, size_t count) {
    for (char *next = to; count; count--) *next++ = (char)byte;
    return to;
}

void *memmove(void *to, const void *from, size_t count) {
    char *target = to;
    const char *source = from;
    if (target < source)
        while (count--) *target++ = *source++;
    else
        while (count--) target[count] = source[count];
    return to;
}

void *memcpy(void *to, const void *from, size_t count) { return memmove(to, from, count); }

int memcmp(const void *a, const void *b, size_t count) {
    const unsigned char *x = a, *y = b;
    for (; count; count--, x++, y++)
        if (*x != *y) return *x - *y;
    return 0;
}

size_t strlen(const char *text) { return text_of(text).length; }

/* Seeds hash tables, each instance alike: functions that need randomness ask wasi:random for it. */
void arc4random_buf(void *to, size_t count) { memset(to, 0x5a, count); }

/* The compiler's guard of the stack. */
uintptr_t __stack_chk_guard = 0x6b1d0c59;
void __stack_chk_fail(void) { __builtin_trap(); }

/* There is nowhere to print to. */
int putchar(int character) { return character; }
