/// Access to the part of the network that a guest may talk to.
///
/// Spec: wasi:sockets/network#network
package final class Network {
    private let policy: NetworkPolicy
    /// The names that the guest has looked up, by the addresses that they gave.
    private var names: [IPAddress: Set<String>] = [:]
    private var nameCount = 0

    package init(_ policy: NetworkPolicy) { self.policy = policy }

    /// Notes what a look-up gave, so that a pattern for the name allows it.
    func note(_ addresses: [IPAddress], of name: String) {
        let name = NetworkPolicy.canonical(name)
        for address in addresses where nameCount < WASILimits.notedNames {
            if names[address, default: []].insert(name).inserted { nameCount += 1 }
        }
    }

    func checkLookUp(_ name: String) throws(NetworkErrorCode) {
        guard policy.allowsLookUp(name) else { throw .accessDenied }
    }

    /// Throws where the guest may not send to the address.
    func checkRemote(_ remote: IPSocketAddress) throws(NetworkErrorCode) {
        let names = names[remote.address] ?? []
        guard policy.allows(remote.address, port: remote.port, names: names) else {
            throw .accessDenied
        }
    }

    /// Throws where a socket may not have the address. Whoever may talk to someone may have a port that
    /// the system chooses; whether anybody may connect to it `checkListen` says.
    func checkBind(_ local: IPSocketAddress) throws(NetworkErrorCode) {
        guard local.port != 0 else {
            guard !policy.allowsNothing else { throw .accessDenied }
            return
        }
        guard policy.allows(local.address, port: local.port) else { throw .accessDenied }
    }

    /// Throws where others may not connect to the address.
    func checkListen(_ local: IPSocketAddress) throws(NetworkErrorCode) {
        guard policy.allows(local.address, port: local.port) else { throw .accessDenied }
    }
}
