/* Counts the words of a query, which + or %20 divide, and answers with JSON. */
#include "../../include/samples.h"

void handle_request(Exchange *exchange) {
    unsigned words = 0, letters = 0;
    int is_within = 0;
    for (Text rest = query_of(request_path(exchange)); rest.length; rest = after(rest, 1)) {
        int is_space = starts_with(rest, "%20");
        int is_letter = !is_space && *rest.bytes != '+' && *rest.bytes != '&';
        if (is_letter) letters++;
        if (is_letter && !is_within) words++;
        is_within = is_letter;
        if (is_space) rest = after(rest, 2);
    }
    respond(exchange, 200, "application/json");
    write_text(exchange, "{\"words\": ");
    write_number(exchange, words);
    write_text(exchange, ", \"letters\": ");
    write_number(exchange, letters);
    write_text(exchange, "}\n");
}
