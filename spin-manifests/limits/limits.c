/* Does what a limit is for, by the path: takes memory, takes time, sleeps, reads, writes. */
#include "../include/samples.h"

static void answer(Exchange *exchange, const char *text) {
    respond(exchange, 200, "text/plain");
    write_text(exchange, text);
}

static void take_memory(Exchange *exchange, unsigned mebibytes) {
    for (unsigned i = 0; i < mebibytes; i++) *(volatile char *)allocate(1 << 20, 1) = 1;
    answer(exchange, "the memory was there\n");
}

static void take_time(Exchange *exchange, unsigned millions) {
    volatile unsigned sum = 0;
    for (unsigned i = 0; i < millions * 1000000; i++) sum += i;
    answer(exchange, "the time was there\n");
}

static void read_all(Exchange *exchange) {
    while (request_read(exchange, 65536).length) {}
    answer(exchange, "the body was read\n");
}

static void write_all(Exchange *exchange, unsigned bytes) {
    respond(exchange, 200, "text/plain");
    for (unsigned i = 0; i < bytes; i += 64)
        write_text(exchange, "sixty-four bytes of a response, with the end of the line at last\n");
}

void handle_request(Exchange *exchange) {
    Text path = request_path(exchange);
    if (starts_with(path, "/memory")) return take_memory(exchange, query_number(path, "mb=", 64));
    if (starts_with(path, "/cpu-time")) return take_time(exchange, query_number(path, "n=", 2000));
    if (starts_with(path, "/wall-time") || starts_with(path, "/queue")) {
        sleep_milliseconds(query_number(path, "ms=", 5000));
        return answer(exchange, "slept\n");
    }
    if (starts_with(path, "/request-body")) return read_all(exchange);
    write_all(exchange, query_number(path, "n=", 100000));
}
