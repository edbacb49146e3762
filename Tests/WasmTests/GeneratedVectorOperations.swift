// Made by Instructions/generate.py from Instructions/instructions.list: edit those.

@testable import Wasm

/// What a vector instruction makes of its operands; nil of other instructions.
///
/// A scalar, or what a load finds in memory, is in the low bytes of its vector.
func perform(_ opcode: Opcode, _ a: V128, _ b: V128, _ c: V128, lane: Int) -> V128? {
    switch opcode {
    case .v128Load:
        a
    case .v128Load8x8S:
        vector(extended(i8x8(u64x2(a)[0])))
    case .v128Load8x8U:
        vector(extended(u8x8(u64x2(a)[0])))
    case .v128Load16x4S:
        vector(extended(i16x4(u64x2(a)[0])))
    case .v128Load16x4U:
        vector(extended(u16x4(u64x2(a)[0])))
    case .v128Load32x2S:
        vector(extended(i32x2(u64x2(a)[0])))
    case .v128Load32x2U:
        vector(extended(u32x2(u64x2(a)[0])))
    case .v128Load8Splat:
        splat(a[0])
    case .v128Load16Splat:
        splat(u16x8(a)[0])
    case .v128Load32Splat:
        splat(u32x4(a)[0])
    case .v128Load64Splat:
        splat(u64x2(a)[0])
    case .v128Store:
        a
    case .i8x16Swizzle:
        swizzle(a, b)
    case .i8x16Splat:
        splat(UInt8(truncatingIfNeeded: u32x4(a)[0]))
    case .i16x8Splat:
        splat(UInt16(truncatingIfNeeded: u32x4(a)[0]))
    case .i32x4Splat:
        splat(u32x4(a)[0])
    case .i64x2Splat:
        splat(u64x2(a)[0])
    case .f32x4Splat:
        splat(f32x4(a)[0])
    case .f64x2Splat:
        splat(f64x2(a)[0])
    case .i8x16ExtractLaneS:
        zeroExtended(UInt32(truncatingIfNeeded: extractLane(i8x16(a), lane)))
    case .i8x16ExtractLaneU:
        zeroExtended(UInt32(extractLane(u8x16(a), lane)))
    case .i8x16ReplaceLane:
        replaceLane(u8x16(a), lane, UInt8(truncatingIfNeeded: u32x4(b)[0]))
    case .i16x8ExtractLaneS:
        zeroExtended(UInt32(truncatingIfNeeded: extractLane(i16x8(a), lane)))
    case .i16x8ExtractLaneU:
        zeroExtended(UInt32(extractLane(u16x8(a), lane)))
    case .i16x8ReplaceLane:
        replaceLane(u16x8(a), lane, UInt16(truncatingIfNeeded: u32x4(b)[0]))
    case .i32x4ExtractLane:
        zeroExtended(extractLane(u32x4(a), lane))
    case .i32x4ReplaceLane:
        replaceLane(u32x4(a), lane, u32x4(b)[0])
    case .i64x2ExtractLane:
        zeroExtended(extractLane(u64x2(a), lane))
    case .i64x2ReplaceLane:
        replaceLane(u64x2(a), lane, u64x2(b)[0])
    case .f32x4ExtractLane:
        zeroExtended(bitPattern(extractLane(f32x4(a), lane)))
    case .f32x4ReplaceLane:
        replaceLane(f32x4(a), lane, f32x4(b)[0])
    case .f64x2ExtractLane:
        zeroExtended(bitPattern(extractLane(f64x2(a), lane)))
    case .f64x2ReplaceLane:
        replaceLane(f64x2(a), lane, f64x2(b)[0])
    case .i8x16Eq:
        equal(u8x16(a), u8x16(b))
    case .i8x16Ne:
        not(equal(u8x16(a), u8x16(b)))
    case .i8x16LtS:
        less(i8x16(a), i8x16(b))
    case .i8x16LtU:
        less(u8x16(a), u8x16(b))
    case .i8x16GtS:
        less(i8x16(b), i8x16(a))
    case .i8x16GtU:
        less(u8x16(b), u8x16(a))
    case .i8x16LeS:
        lessOrEqual(i8x16(a), i8x16(b))
    case .i8x16LeU:
        lessOrEqual(u8x16(a), u8x16(b))
    case .i8x16GeS:
        lessOrEqual(i8x16(b), i8x16(a))
    case .i8x16GeU:
        lessOrEqual(u8x16(b), u8x16(a))
    case .i16x8Eq:
        equal(u16x8(a), u16x8(b))
    case .i16x8Ne:
        not(equal(u16x8(a), u16x8(b)))
    case .i16x8LtS:
        less(i16x8(a), i16x8(b))
    case .i16x8LtU:
        less(u16x8(a), u16x8(b))
    case .i16x8GtS:
        less(i16x8(b), i16x8(a))
    case .i16x8GtU:
        less(u16x8(b), u16x8(a))
    case .i16x8LeS:
        lessOrEqual(i16x8(a), i16x8(b))
    case .i16x8LeU:
        lessOrEqual(u16x8(a), u16x8(b))
    case .i16x8GeS:
        lessOrEqual(i16x8(b), i16x8(a))
    case .i16x8GeU:
        lessOrEqual(u16x8(b), u16x8(a))
    case .i32x4Eq:
        equal(u32x4(a), u32x4(b))
    case .i32x4Ne:
        not(equal(u32x4(a), u32x4(b)))
    case .i32x4LtS:
        less(i32x4(a), i32x4(b))
    case .i32x4LtU:
        less(u32x4(a), u32x4(b))
    case .i32x4GtS:
        less(i32x4(b), i32x4(a))
    case .i32x4GtU:
        less(u32x4(b), u32x4(a))
    case .i32x4LeS:
        lessOrEqual(i32x4(a), i32x4(b))
    case .i32x4LeU:
        lessOrEqual(u32x4(a), u32x4(b))
    case .i32x4GeS:
        lessOrEqual(i32x4(b), i32x4(a))
    case .i32x4GeU:
        lessOrEqual(u32x4(b), u32x4(a))
    case .f32x4Eq:
        equal(f32x4(a), f32x4(b))
    case .f32x4Ne:
        not(equal(f32x4(a), f32x4(b)))
    case .f32x4Lt:
        less(f32x4(a), f32x4(b))
    case .f32x4Gt:
        less(f32x4(b), f32x4(a))
    case .f32x4Le:
        lessOrEqual(f32x4(a), f32x4(b))
    case .f32x4Ge:
        lessOrEqual(f32x4(b), f32x4(a))
    case .f64x2Eq:
        equal(f64x2(a), f64x2(b))
    case .f64x2Ne:
        not(equal(f64x2(a), f64x2(b)))
    case .f64x2Lt:
        less(f64x2(a), f64x2(b))
    case .f64x2Gt:
        less(f64x2(b), f64x2(a))
    case .f64x2Le:
        lessOrEqual(f64x2(a), f64x2(b))
    case .f64x2Ge:
        lessOrEqual(f64x2(b), f64x2(a))
    case .v128Not:
        not(a)
    case .v128And:
        and(a, b)
    case .v128Andnot:
        andNot(a, b)
    case .v128Or:
        or(a, b)
    case .v128Xor:
        xor(a, b)
    case .v128Bitselect:
        bitSelect(a, b, c)
    case .v128AnyTrue:
        zeroExtended(anyTrue(a))
    case .v128Load8Lane:
        replaceLane(u8x16(b), lane, a[0])
    case .v128Load16Lane:
        replaceLane(u16x8(b), lane, u16x8(a)[0])
    case .v128Load32Lane:
        replaceLane(u32x4(b), lane, u32x4(a)[0])
    case .v128Load64Lane:
        replaceLane(u64x2(b), lane, u64x2(a)[0])
    case .v128Store8Lane:
        zeroExtended(UInt32(extractLane(u8x16(a), lane)))
    case .v128Store16Lane:
        zeroExtended(UInt32(extractLane(u16x8(a), lane)))
    case .v128Store32Lane:
        zeroExtended(extractLane(u32x4(a), lane))
    case .v128Store64Lane:
        zeroExtended(extractLane(u64x2(a), lane))
    case .v128Load32Zero:
        zeroExtended(u32x4(a)[0])
    case .v128Load64Zero:
        zeroExtended(u64x2(a)[0])
    case .f32x4DemoteF64x2Zero:
        demotedZero(f64x2(a))
    case .f64x2PromoteLowF32x4:
        promotedLow(f32x4(a))
    case .i8x16Abs:
        absolute(i8x16(a))
    case .i8x16Neg:
        negated(u8x16(a))
    case .i8x16Popcnt:
        populationCount(a)
    case .i8x16AllTrue:
        zeroExtended(allTrue(u8x16(a)))
    case .i8x16Bitmask:
        zeroExtended(bitmask(i8x16(a)))
    case .i8x16NarrowI16x8S:
        narrowed(i16x8(a), i16x8(b))
    case .i8x16NarrowI16x8U:
        narrowedUnsigned(i16x8(a), i16x8(b))
    case .f32x4Ceil:
        ceiling(f32x4(a))
    case .f32x4Floor:
        floored(f32x4(a))
    case .f32x4Trunc:
        truncated(f32x4(a))
    case .f32x4Nearest:
        nearest(f32x4(a))
    case .i8x16Shl:
        shiftLeft(u8x16(a), u32x4(b)[0])
    case .i8x16ShrS:
        shiftRight(i8x16(a), u32x4(b)[0])
    case .i8x16ShrU:
        shiftRight(u8x16(a), u32x4(b)[0])
    case .i8x16Add:
        add(u8x16(a), u8x16(b))
    case .i8x16AddSatS:
        addSaturating(i8x16(a), i8x16(b))
    case .i8x16AddSatU:
        addSaturating(u8x16(a), u8x16(b))
    case .i8x16Sub:
        subtract(u8x16(a), u8x16(b))
    case .i8x16SubSatS:
        subtractSaturating(i8x16(a), i8x16(b))
    case .i8x16SubSatU:
        subtractSaturating(u8x16(a), u8x16(b))
    case .f64x2Ceil:
        ceiling(f64x2(a))
    case .f64x2Floor:
        floored(f64x2(a))
    case .i8x16MinS:
        minimum(i8x16(a), i8x16(b))
    case .i8x16MinU:
        minimum(u8x16(a), u8x16(b))
    case .i8x16MaxS:
        maximum(i8x16(a), i8x16(b))
    case .i8x16MaxU:
        maximum(u8x16(a), u8x16(b))
    case .f64x2Trunc:
        truncated(f64x2(a))
    case .i8x16AvgrU:
        average(u8x16(a), u8x16(b))
    case .i16x8ExtaddPairwiseI8x16S:
        pairwiseSums(i8x16(a))
    case .i16x8ExtaddPairwiseI8x16U:
        pairwiseSums(u8x16(a))
    case .i32x4ExtaddPairwiseI16x8S:
        pairwiseSums(i16x8(a))
    case .i32x4ExtaddPairwiseI16x8U:
        pairwiseSums(u16x8(a))
    case .i16x8Abs:
        absolute(i16x8(a))
    case .i16x8Neg:
        negated(u16x8(a))
    case .i16x8Q15mulrSatS:
        q15Product(i16x8(a), i16x8(b))
    case .i16x8AllTrue:
        zeroExtended(allTrue(u16x8(a)))
    case .i16x8Bitmask:
        zeroExtended(bitmask(i16x8(a)))
    case .i16x8NarrowI32x4S:
        narrowed(i32x4(a), i32x4(b))
    case .i16x8NarrowI32x4U:
        narrowedUnsigned(i32x4(a), i32x4(b))
    case .i16x8ExtendLowI8x16S:
        vector(extended(low(i8x16(a))))
    case .i16x8ExtendHighI8x16S:
        vector(extended(high(i8x16(a))))
    case .i16x8ExtendLowI8x16U:
        vector(extended(low(u8x16(a))))
    case .i16x8ExtendHighI8x16U:
        vector(extended(high(u8x16(a))))
    case .i16x8Shl:
        shiftLeft(u16x8(a), u32x4(b)[0])
    case .i16x8ShrS:
        shiftRight(i16x8(a), u32x4(b)[0])
    case .i16x8ShrU:
        shiftRight(u16x8(a), u32x4(b)[0])
    case .i16x8Add:
        add(u16x8(a), u16x8(b))
    case .i16x8AddSatS:
        addSaturating(i16x8(a), i16x8(b))
    case .i16x8AddSatU:
        addSaturating(u16x8(a), u16x8(b))
    case .i16x8Sub:
        subtract(u16x8(a), u16x8(b))
    case .i16x8SubSatS:
        subtractSaturating(i16x8(a), i16x8(b))
    case .i16x8SubSatU:
        subtractSaturating(u16x8(a), u16x8(b))
    case .f64x2Nearest:
        nearest(f64x2(a))
    case .i16x8Mul:
        multiply(u16x8(a), u16x8(b))
    case .i16x8MinS:
        minimum(i16x8(a), i16x8(b))
    case .i16x8MinU:
        minimum(u16x8(a), u16x8(b))
    case .i16x8MaxS:
        maximum(i16x8(a), i16x8(b))
    case .i16x8MaxU:
        maximum(u16x8(a), u16x8(b))
    case .i16x8AvgrU:
        average(u16x8(a), u16x8(b))
    case .i16x8ExtmulLowI8x16S:
        multiply(extended(low(i8x16(a))), extended(low(i8x16(b))))
    case .i16x8ExtmulHighI8x16S:
        multiply(extended(high(i8x16(a))), extended(high(i8x16(b))))
    case .i16x8ExtmulLowI8x16U:
        multiply(extended(low(u8x16(a))), extended(low(u8x16(b))))
    case .i16x8ExtmulHighI8x16U:
        multiply(extended(high(u8x16(a))), extended(high(u8x16(b))))
    case .i32x4Abs:
        absolute(i32x4(a))
    case .i32x4Neg:
        negated(u32x4(a))
    case .i32x4AllTrue:
        zeroExtended(allTrue(u32x4(a)))
    case .i32x4Bitmask:
        zeroExtended(bitmask(i32x4(a)))
    case .i32x4ExtendLowI16x8S:
        vector(extended(low(i16x8(a))))
    case .i32x4ExtendHighI16x8S:
        vector(extended(high(i16x8(a))))
    case .i32x4ExtendLowI16x8U:
        vector(extended(low(u16x8(a))))
    case .i32x4ExtendHighI16x8U:
        vector(extended(high(u16x8(a))))
    case .i32x4Shl:
        shiftLeft(u32x4(a), u32x4(b)[0])
    case .i32x4ShrS:
        shiftRight(i32x4(a), u32x4(b)[0])
    case .i32x4ShrU:
        shiftRight(u32x4(a), u32x4(b)[0])
    case .i32x4Add:
        add(u32x4(a), u32x4(b))
    case .i32x4Sub:
        subtract(u32x4(a), u32x4(b))
    case .i32x4Mul:
        multiply(u32x4(a), u32x4(b))
    case .i32x4MinS:
        minimum(i32x4(a), i32x4(b))
    case .i32x4MinU:
        minimum(u32x4(a), u32x4(b))
    case .i32x4MaxS:
        maximum(i32x4(a), i32x4(b))
    case .i32x4MaxU:
        maximum(u32x4(a), u32x4(b))
    case .i32x4DotI16x8S:
        dotProduct(i16x8(a), i16x8(b))
    case .i32x4ExtmulLowI16x8S:
        multiply(extended(low(i16x8(a))), extended(low(i16x8(b))))
    case .i32x4ExtmulHighI16x8S:
        multiply(extended(high(i16x8(a))), extended(high(i16x8(b))))
    case .i32x4ExtmulLowI16x8U:
        multiply(extended(low(u16x8(a))), extended(low(u16x8(b))))
    case .i32x4ExtmulHighI16x8U:
        multiply(extended(high(u16x8(a))), extended(high(u16x8(b))))
    case .i64x2Abs:
        absolute(i64x2(a))
    case .i64x2Neg:
        negated(u64x2(a))
    case .i64x2AllTrue:
        zeroExtended(allTrue(u64x2(a)))
    case .i64x2Bitmask:
        zeroExtended(bitmask(i64x2(a)))
    case .i64x2ExtendLowI32x4S:
        vector(extended(low(i32x4(a))))
    case .i64x2ExtendHighI32x4S:
        vector(extended(high(i32x4(a))))
    case .i64x2ExtendLowI32x4U:
        vector(extended(low(u32x4(a))))
    case .i64x2ExtendHighI32x4U:
        vector(extended(high(u32x4(a))))
    case .i64x2Shl:
        shiftLeft(u64x2(a), u32x4(b)[0])
    case .i64x2ShrS:
        shiftRight(i64x2(a), u32x4(b)[0])
    case .i64x2ShrU:
        shiftRight(u64x2(a), u32x4(b)[0])
    case .i64x2Add:
        add(u64x2(a), u64x2(b))
    case .i64x2Sub:
        subtract(u64x2(a), u64x2(b))
    case .i64x2Mul:
        multiply(u64x2(a), u64x2(b))
    case .i64x2Eq:
        equal(u64x2(a), u64x2(b))
    case .i64x2Ne:
        not(equal(u64x2(a), u64x2(b)))
    case .i64x2LtS:
        less(i64x2(a), i64x2(b))
    case .i64x2GtS:
        less(i64x2(b), i64x2(a))
    case .i64x2LeS:
        lessOrEqual(i64x2(a), i64x2(b))
    case .i64x2GeS:
        lessOrEqual(i64x2(b), i64x2(a))
    case .i64x2ExtmulLowI32x4S:
        multiply(extended(low(i32x4(a))), extended(low(i32x4(b))))
    case .i64x2ExtmulHighI32x4S:
        multiply(extended(high(i32x4(a))), extended(high(i32x4(b))))
    case .i64x2ExtmulLowI32x4U:
        multiply(extended(low(u32x4(a))), extended(low(u32x4(b))))
    case .i64x2ExtmulHighI32x4U:
        multiply(extended(high(u32x4(a))), extended(high(u32x4(b))))
    case .f32x4Abs:
        absolute(f32x4(a))
    case .f32x4Neg:
        negated(f32x4(a))
    case .f32x4Sqrt:
        squareRoot(f32x4(a))
    case .f32x4Add:
        add(f32x4(a), f32x4(b))
    case .f32x4Sub:
        subtract(f32x4(a), f32x4(b))
    case .f32x4Mul:
        multiply(f32x4(a), f32x4(b))
    case .f32x4Div:
        divide(f32x4(a), f32x4(b))
    case .f32x4Min:
        minimum(f32x4(a), f32x4(b))
    case .f32x4Max:
        maximum(f32x4(a), f32x4(b))
    case .f32x4Pmin:
        pseudoMinimum(f32x4(a), f32x4(b))
    case .f32x4Pmax:
        pseudoMaximum(f32x4(a), f32x4(b))
    case .f64x2Abs:
        absolute(f64x2(a))
    case .f64x2Neg:
        negated(f64x2(a))
    case .f64x2Sqrt:
        squareRoot(f64x2(a))
    case .f64x2Add:
        add(f64x2(a), f64x2(b))
    case .f64x2Sub:
        subtract(f64x2(a), f64x2(b))
    case .f64x2Mul:
        multiply(f64x2(a), f64x2(b))
    case .f64x2Div:
        divide(f64x2(a), f64x2(b))
    case .f64x2Min:
        minimum(f64x2(a), f64x2(b))
    case .f64x2Max:
        maximum(f64x2(a), f64x2(b))
    case .f64x2Pmin:
        pseudoMinimum(f64x2(a), f64x2(b))
    case .f64x2Pmax:
        pseudoMaximum(f64x2(a), f64x2(b))
    case .i32x4TruncSatF32x4S:
        saturatingSigned(f32x4(a))
    case .i32x4TruncSatF32x4U:
        saturatingUnsigned(f32x4(a))
    case .f32x4ConvertI32x4S:
        converted(i32x4(a))
    case .f32x4ConvertI32x4U:
        converted(u32x4(a))
    case .i32x4TruncSatF64x2SZero:
        saturatingSigned(f64x2(a))
    case .i32x4TruncSatF64x2UZero:
        saturatingUnsigned(f64x2(a))
    case .f64x2ConvertLowI32x4S:
        convertedLow(i32x4(a))
    case .f64x2ConvertLowI32x4U:
        convertedLow(u32x4(a))
    case .i8x16RelaxedSwizzle:
        swizzle(a, b)
    case .i32x4RelaxedTruncF32x4S:
        saturatingSigned(f32x4(a))
    case .i32x4RelaxedTruncF32x4U:
        saturatingUnsigned(f32x4(a))
    case .i32x4RelaxedTruncF64x2SZero:
        saturatingSigned(f64x2(a))
    case .i32x4RelaxedTruncF64x2UZero:
        saturatingUnsigned(f64x2(a))
    case .f32x4RelaxedMadd:
        multiplyAdd(f32x4(a), f32x4(b), f32x4(c))
    case .f32x4RelaxedNmadd:
        negatedMultiplyAdd(f32x4(a), f32x4(b), f32x4(c))
    case .f64x2RelaxedMadd:
        multiplyAdd(f64x2(a), f64x2(b), f64x2(c))
    case .f64x2RelaxedNmadd:
        negatedMultiplyAdd(f64x2(a), f64x2(b), f64x2(c))
    case .i8x16RelaxedLaneselect:
        bitSelect(a, b, c)
    case .i16x8RelaxedLaneselect:
        bitSelect(a, b, c)
    case .i32x4RelaxedLaneselect:
        bitSelect(a, b, c)
    case .i64x2RelaxedLaneselect:
        bitSelect(a, b, c)
    case .f32x4RelaxedMin:
        minimum(f32x4(a), f32x4(b))
    case .f32x4RelaxedMax:
        maximum(f32x4(a), f32x4(b))
    case .f64x2RelaxedMin:
        minimum(f64x2(a), f64x2(b))
    case .f64x2RelaxedMax:
        maximum(f64x2(a), f64x2(b))
    case .i16x8RelaxedQ15mulrS:
        q15Product(i16x8(a), i16x8(b))
    case .i16x8RelaxedDotI8x16I7x16S:
        dotProduct(i8x16(a), i8x16(b))
    case .i32x4RelaxedDotI8x16I7x16AddS:
        add(u32x4(pairwiseSums(i16x8(dotProduct(i8x16(a), i8x16(b))))), u32x4(c))
    default: nil
    }
}
