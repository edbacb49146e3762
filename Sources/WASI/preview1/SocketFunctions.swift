// Sockets: preview 1 can only use those that it is given, and no guest is given one.

import Wasm

extension Preview1 {
    func sockAccept(_ caller: borrowing Caller) throws(Failure) { try refuse(caller) }
    func sockRecv(_ caller: borrowing Caller) throws(Failure) { try refuse(caller) }
    func sockSend(_ caller: borrowing Caller) throws(Failure) { try refuse(caller) }
    func sockShutdown(_ caller: borrowing Caller) throws(Failure) { try refuse(caller) }

    private func refuse(_ caller: borrowing Caller) throws(Failure) {
        _ = try file(0, caller)
        throw .errno(.notsock)
    }
}
