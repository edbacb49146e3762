;; A guest that does one thing for each first letter of the path: what handlers and servers are tested with.
;;
;;   /hello     a short answer                     /echo     the request's body, as it comes
;;   /trap      a trap before there is an answer   /none     returns without an answer
;;   /loop      never returns, no answer           /after    answers, then never returns
;;   /xcut      a trap when the head is sent       /drop     drops its body without an end
;;   /grow      takes memory until there is none   /count    how often this instance was asked
;;   /big       4 MiB                              /path     path and query as they came
;;   /many      takes handles without an end       /fields   the request's fields, name by name
;;   /length    less than it declares              /post     reads the body after its answer
;;   /query     computes for a while               /recurse   calls itself without an end
;;   /stdout    writes 10 GB to its output         /was       what is left of an earlier /was
(component $C
  (import "wasi:io/error@0.2.0" (instance $errors (export "error" (type (sub resource)))))
  (alias export $errors "error" (type $error))
  (import "wasi:io/streams@0.2.0" (instance $streams
    (export "input-stream" (type $input (sub resource)))
    (export "output-stream" (type $output (sub resource)))
    (alias outer $C $error (type $outer-error))
    (export "error" (type $e (eq $outer-error)))
    (type $stream-error-type (variant (case "last-operation-failed" (own $e)) (case "closed")))
    (export "stream-error" (type $stream-error (eq $stream-error-type)))
    (export "[method]input-stream.blocking-read"
      (func (param "self" (borrow $input)) (param "len" u64)
        (result (result (list u8) (error $stream-error)))))
    (export "[method]output-stream.blocking-write-and-flush"
      (func (param "self" (borrow $output)) (param "contents" (list u8))
        (result (result (error $stream-error)))))))
  (alias export $streams "input-stream" (type $input-stream))
  (alias export $streams "output-stream" (type $output-stream))
  (import "wasi:cli/stdout@0.2.0" (instance $cli
    (alias outer $C $output-stream (type $outer-output))
    (export "output-stream" (type $output (eq $outer-output)))
    (export "get-stdout" (func (result (own $output))))))
  (import "wasi:filesystem/types@0.2.0" (instance $files
    (export "descriptor" (type $descriptor (sub resource)))))
  (alias export $files "descriptor" (type $descriptor))
  (import "wasi:filesystem/preopens@0.2.0" (instance $preopens
    (alias outer $C $descriptor (type $outer-descriptor))
    (export "descriptor" (type $d (eq $outer-descriptor)))
    (export "get-directories" (func (result (list (tuple (own $d) string)))))))
  (import "wasi:http/types@0.2.0" (instance $types
    (alias outer $C $input-stream (type $outer-input))
    (export "input-stream" (type $input (eq $outer-input)))
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
    (type $header-error-type (variant (case "invalid-syntax") (case "forbidden") (case "immutable")))
    (export "header-error" (type $header-error (eq $header-error-type)))
    (export "fields" (type $fields (sub resource)))
    (export "incoming-request" (type $request (sub resource)))
    (export "incoming-body" (type $incoming-body (sub resource)))
    (export "outgoing-response" (type $response (sub resource)))
    (export "outgoing-body" (type $outgoing-body (sub resource)))
    (export "response-outparam" (type $outparam (sub resource)))
    (export "[constructor]fields" (func (result (own $fields))))
    (export "[method]fields.append"
      (func (param "self" (borrow $fields)) (param "name" string) (param "value" (list u8))
        (result (result (error $header-error)))))
    (export "[method]fields.entries"
      (func (param "self" (borrow $fields)) (result (list (tuple string (list u8))))))
    (export "[method]incoming-request.path-with-query"
      (func (param "self" (borrow $request)) (result (option string))))
    (export "[method]incoming-request.headers"
      (func (param "self" (borrow $request)) (result (own $fields))))
    (export "[method]incoming-request.consume"
      (func (param "self" (borrow $request)) (result (result (own $incoming-body)))))
    (export "[method]incoming-body.stream"
      (func (param "self" (borrow $incoming-body)) (result (result (own $input)))))
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
  (alias export $types "incoming-body" (type $incoming-body))
  (alias export $types "outgoing-body" (type $outgoing-body))
  (alias export $types "response-outparam" (type $response-outparam))

  ;; Memory: results of calls at 64, text from 1024 on, what the host stores from 65536 on.
  (core module $Memory
    (memory (export "memory") 3)
    (global $heap (mut i32) (i32.const 65536))
    (func (export "forget") (global.set $heap (i32.const 65536)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $start i32)
      (local.set $start (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
      (global.set $heap (i32.add (local.get $start) (local.get 3)))
      (if (i32.gt_u (global.get $heap) (i32.const 196608)) (then unreachable))
      (local.get $start))
    (data (i32.const 1024) "hello from text\0a")
    (data (i32.const 1088) "content-lengthx-count"))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "memory" (core memory $mem))
  (alias core export $memory "realloc" (core func $realloc))
  (core func $fields (canon lower (func $types "[constructor]fields")))
  (core func $append
    (canon lower (func $types "[method]fields.append") (memory $mem) (realloc $realloc)))
  (core func $entries
    (canon lower (func $types "[method]fields.entries") (memory $mem) (realloc $realloc)))
  (core func $path
    (canon lower (func $types "[method]incoming-request.path-with-query") (memory $mem)
      (realloc $realloc)))
  (core func $headers (canon lower (func $types "[method]incoming-request.headers")))
  (core func $consume
    (canon lower (func $types "[method]incoming-request.consume") (memory $mem)))
  (core func $stream (canon lower (func $types "[method]incoming-body.stream") (memory $mem)))
  (core func $response (canon lower (func $types "[constructor]outgoing-response")))
  (core func $body (canon lower (func $types "[method]outgoing-response.body") (memory $mem)))
  (core func $write (canon lower (func $types "[method]outgoing-body.write") (memory $mem)))
  (core func $finish
    (canon lower (func $types "[static]outgoing-body.finish") (memory $mem) (realloc $realloc)))
  (core func $set (canon lower (func $types "[static]response-outparam.set") (memory $mem)))
  (core func $read
    (canon lower (func $streams "[method]input-stream.blocking-read") (memory $mem)
      (realloc $realloc)))
  (core func $put
    (canon lower (func $streams "[method]output-stream.blocking-write-and-flush") (memory $mem)))
  (core func $stdout (canon lower (func $cli "get-stdout")))
  (core func $directories
    (canon lower (func $preopens "get-directories") (memory $mem) (realloc $realloc)))
  (core func $drop-input (canon resource.drop $input-stream))
  (core func $drop-output (canon resource.drop $output-stream))
  (core func $drop-body (canon resource.drop $outgoing-body))

  (core module $Main
    (import "m" "memory" (memory 3))
    (import "m" "forget" (func $forget))
    (import "h" "fields" (func $fields (result i32)))
    (import "h" "append" (func $append (param i32 i32 i32 i32 i32 i32)))
    (import "h" "entries" (func $entries (param i32 i32)))
    (import "h" "path" (func $path (param i32 i32)))
    (import "h" "headers" (func $headers (param i32) (result i32)))
    (import "h" "consume" (func $consume (param i32 i32)))
    (import "h" "stream" (func $stream (param i32 i32)))
    (import "h" "response" (func $response (param i32) (result i32)))
    (import "h" "body" (func $body (param i32 i32)))
    (import "h" "write" (func $write (param i32 i32)))
    (import "h" "finish" (func $finish (param i32 i32 i32 i32)))
    (import "h" "set" (func $set (param i32 i32 i32 i32 i64 i32 i32 i32 i32)))
    (import "h" "read" (func $read (param i32 i64 i32)))
    (import "h" "put" (func $put (param i32 i32 i32 i32)))
    (import "h" "stdout" (func $stdout (result i32)))
    (import "h" "directories" (func $directories (param i32)))
    (import "h" "drop-input" (func $drop-input (param i32)))
    (import "h" "drop-output" (func $drop-output (param i32)))
    (import "h" "drop-body" (func $drop-body (param i32)))
    (global $count (mut i32) (i32.const 0))
    (global $out (mut i32) (i32.const 0))
    (global $open (mut i32) (i32.const 0))

    ;; What a call gave at 64 is a success: the handle behind it.
    (func $got (result i32)
      (if (i32.load8_u (i32.const 64)) (then unreachable))
      (i32.load (i32.const 68)))
    ;; Answers 200 with these fields, and opens the body's stream.
    (func $begin (param $outparam i32) (param $fields i32) (local $response i32)
      (local.set $response (call $response (local.get $fields)))
      (call $body (local.get $response) (i32.const 64))
      (global.set $open (call $got))
      (call $set (local.get $outparam) (i32.const 0) (local.get $response) (i32.const 0)
        (i64.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
      (call $write (global.get $open) (i32.const 64))
      (global.set $out (call $got)))
    (func $end
      (call $drop-output (global.get $out))
      (call $finish (global.get $open) (i32.const 0) (i32.const 0) (i32.const 64))
      (drop (call $got)))
    (func $text (param $start i32) (param $count i32) (local $piece i32)
      (block $done (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $piece
          (select (i32.const 4096) (local.get $count)
            (i32.gt_u (local.get $count) (i32.const 4096))))
        (call $put (global.get $out) (local.get $start) (local.get $piece) (i32.const 64))
        (if (i32.load8_u (i32.const 64)) (then unreachable))
        (local.set $start (i32.add (local.get $start) (local.get $piece)))
        (local.set $count (i32.sub (local.get $count) (local.get $piece)))
        (br $next))))
    (func $hello (param $outparam i32)
      (call $begin (local.get $outparam) (call $fields))
      (call $text (i32.const 1024) (i32.const 16))
      (call $end))
    ;; Answers with a number below 10000 in decimal.
    (func $number (param $outparam i32) (param $value i32) (local $at i32)
      (local.set $at (i32.const 512))
      (loop $digit
        (local.set $at (i32.sub (local.get $at) (i32.const 1)))
        (i32.store8 (local.get $at)
          (i32.add (i32.const 48) (i32.rem_u (local.get $value) (i32.const 10))))
        (local.set $value (i32.div_u (local.get $value) (i32.const 10)))
        (br_if $digit (local.get $value)))
      (call $begin (local.get $outparam) (call $fields))
      (call $text (local.get $at) (i32.sub (i32.const 512) (local.get $at)))
      (call $end))
    (func $forever (loop $again (br $again)))
    (func $recurse (param i32) (result i32)
      (i32.add (call $recurse (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
    ;; Writes 4096 bytes as often as there are of them in 10 GB.
    (func $spill (local $left i32)
      (global.set $out (call $stdout))
      (local.set $left (i32.const 2441407))
      (loop $next
        (call $put (global.get $out) (i32.const 65536) (i32.const 4096) (i32.const 64))
        (if (i32.load8_u (i32.const 64)) (then unreachable))
        (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))
    (table $kept 1 4 funcref)
    (elem declare func $forever)
    (data $once "x")
    (global $vector (mut v128) (v128.const i32x4 0 0 0 0))
    ;; What differs from the state of a new instance, one digit for each kind of state; then leaves some.
    (func $was (result i32) (local $sum i32)
      (local.set $sum (i32.ne (memory.size) (i32.const 3)))
      (if (i32.load8_u (i32.const 2000)) (then (local.set $sum (i32.const 1))))
      (if (i32.load8_u (i32.const 190000)) (then (local.set $sum (i32.const 1))))
      (if (i32.or (i32.ne (global.get $count) (i32.const 1))
          (v128.any_true (global.get $vector)))
        (then (local.set $sum (i32.add (local.get $sum) (i32.const 10)))))
      (if (i32.or (i32.ne (table.size $kept) (i32.const 1))
          (i32.eqz (ref.is_null (table.get $kept (i32.const 0)))))
        (then (local.set $sum (i32.add (local.get $sum) (i32.const 100)))))
      (call $directories (i32.const 64))
      (if (i32.load (i32.const 68))
        (then (local.set $sum (i32.add (local.get $sum) (i32.const 1000)))))
      ;; A trap where the segment was dropped and is not there again.
      (memory.init $once (i32.const 2000) (i32.const 0)
        (i32.eqz (i32.load8_u (i32.const 2001))))
      (data.drop $once)
      (i32.store8 (i32.const 2001) (i32.const 1))
      (i32.store8 (i32.const 190000) (i32.const 1))
      (drop (memory.grow (i32.const 1)))
      (global.set $vector (v128.const i32x4 1 2 3 4))
      (table.set $kept (i32.const 0) (ref.func $forever))
      (drop (table.grow $kept (ref.null func) (i32.const 1)))
      (local.get $sum))
    (func $open-body (param $request i32) (result i32)
      (call $consume (local.get $request) (i32.const 64))
      (call $stream (call $got) (i32.const 64))
      (call $got))
    ;; Copies the request's body to the response until it ends.
    (func $copy (param $in i32)
      (block $done (loop $next
        (call $forget)
        (call $read (local.get $in) (i64.const 65536) (i32.const 64))
        (br_if $done (i32.load8_u (i32.const 64)))
        (call $text (i32.load (i32.const 68)) (i32.load (i32.const 72)))
        (br $next)))
      (if (i32.eqz (i32.load8_u (i32.const 68))) (then unreachable)))
    (func $fields-route (param $request i32) (param $outparam i32) (local $at i32) (local $end i32)
      (call $entries (call $headers (local.get $request)) (i32.const 64))
      (local.set $at (i32.load (i32.const 64)))
      (local.set $end
        (i32.add (local.get $at) (i32.shl (i32.load (i32.const 68)) (i32.const 4))))
      (call $begin (local.get $outparam) (call $fields))
      (block $done (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (call $text (i32.load (local.get $at)) (i32.load offset=4 (local.get $at)))
        (i32.store8 (i32.const 512) (i32.const 61))
        (call $text (i32.const 512) (i32.const 1))
        (call $text (i32.load offset=8 (local.get $at)) (i32.load offset=12 (local.get $at)))
        (i32.store8 (i32.const 512) (i32.const 10))
        (call $text (i32.const 512) (i32.const 1))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
      (call $end))
    (func $post (param $request i32) (param $outparam i32) (local $in i32)
      (local.set $in (call $open-body (local.get $request)))
      (call $hello (local.get $outparam))
      (loop $next
        (call $forget)
        (call $read (local.get $in) (i64.const 65536) (i32.const 64))
        (br_if $next (i32.eqz (i32.load8_u (i32.const 64))))))

    (func (export "handle") (param $request i32) (param $outparam i32)
      (local $letter i32) (local $index i32) (local $declared i32)
      (call $forget)
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (call $path (local.get $request) (i32.const 64))
      (local.set $letter (i32.load8_u (i32.add (i32.load (i32.const 68)) (i32.const 1))))
      (if (i32.eq (local.get $letter) (i32.const 101)) (then  ;; e
        (local.set $index (call $open-body (local.get $request)))
        (call $begin (local.get $outparam) (call $fields))
        (call $copy (local.get $index))
        (return (call $end))))
      (if (i32.eq (local.get $letter) (i32.const 116)) (then unreachable))  ;; t
      (if (i32.eq (local.get $letter) (i32.const 110)) (then return))  ;; n
      (if (i32.eq (local.get $letter) (i32.const 108)) (then  ;; l of loop, or of length
        (if (i32.eq (i32.load8_u (i32.add (i32.load (i32.const 68)) (i32.const 2))) (i32.const 111))
          (then (call $forever)))
        (local.set $declared (call $fields))
        (i32.store8 (i32.const 512) (i32.const 57))
        (call $append (local.get $declared) (i32.const 1088) (i32.const 14) (i32.const 512)
          (i32.const 1) (i32.const 64))
        (call $begin (local.get $outparam) (local.get $declared))
        (call $text (i32.const 1024) (i32.const 5))
        (return (call $end))))
      (if (i32.eq (local.get $letter) (i32.const 97)) (then  ;; a
        (call $hello (local.get $outparam))
        (call $forever)))
      (if (i32.eq (local.get $letter) (i32.const 120)) (then  ;; x
        (call $begin (local.get $outparam) (call $fields))
        (call $text (i32.const 65536) (i32.const 20480))
        unreachable))
      (if (i32.eq (local.get $letter) (i32.const 100)) (then  ;; d
        (call $begin (local.get $outparam) (call $fields))
        (call $text (i32.const 65536) (i32.const 20480))
        (call $drop-output (global.get $out))
        (return (call $drop-body (global.get $open)))))
      (if (i32.eq (local.get $letter) (i32.const 103)) (then  ;; g
        (loop $more
          (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
        (return (call $number (local.get $outparam) (memory.size)))))
      (if (i32.eq (local.get $letter) (i32.const 99)) (then  ;; c
        (return (call $number (local.get $outparam) (global.get $count)))))
      (if (i32.eq (local.get $letter) (i32.const 98)) (then  ;; b
        (call $begin (local.get $outparam) (call $fields))
        (local.set $index (i32.const 64))
        (loop $next
          (call $text (i32.const 65536) (i32.const 65536))
          (br_if $next (local.tee $index (i32.sub (local.get $index) (i32.const 1)))))
        (return (call $end))))
      (if (i32.eq (local.get $letter) (i32.const 112)) (then  ;; p of path, or of post
        (if (i32.eq (i32.load8_u (i32.add (i32.load (i32.const 68)) (i32.const 2))) (i32.const 111))
          (then (return (call $post (local.get $request) (local.get $outparam)))))
        (local.set $index (i32.load (i32.const 68)))
        (local.set $letter (i32.load (i32.const 72)))
        (call $begin (local.get $outparam) (call $fields))
        (call $text (local.get $index) (local.get $letter))
        (return (call $end))))
      (if (i32.eq (local.get $letter) (i32.const 109)) (then  ;; m
        (loop $more (drop (call $fields)) (br $more))))
      (if (i32.eq (local.get $letter) (i32.const 102)) (then  ;; f
        (return (call $fields-route (local.get $request) (local.get $outparam)))))
      (if (i32.eq (local.get $letter) (i32.const 114)) (then  ;; r
        (drop (call $recurse (i32.const 0)))))
      (if (i32.eq (local.get $letter) (i32.const 115)) (then (call $spill)))  ;; s
      (if (i32.eq (local.get $letter) (i32.const 119)) (then  ;; w
        (return (call $number (local.get $outparam) (call $was)))))
      (if (i32.eq (local.get $letter) (i32.const 113)) (then  ;; q
        (local.set $index (i32.const 20000000))
        (loop $next
          (br_if $next (local.tee $index (i32.sub (local.get $index) (i32.const 1)))))))
      (call $hello (local.get $outparam))))
  (core instance $main (instantiate $Main
    (with "m" (instance $memory))
    (with "h" (instance
      (export "fields" (func $fields)) (export "append" (func $append))
      (export "entries" (func $entries)) (export "path" (func $path))
      (export "headers" (func $headers)) (export "consume" (func $consume))
      (export "stream" (func $stream)) (export "response" (func $response))
      (export "body" (func $body)) (export "write" (func $write)) (export "finish" (func $finish))
      (export "set" (func $set)) (export "read" (func $read)) (export "put" (func $put))
      (export "stdout" (func $stdout)) (export "directories" (func $directories))
      (export "drop-input" (func $drop-input)) (export "drop-output" (func $drop-output))
      (export "drop-body" (func $drop-body))))))
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
