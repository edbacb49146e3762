/* toml++ behind C: a document as an array of nodes, each key and value with its line and column.
   No C++ exception leaves it; depth is limited, and the caller limits the size. */
#ifndef VIRGA_CTOML_H
#define VIRGA_CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    VIRGA_TOML_TABLE,
    VIRGA_TOML_ARRAY,
    VIRGA_TOML_STRING,
    VIRGA_TOML_INTEGER,
    VIRGA_TOML_FLOAT,
    VIRGA_TOML_BOOLEAN,
    VIRGA_TOML_DATE
};

/* Lines and columns count from 1, columns in code points; an end is one past the last. */
typedef struct {
    uint32_t line, column, end_line, end_column;
} virga_toml_region;

typedef struct {
    uint8_t kind;
    uint8_t boolean;
    /* Nodes below this one, which follow it: a node's children are found by leaps. */
    uint32_t descendants;
    virga_toml_region region;
    /* Of a table's child; zeros elsewhere. */
    virga_toml_region key_region;
    const char *key;
    size_t key_length;
    const char *text;
    size_t text_length;
    int64_t integer;
    double number;
} virga_toml_node;

typedef struct virga_toml_document virga_toml_document;

/* Parses `count` bytes, nested at most `depth` deep; null without memory. `bytes` may go afterwards. */
virga_toml_document *virga_toml_parse(const char *bytes, size_t count, uint32_t depth);
void virga_toml_free(virga_toml_document *document);

/* What is wrong, or null; `line` and `column` say where, unless `line` is 0. */
const char *virga_toml_error(const virga_toml_document *document, uint32_t *line, uint32_t *column);
/* The nodes, the root first. */
const virga_toml_node *virga_toml_nodes(const virga_toml_document *document, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
