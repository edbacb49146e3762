(module (memory 1)
  (func (export "f") (param v128 i32) (result v128)
    (i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31 (local.get 0)
      (f32x4.pmin (v128.load (local.get 1)) (i32x4.splat (local.get 1)))))
  (func (export "g") (result i32) (i16x8.extract_lane_s 3
    (i16x8.add_sat_s (v128.const i16x8 1 2 3 32767 5 6 7 8) (v128.const i32x4 1 0x7fffffff 3 4)))))
