#include "http.h"

/* Answers each request with a greeting and the path that was asked for. */
void handle_request(Exchange *exchange) {
    response_header(exchange, text_of("content-type"), text_of("text/plain"));
    response_begin(exchange, 200);
    response_write(exchange, text_of("Hello from C, at "));
    response_write(exchange, request_path(exchange));
    response_write(exchange, text_of("\n"));
}
