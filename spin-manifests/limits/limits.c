/* Does what a limit is for, by the path: takes memory, takes time, sleeps, reads, writes. */
#include "../include/wasi_http.h"

static void answer(const char *text) {
    respond(200, "text/plain");
    write_text(text);
    finish();
}

static void take_memory(unsigned mebibytes) {
    for (unsigned i = 0; i < mebibytes; i++) *(volatile byte *)allocate(1 << 20) = 1;
    answer("the memory was there\n");
}

static void take_time(unsigned millions) {
    volatile unsigned sum = 0;
    for (unsigned i = 0; i < millions * 1000000; i++) sum += i;
    answer("the time was there\n");
}

static void read_all(void) {
    handle body = open_body();
    byte *start = heap_end;
    result piece;
    do {
        heap_end = start;
        stream_read(body, 65536, &piece);
    } while (!piece.is_error);
    answer("the body was read\n");
}

static void write_all(unsigned bytes) {
    respond(200, "text/plain");
    for (unsigned i = 0; i < bytes; i += 64)
        write_text("sixty-four bytes of a response, with the end of the line at last\n");
    finish();
}

static void handle_request(void) {
    if (starts_with(path, "/memory")) return take_memory(query_number(path, "mb", 64));
    if (starts_with(path, "/cpu-time")) return take_time(query_number(path, "n", 2000));
    if (starts_with(path, "/wall-time") || starts_with(path, "/queue")) {
        sleep_milliseconds(query_number(path, "ms", 5000));
        return answer("slept\n");
    }
    if (starts_with(path, "/request-body")) return read_all();
    write_all(query_number(path, "n", 100000));
}
