// Made by Instructions/generate.py from Instructions/instructions.list: edit those.

/// An instruction of WebAssembly.
/// Spec: core/appendix/index-instructions
package enum Opcode: UInt16, CaseIterable, Sendable {
    case unreachable
    case nop
    case block
    case loop
    case `if`
    case `else`
    case `throw`
    case throwRef
    case end
    case br
    case brIf
    case brTable
    case `return`
    case call
    case callIndirect
    case returnCall
    case returnCallIndirect
    case callRef
    case returnCallRef
    case drop
    case select
    case selectTyped
    case tryTable
    case localGet
    case localSet
    case localTee
    case globalGet
    case globalSet
    case tableGet
    case tableSet
    case i32Load
    case i64Load
    case f32Load
    case f64Load
    case i32Load8S
    case i32Load8U
    case i32Load16S
    case i32Load16U
    case i64Load8S
    case i64Load8U
    case i64Load16S
    case i64Load16U
    case i64Load32S
    case i64Load32U
    case i32Store
    case i64Store
    case f32Store
    case f64Store
    case i32Store8
    case i32Store16
    case i64Store8
    case i64Store16
    case i64Store32
    case memorySize
    case memoryGrow
    case i32Const
    case i64Const
    case f32Const
    case f64Const
    case i32Eqz
    case i32Eq
    case i32Ne
    case i32LtS
    case i32LtU
    case i32GtS
    case i32GtU
    case i32LeS
    case i32LeU
    case i32GeS
    case i32GeU
    case i64Eqz
    case i64Eq
    case i64Ne
    case i64LtS
    case i64LtU
    case i64GtS
    case i64GtU
    case i64LeS
    case i64LeU
    case i64GeS
    case i64GeU
    case f32Eq
    case f32Ne
    case f32Lt
    case f32Gt
    case f32Le
    case f32Ge
    case f64Eq
    case f64Ne
    case f64Lt
    case f64Gt
    case f64Le
    case f64Ge
    case i32Clz
    case i32Ctz
    case i32Popcnt
    case i32Add
    case i32Sub
    case i32Mul
    case i32DivS
    case i32DivU
    case i32RemS
    case i32RemU
    case i32And
    case i32Or
    case i32Xor
    case i32Shl
    case i32ShrS
    case i32ShrU
    case i32Rotl
    case i32Rotr
    case i64Clz
    case i64Ctz
    case i64Popcnt
    case i64Add
    case i64Sub
    case i64Mul
    case i64DivS
    case i64DivU
    case i64RemS
    case i64RemU
    case i64And
    case i64Or
    case i64Xor
    case i64Shl
    case i64ShrS
    case i64ShrU
    case i64Rotl
    case i64Rotr
    case f32Abs
    case f32Neg
    case f32Ceil
    case f32Floor
    case f32Trunc
    case f32Nearest
    case f32Sqrt
    case f32Add
    case f32Sub
    case f32Mul
    case f32Div
    case f32Min
    case f32Max
    case f32Copysign
    case f64Abs
    case f64Neg
    case f64Ceil
    case f64Floor
    case f64Trunc
    case f64Nearest
    case f64Sqrt
    case f64Add
    case f64Sub
    case f64Mul
    case f64Div
    case f64Min
    case f64Max
    case f64Copysign
    case i32WrapI64
    case i32TruncF32S
    case i32TruncF32U
    case i32TruncF64S
    case i32TruncF64U
    case i64ExtendI32S
    case i64ExtendI32U
    case i64TruncF32S
    case i64TruncF32U
    case i64TruncF64S
    case i64TruncF64U
    case f32ConvertI32S
    case f32ConvertI32U
    case f32ConvertI64S
    case f32ConvertI64U
    case f32DemoteF64
    case f64ConvertI32S
    case f64ConvertI32U
    case f64ConvertI64S
    case f64ConvertI64U
    case f64PromoteF32
    case i32ReinterpretF32
    case i64ReinterpretF64
    case f32ReinterpretI32
    case f64ReinterpretI64
    case i32Extend8S
    case i32Extend16S
    case i64Extend8S
    case i64Extend16S
    case i64Extend32S
    case refNull
    case refIsNull
    case refFunc
    case refEq
    case refAsNonNull
    case brOnNull
    case brOnNonNull
    case structNew
    case structNewDefault
    case structGet
    case structGetS
    case structGetU
    case structSet
    case arrayNew
    case arrayNewDefault
    case arrayNewFixed
    case arrayNewData
    case arrayNewElem
    case arrayGet
    case arrayGetS
    case arrayGetU
    case arraySet
    case arrayLen
    case arrayFill
    case arrayCopy
    case arrayInitData
    case arrayInitElem
    case refTest
    case refTestNull
    case refCast
    case refCastNull
    case brOnCast
    case brOnCastFail
    case anyConvertExtern
    case externConvertAny
    case refI31
    case i31GetS
    case i31GetU
    case i32TruncSatF32S
    case i32TruncSatF32U
    case i32TruncSatF64S
    case i32TruncSatF64U
    case i64TruncSatF32S
    case i64TruncSatF32U
    case i64TruncSatF64S
    case i64TruncSatF64U
    case memoryInit
    case dataDrop
    case memoryCopy
    case memoryFill
    case tableInit
    case elemDrop
    case tableCopy
    case tableGrow
    case tableSize
    case tableFill
    case v128Load
    case v128Load8x8S
    case v128Load8x8U
    case v128Load16x4S
    case v128Load16x4U
    case v128Load32x2S
    case v128Load32x2U
    case v128Load8Splat
    case v128Load16Splat
    case v128Load32Splat
    case v128Load64Splat
    case v128Store
    case v128Const
    case i8x16Shuffle
    case i8x16Swizzle
    case i8x16Splat
    case i16x8Splat
    case i32x4Splat
    case i64x2Splat
    case f32x4Splat
    case f64x2Splat
    case i8x16ExtractLaneS
    case i8x16ExtractLaneU
    case i8x16ReplaceLane
    case i16x8ExtractLaneS
    case i16x8ExtractLaneU
    case i16x8ReplaceLane
    case i32x4ExtractLane
    case i32x4ReplaceLane
    case i64x2ExtractLane
    case i64x2ReplaceLane
    case f32x4ExtractLane
    case f32x4ReplaceLane
    case f64x2ExtractLane
    case f64x2ReplaceLane
    case i8x16Eq
    case i8x16Ne
    case i8x16LtS
    case i8x16LtU
    case i8x16GtS
    case i8x16GtU
    case i8x16LeS
    case i8x16LeU
    case i8x16GeS
    case i8x16GeU
    case i16x8Eq
    case i16x8Ne
    case i16x8LtS
    case i16x8LtU
    case i16x8GtS
    case i16x8GtU
    case i16x8LeS
    case i16x8LeU
    case i16x8GeS
    case i16x8GeU
    case i32x4Eq
    case i32x4Ne
    case i32x4LtS
    case i32x4LtU
    case i32x4GtS
    case i32x4GtU
    case i32x4LeS
    case i32x4LeU
    case i32x4GeS
    case i32x4GeU
    case f32x4Eq
    case f32x4Ne
    case f32x4Lt
    case f32x4Gt
    case f32x4Le
    case f32x4Ge
    case f64x2Eq
    case f64x2Ne
    case f64x2Lt
    case f64x2Gt
    case f64x2Le
    case f64x2Ge
    case v128Not
    case v128And
    case v128Andnot
    case v128Or
    case v128Xor
    case v128Bitselect
    case v128AnyTrue
    case v128Load8Lane
    case v128Load16Lane
    case v128Load32Lane
    case v128Load64Lane
    case v128Store8Lane
    case v128Store16Lane
    case v128Store32Lane
    case v128Store64Lane
    case v128Load32Zero
    case v128Load64Zero
    case f32x4DemoteF64x2Zero
    case f64x2PromoteLowF32x4
    case i8x16Abs
    case i8x16Neg
    case i8x16Popcnt
    case i8x16AllTrue
    case i8x16Bitmask
    case i8x16NarrowI16x8S
    case i8x16NarrowI16x8U
    case f32x4Ceil
    case f32x4Floor
    case f32x4Trunc
    case f32x4Nearest
    case i8x16Shl
    case i8x16ShrS
    case i8x16ShrU
    case i8x16Add
    case i8x16AddSatS
    case i8x16AddSatU
    case i8x16Sub
    case i8x16SubSatS
    case i8x16SubSatU
    case f64x2Ceil
    case f64x2Floor
    case i8x16MinS
    case i8x16MinU
    case i8x16MaxS
    case i8x16MaxU
    case f64x2Trunc
    case i8x16AvgrU
    case i16x8ExtaddPairwiseI8x16S
    case i16x8ExtaddPairwiseI8x16U
    case i32x4ExtaddPairwiseI16x8S
    case i32x4ExtaddPairwiseI16x8U
    case i16x8Abs
    case i16x8Neg
    case i16x8Q15mulrSatS
    case i16x8AllTrue
    case i16x8Bitmask
    case i16x8NarrowI32x4S
    case i16x8NarrowI32x4U
    case i16x8ExtendLowI8x16S
    case i16x8ExtendHighI8x16S
    case i16x8ExtendLowI8x16U
    case i16x8ExtendHighI8x16U
    case i16x8Shl
    case i16x8ShrS
    case i16x8ShrU
    case i16x8Add
    case i16x8AddSatS
    case i16x8AddSatU
    case i16x8Sub
    case i16x8SubSatS
    case i16x8SubSatU
    case f64x2Nearest
    case i16x8Mul
    case i16x8MinS
    case i16x8MinU
    case i16x8MaxS
    case i16x8MaxU
    case i16x8AvgrU
    case i16x8ExtmulLowI8x16S
    case i16x8ExtmulHighI8x16S
    case i16x8ExtmulLowI8x16U
    case i16x8ExtmulHighI8x16U
    case i32x4Abs
    case i32x4Neg
    case i32x4AllTrue
    case i32x4Bitmask
    case i32x4ExtendLowI16x8S
    case i32x4ExtendHighI16x8S
    case i32x4ExtendLowI16x8U
    case i32x4ExtendHighI16x8U
    case i32x4Shl
    case i32x4ShrS
    case i32x4ShrU
    case i32x4Add
    case i32x4Sub
    case i32x4Mul
    case i32x4MinS
    case i32x4MinU
    case i32x4MaxS
    case i32x4MaxU
    case i32x4DotI16x8S
    case i32x4ExtmulLowI16x8S
    case i32x4ExtmulHighI16x8S
    case i32x4ExtmulLowI16x8U
    case i32x4ExtmulHighI16x8U
    case i64x2Abs
    case i64x2Neg
    case i64x2AllTrue
    case i64x2Bitmask
    case i64x2ExtendLowI32x4S
    case i64x2ExtendHighI32x4S
    case i64x2ExtendLowI32x4U
    case i64x2ExtendHighI32x4U
    case i64x2Shl
    case i64x2ShrS
    case i64x2ShrU
    case i64x2Add
    case i64x2Sub
    case i64x2Mul
    case i64x2Eq
    case i64x2Ne
    case i64x2LtS
    case i64x2GtS
    case i64x2LeS
    case i64x2GeS
    case i64x2ExtmulLowI32x4S
    case i64x2ExtmulHighI32x4S
    case i64x2ExtmulLowI32x4U
    case i64x2ExtmulHighI32x4U
    case f32x4Abs
    case f32x4Neg
    case f32x4Sqrt
    case f32x4Add
    case f32x4Sub
    case f32x4Mul
    case f32x4Div
    case f32x4Min
    case f32x4Max
    case f32x4Pmin
    case f32x4Pmax
    case f64x2Abs
    case f64x2Neg
    case f64x2Sqrt
    case f64x2Add
    case f64x2Sub
    case f64x2Mul
    case f64x2Div
    case f64x2Min
    case f64x2Max
    case f64x2Pmin
    case f64x2Pmax
    case i32x4TruncSatF32x4S
    case i32x4TruncSatF32x4U
    case f32x4ConvertI32x4S
    case f32x4ConvertI32x4U
    case i32x4TruncSatF64x2SZero
    case i32x4TruncSatF64x2UZero
    case f64x2ConvertLowI32x4S
    case f64x2ConvertLowI32x4U
    case i8x16RelaxedSwizzle
    case i32x4RelaxedTruncF32x4S
    case i32x4RelaxedTruncF32x4U
    case i32x4RelaxedTruncF64x2SZero
    case i32x4RelaxedTruncF64x2UZero
    case f32x4RelaxedMadd
    case f32x4RelaxedNmadd
    case f64x2RelaxedMadd
    case f64x2RelaxedNmadd
    case i8x16RelaxedLaneselect
    case i16x8RelaxedLaneselect
    case i32x4RelaxedLaneselect
    case i64x2RelaxedLaneselect
    case f32x4RelaxedMin
    case f32x4RelaxedMax
    case f64x2RelaxedMin
    case f64x2RelaxedMax
    case i16x8RelaxedQ15mulrS
    case i16x8RelaxedDotI8x16I7x16S
    case i32x4RelaxedDotI8x16I7x16AddS
}

extension Instruction {
    /// A row for each instruction, at the index that is its opcode's raw value.
    package static let all: [Instruction] = [
        Instruction(
            .unreachable, 0x00, 0x0, "unreachable",
            [], nil),
        Instruction(
            .nop, 0x00, 0x1, "nop",
            [], nil),
        Instruction(
            .block, 0x00, 0x2, "block",
            [.blockType], nil),
        Instruction(
            .loop, 0x00, 0x3, "loop",
            [.blockType], nil),
        Instruction(
            .`if`, 0x00, 0x4, "if",
            [.blockType], nil),
        Instruction(
            .`else`, 0x00, 0x5, "else",
            [], nil),
        Instruction(
            .`throw`, 0x00, 0x8, "throw",
            [.tag], nil),
        Instruction(
            .throwRef, 0x00, 0xA, "throw_ref",
            [], nil),
        Instruction(
            .end, 0x00, 0xB, "end",
            [], nil),
        Instruction(
            .br, 0x00, 0xC, "br",
            [.label], nil),
        Instruction(
            .brIf, 0x00, 0xD, "br_if",
            [.label], nil),
        Instruction(
            .brTable, 0x00, 0xE, "br_table",
            [.labels], nil),
        Instruction(
            .`return`, 0x00, 0xF, "return",
            [], nil),
        Instruction(
            .call, 0x00, 0x10, "call",
            [.function], nil),
        Instruction(
            .callIndirect, 0x00, 0x11, "call_indirect",
            [.type, .table], nil),
        Instruction(
            .returnCall, 0x00, 0x12, "return_call",
            [.function], nil),
        Instruction(
            .returnCallIndirect, 0x00, 0x13, "return_call_indirect",
            [.type, .table], nil),
        Instruction(
            .callRef, 0x00, 0x14, "call_ref",
            [.type], nil),
        Instruction(
            .returnCallRef, 0x00, 0x15, "return_call_ref",
            [.type], nil),
        Instruction(
            .drop, 0x00, 0x1A, "drop",
            [], nil),
        Instruction(
            .select, 0x00, 0x1B, "select",
            [], nil),
        Instruction(
            .selectTyped, 0x00, 0x1C, "select",
            [.valueTypes], nil),
        Instruction(
            .tryTable, 0x00, 0x1F, "try_table",
            [.blockType, .catches], nil),
        Instruction(
            .localGet, 0x00, 0x20, "local.get",
            [.local], nil),
        Instruction(
            .localSet, 0x00, 0x21, "local.set",
            [.local], nil),
        Instruction(
            .localTee, 0x00, 0x22, "local.tee",
            [.local], nil),
        Instruction(
            .globalGet, 0x00, 0x23, "global.get",
            [.global], nil),
        Instruction(
            .globalSet, 0x00, 0x24, "global.set",
            [.global], nil),
        Instruction(
            .tableGet, 0x00, 0x25, "table.get",
            [.table], nil),
        Instruction(
            .tableSet, 0x00, 0x26, "table.set",
            [.table], nil),
        Instruction(
            .i32Load, 0x00, 0x28, "i32.load",
            [.memarg], Signature([.address], .i32)),
        Instruction(
            .i64Load, 0x00, 0x29, "i64.load",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .f32Load, 0x00, 0x2A, "f32.load",
            [.memarg], Signature([.address], .f32)),
        Instruction(
            .f64Load, 0x00, 0x2B, "f64.load",
            [.memarg], Signature([.address], .f64)),
        Instruction(
            .i32Load8S, 0x00, 0x2C, "i32.load8_s",
            [.memarg], Signature([.address], .i32)),
        Instruction(
            .i32Load8U, 0x00, 0x2D, "i32.load8_u",
            [.memarg], Signature([.address], .i32)),
        Instruction(
            .i32Load16S, 0x00, 0x2E, "i32.load16_s",
            [.memarg], Signature([.address], .i32)),
        Instruction(
            .i32Load16U, 0x00, 0x2F, "i32.load16_u",
            [.memarg], Signature([.address], .i32)),
        Instruction(
            .i64Load8S, 0x00, 0x30, "i64.load8_s",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .i64Load8U, 0x00, 0x31, "i64.load8_u",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .i64Load16S, 0x00, 0x32, "i64.load16_s",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .i64Load16U, 0x00, 0x33, "i64.load16_u",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .i64Load32S, 0x00, 0x34, "i64.load32_s",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .i64Load32U, 0x00, 0x35, "i64.load32_u",
            [.memarg], Signature([.address], .i64)),
        Instruction(
            .i32Store, 0x00, 0x36, "i32.store",
            [.memarg], Signature([.address, .i32], nil)),
        Instruction(
            .i64Store, 0x00, 0x37, "i64.store",
            [.memarg], Signature([.address, .i64], nil)),
        Instruction(
            .f32Store, 0x00, 0x38, "f32.store",
            [.memarg], Signature([.address, .f32], nil)),
        Instruction(
            .f64Store, 0x00, 0x39, "f64.store",
            [.memarg], Signature([.address, .f64], nil)),
        Instruction(
            .i32Store8, 0x00, 0x3A, "i32.store8",
            [.memarg], Signature([.address, .i32], nil)),
        Instruction(
            .i32Store16, 0x00, 0x3B, "i32.store16",
            [.memarg], Signature([.address, .i32], nil)),
        Instruction(
            .i64Store8, 0x00, 0x3C, "i64.store8",
            [.memarg], Signature([.address, .i64], nil)),
        Instruction(
            .i64Store16, 0x00, 0x3D, "i64.store16",
            [.memarg], Signature([.address, .i64], nil)),
        Instruction(
            .i64Store32, 0x00, 0x3E, "i64.store32",
            [.memarg], Signature([.address, .i64], nil)),
        Instruction(
            .memorySize, 0x00, 0x3F, "memory.size",
            [.memory], nil),
        Instruction(
            .memoryGrow, 0x00, 0x40, "memory.grow",
            [.memory], nil),
        Instruction(
            .i32Const, 0x00, 0x41, "i32.const",
            [.i32], nil),
        Instruction(
            .i64Const, 0x00, 0x42, "i64.const",
            [.i64], nil),
        Instruction(
            .f32Const, 0x00, 0x43, "f32.const",
            [.f32], nil),
        Instruction(
            .f64Const, 0x00, 0x44, "f64.const",
            [.f64], nil),
        Instruction(
            .i32Eqz, 0x00, 0x45, "i32.eqz",
            [], Signature([.i32], .i32)),
        Instruction(
            .i32Eq, 0x00, 0x46, "i32.eq",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Ne, 0x00, 0x47, "i32.ne",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32LtS, 0x00, 0x48, "i32.lt_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32LtU, 0x00, 0x49, "i32.lt_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32GtS, 0x00, 0x4A, "i32.gt_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32GtU, 0x00, 0x4B, "i32.gt_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32LeS, 0x00, 0x4C, "i32.le_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32LeU, 0x00, 0x4D, "i32.le_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32GeS, 0x00, 0x4E, "i32.ge_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32GeU, 0x00, 0x4F, "i32.ge_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i64Eqz, 0x00, 0x50, "i64.eqz",
            [], Signature([.i64], .i32)),
        Instruction(
            .i64Eq, 0x00, 0x51, "i64.eq",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64Ne, 0x00, 0x52, "i64.ne",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64LtS, 0x00, 0x53, "i64.lt_s",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64LtU, 0x00, 0x54, "i64.lt_u",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64GtS, 0x00, 0x55, "i64.gt_s",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64GtU, 0x00, 0x56, "i64.gt_u",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64LeS, 0x00, 0x57, "i64.le_s",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64LeU, 0x00, 0x58, "i64.le_u",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64GeS, 0x00, 0x59, "i64.ge_s",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .i64GeU, 0x00, 0x5A, "i64.ge_u",
            [], Signature([.i64, .i64], .i32)),
        Instruction(
            .f32Eq, 0x00, 0x5B, "f32.eq",
            [], Signature([.f32, .f32], .i32)),
        Instruction(
            .f32Ne, 0x00, 0x5C, "f32.ne",
            [], Signature([.f32, .f32], .i32)),
        Instruction(
            .f32Lt, 0x00, 0x5D, "f32.lt",
            [], Signature([.f32, .f32], .i32)),
        Instruction(
            .f32Gt, 0x00, 0x5E, "f32.gt",
            [], Signature([.f32, .f32], .i32)),
        Instruction(
            .f32Le, 0x00, 0x5F, "f32.le",
            [], Signature([.f32, .f32], .i32)),
        Instruction(
            .f32Ge, 0x00, 0x60, "f32.ge",
            [], Signature([.f32, .f32], .i32)),
        Instruction(
            .f64Eq, 0x00, 0x61, "f64.eq",
            [], Signature([.f64, .f64], .i32)),
        Instruction(
            .f64Ne, 0x00, 0x62, "f64.ne",
            [], Signature([.f64, .f64], .i32)),
        Instruction(
            .f64Lt, 0x00, 0x63, "f64.lt",
            [], Signature([.f64, .f64], .i32)),
        Instruction(
            .f64Gt, 0x00, 0x64, "f64.gt",
            [], Signature([.f64, .f64], .i32)),
        Instruction(
            .f64Le, 0x00, 0x65, "f64.le",
            [], Signature([.f64, .f64], .i32)),
        Instruction(
            .f64Ge, 0x00, 0x66, "f64.ge",
            [], Signature([.f64, .f64], .i32)),
        Instruction(
            .i32Clz, 0x00, 0x67, "i32.clz",
            [], Signature([.i32], .i32)),
        Instruction(
            .i32Ctz, 0x00, 0x68, "i32.ctz",
            [], Signature([.i32], .i32)),
        Instruction(
            .i32Popcnt, 0x00, 0x69, "i32.popcnt",
            [], Signature([.i32], .i32)),
        Instruction(
            .i32Add, 0x00, 0x6A, "i32.add",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Sub, 0x00, 0x6B, "i32.sub",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Mul, 0x00, 0x6C, "i32.mul",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32DivS, 0x00, 0x6D, "i32.div_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32DivU, 0x00, 0x6E, "i32.div_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32RemS, 0x00, 0x6F, "i32.rem_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32RemU, 0x00, 0x70, "i32.rem_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32And, 0x00, 0x71, "i32.and",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Or, 0x00, 0x72, "i32.or",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Xor, 0x00, 0x73, "i32.xor",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Shl, 0x00, 0x74, "i32.shl",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32ShrS, 0x00, 0x75, "i32.shr_s",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32ShrU, 0x00, 0x76, "i32.shr_u",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Rotl, 0x00, 0x77, "i32.rotl",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i32Rotr, 0x00, 0x78, "i32.rotr",
            [], Signature([.i32, .i32], .i32)),
        Instruction(
            .i64Clz, 0x00, 0x79, "i64.clz",
            [], Signature([.i64], .i64)),
        Instruction(
            .i64Ctz, 0x00, 0x7A, "i64.ctz",
            [], Signature([.i64], .i64)),
        Instruction(
            .i64Popcnt, 0x00, 0x7B, "i64.popcnt",
            [], Signature([.i64], .i64)),
        Instruction(
            .i64Add, 0x00, 0x7C, "i64.add",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Sub, 0x00, 0x7D, "i64.sub",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Mul, 0x00, 0x7E, "i64.mul",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64DivS, 0x00, 0x7F, "i64.div_s",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64DivU, 0x00, 0x80, "i64.div_u",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64RemS, 0x00, 0x81, "i64.rem_s",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64RemU, 0x00, 0x82, "i64.rem_u",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64And, 0x00, 0x83, "i64.and",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Or, 0x00, 0x84, "i64.or",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Xor, 0x00, 0x85, "i64.xor",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Shl, 0x00, 0x86, "i64.shl",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64ShrS, 0x00, 0x87, "i64.shr_s",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64ShrU, 0x00, 0x88, "i64.shr_u",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Rotl, 0x00, 0x89, "i64.rotl",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .i64Rotr, 0x00, 0x8A, "i64.rotr",
            [], Signature([.i64, .i64], .i64)),
        Instruction(
            .f32Abs, 0x00, 0x8B, "f32.abs",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Neg, 0x00, 0x8C, "f32.neg",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Ceil, 0x00, 0x8D, "f32.ceil",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Floor, 0x00, 0x8E, "f32.floor",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Trunc, 0x00, 0x8F, "f32.trunc",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Nearest, 0x00, 0x90, "f32.nearest",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Sqrt, 0x00, 0x91, "f32.sqrt",
            [], Signature([.f32], .f32)),
        Instruction(
            .f32Add, 0x00, 0x92, "f32.add",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f32Sub, 0x00, 0x93, "f32.sub",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f32Mul, 0x00, 0x94, "f32.mul",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f32Div, 0x00, 0x95, "f32.div",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f32Min, 0x00, 0x96, "f32.min",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f32Max, 0x00, 0x97, "f32.max",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f32Copysign, 0x00, 0x98, "f32.copysign",
            [], Signature([.f32, .f32], .f32)),
        Instruction(
            .f64Abs, 0x00, 0x99, "f64.abs",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Neg, 0x00, 0x9A, "f64.neg",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Ceil, 0x00, 0x9B, "f64.ceil",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Floor, 0x00, 0x9C, "f64.floor",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Trunc, 0x00, 0x9D, "f64.trunc",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Nearest, 0x00, 0x9E, "f64.nearest",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Sqrt, 0x00, 0x9F, "f64.sqrt",
            [], Signature([.f64], .f64)),
        Instruction(
            .f64Add, 0x00, 0xA0, "f64.add",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .f64Sub, 0x00, 0xA1, "f64.sub",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .f64Mul, 0x00, 0xA2, "f64.mul",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .f64Div, 0x00, 0xA3, "f64.div",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .f64Min, 0x00, 0xA4, "f64.min",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .f64Max, 0x00, 0xA5, "f64.max",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .f64Copysign, 0x00, 0xA6, "f64.copysign",
            [], Signature([.f64, .f64], .f64)),
        Instruction(
            .i32WrapI64, 0x00, 0xA7, "i32.wrap_i64",
            [], Signature([.i64], .i32)),
        Instruction(
            .i32TruncF32S, 0x00, 0xA8, "i32.trunc_f32_s",
            [], Signature([.f32], .i32)),
        Instruction(
            .i32TruncF32U, 0x00, 0xA9, "i32.trunc_f32_u",
            [], Signature([.f32], .i32)),
        Instruction(
            .i32TruncF64S, 0x00, 0xAA, "i32.trunc_f64_s",
            [], Signature([.f64], .i32)),
        Instruction(
            .i32TruncF64U, 0x00, 0xAB, "i32.trunc_f64_u",
            [], Signature([.f64], .i32)),
        Instruction(
            .i64ExtendI32S, 0x00, 0xAC, "i64.extend_i32_s",
            [], Signature([.i32], .i64)),
        Instruction(
            .i64ExtendI32U, 0x00, 0xAD, "i64.extend_i32_u",
            [], Signature([.i32], .i64)),
        Instruction(
            .i64TruncF32S, 0x00, 0xAE, "i64.trunc_f32_s",
            [], Signature([.f32], .i64)),
        Instruction(
            .i64TruncF32U, 0x00, 0xAF, "i64.trunc_f32_u",
            [], Signature([.f32], .i64)),
        Instruction(
            .i64TruncF64S, 0x00, 0xB0, "i64.trunc_f64_s",
            [], Signature([.f64], .i64)),
        Instruction(
            .i64TruncF64U, 0x00, 0xB1, "i64.trunc_f64_u",
            [], Signature([.f64], .i64)),
        Instruction(
            .f32ConvertI32S, 0x00, 0xB2, "f32.convert_i32_s",
            [], Signature([.i32], .f32)),
        Instruction(
            .f32ConvertI32U, 0x00, 0xB3, "f32.convert_i32_u",
            [], Signature([.i32], .f32)),
        Instruction(
            .f32ConvertI64S, 0x00, 0xB4, "f32.convert_i64_s",
            [], Signature([.i64], .f32)),
        Instruction(
            .f32ConvertI64U, 0x00, 0xB5, "f32.convert_i64_u",
            [], Signature([.i64], .f32)),
        Instruction(
            .f32DemoteF64, 0x00, 0xB6, "f32.demote_f64",
            [], Signature([.f64], .f32)),
        Instruction(
            .f64ConvertI32S, 0x00, 0xB7, "f64.convert_i32_s",
            [], Signature([.i32], .f64)),
        Instruction(
            .f64ConvertI32U, 0x00, 0xB8, "f64.convert_i32_u",
            [], Signature([.i32], .f64)),
        Instruction(
            .f64ConvertI64S, 0x00, 0xB9, "f64.convert_i64_s",
            [], Signature([.i64], .f64)),
        Instruction(
            .f64ConvertI64U, 0x00, 0xBA, "f64.convert_i64_u",
            [], Signature([.i64], .f64)),
        Instruction(
            .f64PromoteF32, 0x00, 0xBB, "f64.promote_f32",
            [], Signature([.f32], .f64)),
        Instruction(
            .i32ReinterpretF32, 0x00, 0xBC, "i32.reinterpret_f32",
            [], Signature([.f32], .i32)),
        Instruction(
            .i64ReinterpretF64, 0x00, 0xBD, "i64.reinterpret_f64",
            [], Signature([.f64], .i64)),
        Instruction(
            .f32ReinterpretI32, 0x00, 0xBE, "f32.reinterpret_i32",
            [], Signature([.i32], .f32)),
        Instruction(
            .f64ReinterpretI64, 0x00, 0xBF, "f64.reinterpret_i64",
            [], Signature([.i64], .f64)),
        Instruction(
            .i32Extend8S, 0x00, 0xC0, "i32.extend8_s",
            [], Signature([.i32], .i32)),
        Instruction(
            .i32Extend16S, 0x00, 0xC1, "i32.extend16_s",
            [], Signature([.i32], .i32)),
        Instruction(
            .i64Extend8S, 0x00, 0xC2, "i64.extend8_s",
            [], Signature([.i64], .i64)),
        Instruction(
            .i64Extend16S, 0x00, 0xC3, "i64.extend16_s",
            [], Signature([.i64], .i64)),
        Instruction(
            .i64Extend32S, 0x00, 0xC4, "i64.extend32_s",
            [], Signature([.i64], .i64)),
        Instruction(
            .refNull, 0x00, 0xD0, "ref.null",
            [.heapType], nil),
        Instruction(
            .refIsNull, 0x00, 0xD1, "ref.is_null",
            [], nil),
        Instruction(
            .refFunc, 0x00, 0xD2, "ref.func",
            [.function], nil),
        Instruction(
            .refEq, 0x00, 0xD3, "ref.eq",
            [], nil),
        Instruction(
            .refAsNonNull, 0x00, 0xD4, "ref.as_non_null",
            [], nil),
        Instruction(
            .brOnNull, 0x00, 0xD5, "br_on_null",
            [.label], nil),
        Instruction(
            .brOnNonNull, 0x00, 0xD6, "br_on_non_null",
            [.label], nil),
        Instruction(
            .structNew, 0xFB, 0x0, "struct.new",
            [.type], nil),
        Instruction(
            .structNewDefault, 0xFB, 0x1, "struct.new_default",
            [.type], nil),
        Instruction(
            .structGet, 0xFB, 0x2, "struct.get",
            [.type, .field], nil),
        Instruction(
            .structGetS, 0xFB, 0x3, "struct.get_s",
            [.type, .field], nil),
        Instruction(
            .structGetU, 0xFB, 0x4, "struct.get_u",
            [.type, .field], nil),
        Instruction(
            .structSet, 0xFB, 0x5, "struct.set",
            [.type, .field], nil),
        Instruction(
            .arrayNew, 0xFB, 0x6, "array.new",
            [.type], nil),
        Instruction(
            .arrayNewDefault, 0xFB, 0x7, "array.new_default",
            [.type], nil),
        Instruction(
            .arrayNewFixed, 0xFB, 0x8, "array.new_fixed",
            [.type, .count], nil),
        Instruction(
            .arrayNewData, 0xFB, 0x9, "array.new_data",
            [.type, .data], nil),
        Instruction(
            .arrayNewElem, 0xFB, 0xA, "array.new_elem",
            [.type, .element], nil),
        Instruction(
            .arrayGet, 0xFB, 0xB, "array.get",
            [.type], nil),
        Instruction(
            .arrayGetS, 0xFB, 0xC, "array.get_s",
            [.type], nil),
        Instruction(
            .arrayGetU, 0xFB, 0xD, "array.get_u",
            [.type], nil),
        Instruction(
            .arraySet, 0xFB, 0xE, "array.set",
            [.type], nil),
        Instruction(
            .arrayLen, 0xFB, 0xF, "array.len",
            [], nil),
        Instruction(
            .arrayFill, 0xFB, 0x10, "array.fill",
            [.type], nil),
        Instruction(
            .arrayCopy, 0xFB, 0x11, "array.copy",
            [.type, .type], nil),
        Instruction(
            .arrayInitData, 0xFB, 0x12, "array.init_data",
            [.type, .data], nil),
        Instruction(
            .arrayInitElem, 0xFB, 0x13, "array.init_elem",
            [.type, .element], nil),
        Instruction(
            .refTest, 0xFB, 0x14, "ref.test",
            [.heapType], nil),
        Instruction(
            .refTestNull, 0xFB, 0x15, "ref.test_null",
            [.heapType], nil),
        Instruction(
            .refCast, 0xFB, 0x16, "ref.cast",
            [.heapType], nil),
        Instruction(
            .refCastNull, 0xFB, 0x17, "ref.cast_null",
            [.heapType], nil),
        Instruction(
            .brOnCast, 0xFB, 0x18, "br_on_cast",
            [.castFlags, .label, .heapType, .heapType], nil),
        Instruction(
            .brOnCastFail, 0xFB, 0x19, "br_on_cast_fail",
            [.castFlags, .label, .heapType, .heapType], nil),
        Instruction(
            .anyConvertExtern, 0xFB, 0x1A, "any.convert_extern",
            [], nil),
        Instruction(
            .externConvertAny, 0xFB, 0x1B, "extern.convert_any",
            [], nil),
        Instruction(
            .refI31, 0xFB, 0x1C, "ref.i31",
            [], nil),
        Instruction(
            .i31GetS, 0xFB, 0x1D, "i31.get_s",
            [], nil),
        Instruction(
            .i31GetU, 0xFB, 0x1E, "i31.get_u",
            [], nil),
        Instruction(
            .i32TruncSatF32S, 0xFC, 0x0, "i32.trunc_sat_f32_s",
            [], Signature([.f32], .i32)),
        Instruction(
            .i32TruncSatF32U, 0xFC, 0x1, "i32.trunc_sat_f32_u",
            [], Signature([.f32], .i32)),
        Instruction(
            .i32TruncSatF64S, 0xFC, 0x2, "i32.trunc_sat_f64_s",
            [], Signature([.f64], .i32)),
        Instruction(
            .i32TruncSatF64U, 0xFC, 0x3, "i32.trunc_sat_f64_u",
            [], Signature([.f64], .i32)),
        Instruction(
            .i64TruncSatF32S, 0xFC, 0x4, "i64.trunc_sat_f32_s",
            [], Signature([.f32], .i64)),
        Instruction(
            .i64TruncSatF32U, 0xFC, 0x5, "i64.trunc_sat_f32_u",
            [], Signature([.f32], .i64)),
        Instruction(
            .i64TruncSatF64S, 0xFC, 0x6, "i64.trunc_sat_f64_s",
            [], Signature([.f64], .i64)),
        Instruction(
            .i64TruncSatF64U, 0xFC, 0x7, "i64.trunc_sat_f64_u",
            [], Signature([.f64], .i64)),
        Instruction(
            .memoryInit, 0xFC, 0x8, "memory.init",
            [.data, .memory], nil),
        Instruction(
            .dataDrop, 0xFC, 0x9, "data.drop",
            [.data], nil),
        Instruction(
            .memoryCopy, 0xFC, 0xA, "memory.copy",
            [.memory, .memory], nil),
        Instruction(
            .memoryFill, 0xFC, 0xB, "memory.fill",
            [.memory], nil),
        Instruction(
            .tableInit, 0xFC, 0xC, "table.init",
            [.element, .table], nil),
        Instruction(
            .elemDrop, 0xFC, 0xD, "elem.drop",
            [.element], nil),
        Instruction(
            .tableCopy, 0xFC, 0xE, "table.copy",
            [.table, .table], nil),
        Instruction(
            .tableGrow, 0xFC, 0xF, "table.grow",
            [.table], nil),
        Instruction(
            .tableSize, 0xFC, 0x10, "table.size",
            [.table], nil),
        Instruction(
            .tableFill, 0xFC, 0x11, "table.fill",
            [.table], nil),
        Instruction(
            .v128Load, 0xFD, 0x0, "v128.load",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load8x8S, 0xFD, 0x1, "v128.load8x8_s",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load8x8U, 0xFD, 0x2, "v128.load8x8_u",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load16x4S, 0xFD, 0x3, "v128.load16x4_s",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load16x4U, 0xFD, 0x4, "v128.load16x4_u",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load32x2S, 0xFD, 0x5, "v128.load32x2_s",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load32x2U, 0xFD, 0x6, "v128.load32x2_u",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load8Splat, 0xFD, 0x7, "v128.load8_splat",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load16Splat, 0xFD, 0x8, "v128.load16_splat",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load32Splat, 0xFD, 0x9, "v128.load32_splat",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load64Splat, 0xFD, 0xA, "v128.load64_splat",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Store, 0xFD, 0xB, "v128.store",
            [.memarg], Signature([.address, .v128], nil)),
        Instruction(
            .v128Const, 0xFD, 0xC, "v128.const",
            [.v128], nil),
        Instruction(
            .i8x16Shuffle, 0xFD, 0xD, "i8x16.shuffle",
            [.lanes], nil),
        Instruction(
            .i8x16Swizzle, 0xFD, 0xE, "i8x16.swizzle",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16Splat, 0xFD, 0xF, "i8x16.splat",
            [], Signature([.i32], .v128)),
        Instruction(
            .i16x8Splat, 0xFD, 0x10, "i16x8.splat",
            [], Signature([.i32], .v128)),
        Instruction(
            .i32x4Splat, 0xFD, 0x11, "i32x4.splat",
            [], Signature([.i32], .v128)),
        Instruction(
            .i64x2Splat, 0xFD, 0x12, "i64x2.splat",
            [], Signature([.i64], .v128)),
        Instruction(
            .f32x4Splat, 0xFD, 0x13, "f32x4.splat",
            [], Signature([.f32], .v128)),
        Instruction(
            .f64x2Splat, 0xFD, 0x14, "f64x2.splat",
            [], Signature([.f64], .v128)),
        Instruction(
            .i8x16ExtractLaneS, 0xFD, 0x15, "i8x16.extract_lane_s",
            [.lane], Signature([.v128], .i32)),
        Instruction(
            .i8x16ExtractLaneU, 0xFD, 0x16, "i8x16.extract_lane_u",
            [.lane], Signature([.v128], .i32)),
        Instruction(
            .i8x16ReplaceLane, 0xFD, 0x17, "i8x16.replace_lane",
            [.lane], Signature([.v128, .i32], .v128)),
        Instruction(
            .i16x8ExtractLaneS, 0xFD, 0x18, "i16x8.extract_lane_s",
            [.lane], Signature([.v128], .i32)),
        Instruction(
            .i16x8ExtractLaneU, 0xFD, 0x19, "i16x8.extract_lane_u",
            [.lane], Signature([.v128], .i32)),
        Instruction(
            .i16x8ReplaceLane, 0xFD, 0x1A, "i16x8.replace_lane",
            [.lane], Signature([.v128, .i32], .v128)),
        Instruction(
            .i32x4ExtractLane, 0xFD, 0x1B, "i32x4.extract_lane",
            [.lane], Signature([.v128], .i32)),
        Instruction(
            .i32x4ReplaceLane, 0xFD, 0x1C, "i32x4.replace_lane",
            [.lane], Signature([.v128, .i32], .v128)),
        Instruction(
            .i64x2ExtractLane, 0xFD, 0x1D, "i64x2.extract_lane",
            [.lane], Signature([.v128], .i64)),
        Instruction(
            .i64x2ReplaceLane, 0xFD, 0x1E, "i64x2.replace_lane",
            [.lane], Signature([.v128, .i64], .v128)),
        Instruction(
            .f32x4ExtractLane, 0xFD, 0x1F, "f32x4.extract_lane",
            [.lane], Signature([.v128], .f32)),
        Instruction(
            .f32x4ReplaceLane, 0xFD, 0x20, "f32x4.replace_lane",
            [.lane], Signature([.v128, .f32], .v128)),
        Instruction(
            .f64x2ExtractLane, 0xFD, 0x21, "f64x2.extract_lane",
            [.lane], Signature([.v128], .f64)),
        Instruction(
            .f64x2ReplaceLane, 0xFD, 0x22, "f64x2.replace_lane",
            [.lane], Signature([.v128, .f64], .v128)),
        Instruction(
            .i8x16Eq, 0xFD, 0x23, "i8x16.eq",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16Ne, 0xFD, 0x24, "i8x16.ne",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16LtS, 0xFD, 0x25, "i8x16.lt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16LtU, 0xFD, 0x26, "i8x16.lt_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16GtS, 0xFD, 0x27, "i8x16.gt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16GtU, 0xFD, 0x28, "i8x16.gt_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16LeS, 0xFD, 0x29, "i8x16.le_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16LeU, 0xFD, 0x2A, "i8x16.le_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16GeS, 0xFD, 0x2B, "i8x16.ge_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16GeU, 0xFD, 0x2C, "i8x16.ge_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8Eq, 0xFD, 0x2D, "i16x8.eq",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8Ne, 0xFD, 0x2E, "i16x8.ne",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8LtS, 0xFD, 0x2F, "i16x8.lt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8LtU, 0xFD, 0x30, "i16x8.lt_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8GtS, 0xFD, 0x31, "i16x8.gt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8GtU, 0xFD, 0x32, "i16x8.gt_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8LeS, 0xFD, 0x33, "i16x8.le_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8LeU, 0xFD, 0x34, "i16x8.le_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8GeS, 0xFD, 0x35, "i16x8.ge_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8GeU, 0xFD, 0x36, "i16x8.ge_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4Eq, 0xFD, 0x37, "i32x4.eq",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4Ne, 0xFD, 0x38, "i32x4.ne",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4LtS, 0xFD, 0x39, "i32x4.lt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4LtU, 0xFD, 0x3A, "i32x4.lt_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4GtS, 0xFD, 0x3B, "i32x4.gt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4GtU, 0xFD, 0x3C, "i32x4.gt_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4LeS, 0xFD, 0x3D, "i32x4.le_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4LeU, 0xFD, 0x3E, "i32x4.le_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4GeS, 0xFD, 0x3F, "i32x4.ge_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4GeU, 0xFD, 0x40, "i32x4.ge_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Eq, 0xFD, 0x41, "f32x4.eq",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Ne, 0xFD, 0x42, "f32x4.ne",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Lt, 0xFD, 0x43, "f32x4.lt",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Gt, 0xFD, 0x44, "f32x4.gt",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Le, 0xFD, 0x45, "f32x4.le",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Ge, 0xFD, 0x46, "f32x4.ge",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Eq, 0xFD, 0x47, "f64x2.eq",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Ne, 0xFD, 0x48, "f64x2.ne",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Lt, 0xFD, 0x49, "f64x2.lt",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Gt, 0xFD, 0x4A, "f64x2.gt",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Le, 0xFD, 0x4B, "f64x2.le",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Ge, 0xFD, 0x4C, "f64x2.ge",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .v128Not, 0xFD, 0x4D, "v128.not",
            [], Signature([.v128], .v128)),
        Instruction(
            .v128And, 0xFD, 0x4E, "v128.and",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .v128Andnot, 0xFD, 0x4F, "v128.andnot",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .v128Or, 0xFD, 0x50, "v128.or",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .v128Xor, 0xFD, 0x51, "v128.xor",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .v128Bitselect, 0xFD, 0x52, "v128.bitselect",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .v128AnyTrue, 0xFD, 0x53, "v128.any_true",
            [], Signature([.v128], .i32)),
        Instruction(
            .v128Load8Lane, 0xFD, 0x54, "v128.load8_lane",
            [.memarg, .lane], Signature([.address, .v128], .v128)),
        Instruction(
            .v128Load16Lane, 0xFD, 0x55, "v128.load16_lane",
            [.memarg, .lane], Signature([.address, .v128], .v128)),
        Instruction(
            .v128Load32Lane, 0xFD, 0x56, "v128.load32_lane",
            [.memarg, .lane], Signature([.address, .v128], .v128)),
        Instruction(
            .v128Load64Lane, 0xFD, 0x57, "v128.load64_lane",
            [.memarg, .lane], Signature([.address, .v128], .v128)),
        Instruction(
            .v128Store8Lane, 0xFD, 0x58, "v128.store8_lane",
            [.memarg, .lane], Signature([.address, .v128], nil)),
        Instruction(
            .v128Store16Lane, 0xFD, 0x59, "v128.store16_lane",
            [.memarg, .lane], Signature([.address, .v128], nil)),
        Instruction(
            .v128Store32Lane, 0xFD, 0x5A, "v128.store32_lane",
            [.memarg, .lane], Signature([.address, .v128], nil)),
        Instruction(
            .v128Store64Lane, 0xFD, 0x5B, "v128.store64_lane",
            [.memarg, .lane], Signature([.address, .v128], nil)),
        Instruction(
            .v128Load32Zero, 0xFD, 0x5C, "v128.load32_zero",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .v128Load64Zero, 0xFD, 0x5D, "v128.load64_zero",
            [.memarg], Signature([.address], .v128)),
        Instruction(
            .f32x4DemoteF64x2Zero, 0xFD, 0x5E, "f32x4.demote_f64x2_zero",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2PromoteLowF32x4, 0xFD, 0x5F, "f64x2.promote_low_f32x4",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16Abs, 0xFD, 0x60, "i8x16.abs",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16Neg, 0xFD, 0x61, "i8x16.neg",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16Popcnt, 0xFD, 0x62, "i8x16.popcnt",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16AllTrue, 0xFD, 0x63, "i8x16.all_true",
            [], Signature([.v128], .i32)),
        Instruction(
            .i8x16Bitmask, 0xFD, 0x64, "i8x16.bitmask",
            [], Signature([.v128], .i32)),
        Instruction(
            .i8x16NarrowI16x8S, 0xFD, 0x65, "i8x16.narrow_i16x8_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16NarrowI16x8U, 0xFD, 0x66, "i8x16.narrow_i16x8_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Ceil, 0xFD, 0x67, "f32x4.ceil",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4Floor, 0xFD, 0x68, "f32x4.floor",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4Trunc, 0xFD, 0x69, "f32x4.trunc",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4Nearest, 0xFD, 0x6A, "f32x4.nearest",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16Shl, 0xFD, 0x6B, "i8x16.shl",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i8x16ShrS, 0xFD, 0x6C, "i8x16.shr_s",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i8x16ShrU, 0xFD, 0x6D, "i8x16.shr_u",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i8x16Add, 0xFD, 0x6E, "i8x16.add",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16AddSatS, 0xFD, 0x6F, "i8x16.add_sat_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16AddSatU, 0xFD, 0x70, "i8x16.add_sat_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16Sub, 0xFD, 0x71, "i8x16.sub",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16SubSatS, 0xFD, 0x72, "i8x16.sub_sat_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16SubSatU, 0xFD, 0x73, "i8x16.sub_sat_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Ceil, 0xFD, 0x74, "f64x2.ceil",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2Floor, 0xFD, 0x75, "f64x2.floor",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16MinS, 0xFD, 0x76, "i8x16.min_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16MinU, 0xFD, 0x77, "i8x16.min_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16MaxS, 0xFD, 0x78, "i8x16.max_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i8x16MaxU, 0xFD, 0x79, "i8x16.max_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Trunc, 0xFD, 0x7A, "f64x2.trunc",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16AvgrU, 0xFD, 0x7B, "i8x16.avgr_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8ExtaddPairwiseI8x16S, 0xFD, 0x7C, "i16x8.extadd_pairwise_i8x16_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8ExtaddPairwiseI8x16U, 0xFD, 0x7D, "i16x8.extadd_pairwise_i8x16_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4ExtaddPairwiseI16x8S, 0xFD, 0x7E, "i32x4.extadd_pairwise_i16x8_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4ExtaddPairwiseI16x8U, 0xFD, 0x7F, "i32x4.extadd_pairwise_i16x8_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8Abs, 0xFD, 0x80, "i16x8.abs",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8Neg, 0xFD, 0x81, "i16x8.neg",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8Q15mulrSatS, 0xFD, 0x82, "i16x8.q15mulr_sat_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8AllTrue, 0xFD, 0x83, "i16x8.all_true",
            [], Signature([.v128], .i32)),
        Instruction(
            .i16x8Bitmask, 0xFD, 0x84, "i16x8.bitmask",
            [], Signature([.v128], .i32)),
        Instruction(
            .i16x8NarrowI32x4S, 0xFD, 0x85, "i16x8.narrow_i32x4_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8NarrowI32x4U, 0xFD, 0x86, "i16x8.narrow_i32x4_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8ExtendLowI8x16S, 0xFD, 0x87, "i16x8.extend_low_i8x16_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8ExtendHighI8x16S, 0xFD, 0x88, "i16x8.extend_high_i8x16_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8ExtendLowI8x16U, 0xFD, 0x89, "i16x8.extend_low_i8x16_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8ExtendHighI8x16U, 0xFD, 0x8A, "i16x8.extend_high_i8x16_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8Shl, 0xFD, 0x8B, "i16x8.shl",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i16x8ShrS, 0xFD, 0x8C, "i16x8.shr_s",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i16x8ShrU, 0xFD, 0x8D, "i16x8.shr_u",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i16x8Add, 0xFD, 0x8E, "i16x8.add",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8AddSatS, 0xFD, 0x8F, "i16x8.add_sat_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8AddSatU, 0xFD, 0x90, "i16x8.add_sat_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8Sub, 0xFD, 0x91, "i16x8.sub",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8SubSatS, 0xFD, 0x92, "i16x8.sub_sat_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8SubSatU, 0xFD, 0x93, "i16x8.sub_sat_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Nearest, 0xFD, 0x94, "f64x2.nearest",
            [], Signature([.v128], .v128)),
        Instruction(
            .i16x8Mul, 0xFD, 0x95, "i16x8.mul",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8MinS, 0xFD, 0x96, "i16x8.min_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8MinU, 0xFD, 0x97, "i16x8.min_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8MaxS, 0xFD, 0x98, "i16x8.max_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8MaxU, 0xFD, 0x99, "i16x8.max_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8AvgrU, 0xFD, 0x9B, "i16x8.avgr_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8ExtmulLowI8x16S, 0xFD, 0x9C, "i16x8.extmul_low_i8x16_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8ExtmulHighI8x16S, 0xFD, 0x9D, "i16x8.extmul_high_i8x16_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8ExtmulLowI8x16U, 0xFD, 0x9E, "i16x8.extmul_low_i8x16_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8ExtmulHighI8x16U, 0xFD, 0x9F, "i16x8.extmul_high_i8x16_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4Abs, 0xFD, 0xA0, "i32x4.abs",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4Neg, 0xFD, 0xA1, "i32x4.neg",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4AllTrue, 0xFD, 0xA3, "i32x4.all_true",
            [], Signature([.v128], .i32)),
        Instruction(
            .i32x4Bitmask, 0xFD, 0xA4, "i32x4.bitmask",
            [], Signature([.v128], .i32)),
        Instruction(
            .i32x4ExtendLowI16x8S, 0xFD, 0xA7, "i32x4.extend_low_i16x8_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4ExtendHighI16x8S, 0xFD, 0xA8, "i32x4.extend_high_i16x8_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4ExtendLowI16x8U, 0xFD, 0xA9, "i32x4.extend_low_i16x8_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4ExtendHighI16x8U, 0xFD, 0xAA, "i32x4.extend_high_i16x8_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4Shl, 0xFD, 0xAB, "i32x4.shl",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i32x4ShrS, 0xFD, 0xAC, "i32x4.shr_s",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i32x4ShrU, 0xFD, 0xAD, "i32x4.shr_u",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i32x4Add, 0xFD, 0xAE, "i32x4.add",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4Sub, 0xFD, 0xB1, "i32x4.sub",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4Mul, 0xFD, 0xB5, "i32x4.mul",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4MinS, 0xFD, 0xB6, "i32x4.min_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4MinU, 0xFD, 0xB7, "i32x4.min_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4MaxS, 0xFD, 0xB8, "i32x4.max_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4MaxU, 0xFD, 0xB9, "i32x4.max_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4DotI16x8S, 0xFD, 0xBA, "i32x4.dot_i16x8_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4ExtmulLowI16x8S, 0xFD, 0xBC, "i32x4.extmul_low_i16x8_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4ExtmulHighI16x8S, 0xFD, 0xBD, "i32x4.extmul_high_i16x8_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4ExtmulLowI16x8U, 0xFD, 0xBE, "i32x4.extmul_low_i16x8_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4ExtmulHighI16x8U, 0xFD, 0xBF, "i32x4.extmul_high_i16x8_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2Abs, 0xFD, 0xC0, "i64x2.abs",
            [], Signature([.v128], .v128)),
        Instruction(
            .i64x2Neg, 0xFD, 0xC1, "i64x2.neg",
            [], Signature([.v128], .v128)),
        Instruction(
            .i64x2AllTrue, 0xFD, 0xC3, "i64x2.all_true",
            [], Signature([.v128], .i32)),
        Instruction(
            .i64x2Bitmask, 0xFD, 0xC4, "i64x2.bitmask",
            [], Signature([.v128], .i32)),
        Instruction(
            .i64x2ExtendLowI32x4S, 0xFD, 0xC7, "i64x2.extend_low_i32x4_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i64x2ExtendHighI32x4S, 0xFD, 0xC8, "i64x2.extend_high_i32x4_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i64x2ExtendLowI32x4U, 0xFD, 0xC9, "i64x2.extend_low_i32x4_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i64x2ExtendHighI32x4U, 0xFD, 0xCA, "i64x2.extend_high_i32x4_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i64x2Shl, 0xFD, 0xCB, "i64x2.shl",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i64x2ShrS, 0xFD, 0xCC, "i64x2.shr_s",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i64x2ShrU, 0xFD, 0xCD, "i64x2.shr_u",
            [], Signature([.v128, .i32], .v128)),
        Instruction(
            .i64x2Add, 0xFD, 0xCE, "i64x2.add",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2Sub, 0xFD, 0xD1, "i64x2.sub",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2Mul, 0xFD, 0xD5, "i64x2.mul",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2Eq, 0xFD, 0xD6, "i64x2.eq",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2Ne, 0xFD, 0xD7, "i64x2.ne",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2LtS, 0xFD, 0xD8, "i64x2.lt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2GtS, 0xFD, 0xD9, "i64x2.gt_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2LeS, 0xFD, 0xDA, "i64x2.le_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2GeS, 0xFD, 0xDB, "i64x2.ge_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2ExtmulLowI32x4S, 0xFD, 0xDC, "i64x2.extmul_low_i32x4_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2ExtmulHighI32x4S, 0xFD, 0xDD, "i64x2.extmul_high_i32x4_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2ExtmulLowI32x4U, 0xFD, 0xDE, "i64x2.extmul_low_i32x4_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i64x2ExtmulHighI32x4U, 0xFD, 0xDF, "i64x2.extmul_high_i32x4_u",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Abs, 0xFD, 0xE0, "f32x4.abs",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4Neg, 0xFD, 0xE1, "f32x4.neg",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4Sqrt, 0xFD, 0xE3, "f32x4.sqrt",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4Add, 0xFD, 0xE4, "f32x4.add",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Sub, 0xFD, 0xE5, "f32x4.sub",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Mul, 0xFD, 0xE6, "f32x4.mul",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Div, 0xFD, 0xE7, "f32x4.div",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Min, 0xFD, 0xE8, "f32x4.min",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Max, 0xFD, 0xE9, "f32x4.max",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Pmin, 0xFD, 0xEA, "f32x4.pmin",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4Pmax, 0xFD, 0xEB, "f32x4.pmax",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Abs, 0xFD, 0xEC, "f64x2.abs",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2Neg, 0xFD, 0xED, "f64x2.neg",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2Sqrt, 0xFD, 0xEF, "f64x2.sqrt",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2Add, 0xFD, 0xF0, "f64x2.add",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Sub, 0xFD, 0xF1, "f64x2.sub",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Mul, 0xFD, 0xF2, "f64x2.mul",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Div, 0xFD, 0xF3, "f64x2.div",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Min, 0xFD, 0xF4, "f64x2.min",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Max, 0xFD, 0xF5, "f64x2.max",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Pmin, 0xFD, 0xF6, "f64x2.pmin",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2Pmax, 0xFD, 0xF7, "f64x2.pmax",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4TruncSatF32x4S, 0xFD, 0xF8, "i32x4.trunc_sat_f32x4_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4TruncSatF32x4U, 0xFD, 0xF9, "i32x4.trunc_sat_f32x4_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4ConvertI32x4S, 0xFD, 0xFA, "f32x4.convert_i32x4_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4ConvertI32x4U, 0xFD, 0xFB, "f32x4.convert_i32x4_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4TruncSatF64x2SZero, 0xFD, 0xFC, "i32x4.trunc_sat_f64x2_s_zero",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4TruncSatF64x2UZero, 0xFD, 0xFD, "i32x4.trunc_sat_f64x2_u_zero",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2ConvertLowI32x4S, 0xFD, 0xFE, "f64x2.convert_low_i32x4_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .f64x2ConvertLowI32x4U, 0xFD, 0xFF, "f64x2.convert_low_i32x4_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i8x16RelaxedSwizzle, 0xFD, 0x100, "i8x16.relaxed_swizzle",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4RelaxedTruncF32x4S, 0xFD, 0x101, "i32x4.relaxed_trunc_f32x4_s",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4RelaxedTruncF32x4U, 0xFD, 0x102, "i32x4.relaxed_trunc_f32x4_u",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4RelaxedTruncF64x2SZero, 0xFD, 0x103, "i32x4.relaxed_trunc_f64x2_s_zero",
            [], Signature([.v128], .v128)),
        Instruction(
            .i32x4RelaxedTruncF64x2UZero, 0xFD, 0x104, "i32x4.relaxed_trunc_f64x2_u_zero",
            [], Signature([.v128], .v128)),
        Instruction(
            .f32x4RelaxedMadd, 0xFD, 0x105, "f32x4.relaxed_madd",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .f32x4RelaxedNmadd, 0xFD, 0x106, "f32x4.relaxed_nmadd",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .f64x2RelaxedMadd, 0xFD, 0x107, "f64x2.relaxed_madd",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .f64x2RelaxedNmadd, 0xFD, 0x108, "f64x2.relaxed_nmadd",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .i8x16RelaxedLaneselect, 0xFD, 0x109, "i8x16.relaxed_laneselect",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .i16x8RelaxedLaneselect, 0xFD, 0x10A, "i16x8.relaxed_laneselect",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .i32x4RelaxedLaneselect, 0xFD, 0x10B, "i32x4.relaxed_laneselect",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .i64x2RelaxedLaneselect, 0xFD, 0x10C, "i64x2.relaxed_laneselect",
            [], Signature([.v128, .v128, .v128], .v128)),
        Instruction(
            .f32x4RelaxedMin, 0xFD, 0x10D, "f32x4.relaxed_min",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f32x4RelaxedMax, 0xFD, 0x10E, "f32x4.relaxed_max",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2RelaxedMin, 0xFD, 0x10F, "f64x2.relaxed_min",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .f64x2RelaxedMax, 0xFD, 0x110, "f64x2.relaxed_max",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8RelaxedQ15mulrS, 0xFD, 0x111, "i16x8.relaxed_q15mulr_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i16x8RelaxedDotI8x16I7x16S, 0xFD, 0x112, "i16x8.relaxed_dot_i8x16_i7x16_s",
            [], Signature([.v128, .v128], .v128)),
        Instruction(
            .i32x4RelaxedDotI8x16I7x16AddS, 0xFD, 0x113, "i32x4.relaxed_dot_i8x16_i7x16_add_s",
            [], Signature([.v128, .v128, .v128], .v128)),
    ]
}
