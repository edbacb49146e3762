// Made by Templates/generate.py of the files below Templates/files.

/// The files of each template: where they go, and what is in them.
enum TemplateFiles {
    static let all: [String: [(path: String, text: String)]] = [
        "c": [
            (
                "%name%.c",
                ##"""
                #include "http.h"

                /* Answers each request with a greeting and the path that was asked for. */
                void handle_request(Exchange *exchange) {
                    response_header(exchange, text_of("content-type"), text_of("text/plain"));
                    response_begin(exchange, 200);
                    response_write(exchange, text_of("Hello from C, at "));
                    response_write(exchange, request_path(exchange));
                    response_write(exchange, text_of("\n"));
                }

                """##
            ),
            (
                ".gitignore",
                ##"""
                *.core.wasm

                """##
            ),
            (
                "component.toml",
                ##"""
                [[trigger.http]]
                route = "%route%"
                component = "%name%"

                [component.%name%]
                source = "%folder%%name%.wasm"
                [component.%name%.build]
                command = [
                    "clang --target=wasm32 -O2 -nostdlib -fno-builtin -mbulk-memory -Wl,--no-entry -Wl,--strip-debug -o %name%.core.wasm %name%.c http.c",
                    "virga componentize %name%.core.wasm -o %name%.wasm",
                ]
                %workdir%watch = ["*.c", "*.h"]

                """##
            ),
            (
                "http.c",
                ##"""
                /* The functions of http.h, by those of wasi:http as the Canonical ABI hands them to a core module. Results
                   that are more than one number are stored where the last argument says. */
                #include "http.h"

                #define FROM(module, name) __attribute__((import_module(module), import_name(name))) extern
                #define HTTP "wasi:http/types@0.2.0"
                #define STREAMS "wasi:io/streams@0.2.0"

                FROM(HTTP, "[method]incoming-request.path-with-query") void get_path(uint32_t, void *);
                FROM(HTTP, "[method]incoming-request.headers") uint32_t get_headers(uint32_t);
                FROM(HTTP, "[method]incoming-request.consume") void consume(uint32_t, void *);
                FROM(HTTP, "[method]incoming-body.stream") void input_stream(uint32_t, void *);
                FROM(HTTP, "[constructor]fields") uint32_t new_fields(void);
                FROM(HTTP, "[method]fields.get") void get_field(uint32_t, const char *, uint32_t, void *);
                FROM(HTTP, "[method]fields.append")
                void append_field(uint32_t, const char *, uint32_t, const char *, uint32_t, void *);
                FROM(HTTP, "[constructor]outgoing-response") uint32_t new_response(uint32_t);
                FROM(HTTP, "[method]outgoing-response.set-status-code") uint32_t set_status(uint32_t, uint32_t);
                FROM(HTTP, "[method]outgoing-response.body") void response_body(uint32_t, void *);
                FROM(HTTP, "[method]outgoing-body.write") void output_stream(uint32_t, void *);
                FROM(HTTP, "[static]outgoing-body.finish") void finish_body(uint32_t, uint32_t, uint32_t, void *);
                FROM(HTTP, "[static]response-outparam.set")
                void set_response(uint32_t, uint32_t, uint32_t, uint32_t, uint64_t, uint32_t, uint32_t, uint32_t, uint32_t);
                FROM(HTTP, "[resource-drop]fields") void drop_fields(uint32_t);
                FROM(HTTP, "[resource-drop]incoming-request") void drop_request(uint32_t);
                FROM(HTTP, "[resource-drop]incoming-body") void drop_input_body(uint32_t);
                FROM(STREAMS, "[method]input-stream.blocking-read") void blocking_read(uint32_t, uint64_t, void *);
                FROM(STREAMS, "[method]output-stream.blocking-write-and-flush")
                void blocking_write(uint32_t, const char *, uint32_t, void *);
                FROM(STREAMS, "[resource-drop]input-stream") void drop_input(uint32_t);
                FROM(STREAMS, "[resource-drop]output-stream") void drop_output(uint32_t);

                /* Memory is handed out upwards and never taken back: the instance is gone after the answer. What streams
                   read is the exception: it is put where the last piece was. */
                extern char __heap_base;
                static uintptr_t heap_top, piece, piece_end;

                void *allocate(uint32_t size, uint32_t alignment) {
                    if (!heap_top) heap_top = (uintptr_t)&__heap_base;
                    uint64_t start = ((uint64_t)heap_top + alignment - 1) & ~(uint64_t)(alignment - 1);
                    uint64_t end = start + size, have = (uint64_t)__builtin_wasm_memory_size(0) << 16;
                    if (end > have && __builtin_wasm_memory_grow(0, (end - have + 65535) >> 16) == (uintptr_t)-1)
                        __builtin_trap();
                    heap_top = (uintptr_t)end;
                    return (void *)(uintptr_t)start;
                }

                /* What the host asks for where it hands over strings and lists. It never makes anything larger. */
                __attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, uint32_t old_size,
                                                                                uint32_t alignment, uint32_t size) {
                    (void)old, (void)old_size;
                    if (piece && size <= piece_end - piece) return (void *)piece;
                    return allocate(size, alignment);
                }

                static struct {
                    _Alignas(8) uint8_t tag;
                    uint8_t rest[3];
                    uint32_t words[9];
                } result;

                static void check(void) {
                    if (result.tag) __builtin_trap();
                }

                Text text_of(const char *string) {
                    Text text = {string, 0};
                    while (string[text.length]) text.length++;
                    return text;
                }

                Text request_path(Exchange *exchange) {
                    get_path(exchange->request, &result);
                    if (!result.tag) return text_of("/");
                    return (Text){(const char *)(uintptr_t)result.words[0], result.words[1]};
                }

                Text request_header(Exchange *exchange, Text name) {
                    uint32_t fields = get_headers(exchange->request);
                    uint32_t list[2];
                    get_field(fields, name.bytes, name.length, list);
                    drop_fields(fields);
                    if (!list[1]) return (Text){0, 0};
                    const uint32_t *first = (const uint32_t *)(uintptr_t)list[0];
                    return (Text){(const char *)(uintptr_t)first[0], first[1]};
                }

                Text request_read(Exchange *exchange, uint32_t limit) {
                    if (!exchange->input) {
                        consume(exchange->request, &result);
                        check();
                        exchange->input_body = result.words[0];
                        input_stream(exchange->input_body, &result);
                        check();
                        exchange->input = result.words[0];
                    }
                    static uintptr_t buffer, size;
                    if (limit > size) buffer = (uintptr_t)allocate(limit, 8), size = limit;
                    piece = buffer, piece_end = buffer + size;
                    blocking_read(exchange->input, limit, &result);
                    piece = piece_end = 0;
                    if (result.tag) {
                        /* The other case is an error of the client's connection: nobody waits for an answer. */
                        if (!(result.words[0] & 1)) __builtin_trap();
                        return (Text){0, 0};
                    }
                    return (Text){(const char *)(uintptr_t)result.words[0], result.words[1]};
                }

                void response_header(Exchange *exchange, Text name, Text value) {
                    if (!exchange->fields) exchange->fields = new_fields();
                    append_field(exchange->fields, name.bytes, name.length, value.bytes, value.length, &result);
                    check();
                }

                void response_begin(Exchange *exchange, uint32_t status) {
                    uint32_t response = new_response(exchange->fields ? exchange->fields : new_fields());
                    if (set_status(response, status)) __builtin_trap();
                    response_body(response, &result);
                    check();
                    exchange->body = result.words[0];
                    set_response(exchange->outparam, 0, response, 0, 0, 0, 0, 0, 0);
                    output_stream(exchange->body, &result);
                    check();
                    exchange->output = result.words[0];
                }

                void response_write(Exchange *exchange, Text text) {
                    while (text.length) {
                        uint32_t count = text.length < 4096 ? text.length : 4096;
                        blocking_write(exchange->output, text.bytes, count, &result);
                        check();
                        text.bytes += count, text.length -= count;
                    }
                }

                __attribute__((export_name("wasi:http/incoming-handler@0.2.0#handle"))) void handle(uint32_t request,
                                                                                                    uint32_t outparam) {
                    Exchange exchange = {.request = request, .outparam = outparam};
                    handle_request(&exchange);
                    if (exchange.input) drop_input(exchange.input), drop_input_body(exchange.input_body);
                    drop_request(request);
                    if (!exchange.output) return;
                    drop_output(exchange.output);
                    finish_body(exchange.body, 0, 0, &result);
                    check();
                }

                """##
            ),
            (
                "http.h",
                ##"""
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

                """##
            ),
        ],
        "python": [
            (
                ".gitignore",
                ##"""
                __pycache__/

                """##
            ),
            (
                "app.py",
                ##"""
                """Answers each request with a greeting and the path that was asked for."""
                from componentize_py_types import Ok
                from wit_world import exports
                from wit_world.imports.types import Fields, OutgoingBody, OutgoingResponse, ResponseOutparam


                class IncomingHandler(exports.IncomingHandler):
                    def handle(self, request, response_out):
                        fields = Fields.from_list([("content-type", b"text/plain")])
                        response = OutgoingResponse(fields)
                        body = response.body()
                        ResponseOutparam.set(response_out, Ok(response))
                        with body.write() as stream:
                            text = f"Hello from Python, at {request.path_with_query()}\n".encode()
                            for start in range(0, len(text), 4096):
                                stream.blocking_write_and_flush(text[start:start + 4096])
                        OutgoingBody.finish(body, None)

                """##
            ),
            (
                "component.toml",
                ##"""
                [[trigger.http]]
                route = "%route%"
                component = "%name%"

                [component.%name%]
                source = "%folder%%name%.wasm"
                [component.%name%.build]
                command = "componentize-py -q -d wit -w function componentize -p . app -o %name%.wasm"
                %workdir%watch = ["*.py", "wit/*.wit"]

                """##
            ),
            (
                "wit/http.wit",
                ##"""
                // What a function in Python needs of wasi:http 0.2 and wasi:io 0.2.
                package app:function;

                world function {
                  import wasi:io/streams@0.2.0;
                  import wasi:http/types@0.2.0;
                  export wasi:http/incoming-handler@0.2.0;
                }

                package wasi:io@0.2.0 {
                  interface error {
                    resource error {
                      to-debug-string: func() -> string;
                    }
                  }

                  interface poll {
                    resource pollable {
                      ready: func() -> bool;
                      block: func();
                    }
                    poll: func(in: list<borrow<pollable>>) -> list<u32>;
                  }

                  interface streams {
                    use error.{error};
                    use poll.{pollable};

                    variant stream-error {
                      last-operation-failed(error),
                      closed,
                    }

                    resource input-stream {
                      read: func(len: u64) -> result<list<u8>, stream-error>;
                      blocking-read: func(len: u64) -> result<list<u8>, stream-error>;
                      subscribe: func() -> pollable;
                    }

                    resource output-stream {
                      check-write: func() -> result<u64, stream-error>;
                      write: func(contents: list<u8>) -> result<_, stream-error>;
                      blocking-write-and-flush: func(contents: list<u8>) -> result<_, stream-error>;
                      subscribe: func() -> pollable;
                    }
                  }
                }

                package wasi:http@0.2.0 {
                  interface types {
                    use wasi:io/streams@0.2.0.{input-stream, output-stream};

                    variant method {
                      get, head, post, put, delete, connect, options, trace, patch, other(string)
                    }

                    record DNS-error-payload { rcode: option<string>, info-code: option<u16> }
                    record TLS-alert-received-payload { alert-id: option<u8>, alert-message: option<string> }
                    record field-size-payload { field-name: option<string>, field-size: option<u32> }

                    variant error-code {
                      DNS-timeout, DNS-error(DNS-error-payload), destination-not-found, destination-unavailable,
                      destination-IP-prohibited, destination-IP-unroutable, connection-refused,
                      connection-terminated, connection-timeout, connection-read-timeout, connection-write-timeout,
                      connection-limit-reached, TLS-protocol-error, TLS-certificate-error,
                      TLS-alert-received(TLS-alert-received-payload), HTTP-request-denied,
                      HTTP-request-length-required, HTTP-request-body-size(option<u64>),
                      HTTP-request-method-invalid, HTTP-request-URI-invalid, HTTP-request-URI-too-long,
                      HTTP-request-header-section-size(option<u32>),
                      HTTP-request-header-size(option<field-size-payload>),
                      HTTP-request-trailer-section-size(option<u32>), HTTP-request-trailer-size(field-size-payload),
                      HTTP-response-incomplete, HTTP-response-header-section-size(option<u32>),
                      HTTP-response-header-size(field-size-payload), HTTP-response-body-size(option<u64>),
                      HTTP-response-trailer-section-size(option<u32>),
                      HTTP-response-trailer-size(field-size-payload), HTTP-response-transfer-coding(option<string>),
                      HTTP-response-content-coding(option<string>), HTTP-response-timeout, HTTP-upgrade-failed,
                      HTTP-protocol-error, loop-detected, configuration-error, internal-error(option<string>)
                    }

                    variant header-error { invalid-syntax, forbidden, immutable }

                    type field-key = string;
                    type field-value = list<u8>;

                    resource fields {
                      constructor();
                      from-list: static func(entries: list<tuple<field-key, field-value>>)
                        -> result<fields, header-error>;
                      get: func(name: field-key) -> list<field-value>;
                      append: func(name: field-key, value: field-value) -> result<_, header-error>;
                      entries: func() -> list<tuple<field-key, field-value>>;
                    }

                    type headers = fields;
                    type trailers = fields;
                    type status-code = u16;

                    resource incoming-request {
                      method: func() -> method;
                      path-with-query: func() -> option<string>;
                      headers: func() -> headers;
                      consume: func() -> result<incoming-body>;
                    }

                    resource incoming-body {
                      %stream: func() -> result<input-stream>;
                    }

                    resource outgoing-response {
                      constructor(headers: headers);
                      set-status-code: func(status-code: status-code) -> result;
                      body: func() -> result<outgoing-body>;
                    }

                    resource outgoing-body {
                      write: func() -> result<output-stream>;
                      finish: static func(this: outgoing-body, trailers: option<trailers>) -> result<_, error-code>;
                    }

                    resource response-outparam {
                      set: static func(param: response-outparam, response: result<outgoing-response, error-code>);
                    }
                  }

                  interface incoming-handler {
                    use types.{incoming-request, response-outparam};
                    handle: func(request: incoming-request, response-out: response-outparam);
                  }
                }

                """##
            ),
        ],
        "rust": [
            (
                ".gitignore",
                ##"""
                /target/

                """##
            ),
            (
                "Cargo.toml",
                ##"""
                [package]
                name = "%name%"
                version = "0.1.0"
                edition = "2021"

                [lib]
                crate-type = ["cdylib"]

                [profile.release]
                panic = "abort"
                opt-level = "s"
                strip = true

                """##
            ),
            (
                "component.toml",
                ##"""
                [[trigger.http]]
                route = "%route%"
                component = "%name%"

                [component.%name%]
                source = "%folder%%name%.wasm"
                [component.%name%.build]
                command = [
                    "cargo build --release --target wasm32-unknown-unknown",
                    "virga componentize target/wasm32-unknown-unknown/release/%crate%.wasm -o %name%.wasm",
                ]
                %workdir%watch = ["src/**/*.rs", "Cargo.toml"]

                """##
            ),
            (
                "src/http.rs",
                ##"""
                //! What a function needs of wasi:http 0.2, by its functions as the Canonical ABI hands them to a core
                //! module. Results that are more than one number are stored where the last argument says.
                #![allow(dead_code)]

                use std::alloc::Layout;

                #[link(wasm_import_module = "wasi:http/types@0.2.0")]
                extern "C" {
                    #[link_name = "[method]incoming-request.path-with-query"]
                    fn get_path(request: u32, result: *mut Outcome);
                    #[link_name = "[method]incoming-request.headers"]
                    fn get_headers(request: u32) -> u32;
                    #[link_name = "[method]incoming-request.consume"]
                    fn consume(request: u32, result: *mut Outcome);
                    #[link_name = "[method]incoming-body.stream"]
                    fn input_stream(body: u32, result: *mut Outcome);
                    #[link_name = "[constructor]fields"]
                    fn new_fields() -> u32;
                    #[link_name = "[method]fields.get"]
                    fn get_field(fields: u32, name: *const u8, length: usize, result: *mut [u32; 2]);
                    #[link_name = "[method]fields.append"]
                    fn append_field(
                        fields: u32,
                        name: *const u8,
                        name_length: usize,
                        value: *const u8,
                        value_length: usize,
                        result: *mut Outcome,
                    );
                    #[link_name = "[constructor]outgoing-response"]
                    fn new_response(fields: u32) -> u32;
                    #[link_name = "[method]outgoing-response.set-status-code"]
                    fn set_status(response: u32, status: u32) -> u32;
                    #[link_name = "[method]outgoing-response.body"]
                    fn response_body(response: u32, result: *mut Outcome);
                    #[link_name = "[method]outgoing-body.write"]
                    fn output_stream(body: u32, result: *mut Outcome);
                    #[link_name = "[static]outgoing-body.finish"]
                    fn finish_body(body: u32, has_trailers: u32, trailers: u32, result: *mut Outcome);
                    #[link_name = "[static]response-outparam.set"]
                    fn set_response(
                        outparam: u32, is_error: u32, response: u32, a: u32, b: u64, c: u32, d: u32, e: u32, f: u32,
                    );
                    #[link_name = "[resource-drop]fields"]
                    fn drop_fields(fields: u32);
                    #[link_name = "[resource-drop]incoming-request"]
                    fn drop_request(request: u32);
                    #[link_name = "[resource-drop]incoming-body"]
                    fn drop_input_body(body: u32);
                }

                #[link(wasm_import_module = "wasi:io/streams@0.2.0")]
                extern "C" {
                    #[link_name = "[method]input-stream.blocking-read"]
                    fn blocking_read(stream: u32, limit: u64, result: *mut Outcome);
                    #[link_name = "[method]output-stream.blocking-write-and-flush"]
                    fn blocking_write(stream: u32, bytes: *const u8, length: usize, result: *mut Outcome);
                    #[link_name = "[resource-drop]input-stream"]
                    fn drop_input(stream: u32);
                    #[link_name = "[resource-drop]output-stream"]
                    fn drop_output(stream: u32);
                }

                /// What a call stores: which case it is, and what the case holds.
                #[repr(C, align(8))]
                #[derive(Default)]
                struct Outcome {
                    case: u8,
                    words: [u32; 9],
                }

                impl Outcome {
                    fn of(call: impl FnOnce(*mut Outcome)) -> Outcome {
                        let mut outcome = Outcome::default();
                        call(&mut outcome);
                        outcome
                    }

                    /// What a call gave that must not fail.
                    fn expected(call: impl FnOnce(*mut Outcome)) -> u32 {
                        let outcome = Outcome::of(call);
                        assert_eq!(outcome.case, 0, "wasi:http refused a call");
                        outcome.words[0]
                    }
                }

                /// Takes bytes over that the host has stored.
                unsafe fn bytes(start: u32, length: u32) -> Vec<u8> {
                    if length == 0 {
                        return Vec::new();
                    }
                    Vec::from_raw_parts(start as *mut u8, length as usize, length as usize)
                }

                /// A request that is being answered.
                pub struct Request {
                    handle: u32,
                }

                impl Request {
                    /// The path and what follows it, as "/hello?name=you".
                    pub fn path(&self) -> String {
                        let outcome = Outcome::of(|result| unsafe { get_path(self.handle, result) });
                        if outcome.case == 0 {
                            return "/".to_string();
                        }
                        let path = unsafe { bytes(outcome.words[0], outcome.words[1]) };
                        String::from_utf8_lossy(&path).into_owned()
                    }

                    /// The values of a header field.
                    pub fn header(&self, name: &str) -> Vec<Vec<u8>> {
                        let mut list = [0; 2];
                        unsafe {
                            let fields = get_headers(self.handle);
                            get_field(fields, name.as_ptr(), name.len(), &mut list);
                            drop_fields(fields);
                            // The list itself is not taken back: the instance is gone after the answer.
                            if list[1] == 0 {
                                return Vec::new();
                            }
                            let words = std::slice::from_raw_parts(list[0] as *const u32, 2 * list[1] as usize);
                            words.chunks(2).map(|pair| bytes(pair[0], pair[1])).collect()
                        }
                    }

                    /// The whole body.
                    pub fn body(&mut self) -> Vec<u8> {
                        let mut whole = Vec::new();
                        unsafe {
                            let body = Outcome::expected(|result| consume(self.handle, result));
                            let input = Outcome::expected(|result| input_stream(body, result));
                            loop {
                                let outcome = Outcome::of(|result| blocking_read(input, 65_536, result));
                                if outcome.case != 0 {
                                    // The other case is an error of the client's connection: nobody waits for an answer.
                                    assert_eq!(outcome.words[0] & 1, 1, "the request broke off");
                                    break;
                                }
                                whole.extend(bytes(outcome.words[0], outcome.words[1]));
                            }
                            drop_input(input);
                            drop_input_body(body);
                        }
                        whole
                    }
                }

                /// What a request is answered with.
                pub struct Response {
                    pub status: u16,
                    pub headers: Vec<(String, Vec<u8>)>,
                    pub body: Vec<u8>,
                }

                impl Response {
                    pub fn text(status: u16, body: String) -> Response {
                        let kind = ("content-type".to_string(), b"text/plain; charset=utf-8".to_vec());
                        Response { status, headers: vec![kind], body: body.into_bytes() }
                    }

                    fn send(&self, outparam: u32) {
                        unsafe {
                            let fields = new_fields();
                            for (name, value) in &self.headers {
                                Outcome::expected(|result| {
                                    append_field(fields, name.as_ptr(), name.len(), value.as_ptr(), value.len(), result)
                                });
                            }
                            let response = new_response(fields);
                            assert_eq!(set_status(response, self.status.into()), 0, "the status is none");
                            let body = Outcome::expected(|result| response_body(response, result));
                            set_response(outparam, 0, response, 0, 0, 0, 0, 0, 0);
                            let output = Outcome::expected(|result| output_stream(body, result));
                            for piece in self.body.chunks(4096) {
                                Outcome::expected(|result| blocking_write(output, piece.as_ptr(), piece.len(), result));
                            }
                            drop_output(output);
                            Outcome::expected(|result| finish_body(body, 0, 0, result));
                        }
                    }
                }

                #[export_name = "wasi:http/incoming-handler@0.2.0#handle"]
                extern "C" fn handle(request: u32, outparam: u32) {
                    let mut request = Request { handle: request };
                    let response = crate::answer(&mut request);
                    unsafe { drop_request(request.handle) };
                    response.send(outparam);
                }

                /// What the host asks for where it hands over strings and lists.
                #[export_name = "cabi_realloc"]
                unsafe extern "C" fn realloc(old: *mut u8, old_size: usize, alignment: usize, size: usize) -> *mut u8 {
                    let start = if size == 0 {
                        return alignment as *mut u8;
                    } else if old_size == 0 {
                        std::alloc::alloc(Layout::from_size_align_unchecked(size, alignment))
                    } else {
                        std::alloc::realloc(old, Layout::from_size_align_unchecked(old_size, alignment), size)
                    };
                    if start.is_null() {
                        std::process::abort();
                    }
                    start
                }

                """##
            ),
            (
                "src/lib.rs",
                ##"""
                //! Answers each request with a greeting and the path that was asked for.
                mod http;

                use http::{Request, Response};

                fn answer(request: &mut Request) -> Response {
                    Response::text(200, format!("Hello from Rust, at {}\n", request.path()))
                }

                """##
            ),
        ],
        "static": [
            (
                "component.toml",
                ##"""
                [[application.tool.virga.static]]
                path = "%folder%public"
                route = "%route%"
                index = "index.html"

                """##
            ),
            (
                "public/index.html",
                ##"""
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%name%</title>
                <h1>%name%</h1>
                <p>This page is <code>public/index.html</code>. Change it, and load it again.</p>
                </html>

                """##
            ),
        ],
        "swift": [
            (
                ".gitignore",
                ##"""
                *.core.wasm
                *.o

                """##
            ),
            (
                "Function.swift",
                ##"""
                /// Answers each request with a greeting and the path that was asked for.
                func answer(_ request: Request) -> Response {
                    Response(200, "Hello from Swift, at \(request.path)\n")
                }

                """##
            ),
            (
                "HTTP.swift",
                ##"""
                // What a function needs of HTTP, over http.h.

                /// A request that is being answered.
                struct Request {
                    fileprivate let exchange: UnsafeMutablePointer<Exchange>

                    /// The path and what follows it, as "/hello?name=you".
                    var path: String { String(request_path(exchange)) }

                    /// The first value of a header field.
                    func header(_ name: StaticString) -> String? {
                        let bytes = UnsafePointer<CChar>(OpaquePointer(name.utf8Start))
                        let text = Text(bytes: bytes, length: UInt32(name.utf8CodeUnitCount))
                        let value = request_header(exchange, text)
                        return value.bytes == nil ? nil : String(value)
                    }

                    /// The whole body.
                    func body() -> [UInt8] {
                        var bytes: [UInt8] = []
                        while true {
                            let piece = request_read(exchange, 65_536)
                            guard piece.length > 0 else { return bytes }
                            bytes.append(contentsOf: piece.buffer)
                        }
                    }
                }

                /// What a request is answered with.
                struct Response {
                    var status: UInt32
                    var headers: [(name: String, value: String)]
                    var body: [UInt8]

                    init(_ status: UInt32, _ body: String, type: String = "text/plain; charset=utf-8") {
                        self.status = status
                        headers = [("content-type", type)]
                        self.body = Array(body.utf8)
                    }
                }

                extension Text {
                    fileprivate var buffer: UnsafeBufferPointer<UInt8> {
                        UnsafeBufferPointer(start: UnsafePointer(OpaquePointer(bytes)), count: Int(length))
                    }
                }

                extension String {
                    fileprivate init(_ text: Text) { self = String(decoding: text.buffer, as: UTF8.self) }
                }

                extension Array<UInt8> {
                    fileprivate func withText<Result>(_ body: (Text) -> Result) -> Result {
                        withUnsafeBufferPointer { buffer in
                            let bytes = UnsafePointer<CChar>(OpaquePointer(buffer.baseAddress))
                            return body(Text(bytes: bytes, length: UInt32(buffer.count)))
                        }
                    }
                }

                @_cdecl("handle_request")
                func handleRequest(_ exchange: UnsafeMutablePointer<Exchange>) {
                    let response = answer(Request(exchange: exchange))
                    for (name, value) in response.headers {
                        Array(name.utf8).withText { name in
                            Array(value.utf8).withText { response_header(exchange, name, $0) }
                        }
                    }
                    response_begin(exchange, response.status)
                    response.body.withText { response_write(exchange, $0) }
                }

                """##
            ),
            (
                "build.sh",
                ##"""
                #!/bin/sh
                # Makes %name%.core.wasm of the sources here: Embedded Swift and C, without an operating system.
                set -e
                swift=$(dirname "$(readlink -f "$(command -v swiftc)")")
                tables=$swift/../lib/swift/embedded/wasm32-unknown-none-wasm/libswiftUnicodeDataTables.a
                swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -wmo -Osize \
                    -parse-as-library -import-objc-header http.h -c *.swift -o function.o
                "$swift/clang" --target=wasm32 -O2 -nostdlib -fno-builtin -mbulk-memory -Wl,--no-entry -Wl,--gc-sections \
                    -Wl,--strip-all -o %name%.core.wasm function.o http.c runtime.c "$tables"
                rm function.o

                """##
            ),
            (
                "component.toml",
                ##"""
                [[trigger.http]]
                route = "%route%"
                component = "%name%"

                [component.%name%]
                source = "%folder%%name%.wasm"
                [component.%name%.build]
                command = ["sh build.sh", "virga componentize %name%.core.wasm -o %name%.wasm"]
                %workdir%watch = ["*.swift", "*.c", "*.h", "build.sh"]

                """##
            ),
            (
                "runtime.c",
                ##"""
                /* What Embedded Swift wants of a C library where there is none. */
                #include "http.h"

                #include <stddef.h>

                /* Blocks are of powers of two, behind eight bytes that say which; those that were freed are used again. */
                static struct block {
                    struct block *next;
                } *free_blocks[32];

                void *malloc(size_t size) {
                    uint32_t power = 4;
                    while (power < 31 && (1u << power) < size + 8) power++;
                    if (power == 31) return 0;
                    char *start = (char *)free_blocks[power];
                    if (start)
                        free_blocks[power] = free_blocks[power]->next;
                    else
                        start = allocate(1u << power, 16);
                    /* What is handed out begins at a multiple of eight, which is what wasm32's types want. */
                    *(uint32_t *)start = power;
                    return start + 8;
                }

                void free(void *pointer) {
                    if (!pointer) return;
                    char *start = (char *)pointer - 8;
                    uint32_t power = *(uint32_t *)start;
                    if (!power) return;
                    ((struct block *)start)->next = free_blocks[power];
                    free_blocks[power] = (struct block *)start;
                }

                int posix_memalign(void **pointer, size_t alignment, size_t size) {
                    if (alignment <= 8) {
                        *pointer = malloc(size);
                        return *pointer ? 0 : 12;
                    }
                    /* Rare: such a block is not used again. */
                    char *start = allocate((uint32_t)(size + alignment), (uint32_t)alignment);
                    *(uint32_t *)(start + alignment - 8) = 0;
                    *pointer = start + alignment;
                    return 0;
                }

                void *memset(void *to, int byte, size_t count) {
                    for (char *next = to; count; count--) *next++ = (char)byte;
                    return to;
                }

                void *memmove(void *to, const void *from, size_t count) {
                    char *target = to;
                    const char *source = from;
                    if (target < source)
                        while (count--) *target++ = *source++;
                    else
                        while (count--) target[count] = source[count];
                    return to;
                }

                void *memcpy(void *to, const void *from, size_t count) { return memmove(to, from, count); }

                int memcmp(const void *a, const void *b, size_t count) {
                    const unsigned char *x = a, *y = b;
                    for (; count; count--, x++, y++)
                        if (*x != *y) return *x - *y;
                    return 0;
                }

                size_t strlen(const char *text) { return text_of(text).length; }

                /* Seeds hash tables, each instance alike: functions that need randomness ask wasi:random for it. */
                void arc4random_buf(void *to, size_t count) { memset(to, 0x5a, count); }

                /* The compiler's guard of the stack. */
                uintptr_t __stack_chk_guard = 0x6b1d0c59;
                void __stack_chk_fail(void) { __builtin_trap(); }

                /* There is nowhere to print to. */
                int putchar(int character) { return character; }

                """##
            ),
            (
                "http.h",
                ##"""
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

                """##
            ),
            (
                "http.c",
                ##"""
                /* The functions of http.h, by those of wasi:http as the Canonical ABI hands them to a core module. Results
                   that are more than one number are stored where the last argument says. */
                #include "http.h"

                #define FROM(module, name) __attribute__((import_module(module), import_name(name))) extern
                #define HTTP "wasi:http/types@0.2.0"
                #define STREAMS "wasi:io/streams@0.2.0"

                FROM(HTTP, "[method]incoming-request.path-with-query") void get_path(uint32_t, void *);
                FROM(HTTP, "[method]incoming-request.headers") uint32_t get_headers(uint32_t);
                FROM(HTTP, "[method]incoming-request.consume") void consume(uint32_t, void *);
                FROM(HTTP, "[method]incoming-body.stream") void input_stream(uint32_t, void *);
                FROM(HTTP, "[constructor]fields") uint32_t new_fields(void);
                FROM(HTTP, "[method]fields.get") void get_field(uint32_t, const char *, uint32_t, void *);
                FROM(HTTP, "[method]fields.append")
                void append_field(uint32_t, const char *, uint32_t, const char *, uint32_t, void *);
                FROM(HTTP, "[constructor]outgoing-response") uint32_t new_response(uint32_t);
                FROM(HTTP, "[method]outgoing-response.set-status-code") uint32_t set_status(uint32_t, uint32_t);
                FROM(HTTP, "[method]outgoing-response.body") void response_body(uint32_t, void *);
                FROM(HTTP, "[method]outgoing-body.write") void output_stream(uint32_t, void *);
                FROM(HTTP, "[static]outgoing-body.finish") void finish_body(uint32_t, uint32_t, uint32_t, void *);
                FROM(HTTP, "[static]response-outparam.set")
                void set_response(uint32_t, uint32_t, uint32_t, uint32_t, uint64_t, uint32_t, uint32_t, uint32_t, uint32_t);
                FROM(HTTP, "[resource-drop]fields") void drop_fields(uint32_t);
                FROM(HTTP, "[resource-drop]incoming-request") void drop_request(uint32_t);
                FROM(HTTP, "[resource-drop]incoming-body") void drop_input_body(uint32_t);
                FROM(STREAMS, "[method]input-stream.blocking-read") void blocking_read(uint32_t, uint64_t, void *);
                FROM(STREAMS, "[method]output-stream.blocking-write-and-flush")
                void blocking_write(uint32_t, const char *, uint32_t, void *);
                FROM(STREAMS, "[resource-drop]input-stream") void drop_input(uint32_t);
                FROM(STREAMS, "[resource-drop]output-stream") void drop_output(uint32_t);

                /* Memory is handed out upwards and never taken back: the instance is gone after the answer. What streams
                   read is the exception: it is put where the last piece was. */
                extern char __heap_base;
                static uintptr_t heap_top, piece, piece_end;

                void *allocate(uint32_t size, uint32_t alignment) {
                    if (!heap_top) heap_top = (uintptr_t)&__heap_base;
                    uint64_t start = ((uint64_t)heap_top + alignment - 1) & ~(uint64_t)(alignment - 1);
                    uint64_t end = start + size, have = (uint64_t)__builtin_wasm_memory_size(0) << 16;
                    if (end > have && __builtin_wasm_memory_grow(0, (end - have + 65535) >> 16) == (uintptr_t)-1)
                        __builtin_trap();
                    heap_top = (uintptr_t)end;
                    return (void *)(uintptr_t)start;
                }

                /* What the host asks for where it hands over strings and lists. It never makes anything larger. */
                __attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, uint32_t old_size,
                                                                                uint32_t alignment, uint32_t size) {
                    (void)old, (void)old_size;
                    if (piece && size <= piece_end - piece) return (void *)piece;
                    return allocate(size, alignment);
                }

                static struct {
                    _Alignas(8) uint8_t tag;
                    uint8_t rest[3];
                    uint32_t words[9];
                } result;

                static void check(void) {
                    if (result.tag) __builtin_trap();
                }

                Text text_of(const char *string) {
                    Text text = {string, 0};
                    while (string[text.length]) text.length++;
                    return text;
                }

                Text request_path(Exchange *exchange) {
                    get_path(exchange->request, &result);
                    if (!result.tag) return text_of("/");
                    return (Text){(const char *)(uintptr_t)result.words[0], result.words[1]};
                }

                Text request_header(Exchange *exchange, Text name) {
                    uint32_t fields = get_headers(exchange->request);
                    uint32_t list[2];
                    get_field(fields, name.bytes, name.length, list);
                    drop_fields(fields);
                    if (!list[1]) return (Text){0, 0};
                    const uint32_t *first = (const uint32_t *)(uintptr_t)list[0];
                    return (Text){(const char *)(uintptr_t)first[0], first[1]};
                }

                Text request_read(Exchange *exchange, uint32_t limit) {
                    if (!exchange->input) {
                        consume(exchange->request, &result);
                        check();
                        exchange->input_body = result.words[0];
                        input_stream(exchange->input_body, &result);
                        check();
                        exchange->input = result.words[0];
                    }
                    static uintptr_t buffer, size;
                    if (limit > size) buffer = (uintptr_t)allocate(limit, 8), size = limit;
                    piece = buffer, piece_end = buffer + size;
                    blocking_read(exchange->input, limit, &result);
                    piece = piece_end = 0;
                    if (result.tag) {
                        /* The other case is an error of the client's connection: nobody waits for an answer. */
                        if (!(result.words[0] & 1)) __builtin_trap();
                        return (Text){0, 0};
                    }
                    return (Text){(const char *)(uintptr_t)result.words[0], result.words[1]};
                }

                void response_header(Exchange *exchange, Text name, Text value) {
                    if (!exchange->fields) exchange->fields = new_fields();
                    append_field(exchange->fields, name.bytes, name.length, value.bytes, value.length, &result);
                    check();
                }

                void response_begin(Exchange *exchange, uint32_t status) {
                    uint32_t response = new_response(exchange->fields ? exchange->fields : new_fields());
                    if (set_status(response, status)) __builtin_trap();
                    response_body(response, &result);
                    check();
                    exchange->body = result.words[0];
                    set_response(exchange->outparam, 0, response, 0, 0, 0, 0, 0, 0);
                    output_stream(exchange->body, &result);
                    check();
                    exchange->output = result.words[0];
                }

                void response_write(Exchange *exchange, Text text) {
                    while (text.length) {
                        uint32_t count = text.length < 4096 ? text.length : 4096;
                        blocking_write(exchange->output, text.bytes, count, &result);
                        check();
                        text.bytes += count, text.length -= count;
                    }
                }

                __attribute__((export_name("wasi:http/incoming-handler@0.2.0#handle"))) void handle(uint32_t request,
                                                                                                    uint32_t outparam) {
                    Exchange exchange = {.request = request, .outparam = outparam};
                    handle_request(&exchange);
                    if (exchange.input) drop_input(exchange.input), drop_input_body(exchange.input_body);
                    drop_request(request);
                    if (!exchange.output) return;
                    drop_output(exchange.output);
                    finish_body(exchange.body, 0, 0, &result);
                    check();
                }

                """##
            ),
        ],
    ]
}
