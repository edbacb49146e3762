/* What the samples in C share beside http.h. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include "../languages/in-c/http.h"

#define FROM_HOST(module, name) __attribute__((import_module(module), import_name(name))) extern

FROM_HOST("wasi:clocks/monotonic-clock@0.2.0", "subscribe-duration") uint32_t subscribe_duration(uint64_t);
FROM_HOST("wasi:io/poll@0.2.0", "[method]pollable.block") void block(uint32_t);
FROM_HOST("wasi:io/poll@0.2.0", "[resource-drop]pollable") void drop_pollable(uint32_t);

/* Waits; others have the thread meanwhile. */
static inline void sleep_milliseconds(unsigned milliseconds) {
    uint32_t timer = subscribe_duration(milliseconds * 1000000ull);
    block(timer);
    drop_pollable(timer);
}

static inline void write_text(Exchange *exchange, const char *string) { response_write(exchange, text_of(string)); }

/* Answers with this status and media type; the body follows. */
static inline void respond(Exchange *exchange, unsigned status, const char *type) {
    response_header(exchange, text_of("content-type"), text_of(type));
    response_begin(exchange, status);
}

static inline int starts_with(Text text, const char *prefix) {
    for (; *prefix; text.bytes++, text.length--)
        if (!text.length || *text.bytes != *prefix++) return 0;
    return 1;
}

static inline Text after(Text text, unsigned count) { return (Text){text.bytes + count, text.length - count}; }

/* What is behind the question mark of a path. */
static inline Text query_of(Text path) {
    while (path.length && *path.bytes != '?') path = after(path, 1);
    return path.length ? after(path, 1) : path;
}

/* The number in decimal behind `name` in a query, as "ms="; `otherwise` if there is none. */
static inline unsigned query_number(Text path, const char *name, unsigned otherwise) {
    Text rest = query_of(path);
    while (rest.length) {
        if (starts_with(rest, name)) {
            unsigned value = 0;
            rest = after(rest, text_of(name).length);
            for (; rest.length && *rest.bytes >= '0' && *rest.bytes <= '9' && value < 100000000; rest = after(rest, 1))
                value = value * 10 + (*rest.bytes - '0');
            return value;
        }
        while (rest.length && *rest.bytes != '&') rest = after(rest, 1);
        if (rest.length) rest = after(rest, 1);
    }
    return otherwise;
}

/* Writes a number in decimal. */
static inline void write_number(Exchange *exchange, unsigned value) {
    char digits[10];
    unsigned at = sizeof digits;
    do digits[--at] = '0' + value % 10; while (value /= 10);
    response_write(exchange, (Text){digits + at, sizeof digits - at});
}
#endif
