import ComponentModel
import Wasm

/// A command of a script, and where it starts.
package struct ScriptCommand {
    /// What is done with an export of an instance.
    package enum Action {
        case invoke(instance: String?, name: String, arguments: [Literal])
        case get(instance: String?, name: String)
    }

    package enum Kind {
        case module(ScriptModule)
        /// Instantiates the definition `of`, or the last one, as the instance `name`.
        case instance(ScriptModule.Layer, name: String?, of: String?)
        case register(name: String, instance: String?)
        case action(Action)
        case assertReturn(Action, [ResultPattern])
        case assertTrap(Action, String)
        case assertExhaustion(Action, String)
        case assertException(Action)
        case assertMalformed(ScriptModule, String)
        case assertInvalid(ScriptModule, String)
        case assertUnlinkable(InstanceSource, String)
        /// That instantiating traps.
        case assertUninstantiable(InstanceSource, String)
        /// A command that writes or reads files, or runs another script.
        case refused(String)
        /// What is no command.
        case malformed(TextError)
    }

    package var kind: Kind
    package var location: TextLocation

    /// Whether the command asserts something, and so counts.
    package var isAssertion: Bool {
        switch kind {
        case .assertReturn, .assertTrap, .assertExhaustion, .assertException, .assertMalformed,
            .assertInvalid, .assertUnlinkable, .assertUninstantiable:
            true
        case .module, .instance, .register, .action, .refused, .malformed:
            false
        }
    }
}

/// A module or a component as a script gives it.
package struct ScriptModule {
    package enum Layer {
        case module, component
    }

    package enum Form {
        /// In text, assembled already; or why that failed.
        case text(Result<[UInt8], TextError>)
        case binary([UInt8])
        /// A text that may be malformed: of a component, its definitions.
        case quote([UInt8])
    }

    package var layer: Layer
    package var name: String?
    /// Whether it is defined only, and not instantiated.
    package var isDefinition: Bool
    package var form: Form

    /// The module or component in the binary format. Throws where its text is malformed.
    package func bytes() throws(TextError) -> [UInt8] {
        switch (form, layer) {
        case (.text(let result), _): try result.get()
        case (.binary(let bytes), _): bytes
        case (.quote(let text), .module): try Assembler.assemble(text)
        case (.quote(let text), .component): try ComponentAssembler.assemble(definitions: text)
        }
    }
}

/// What an assertion instantiates.
package enum InstanceSource {
    case module(ScriptModule)
    /// The definition of that name, or the last one.
    case definition(ScriptModule.Layer, String?)

    var layer: ScriptModule.Layer {
        switch self {
        case .module(let module): module.layer
        case .definition(let layer, _): layer
        }
    }
}

/// An argument. Numbers are bits.
package enum Literal {
    case i32(UInt32)
    case i64(UInt64)
    case f32(UInt32)
    case f64(UInt64)
    case v128([UInt8])
    case null(HeapType)
    /// A reference to something of the host's.
    case external(UInt32)
    /// The same, as seen from within.
    case host(UInt32)
    /// A value that only components have.
    case component(Val)
}

/// What a result has to be like.
package enum ResultPattern {
    package enum Number {
        case i32, i64, f32, f64
    }

    /// The bits of a number or a lane, or a kind of NaN.
    package enum Bits {
        case exactly(UInt64)
        /// Spec: core/syntax/values#floating-point
        case canonicalNaN, arithmeticNaN
    }

    case number(Number, Bits)
    case vector(VectorShape, [Bits])
    /// A null of any type.
    case null
    /// A reference that is not null, of a type that matches this one.
    case reference(HeapType)
    case external(UInt32)
    case host(UInt32)
    /// A value that only components have.
    case component(Val)
    /// Any of these.
    case either([ResultPattern])
}
