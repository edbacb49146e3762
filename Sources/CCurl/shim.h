/* libcurl, with functions of fixed arguments for those with variable ones, which Swift does not import. */
#ifndef VIRGA_CCURL_SHIM_H
#define VIRGA_CCURL_SHIM_H

#include <curl/curl.h>

typedef size_t (*virga_curl_transfer)(char *bytes, size_t size, size_t count, void *argument);

static inline CURLcode virga_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode virga_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
/* libcurl copies the text. */
static inline CURLcode virga_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode virga_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode virga_curl_set_transfer(CURL *handle, CURLoption option, virga_curl_transfer function) {
    return curl_easy_setopt(handle, option, function);
}
static inline long virga_curl_status(CURL *handle) {
    long status = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

#endif
