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
