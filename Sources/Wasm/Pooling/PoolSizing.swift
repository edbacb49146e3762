import Glibc

/// What the system lets a process have of what pooled stores take.
package struct SystemResources: Hashable, Sendable {
    /// Mappings: `vm.max_map_count`, and those that there are.
    package var mappings: UInt64
    package var mappingsInUse: UInt64
    /// Descriptors: the soft limit, and those that are open.
    package var descriptors: UInt64
    package var descriptorsInUse: UInt64
    /// Bytes of address space, and those that are mapped.
    package var addressSpace: UInt64
    package var addressSpaceInUse: UInt64

    /// The addresses that x86-64 and aarch64 give a process.
    package static let greatestAddressSpace: UInt64 = 1 << 47

    package init(
        mappings: UInt64,
        mappingsInUse: UInt64,
        descriptors: UInt64,
        descriptorsInUse: UInt64,
        addressSpace: UInt64,
        addressSpaceInUse: UInt64
    ) {
        self.mappings = mappings
        self.mappingsInUse = mappingsInUse
        self.descriptors = descriptors
        self.descriptorsInUse = descriptorsInUse
        self.addressSpace = addressSpace
        self.addressSpaceInUse = addressSpaceInUse
    }

    /// What holds for this process now; Linux's defaults where the system does not tell.
    package static func current() -> SystemResources {
        func limit(_ resource: __rlimit_resource, _ otherwise: UInt64) -> UInt64 {
            var limit = rlimit()
            guard unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else {
                return otherwise
            }
            return UInt64(limit.rlim_cur)
        }
        let pages = words(of: "/proc/self/statm").first ?? 0
        return SystemResources(
            mappings: words(of: "/proc/sys/vm/max_map_count").first ?? 65_530,
            mappingsInUse: UInt64(
                contents(of: "/proc/self/maps").count { $0 == UInt8(ascii: "\n") }
            ),
            descriptors: limit(RLIMIT_NOFILE, 1_024),
            descriptorsInUse: entries(of: "/proc/self/fd"),
            addressSpace: min(limit(RLIMIT_AS, greatestAddressSpace), greatestAddressSpace),
            addressSpaceInUse: pages * UInt64(WrittenPages.pageBytes)
        )
    }

    /// The numbers that a file of the system begins with.
    private static func words(of path: String) -> [UInt64] {
        String(decoding: contents(of: path), as: UTF8.self)
            .split { $0 == " " || $0 == "\n" }.map { UInt64($0) ?? 0 }
    }

    /// What a file holds; nothing where it cannot be read.
    private static func contents(of path: String) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe read(file, buffer.baseAddress, buffer.count)
            }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    private static func entries(of path: String) -> UInt64 {
        guard let directory = unsafe opendir(path) else { return 0 }
        defer { unsafe closedir(directory) }
        var count: UInt64 = 0
        while unsafe readdir(directory) != nil { count += 1 }
        return count
    }
}

/// How many stores the pools of a process may hold.
package struct PoolSizing: Hashable, Sendable {
    /// What a pooled store takes.
    package struct Demand: Hashable, Sendable {
        package var mappings: UInt64
        /// Descriptors that the host opens for a use.
        package var descriptors: UInt64
        package var addressSpace: UInt64

        package init(mappings: UInt64, descriptors: UInt64, addressSpace: UInt64) {
            self.mappings = mappings
            self.descriptors = descriptors
            self.addressSpace = addressSpace
        }

        /// What a store made from `image` takes, where the host opens `descriptors` for a use.
        package init(of image: StoreImage, descriptors: UInt64 = 0) {
            var addressSpace: UInt64 = 0
            for type in image.memoryTypes { addressSpace += UInt64(Memory.reservation(for: type)) }
            self.init(
                mappings: UInt64(max(image.memories.count, 1)) * PoolSizing.mappingsPerMemory,
                descriptors: descriptors,
                addressSpace: addressSpace
            )
        }
    }

    /// What bounds a pool first.
    package enum Bound: Hashable, Sendable {
        case mappings
        case descriptors
        case addressSpace
        case wanted
    }

    /// Mappings that a live memory takes: three of its own (the image, zeros, the reservation), the
    /// rest for the stack that it runs on and the heap of its store.
    package static let mappingsPerMemory: UInt64 = 5

    package let capacity: Int
    package let bound: Bound

    /// As many stores as the resources allow, with a quarter of what is left kept for all else, shared
    /// out to `pools` pools, and at most `wanted` each.
    package init(
        _ resources: SystemResources,
        _ demand: Demand,
        pools: Int = 1,
        wanted: Int = .max
    ) {
        func share(_ limit: UInt64, _ used: UInt64, _ each: UInt64) -> Int {
            guard each > 0 else { return .max }
            let left = limit > used ? limit - used : 0
            return Int(clamping: (left - left / 4) / each) / max(pools, 1)
        }
        let shares: [(Int, Bound)] = [
            (share(resources.mappings, resources.mappingsInUse, demand.mappings), .mappings),
            (
                share(resources.descriptors, resources.descriptorsInUse, demand.descriptors),
                .descriptors
            ),
            (
                share(resources.addressSpace, resources.addressSpaceInUse, demand.addressSpace),
                .addressSpace
            ),
        ]
        var least = (max(wanted, 0), Bound.wanted)
        for share in shares where share.0 < least.0 { least = share }
        (capacity, bound) = least
    }
}
