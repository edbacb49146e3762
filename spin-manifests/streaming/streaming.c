/* Bodies that are written and read while they are on their way.

   /count?n=5&ms=200   a line each `ms` milliseconds
   /echo               the request's body, as it comes
   /length             counts the bytes of the request's body, and tells them at its end */
#include "../include/wasi_http.h"

static void count(void) {
    unsigned lines = query_number(path, "n", 5), pause = query_number(path, "ms", 200);
    respond(200, "text/plain");
    for (unsigned i = 1; i <= lines; i++) {
        write_text(decimal(i));
        write_text("\n");
        if (i < lines) sleep_milliseconds(pause);
    }
    finish();
}

/* Reads the body to its end; writes it back, or counts. */
static void read_body(int writes) {
    handle body = open_body();
    if (writes) respond(200, "application/octet-stream");
    unsigned bytes = 0;
    byte *start = heap_end;
    for (;;) {
        /* What was read before has been used. */
        heap_end = start;
        result piece;
        stream_read(body, 65536, &piece);
        if (piece.is_error) break;
        if (writes) write_bytes((void *)piece.value, piece.length);
        bytes += piece.length;
    }
    if (!writes) {
        respond(200, "text/plain");
        write_text(decimal(bytes));
        write_text(" bytes\n");
    }
    finish();
}

static void handle_request(void) {
    if (starts_with(path, "/count")) return count();
    if (starts_with(path, "/echo")) return read_body(1);
    if (starts_with(path, "/length")) return read_body(0);
    respond(404, "text/plain");
    write_text("Try /count?n=5&ms=200, or send a body to /echo or /length\n");
    finish();
}
