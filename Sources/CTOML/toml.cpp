// The one place that knows C++: toml++ parses, its tree is laid out flat, and what throws is caught.

// What the library takes for granted and does not find is thrown, not assumed: a header that begins with
// a dot would be undefined behaviour.
#undef NDEBUG
struct virga_toml_assertion {};
#define TOML_ASSERT(expression) \
    do { \
        if (!(expression)) throw virga_toml_assertion(); \
    } while (false)
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
// Arrays and inline tables within each other; what `depth` allows is looked at afterwards.
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include "CTOML.h"

#include <deque>
#include <new>
#include <string>
#include <string_view>
#include <vector>

struct virga_toml_document {
    std::string error;
    uint32_t line = 0, column = 0;
    std::vector<virga_toml_node> nodes;
    // A deque, so that what nodes point to stays where it is.
    std::deque<std::string> texts;
};

namespace {

struct Position {
    uint32_t line = 1, column = 1;
};

// What toml++ cannot be given, found before it parses.
//
// It does not limit the parts of dotted keys, and destroys tables recursively; it takes for granted
// that a header begins with a key. Strings and comments are told from keys as the grammar does it; what
// else is malformed is left to the parser.
class Scan {
public:
    std::string error;
    Position position;
    // Bytes before what is wrong, or all.
    size_t at = 0;
    // Whether what comes before is complete, and may be parsed.
    bool isComplete = true;

    Scan(std::string_view text, uint32_t limit) : text(text), limit(limit) {
        uint32_t dots = 0, brackets = 0;
        bool isLineStart = true;
        while (at < text.size()) {
            char c = text[at];
            if (isLineStart && c == '[' && brackets == 0 && !headerHasKey()) {
                error = "a table's header has no key after its bracket";
                return;
            }
            isLineStart = c == '\n' || (isLineStart && (c == ' ' || c == '\t'));
            if (c == '"' || c == '\'') {
                skipString(c);
            } else if (c == '#') {
                while (at < text.size() && text[at] != '\n') step();
            } else {
                if (c == '.' && ++dots >= limit) {
                    error = "a key has more than " + std::to_string(limit) + " parts";
                    isComplete = false;
                    return;
                }
                if (c == '[' || c == '{') brackets += 1;
                if ((c == ']' || c == '}') && brackets > 0) brackets -= 1;
                if (!isOfKey(c) && c != '.' && c != ' ' && c != '\t') dots = 0;
                step();
            }
        }
    }

private:
    static bool isOfKey(char c) {
        return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z');
    }

    // Whether a key follows the brackets of a header, or what the parser refuses itself.
    bool headerHasKey() const {
        size_t next = text.find_first_not_of(" \t", at + 1);
        bool isArray = next == at + 1 && text[next] == '[';
        if (isArray) next = text.find_first_not_of(" \t", next + 1);
        if (next == std::string_view::npos) return false;
        char c = text[next];
        return isOfKey(c) || c == '"' || c == '\'' || c == ']' || (c == '[' && !isArray);
    }

    void step() {
        if (text[at] == '\n') {
            position.line += 1;
            position.column = 1;
        } else if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) {
            position.column += 1;
        }
        at += 1;
    }

    void steps(size_t count) {
        for (size_t i = 0; i < count && at < text.size(); i++) step();
    }

    void skipString(char quote) {
        const char three[] = {quote, quote, quote, 0};
        bool isLong = text.substr(at, 3) == three;
        steps(isLong ? 3 : 1);
        while (at < text.size()) {
            char c = text[at];
            if (c == '\\' && quote == '"') {
                steps(2);
            } else if (isLong && text.substr(at, 3) == three) {
                steps(3);
                // Up to two quotes may stand before the three that end the string.
                for (int i = 0; i < 2 && at < text.size() && text[at] == quote; i++) step();
                return;
            } else if (!isLong && (c == quote || c == '\n')) {
                step();
                return;
            } else {
                step();
            }
        }
    }

    std::string_view text;
    uint32_t limit;
};

virga_toml_region region(const toml::source_region &source) {
    return {source.begin.line, source.begin.column, source.end.line, source.end.column};
}

class Layout {
public:
    Layout(virga_toml_document &document, uint32_t depth) : document(document), limit(depth) {}

    // Appends the node and what is below it; false where it is too deep.
    bool append(const toml::node &node, const toml::key *key, uint32_t depth) {
        if (depth > limit) {
            document.error = "values are nested more than " + std::to_string(limit) + " deep";
            document.line = node.source().begin.line;
            document.column = node.source().begin.column;
            return false;
        }
        size_t index = document.nodes.size();
        virga_toml_node flat = {};
        flat.region = region(node.source());
        if (key != nullptr) {
            flat.key_region = region(key->source());
            const std::string &text = keep(key->str());
            flat.key = text.data();
            flat.key_length = text.size();
        }
        fill(flat, node);
        document.nodes.push_back(flat);
        if (const toml::table *table = node.as_table()) {
            for (auto &&[key, value] : *table)
                if (!append(value, &key, depth + 1)) return false;
        } else if (const toml::array *array = node.as_array()) {
            for (auto &&value : *array)
                if (!append(value, nullptr, depth + 1)) return false;
        }
        document.nodes[index].descendants = static_cast<uint32_t>(document.nodes.size() - index - 1);
        return true;
    }

private:
    const std::string &keep(std::string_view text) {
        document.texts.emplace_back(text);
        return document.texts.back();
    }

    void fill(virga_toml_node &flat, const toml::node &node) {
        switch (node.type()) {
        case toml::node_type::table: flat.kind = VIRGA_TOML_TABLE; break;
        case toml::node_type::array: flat.kind = VIRGA_TOML_ARRAY; break;
        case toml::node_type::string: {
            const std::string &text = keep(node.as_string()->get());
            flat.kind = VIRGA_TOML_STRING;
            flat.text = text.data();
            flat.text_length = text.size();
            break;
        }
        case toml::node_type::integer:
            flat.kind = VIRGA_TOML_INTEGER;
            flat.integer = node.as_integer()->get();
            break;
        case toml::node_type::floating_point:
            flat.kind = VIRGA_TOML_FLOAT;
            flat.number = node.as_floating_point()->get();
            break;
        case toml::node_type::boolean:
            flat.kind = VIRGA_TOML_BOOLEAN;
            flat.boolean = node.as_boolean()->get();
            break;
        default: flat.kind = VIRGA_TOML_DATE; break;
        }
    }

    virga_toml_document &document;
    uint32_t limit;
};

void parse(virga_toml_document &document, std::string_view text, uint32_t depth) {
    Scan scan(text, depth);
    // What comes before it may have a mistake that is to be said first.
    toml::parse_result result = toml::parse(scan.isComplete ? text.substr(0, scan.at) : "");
    if (!result) {
        const toml::parse_error &error = result.error();
        document.error = std::string(error.description());
        document.line = error.source().begin.line;
        document.column = error.source().begin.column;
        return;
    }
    if (!scan.error.empty()) {
        document.error = scan.error;
        document.line = scan.position.line;
        document.column = scan.position.column;
        return;
    }
    Layout(document, depth).append(result.table(), nullptr, 0);
}

}  // namespace

virga_toml_document *virga_toml_parse(const char *bytes, size_t count, uint32_t depth) {
    virga_toml_document *document = nullptr;
    try {
        document = new virga_toml_document;
        parse(*document, std::string_view(bytes, count), depth);
        return document;
    } catch (const virga_toml_assertion &) {
        document->error = "it is malformed in a way that the parser does not know";
        document->line = 0;
        return document;
    } catch (...) {
        delete document;
        return nullptr;
    }
}

void virga_toml_free(virga_toml_document *document) { delete document; }

const char *virga_toml_error(const virga_toml_document *document, uint32_t *line, uint32_t *column) {
    *line = document->line;
    *column = document->column;
    return document->error.empty() ? nullptr : document->error.c_str();
}

const virga_toml_node *virga_toml_nodes(const virga_toml_document *document, size_t *count) {
    *count = document->nodes.size();
    return document->nodes.data();
}
