import ComponentModel
import WASI
import Wasm

/// Defines wasi:http/types: the resources, each with its functions, and `http-error-code`.
func defineTypes(in linker: ComponentLinker) {
    let types = linker.instance("wasi:http/types@0.2.12")
    // Those that the interface uses of others.
    types.define("pollable", resource: PollableResource.resourceType)
    types.define("input-stream", resource: InputStream.resourceType)
    types.define("output-stream", resource: OutputStream.resourceType)
    types.define("io-error", resource: IOError.resourceType)
    define(Fields.self, in: types)
    define(IncomingRequest.self, in: types)
    define(OutgoingRequest.self, in: types)
    define(RequestOptions.self, in: types)
    define(ResponseOutparam.self, in: types)
    define(IncomingResponse.self, in: types)
    define(IncomingBody.self, in: types)
    define(FutureTrailers.self, in: types)
    define(OutgoingResponse.self, in: types)
    define(OutgoingBody.self, in: types)
    define(FutureIncomingResponse.self, in: types)
    types.define("http-error-code") { (call, error: Borrow<IOError>) throws(Trap) in
        try call.get(error).cause as? ErrorCode
    }
}

/// A resource of wasi:http/types, which defines its own functions.
protocol TypesResource: TableResource {
    static func define(in types: InstanceDefinition)
}

private func define<T: TypesResource>(_ resource: T.Type, in types: InstanceDefinition) {
    types.define(T.resourceType.name, resource: T.resourceType)
    T.define(in: types)
}
