/* libcurl, with functions for the options that Swift cannot give, since C takes them as `...`. */
#ifndef VIRGA_CCURL_SHIM_H
#define VIRGA_CCURL_SHIM_H

#include <curl/curl.h>

static inline CURLcode virga_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode virga_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
/* libcurl keeps a copy of the text. */
static inline CURLcode virga_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
/* Has the content go to `write`, which is called during curl_easy_perform only. */
static inline CURLcode virga_curl_set_writer(
    CURL *handle, size_t (*write)(char *, size_t, size_t, void *), void *argument) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, write);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, argument);
}
/* Has the request's body come from `read`, likewise. */
static inline CURLcode virga_curl_set_reader(
    CURL *handle, size_t (*read)(char *, size_t, size_t, void *), void *argument) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, read);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_READDATA, argument);
}
static inline long virga_curl_status(CURL *handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
static inline CURLcode virga_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

#endif
