import ComponentModel
import Wasm

// The functions of wasi:sockets but those of TCP and UDP sockets, by their names.

extension Network: TableResource {
    package static let resourceType = HostResourceType("network", of: Network.self)
}

extension ResolveAddressStream: TableResource {
    package static let resourceType = HostResourceType(
        "resolve-address-stream", of: ResolveAddressStream.self)
}

typealias NetworkResult<Ok: ComponentValue> = ComponentResult<Ok, NetworkErrorCode>

/// What an operation on the network gave, as the guest gets it.
func networkResult<Ok: LowerableValue>(
    _ answer: Result<Ok, NetworkErrorCode>
) -> NetworkResult<Ok> {
    switch answer {
    case .success(let value): .ok(value)
    case .failure(let code): .error(code)
    }
}

func networkResult(_ answer: Result<Void, NetworkErrorCode>) -> NetworkResult<Unit> {
    networkResult(answer.map { Unit() })
}

extension HostCall {
    /// A resource that an operation on the network gave, as the guest gets it.
    func push<T: TableResource>(
        _ answer: Result<T, NetworkErrorCode>
    ) throws(Trap) -> NetworkResult<Own<T>> {
        switch answer {
        case .success(let object): .ok(try push(object))
        case .failure(let code): .error(code)
        }
    }
}

/// Defines wasi:sockets.
func defineSockets(in linker: ComponentLinker) {
    let network = linker.instance("wasi:sockets/network@0.2.12")
    network.define("network", resource: Network.resourceType)
    network.define("error", resource: IOError.resourceType)
    network.define("network-error-code") { (call, error: Borrow<IOError>) throws(Trap) in
        NetworkErrorCode(try call.get(error))
    }
    let instance = linker.instance("wasi:sockets/instance-network@0.2.12")
    instance.define("network", resource: Network.resourceType)
    instance.define("instance-network", effect: .resource) { (call) throws(Trap) in
        try call.push(try call.wasi.system.network)
    }
    defineTCP(in: linker)
    defineUDP(in: linker)
    defineNameLookUp(in: linker.instance("wasi:sockets/ip-name-lookup@0.2.12"))
}

private func defineNameLookUp(in lookUp: InstanceDefinition) {
    lookUp.define("network", resource: Network.resourceType)
    lookUp.define("pollable", resource: PollableResource.resourceType)
    lookUp.define("resolve-address-stream", resource: ResolveAddressStream.resourceType)
    lookUp.define("resolve-addresses") {
        (call, network: Borrow<Network>, name: String) throws(Trap) in
        let system = try call.wasi.system
        return try call.push(
            ResolveAddressStream.resolveAddresses(try call.get(network), name, system))
    }
    lookUp.define("[method]resolve-address-stream.resolve-next-address") {
        (call, this: Borrow<ResolveAddressStream>) throws(Trap) in
        networkResult(try call.get(this).resolveNextAddress())
    }
    lookUp.define("[method]resolve-address-stream.subscribe") {
        (call, this: Borrow<ResolveAddressStream>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
}
