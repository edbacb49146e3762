// The calls on sockets that `import Glibc` lacks. Unsafe here: the address that accept4 fills in, a
// structure of the largest size that an address has.
import CLinux
import Glibc

/// Sockets that never block and are closed in programs that this one starts.
package enum Sockets {
    /// An accepted connection and where it comes from.
    package struct Accepted {
        /// The new descriptor.
        package let descriptor: Int32
        /// The peer's address, in the form of its family.
        package let address: sockaddr_storage
    }

    /// Takes the next connection of a listening socket (`accept4`).
    package static func accept(_ listener: Int32) throws(SystemError) -> Accepted {
        var address = sockaddr_storage()
        var length = socklen_t(0)
        let descriptor = unsafe virga_accept(listener, &address, &length)
        return Accepted(descriptor: try checked("accept4", descriptor), address: address)
    }

    /// Makes a stream socket of a family (`socket`).
    package static func open(_ family: Int32) throws(SystemError) -> Int32 {
        try checked("socket", virga_socket(family))
    }

    /// A descriptor that means nothing, kept to be given up when there is no other; -1 for none.
    package static func reserve() -> Int32 { max(-1, virga_reserve_fd()) }
}
