/* wasi:http for functions in C without a library: what answers a request, over the functions that the interfaces
   have as the Canonical ABI flattens them. A function defines `handle_request`; `virga componentize` does the rest.

   An instance answers one request and is set back, so that memory is never freed. */
#ifndef WASI_HTTP_H
#define WASI_HTTP_H

typedef __SIZE_TYPE__ size_t;
typedef unsigned char byte;
typedef unsigned long long u64;
typedef int handle;

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define TYPES(name) IMPORT("wasi:http/types@0.2.0", name)
#define STREAMS(name) IMPORT("wasi:io/streams@0.2.0", name)

TYPES("[method]incoming-request.path-with-query") void request_path(handle request, void *result);
TYPES("[method]incoming-request.consume") void request_consume(handle request, void *result);
TYPES("[method]incoming-body.stream") void incoming_body_stream(handle body, void *result);
TYPES("[constructor]fields") handle fields_make(void);
TYPES("[method]fields.append")
void fields_append(handle fields, const char *name, size_t name_length, const char *value, size_t value_length, void *result);
TYPES("[constructor]outgoing-response") handle response_make(handle fields);
TYPES("[method]outgoing-response.set-status-code") int response_set_status(handle response, int status);
TYPES("[method]outgoing-response.body") void response_body(handle response, void *result);
TYPES("[method]outgoing-body.write") void outgoing_body_write(handle body, void *result);
TYPES("[static]outgoing-body.finish") void outgoing_body_finish(handle body, int has_trailers, handle trailers, void *result);
TYPES("[static]response-outparam.set")
void outparam_set(handle outparam, int is_error, handle response, int, u64, int, int, int, int);
STREAMS("[method]input-stream.blocking-read") void stream_read(handle stream, u64 length, void *result);
STREAMS("[method]output-stream.blocking-write-and-flush")
void stream_write(handle stream, const void *bytes, size_t length, void *result);
STREAMS("[resource-drop]output-stream") void drop_output_stream(handle stream);
IMPORT("wasi:clocks/monotonic-clock@0.2.0", "subscribe-duration") handle clock_subscribe(u64 nanoseconds);
IMPORT("wasi:io/poll@0.2.0", "[method]pollable.block") void pollable_block(handle pollable);
IMPORT("wasi:io/poll@0.2.0", "[resource-drop]pollable") void drop_pollable(handle pollable);

/* A result as the host stores it: whether it is an error, then a handle, or a list's place and length. */
typedef struct { byte is_error; int value, length; } result;

extern byte __heap_base;
static byte *heap_end = &__heap_base;

/* Bytes that stay until the request is over; the memory grows as it must. */
static inline void *allocate(size_t count) {
    byte *start = (byte *)(((size_t)heap_end + 7) & ~(size_t)7);
    heap_end = start + count;
    size_t pages = ((size_t)heap_end + 65535) / 65536, now = __builtin_wasm_memory_size(0);
    if (pages > now && __builtin_wasm_memory_grow(0, pages - now) == (size_t)-1) __builtin_trap();
    return start;
}

/* Where the host puts lists and strings that a call gives. */
__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_length, size_t align, size_t length) {
    byte *made = allocate(length);
    for (size_t i = 0; i < old_length && i < length; i++) made[i] = ((byte *)old)[i];
    return made;
}

static inline size_t length_of(const char *text) {
    size_t count = 0;
    while (text[count]) count++;
    return count;
}

static inline int starts_with(const char *text, const char *prefix) {
    while (*prefix) if (*text++ != *prefix++) return 0;
    return 1;
}

/* The number in decimal behind `name=` in a query; `otherwise` if there is none. */
static inline unsigned query_number(const char *path, const char *name, unsigned otherwise) {
    while (*path && *path != '?') path++;
    for (; *path; path++) {
        const char *at = path + 1;
        if ((*path == '?' || *path == '&') && starts_with(at, name) && at[length_of(name)] == '=') {
            unsigned value = 0;
            for (at += length_of(name) + 1; *at >= '0' && *at <= '9' && value < 100000000; at++) value = value * 10 + (*at - '0');
            return value;
        }
    }
    return otherwise;
}

/* Text of a number in decimal. */
static inline const char *decimal(unsigned value) {
    char *text = (char *)allocate(11) + 10;
    *text = 0;
    do *--text = '0' + value % 10; while (value /= 10);
    return text;
}

/* The request that is being answered. */
static handle current_request, current_outparam, current_body, current_output;
static const char *path;

/* Answers with this status; the body follows. */
static inline void respond(int status, const char *type) {
    result made;
    handle fields = fields_make();
    fields_append(fields, "content-type", 12, type, length_of(type), &made);
    handle response = response_make(fields);
    response_set_status(response, status);
    response_body(response, &made);
    current_body = made.value;
    outparam_set(current_outparam, 0, response, 0, 0, 0, 0, 0, 0);
    outgoing_body_write(current_body, &made);
    current_output = made.value;
}

/* Writes to the body, as the client takes it; ends the guest where nobody does. */
static inline void write_bytes(const void *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        size_t piece = length - at < 4096 ? length - at : 4096;
        result done;
        stream_write(current_output, (const byte *)bytes + at, piece, &done);
        if (done.is_error) __builtin_trap();
        at += piece;
    }
}

static inline void write_text(const char *text) { write_bytes(text, length_of(text)); }

static inline void finish(void) {
    u64 done[8]; /* room for an `error-code` */
    drop_output_stream(current_output);
    outgoing_body_finish(current_body, 0, 0, done);
}

/* Opens the request's body. */
static inline handle open_body(void) {
    result made;
    request_consume(current_request, &made);
    incoming_body_stream(made.value, &made);
    return made.value;
}

/* Waits; others have the thread meanwhile. */
static inline void sleep_milliseconds(unsigned milliseconds) {
    handle timer = clock_subscribe(milliseconds * 1000000ull);
    pollable_block(timer);
    drop_pollable(timer);
}

static void handle_request(void);

__attribute__((export_name("wasi:http/incoming-handler@0.2.0#handle"))) void handle_(handle request, handle outparam) {
    heap_end = &__heap_base;
    current_request = request;
    current_outparam = outparam;
    result given;
    request_path(request, &given);
    char *text = allocate(given.length + 1);
    for (int i = 0; i < given.length; i++) text[i] = ((char *)given.value)[i];
    text[given.is_error ? given.length : 0] = 0;
    path = text;
    handle_request();
}
#endif
