/* The functions of http.h, by those of wasi:http as the Canonical ABI hands them to a core module. Results
   that are more than one number are stored where the last argument says. */
#include "http.h"

#define FROM(module, name) __attribute__((import_module(module), import_name(name))) extern
#define HTTP "wasi:http/types@0.2.0"
#define STREAMS "wasi:io/streams@0.2.0"

FROM(HTTP, "[method]incoming-request.path-with-query") void get_path(uint32_t, void *);
FROM(HTTP, "[method]incoming-request.headers") uint32_t get_headers(uint32_t);
FROM(HTTP, "[method]incoming-request.consume") void consume(uint32_t, void *);
FROM(HTTP, "[method]incoming-body.stream") void input_stream(uint32_t, void *);
FROM(HTTP, "[constructor]fields") uint32_t new_fields(void);
FROM(HTTP, "[method]fields.get") void get_field(uint32_t, const char *, uint32_t, void *);
FROM(HTTP, "[method]fields.append")
void append_field(uint32_t, const char *, uint32_t, const char *, uint32_t, void *);
FROM(HTTP, "[constructor]outgoing-response") uint32_t new_response(uint32_t);
FROM(HTTP, "[method]outgoing-response.set-status-code") uint32_t set_status(uint32_t, uint32_t);
FROM(HTTP, "[method]outgoing-response.body") void response_body(uint32_t, void *);
FROM(HTTP, "[method]outgoing-body.write") void output_stream(uint32_t, void *);
FROM(HTTP, "[static]outgoing-body.finish") void finish_body(uint32_t, uint32_t, uint32_t, void *);
FROM(HTTP, "[static]response-outparam.set")
void set_response(uint32_t, uint32_t, uint32_t, uint32_t, uint64_t, uint32_t, uint32_t, uint32_t, uint32_t);
FROM(HTTP, "[resource-drop]fields") void drop_fields(uint32_t);
FROM(HTTP, "[resource-drop]incoming-request") void drop_request(uint32_t);
FROM(HTTP, "[resource-drop]incoming-body") void drop_input_body(uint32_t);
FROM(STREAMS, "[method]input-stream.blocking-read") void blocking_read(uint32_t, uint64_t, void *);
FROM(STREAMS, "[method]output-stream.blocking-write-and-flush")
void blocking_write(uint32_t, const char *, uint32_t, void *);
FROM(STREAMS, "[resource-drop]input-stream") void drop_input(uint32_t);
FROM(STREAMS, "[resource-drop]output-stream") void drop_output(uint32_t);

/* Memory is handed out upwards and never taken back: the instance is gone after the answer. What streams
   read is the exception: it is put where the last piece was. */
extern char __heap_base;
static uintptr_t heap_top, piece, piece_end;

void *allocate(uint32_t size, uint32_t alignment) {
    if (!heap_top) heap_top = (uintptr_t)&__heap_base;
    uint64_t start = ((uint64_t)heap_top + alignment - 1) & ~(uint64_t)(alignment - 1);
    uint64_t end = start + size, have = (uint64_t)__builtin_wasm_memory_size(0) << 16;
    if (end > have && __builtin_wasm_memory_grow(0, (end - have + 65535) >> 16) == (uintptr_t)-1)
        __builtin_trap();
    heap_top = (uintptr_t)end;
    return (void *)(uintptr_t)start;
}

/* What the host asks for where it hands over strings and lists. It never makes anything larger. */
__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, uint32_t old_size,
                                                                uint32_t alignment, uint32_t size) {
    (void)old, (void)old_size;
    if (piece && size <= piece_end - piece) return (void *)piece;
    return allocate(size, alignment);
}

static struct {
    _Alignas(8) uint8_t tag;
    uint8_t rest[3];
    uint32_t words[9];
} result;

static void check(void) {
    if (result.tag) __builtin_trap();
}

Text text_of(const char *string) {
    Text text = {string, 0};
    while (string[text.length]) text.length++;
    return text;
}

Text request_path(Exchange *exchange) {
    get_path(exchange->request, &result);
    if (!result.tag) return text_of("/");
    return (Text){(const char *)(uintptr_t)result.words[0], result.words[1]};
}

Text request_header(Exchange *exchange, Text name) {
    uint32_t fields = get_headers(exchange->request);
    uint32_t list[2];
    get_field(fields, name.bytes, name.length, list);
    drop_fields(fields);
    if (!list[1]) return (Text){0, 0};
    const uint32_t *first = (const uint32_t *)(uintptr_t)list[0];
    return (Text){(const char *)(uintptr_t)first[0], first[1]};
}

Text request_read(Exchange *exchange, uint32_t limit) {
    if (!exchange->input) {
        consume(exchange->request, &result);
        check();
        exchange->input_body = result.words[0];
        input_stream(exchange->input_body, &result);
        check();
        exchange->input = result.words[0];
    }
    static uintptr_t buffer, size;
    if (limit > size) buffer = (uintptr_t)allocate(limit, 8), size = limit;
    piece = buffer, piece_end = buffer + size;
    blocking_read(exchange->input, limit, &result);
    piece = piece_end = 0;
    if (result.tag) {
        /* The other case is an error of the client's connection: nobody waits for an answer. */
        if (!(result.words[0] & 1)) __builtin_trap();
        return (Text){0, 0};
    }
    return (Text){(const char *)(uintptr_t)result.words[0], result.words[1]};
}

void response_header(Exchange *exchange, Text name, Text value) {
    if (!exchange->fields) exchange->fields = new_fields();
    append_field(exchange->fields, name.bytes, name.length, value.bytes, value.length, &result);
    check();
}

void response_begin(Exchange *exchange, uint32_t status) {
    uint32_t response = new_response(exchange->fields ? exchange->fields : new_fields());
    if (set_status(response, status)) __builtin_trap();
    response_body(response, &result);
    check();
    exchange->body = result.words[0];
    set_response(exchange->outparam, 0, response, 0, 0, 0, 0, 0, 0);
    output_stream(exchange->body, &result);
    check();
    exchange->output = result.words[0];
}

void response_write(Exchange *exchange, Text text) {
    while (text.length) {
        uint32_t count = text.length < 4096 ? text.length : 4096;
        blocking_write(exchange->output, text.bytes, count, &result);
        check();
        text.bytes += count, text.length -= count;
    }
}

__attribute__((export_name("wasi:http/incoming-handler@0.2.0#handle"))) void handle(uint32_t request,
                                                                                    uint32_t outparam) {
    Exchange exchange = {.request = request, .outparam = outparam};
    handle_request(&exchange);
    if (exchange.input) drop_input(exchange.input), drop_input_body(exchange.input_body);
    drop_request(request);
    if (!exchange.output) return;
    drop_output(exchange.output);
    finish_body(exchange.body, 0, 0, &result);
    check();
}
