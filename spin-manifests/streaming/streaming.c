/* Bodies that are written and read while they are on their way.

   /count?n=5&ms=200   a line each `ms` milliseconds
   /echo               the request's body, as it comes
   /length             counts the bytes of the request's body, and tells them at its end */
#include "../include/samples.h"

static void count(Exchange *exchange, unsigned lines, unsigned pause) {
    respond(exchange, 200, "text/plain");
    for (unsigned i = 1; i <= lines; i++) {
        write_number(exchange, i);
        write_text(exchange, "\n");
        if (i < lines) sleep_milliseconds(pause);
    }
}

static void echo(Exchange *exchange) {
    respond(exchange, 200, "application/octet-stream");
    Text piece;
    while ((piece = request_read(exchange, 65536)).length) response_write(exchange, piece);
}

static void length(Exchange *exchange) {
    unsigned bytes = 0, read;
    while ((read = request_read(exchange, 65536).length)) bytes += read;
    respond(exchange, 200, "text/plain");
    write_number(exchange, bytes);
    write_text(exchange, " bytes\n");
}

void handle_request(Exchange *exchange) {
    Text path = request_path(exchange);
    if (starts_with(path, "/count"))
        return count(exchange, query_number(path, "n=", 5), query_number(path, "ms=", 200));
    if (starts_with(path, "/echo")) return echo(exchange);
    if (starts_with(path, "/length")) return length(exchange);
    respond(exchange, 404, "text/plain");
    write_text(exchange, "Try /count?n=5&ms=200, or send a body to /echo or /length\n");
}
