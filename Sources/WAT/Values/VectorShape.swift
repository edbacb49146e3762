/// How a vector is cut into lanes. Spec: core/syntax/instructions#syntax-shape
package enum VectorShape: CaseIterable {
    case i8x16, i16x8, i32x4, i64x2, f32x4, f64x2

    init?(_ keyword: Keyword) {
        switch keyword {
        case .i8x16: self = .i8x16
        case .i16x8: self = .i16x8
        case .i32x4: self = .i32x4
        case .i64x2: self = .i64x2
        case .f32x4: self = .f32x4
        case .f64x2: self = .f64x2
        default: return nil
        }
    }

    var laneCount: Int { 128 / laneBits }

    var laneBits: Int {
        switch self {
        case .i8x16: 8
        case .i16x8: 16
        case .i32x4, .f32x4: 32
        case .i64x2, .f64x2: 64
        }
    }
}
