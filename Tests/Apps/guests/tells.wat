;; A guest that tells what it was given: what apps are tested with.
;;
;;   /env          its environment, NAME=VALUE line by line
;;   /dirs         the directories that it has, line by line
;;   /file/NAME    the contents of a file of the first directory, or `error N` with the error's number
;;   /write/NAME   makes such a file: `made`, or `error N`
;;   /var/NAME     the value of a variable, or `error N`
;;   /say/TEXT     nothing; it writes TEXT and a line's end to its standard output and error
;;   /count        how often this instance was asked
(component $C
  (import "wasi:cli/environment@0.2.0" (instance $environment
    (export "get-environment" (func (result (list (tuple string string)))))))
  (import "fermyon:spin/variables@2.0.0" (instance $variables
    (type $error-type (variant (case "invalid-name" string) (case "undefined" string)
      (case "provider" string) (case "other" string)))
    (export "error" (type $error (eq $error-type)))
    (export "get" (func (param "name" string) (result (result string (error $error)))))))
  (import "wasi:filesystem/types@0.2.0" (instance $files
    (export "descriptor" (type $descriptor (sub resource)))
    (type $path-flags-type (flags "symlink-follow"))
    (export "path-flags" (type $path-flags (eq $path-flags-type)))
    (type $open-flags-type (flags "create" "directory" "exclusive" "truncate"))
    (export "open-flags" (type $open-flags (eq $open-flags-type)))
    (type $descriptor-flags-type (flags "read" "write" "file-integrity-sync" "data-integrity-sync"
      "requested-write-sync" "mutate-directory"))
    (export "descriptor-flags" (type $descriptor-flags (eq $descriptor-flags-type)))
    (type $error-type (enum "access" "would-block" "already" "bad-descriptor" "busy" "deadlock" "quota"
      "exist" "file-too-large" "illegal-byte-sequence" "in-progress" "interrupted" "invalid" "io"
      "is-directory" "loop" "too-many-links" "message-size" "name-too-long" "no-device" "no-entry"
      "no-lock" "insufficient-memory" "insufficient-space" "not-directory" "not-empty"
      "not-recoverable" "unsupported" "no-tty" "no-such-device" "overflow" "not-permitted" "pipe"
      "read-only" "invalid-seek" "text-file-busy" "cross-device"))
    (export "error-code" (type $error (eq $error-type)))
    (export "[method]descriptor.open-at" (func (param "self" (borrow $descriptor))
      (param "path-flags" $path-flags) (param "path" string) (param "open-flags" $open-flags)
      (param "flags" $descriptor-flags) (result (result (own $descriptor) (error $error)))))
    (export "[method]descriptor.read" (func (param "self" (borrow $descriptor)) (param "length" u64)
      (param "offset" u64) (result (result (tuple (list u8) bool) (error $error)))))))
  (alias export $files "descriptor" (type $descriptor))
  (import "wasi:filesystem/preopens@0.2.0" (instance $preopens
    (alias outer $C $descriptor (type $outer-descriptor))
    (export "descriptor" (type $descriptor (eq $outer-descriptor)))
    (export "get-directories" (func (result (list (tuple (own $descriptor) string)))))))
  (import "wasi:io/error@0.2.0" (instance $errors (export "error" (type (sub resource)))))
  (alias export $errors "error" (type $error))
  (import "wasi:io/streams@0.2.0" (instance $streams
    (export "output-stream" (type $output (sub resource)))
    (alias outer $C $error (type $outer-error))
    (export "error" (type $e (eq $outer-error)))
    (type $stream-error-type (variant (case "last-operation-failed" (own $e)) (case "closed")))
    (export "stream-error" (type $stream-error (eq $stream-error-type)))
    (export "[method]output-stream.blocking-write-and-flush"
      (func (param "self" (borrow $output)) (param "contents" (list u8))
        (result (result (error $stream-error)))))))
  (alias export $streams "output-stream" (type $output-stream))
  (import "wasi:cli/stdout@0.2.0" (instance $stdout
    (alias outer $C $output-stream (type $outer-output))
    (export "output-stream" (type $output (eq $outer-output)))
    (export "get-stdout" (func (result (own $output))))))
  (import "wasi:cli/stderr@0.2.0" (instance $stderr
    (alias outer $C $output-stream (type $outer-output))
    (export "output-stream" (type $output (eq $outer-output)))
    (export "get-stderr" (func (result (own $output))))))
  (import "wasi:http/types@0.2.0" (instance $types
    (alias outer $C $output-stream (type $outer-output))
    (export "output-stream" (type $output (eq $outer-output)))
    (type $dns-type (record (field "rcode" (option string)) (field "info-code" (option u16))))
    (export "DNS-error-payload" (type $dns (eq $dns-type)))
    (type $alert-type (record (field "alert-id" (option u8)) (field "alert-message" (option string))))
    (export "TLS-alert-received-payload" (type $alert (eq $alert-type)))
    (type $size-type (record (field "field-name" (option string)) (field "field-size" (option u32))))
    (export "field-size-payload" (type $size (eq $size-type)))
    (type $code-type (variant
      (case "DNS-timeout") (case "DNS-error" $dns) (case "destination-not-found")
      (case "destination-unavailable") (case "destination-IP-prohibited")
      (case "destination-IP-unroutable") (case "connection-refused") (case "connection-terminated")
      (case "connection-timeout") (case "connection-read-timeout") (case "connection-write-timeout")
      (case "connection-limit-reached") (case "TLS-protocol-error") (case "TLS-certificate-error")
      (case "TLS-alert-received" $alert) (case "HTTP-request-denied")
      (case "HTTP-request-length-required") (case "HTTP-request-body-size" (option u64))
      (case "HTTP-request-method-invalid") (case "HTTP-request-URI-invalid")
      (case "HTTP-request-URI-too-long") (case "HTTP-request-header-section-size" (option u32))
      (case "HTTP-request-header-size" (option $size))
      (case "HTTP-request-trailer-section-size" (option u32)) (case "HTTP-request-trailer-size" $size)
      (case "HTTP-response-incomplete") (case "HTTP-response-header-section-size" (option u32))
      (case "HTTP-response-header-size" $size) (case "HTTP-response-body-size" (option u64))
      (case "HTTP-response-trailer-section-size" (option u32))
      (case "HTTP-response-trailer-size" $size) (case "HTTP-response-transfer-coding" (option string))
      (case "HTTP-response-content-coding" (option string)) (case "HTTP-response-timeout")
      (case "HTTP-upgrade-failed") (case "HTTP-protocol-error") (case "loop-detected")
      (case "configuration-error") (case "internal-error" (option string))))
    (export "error-code" (type $code (eq $code-type)))
    (export "fields" (type $fields (sub resource)))
    (export "incoming-request" (type $request (sub resource)))
    (export "outgoing-response" (type $response (sub resource)))
    (export "outgoing-body" (type $outgoing-body (sub resource)))
    (export "response-outparam" (type $outparam (sub resource)))
    (export "[constructor]fields" (func (result (own $fields))))
    (export "[method]incoming-request.path-with-query"
      (func (param "self" (borrow $request)) (result (option string))))
    (export "[constructor]outgoing-response"
      (func (param "headers" (own $fields)) (result (own $response))))
    (export "[method]outgoing-response.body"
      (func (param "self" (borrow $response)) (result (result (own $outgoing-body)))))
    (export "[method]outgoing-body.write"
      (func (param "self" (borrow $outgoing-body)) (result (result (own $output)))))
    (export "[static]outgoing-body.finish"
      (func (param "this" (own $outgoing-body)) (param "trailers" (option (own $fields)))
        (result (result (error $code)))))
    (export "[static]response-outparam.set"
      (func (param "param" (own $outparam)) (param "response" (result (own $response) (error $code)))))))
  (alias export $types "incoming-request" (type $incoming-request))
  (alias export $types "response-outparam" (type $response-outparam))

  ;; Memory: results of calls at 64, numbers before 512, what the host stores from 65536 on.
  (core module $Memory
    (memory (export "memory") 3)
    (global $heap (mut i32) (i32.const 65536))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $start i32)
      (local.set $start (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
      (global.set $heap (i32.add (local.get $start) (local.get 3)))
      (if (i32.gt_u (global.get $heap) (i32.const 196608)) (then unreachable))
      (local.get $start))
    (data (i32.const 1024) "error =\0amade"))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "memory" (core memory $mem))
  (alias core export $memory "realloc" (core func $realloc))
  (core func $environment (canon lower (func $environment "get-environment") (memory $mem) (realloc $realloc)))
  (core func $variable (canon lower (func $variables "get") (memory $mem) (realloc $realloc)))
  (core func $open (canon lower (func $files "[method]descriptor.open-at") (memory $mem)))
  (core func $read
    (canon lower (func $files "[method]descriptor.read") (memory $mem) (realloc $realloc)))
  (core func $directories
    (canon lower (func $preopens "get-directories") (memory $mem) (realloc $realloc)))
  (core func $fields (canon lower (func $types "[constructor]fields")))
  (core func $path
    (canon lower (func $types "[method]incoming-request.path-with-query") (memory $mem)
      (realloc $realloc)))
  (core func $response (canon lower (func $types "[constructor]outgoing-response")))
  (core func $body (canon lower (func $types "[method]outgoing-response.body") (memory $mem)))
  (core func $write (canon lower (func $types "[method]outgoing-body.write") (memory $mem)))
  (core func $finish
    (canon lower (func $types "[static]outgoing-body.finish") (memory $mem) (realloc $realloc)))
  (core func $set (canon lower (func $types "[static]response-outparam.set") (memory $mem)))
  (core func $put
    (canon lower (func $streams "[method]output-stream.blocking-write-and-flush") (memory $mem)))
  (core func $drop-output (canon resource.drop $output-stream))
  (core func $stdout (canon lower (func $stdout "get-stdout")))
  (core func $stderr (canon lower (func $stderr "get-stderr")))

  (core module $Main
    (import "m" "memory" (memory 3))
    (import "h" "environment" (func $environment (param i32)))
    (import "h" "variable" (func $variable (param i32 i32 i32)))
    (import "h" "open" (func $open (param i32 i32 i32 i32 i32 i32 i32)))
    (import "h" "read" (func $read (param i32 i64 i64 i32)))
    (import "h" "directories" (func $directories (param i32)))
    (import "h" "fields" (func $fields (result i32)))
    (import "h" "path" (func $path (param i32 i32)))
    (import "h" "response" (func $response (param i32) (result i32)))
    (import "h" "body" (func $body (param i32 i32)))
    (import "h" "write" (func $write (param i32 i32)))
    (import "h" "finish" (func $finish (param i32 i32 i32 i32)))
    (import "h" "set" (func $set (param i32 i32 i32 i32 i64 i32 i32 i32 i32)))
    (import "h" "put" (func $put (param i32 i32 i32 i32)))
    (import "h" "drop-output" (func $drop-output (param i32)))
    (import "h" "stdout" (func $stdout (result i32)))
    (import "h" "stderr" (func $stderr (result i32)))
    (global $count (mut i32) (i32.const 0))
    (global $out (mut i32) (i32.const 0))

    ;; What a call gave at 64 is a success: the handle behind it.
    (func $got (result i32)
      (if (i32.load8_u (i32.const 64)) (then unreachable))
      (i32.load (i32.const 68)))
    (func $text (param $start i32) (param $count i32)
      (call $put (global.get $out) (local.get $start) (local.get $count) (i32.const 64))
      (if (i32.load8_u (i32.const 64)) (then unreachable)))
    ;; A number in decimal.
    (func $number (param $value i32) (local $at i32)
      (local.set $at (i32.const 512))
      (loop $digit
        (local.set $at (i32.sub (local.get $at) (i32.const 1)))
        (i32.store8 (local.get $at)
          (i32.add (i32.const 48) (i32.rem_u (local.get $value) (i32.const 10))))
        (local.set $value (i32.div_u (local.get $value) (i32.const 10)))
        (br_if $digit (local.get $value)))
      (call $text (local.get $at) (i32.sub (i32.const 512) (local.get $at))))
    ;; `error N`, with the number that a call gave at 68.
    (func $failed (local $number i32)
      (local.set $number (i32.load8_u (i32.const 68)))
      (call $text (i32.const 1024) (i32.const 6))
      (call $number (local.get $number)))
    ;; Each entry is two texts, or with $first of 4 a handle and a text.
    (func $list (param $first i32) (param $size i32) (local $at i32) (local $end i32)
      (local.set $at (i32.load (i32.const 64)))
      (local.set $end
        (i32.add (local.get $at) (i32.mul (i32.load (i32.const 68)) (local.get $size))))
      (block $done (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (if (i32.eqz (local.get $first)) (then
          (call $text (i32.load (local.get $at)) (i32.load offset=4 (local.get $at)))
          (call $text (i32.const 1030) (i32.const 1))))
        (call $text (i32.load (i32.add (local.get $at) (i32.sub (local.get $size) (i32.const 8))))
          (i32.load (i32.add (local.get $at) (i32.sub (local.get $size) (i32.const 4)))))
        (call $text (i32.const 1031) (i32.const 1))
        (local.set $at (i32.add (local.get $at) (local.get $size)))
        (br $next))))
    ;; Opens a file of the first directory; its handle, or -1 with an error at 68.
    (func $file (param $name i32) (param $count i32) (param $how i32) (param $rights i32) (result i32)
      (call $directories (i32.const 64))
      (if (i32.eqz (i32.load (i32.const 68))) (then
        (i32.store8 (i32.const 68) (i32.const 255))
        (return (i32.const -1))))
      (call $open (i32.load (i32.load (i32.const 64))) (i32.const 1) (local.get $name)
        (local.get $count) (local.get $how) (local.get $rights) (i32.const 64))
      (if (i32.load8_u (i32.const 64)) (then (return (i32.const -1))))
      (i32.load (i32.const 68)))
    (func $answer (param $path i32) (param $count i32) (local $letter i32) (local $handle i32)
      (local.set $letter (i32.load8_u offset=1 (local.get $path)))
      (if (i32.eq (local.get $letter) (i32.const 101)) (then  ;; e
        (call $environment (i32.const 64))
        (return (call $list (i32.const 0) (i32.const 16)))))
      (if (i32.eq (local.get $letter) (i32.const 100)) (then  ;; d
        (call $directories (i32.const 64))
        (return (call $list (i32.const 4) (i32.const 12)))))
      (if (i32.eq (local.get $letter) (i32.const 102)) (then  ;; f
        (local.set $handle (call $file (i32.add (local.get $path) (i32.const 6))
          (i32.sub (local.get $count) (i32.const 6)) (i32.const 0) (i32.const 1)))
        (if (i32.eq (local.get $handle) (i32.const -1)) (then (return (call $failed))))
        (call $read (local.get $handle) (i64.const 4096) (i64.const 0) (i32.const 64))
        (if (i32.load8_u (i32.const 64)) (then (return (call $failed))))
        (return (call $text (i32.load (i32.const 68)) (i32.load (i32.const 72))))))
      (if (i32.eq (local.get $letter) (i32.const 119)) (then  ;; w
        (if (i32.eq (call $file (i32.add (local.get $path) (i32.const 7))
            (i32.sub (local.get $count) (i32.const 7)) (i32.const 1) (i32.const 2)) (i32.const -1))
          (then (return (call $failed))))
        (return (call $text (i32.const 1032) (i32.const 4)))))
      (if (i32.eq (local.get $letter) (i32.const 118)) (then  ;; v
        (call $variable (i32.add (local.get $path) (i32.const 5))
          (i32.sub (local.get $count) (i32.const 5)) (i32.const 64))
        (if (i32.load8_u (i32.const 64)) (then (return (call $failed))))
        (return (call $text (i32.load (i32.const 68)) (i32.load (i32.const 72))))))
      (if (i32.eq (local.get $letter) (i32.const 115)) (then  ;; s
        (i32.store8 (i32.add (local.get $path) (local.get $count)) (i32.const 10))
        (call $say (call $stdout) (i32.add (local.get $path) (i32.const 5))
          (i32.sub (local.get $count) (i32.const 4)))
        (return (call $say (call $stderr) (i32.add (local.get $path) (i32.const 5))
          (i32.sub (local.get $count) (i32.const 4))))))
      (call $number (global.get $count)))
    (func $say (param $stream i32) (param $start i32) (param $count i32)
      (call $put (local.get $stream) (local.get $start) (local.get $count) (i32.const 64))
      (if (i32.load8_u (i32.const 64)) (then unreachable))
      (call $drop-output (local.get $stream)))

    (func (export "handle") (param $request i32) (param $outparam i32)
      (local $path i32) (local $length i32) (local $response i32) (local $body i32)
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (call $path (local.get $request) (i32.const 64))
      (local.set $path (i32.load (i32.const 68)))
      (local.set $length (i32.load (i32.const 72)))
      (local.set $response (call $response (call $fields)))
      (call $body (local.get $response) (i32.const 64))
      (local.set $body (call $got))
      (call $set (local.get $outparam) (i32.const 0) (local.get $response) (i32.const 0)
        (i64.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
      (call $write (local.get $body) (i32.const 64))
      (global.set $out (call $got))
      (call $answer (local.get $path) (local.get $length))
      (call $drop-output (global.get $out))
      (call $finish (local.get $body) (i32.const 0) (i32.const 0) (i32.const 64))
      (drop (call $got))))
  (core instance $main (instantiate $Main
    (with "m" (instance $memory))
    (with "h" (instance
      (export "environment" (func $environment)) (export "variable" (func $variable))
      (export "open" (func $open)) (export "read" (func $read))
      (export "directories" (func $directories)) (export "fields" (func $fields))
      (export "path" (func $path)) (export "response" (func $response))
      (export "body" (func $body)) (export "write" (func $write)) (export "finish" (func $finish))
      (export "set" (func $set)) (export "put" (func $put))
      (export "drop-output" (func $drop-output))
      (export "stdout" (func $stdout)) (export "stderr" (func $stderr))))))
  (func $handle (param "request" (own $incoming-request)) (param "response-out" (own $response-outparam))
    (canon lift (core func $main "handle")))
  (component $Handler
    (import "request-type" (type $request (sub resource)))
    (import "outparam-type" (type $outparam (sub resource)))
    (import "handle-function"
      (func $handle (param "request" (own $request)) (param "response-out" (own $outparam))))
    (export $exported-request "incoming-request" (type $request))
    (export $exported-outparam "response-outparam" (type $outparam))
    (export "handle" (func $handle)
      (func (param "request" (own $exported-request)) (param "response-out" (own $exported-outparam)))))
  (instance $handler (instantiate $Handler
    (with "request-type" (type $incoming-request))
    (with "outparam-type" (type $response-outparam))
    (with "handle-function" (func $handle))))
  (export "wasi:http/incoming-handler@0.2.0" (instance $handler)))
