import Testing

@testable import ComponentModel

/// How what is there differs from what is wanted, in words.
@Suite("Type matching") struct TypeMatchingTests {
    /// Two functions that take one parameter `a`, or return it, each in an arena of its own.
    private static func mismatch(
        _ wanted: (inout TypeArena) -> ValType, _ present: (inout TypeArena) -> ValType
    ) -> String? {
        var (one, other) = (TypeArena(), TypeArena())
        // Places differ, so that comparing them would show.
        _ = other.add(.value(.tuple([])))
        let a = FuncType(parameters: [LabelValType(label: "a", type: wanted(&one))], result: nil)
        let b = FuncType(parameters: [LabelValType(label: "a", type: present(&other))], result: nil)
        return TypeMatching.mismatch(
            ScopedFuncType(type: a, scope: TypeScope(one)),
            ScopedFuncType(type: b, scope: TypeScope(other)))
    }

    private static func defined(_ type: DefValType) -> (inout TypeArena) -> ValType {
        { .defined($0.add(.value(type))) }
    }

    static let u8 = ValType.primitive(.u8)
    static let text = ValType.primitive(.string)

    static let types: [DefValType] = [
        .primitive(.u8), .primitive(.string),
        .record([LabelValType(label: "x", type: u8)]),
        .record([LabelValType(label: "y", type: u8)]),
        .record([LabelValType(label: "x", type: text)]),
        .record([LabelValType(label: "x", type: u8), LabelValType(label: "y", type: u8)]),
        .variant([VariantCase(label: "x", type: u8)]), .variant([VariantCase(label: "x", type: nil)]),
        .variant([VariantCase(label: "x", type: text)]),
        .variant([VariantCase(label: "y", type: u8)]), .list(u8), .list(text),
        .fixedLengthList(u8, count: 4), .fixedLengthList(u8, count: 5), .tuple([u8]),
        .tuple([u8, u8]), .tuple([text]), .flags(["x"]), .flags(["x", "y"]), .enumeration(["x"]),
        .enumeration(["z"]), .option(u8), .option(text), .result(ok: nil, error: nil),
        .result(ok: u8, error: nil), .result(ok: nil, error: u8), .result(ok: u8, error: u8),
        .map(key: u8, value: text), .map(key: text, value: text), .map(key: u8, value: u8),
        .stream(nil), .stream(u8), .future(nil), .future(u8),
    ]

    @Test(arguments: types) func aTypeMatchesItselfOnly(_ type: DefValType) {
        for other in Self.types {
            let mismatch = Self.mismatch(Self.defined(type), Self.defined(other))
            #expect((mismatch == nil) == (type == other), "\(type) and \(other)")
        }
    }

    @Test func aPrimitiveTypeMayHaveAPlaceOrNone() {
        #expect(Self.mismatch({ _ in Self.u8 }, Self.defined(.primitive(.u8))) == nil)
    }

    @Test(arguments: [
        (
            DefValType.list(u8), DefValType.list(text),
            "parameter `a`: its element: u8 is wanted, string is there"
        ),
        (.list(u8), .option(u8), "parameter `a`: list<u8> is wanted, option<u8> is there"),
        (
            .record([LabelValType(label: "x", type: u8)]),
            .record([LabelValType(label: "y", type: u8)]),
            "parameter `a`: field `x` is wanted, `y` is there"
        ),
        (.flags(["x"]), .flags(["x", "y"]), "parameter `a`: 1 flag is wanted, 2 there"),
        (
            .result(ok: nil, error: u8), .result(ok: nil, error: nil),
            "parameter `a`: `error`: u8 is wanted, nothing is there"
        ),
        (
            .variant([VariantCase(label: "x", type: nil)]),
            .variant([VariantCase(label: "x", type: u8)]),
            "parameter `a`: case `x`: nothing is wanted, u8 is there"
        ),
    ])
    func theDifferenceIsTold(_ wanted: DefValType, _ present: DefValType, _ message: String) {
        #expect(Self.mismatch(Self.defined(wanted), Self.defined(present)) == message)
    }

    @Test func parametersGoByNameAndPlace() {
        func mismatch(_ wanted: [String], _ present: [String]) -> String? {
            func type(_ labels: [String]) -> ScopedFuncType {
                let parameters = labels.map { LabelValType(label: $0, type: Self.u8) }
                return ScopedFuncType(
                    type: FuncType(parameters: parameters, result: nil), scope: TypeScope(TypeArena()))
            }
            return TypeMatching.mismatch(type(wanted), type(present))
        }
        #expect(mismatch(["a", "b"], ["a", "b"]) == nil)
        #expect(mismatch(["a"], [""]) == nil)
        #expect(mismatch(["a"], ["b"]) == "a parameter is called `b` where `a` is wanted")
        #expect(mismatch(["a"], ["a", "b"]) == "1 parameter is wanted, 2 there")
    }

    @Test func anAsyncFunctionIsAnotherThanOneThatIsNot() {
        func type(_ isAsync: Bool) -> ScopedFuncType {
            ScopedFuncType(
                type: FuncType(isAsync: isAsync, parameters: [], result: nil),
                scope: TypeScope(TypeArena()))
        }
        #expect(TypeMatching.mismatch(type(true), type(false)) == "an async function is wanted")
        #expect(TypeMatching.mismatch(type(false), type(true)) != nil)
    }

    @Test func handlesGoByTheResourceTypeThatTheyAreTo() {
        func type(_ number: Int?, _ handle: (ResourceID) -> DefValType) -> ScopedFuncType {
            var types = TypeArena()
            let resource = types.addResource()
            let parameter = LabelValType(label: "a", type: .defined(types.add(.value(handle(resource)))))
            let scope = TypeScope(types)
            if let number { scope.bind(resource, to: ResourceNumber(defined: number)) }
            return ScopedFuncType(type: FuncType(parameters: [parameter], result: nil), scope: scope)
        }
        #expect(TypeMatching.mismatch(type(1) { .own($0) }, type(1) { .own($0) }) == nil)
        #expect(
            TypeMatching.mismatch(type(1) { .own($0) }, type(2) { .own($0) })
                == "parameter `a`: a handle to another resource type is wanted")
        #expect(TypeMatching.mismatch(type(1) { .own($0) }, type(1) { .borrow($0) }) != nil)
        #expect(TypeMatching.mismatch(type(nil) { .own($0) }, type(nil) { .own($0) }) != nil)
    }

    /// A type of 2^40 parts, of which each is two of the next.
    @Test func comparingIsBounded() {
        func large(_ types: inout TypeArena) -> ValType {
            var type = Self.u8
            for _ in 0..<40 { type = .defined(types.add(.value(.tuple([type, type])))) }
            return type
        }
        #expect(
            Self.mismatch(large, large)?.hasSuffix("the types are too large to be compared") == true)
    }

    @Test func textIsBounded() {
        var types = TypeArena()
        var type = Self.u8
        for _ in 0..<40 { type = .defined(types.add(.value(.tuple([type, type])))) }
        #expect(TypeText.of(type, TypeScope(types)).count == ComponentLimits.typeText + 1)
    }

    @Test(arguments: [
        (DefValType.record([LabelValType(label: "x", type: u8)]), "record { x: u8 }"),
        (
            .variant([VariantCase(label: "x", type: u8), VariantCase(label: "y", type: nil)]),
            "variant { x(u8), y }"
        ),
        (.fixedLengthList(u8, count: 4), "list<u8, 4>"), (.tuple([u8, text]), "tuple<u8, string>"),
        (.flags(["x", "y"]), "flags { x, y }"), (.enumeration(["x"]), "enum { x }"),
        (.result(ok: nil, error: nil), "result"), (.result(ok: u8, error: nil), "result<u8>"),
        (.result(ok: nil, error: u8), "result<_, u8>"), (.map(key: u8, value: text), "map<u8, string>"),
        (.stream(u8), "stream<u8>"), (.future(nil), "future"),
    ])
    func typesReadAsInWIT(_ type: DefValType, _ text: String) {
        var types = TypeArena()
        let id = types.add(.value(type))
        #expect(TypeText.of(.defined(id), TypeScope(types)) == text)
    }

    @Test func typesThatHaveANameAreCalledByIt() {
        var types = TypeArena()
        let resource = types.addResource()
        let handle = types.add(.value(.own(resource)))
        let record = types.add(.value(.record([LabelValType(label: "x", type: Self.u8)])))
        let named = [
            ExternDecl(name: "file", desc: .type(types.add(.resource(resource)))),
            ExternDecl(name: "point", desc: .type(record)),
        ]
        let type = FuncType(
            parameters: [
                LabelValType(label: "f", type: .defined(handle)),
                LabelValType(label: "p", type: .defined(record)),
            ], result: .primitive(.bool))
        let text = TypeText.of(ScopedFuncType(type: type, scope: TypeScope(types)), named: named)
        #expect(text == "func(f: own<file>, p: point) -> bool")
    }
}
