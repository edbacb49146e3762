(module
  (type $t (func (param i32) (result i32)))
  (table 4 funcref) (elem (i32.const 0) $even $odd)
  (func $even (type $t) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
    (else (return_call $odd (i32.sub (local.get 0) (i32.const 1))))))
  (func $odd (type $t) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
    (else (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))))
  (func (export "loop") (param i32) (result i32) (local i32)
    (block $out (loop $next
      (br_table $out $next 2 (local.get 0))
      (br_if $next (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 9)))))
    (select (local.get 1) (call $even (i32.const 7)) (local.get 0))))
