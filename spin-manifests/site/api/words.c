/* Counts the words of a query, which + or %20 divide, and answers with JSON. */
#include "../../include/wasi_http.h"

static void handle_request(void) {
    const char *at = path;
    while (*at && *at != '?') at++;
    unsigned words = 0, letters = 0;
    int is_within = 0;
    while (*at) {
        at++;
        int is_space = starts_with(at, "%20");
        int is_end = !*at || *at == '+' || *at == '&' || is_space;
        if (!is_end) letters++;
        if (!is_end && !is_within) words++;
        is_within = !is_end;
        if (is_space) at += 2;
        if (!*at) break;
    }
    respond(200, "application/json");
    write_text("{\"words\": ");
    write_text(decimal(words));
    write_text(", \"letters\": ");
    write_text(decimal(letters));
    write_text("}\n");
    finish();
}
