(module
  (type $f (func (result i32)))
  (global $g (mut funcref) (ref.null func)) (table $t 2 8 externref)
  (elem declare func $h)
  (func $h (type $f) (i32.const 42))
  (func (export "f") (result i32) (global.set $g (ref.func $h))
    (i32.add (call_ref $f (ref.func $h)) (table.grow $t (ref.null extern) (i32.const 2))))
  (func (export "n") (param externref) (result i32) (ref.is_null (table.get $t (i32.const 1)))))
