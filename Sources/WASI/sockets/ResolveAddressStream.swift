// Unsafe here: the list that getaddrinfo makes, read until its end and freed.
import Glibc

/// The addresses of a name, as they become known.
/// Spec: wasi:sockets/ip-name-lookup#resolve-address-stream
package final class ResolveAddressStream {
    private typealias LookUp = Job<Result<[IPAddress], NetworkErrorCode>>

    private let name: String
    private let network: Network
    private let system: System
    private var lookUp: LookUp?
    private var addresses: ArraySlice<IPAddress> = []
    private var failure: NetworkErrorCode?

    /// Begins to look a name up; an address that is written as one is at once known.
    /// Spec: wasi:sockets/ip-name-lookup#resolve-addresses
    package static func resolveAddresses(
        _ network: Network,
        _ name: String,
        _ system: System
    ) -> Result<ResolveAddressStream, NetworkErrorCode> {
        answer { () throws(NetworkErrorCode) in
            let stream = ResolveAddressStream(name, network, system)
            if let address = IPAddress(name) {
                guard !address.isMapped else { throw .invalidArgument }
                stream.addresses = [address]
                return stream
            }
            guard let ascii = DomainName.ascii(name) else { throw .invalidArgument }
            try network.checkLookUp(ascii)
            guard system.lookUpCount < WASILimits.lookUps else { throw .temporaryResolverFailure }
            guard stream.begin(ascii) else { throw .temporaryResolverFailure }
            return stream
        }
    }

    private init(_ name: String, _ network: Network, _ system: System) {
        self.name = name
        self.network = network
        self.system = system
    }

    /// Begins to look the name up; false where too many names are being looked up. One that nobody waits
    /// for any more counts until it is over.
    private func begin(_ ascii: String) -> Bool {
        let system = self.system
        system.lookUpCount += 1
        lookUp = LookUp(long: { IPAddress.lookUp(ascii) }, on: system.loop, system.workers) {
            system.lookUpCount -= 1
        }
        if lookUp == nil { system.lookUpCount -= 1 }
        return lookUp != nil
    }

    /// Takes what was found, once it is there.
    private func take() {
        guard let result = lookUp?.output else { return }
        lookUp = nil
        switch result {
        case .success(let found):
            network.note(found, of: DomainName.ascii(name) ?? name)
            addresses = found[...]
        case .failure(let code): failure = code
        }
    }

    /// The next address; nil when there is none any more.
    package func resolveNextAddress() -> Result<IPAddress?, NetworkErrorCode> {
        take()
        if let failure { return .failure(failure) }
        guard lookUp == nil else { return .failure(.wouldBlock) }
        return .success(addresses.popFirst())
    }

    package func subscribe() -> any Pollable { self }
}

extension ResolveAddressStream: Pollable {
    package var isReady: Bool {
        take()
        return lookUp == nil
    }
    package func await(_ task: GuestTask) { lookUp?.await(task) }
    package func forget(_ task: GuestTask) { lookUp?.forget(task) }
}

extension IPAddress {
    /// Asks the system for the addresses of a name, which may take long.
    fileprivate static func lookUp(_ name: String) -> Result<[IPAddress], NetworkErrorCode> {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(name, nil, &hints, &list)
        guard code == 0 else { return .failure(NetworkErrorCode(resolver: code)) }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = unsafe list
        while let entry = unsafe next, addresses.count < WASILimits.notedNames {
            unsafe next = entry.pointee.ai_next
            guard let pointer = unsafe entry.pointee.ai_addr else { continue }
            var storage = sockaddr_storage()
            let length = unsafe min(
                Int(entry.pointee.ai_addrlen),
                MemoryLayout<sockaddr_storage>.size
            )
            unsafe withUnsafeMutableBytes(of: &storage) { bytes in
                unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: length))
            }
            guard let address = IPSocketAddress(storage)?.address.unmapped,
                !addresses.contains(address)
            else { continue }
            addresses.append(address)
        }
        return addresses.isEmpty ? .failure(.nameUnresolvable) : .success(addresses)
    }
}
