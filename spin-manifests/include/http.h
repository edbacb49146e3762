/* What a function needs of wasi:http 0.2: a request in, a response out. */
#ifndef HTTP_H
#define HTTP_H

#include <stdint.h>

/* Bytes that are not followed by a zero. They stay as they are until the answer is complete. */
typedef struct {
    const char *bytes;
    uint32_t length;
} Text;

/* A request that is being answered. */
typedef struct {
    uint32_t request, outparam, fields, body, output, input_body, input;
} Exchange;

/* The path and what follows it, as "/hello?name=you". */
Text request_path(Exchange *exchange);

/* The first value of a header field; nothing, with bytes 0, where there is none. */
Text request_header(Exchange *exchange, Text name);

/* Some of the body, as it arrives: at most `limit` bytes; length 0 at its end. */
Text request_read(Exchange *exchange, uint32_t limit);

/* Adds a header field to the response. To be called before response_begin. */
void response_header(Exchange *exchange, Text name, Text value);

/* Sends the response's status and header fields. */
void response_begin(Exchange *exchange, uint32_t status);

/* Sends some of the body; waits until it has been taken. */
void response_write(Exchange *exchange, Text text);

/* A string that ends with a zero, as a text. */
Text text_of(const char *string);

/* Memory that is there until the request has been answered. */
void *allocate(uint32_t size, uint32_t alignment);

/* Answers a request: yours to write. Whoever does not call response_begin answers with 500. */
void handle_request(Exchange *exchange);

#endif
