import CLinux
import Glibc

/// A page of the system in a memory, by its place.
struct WrittenPage {
    let index: UInt32
    /// False where it may as well be one that was only read.
    let isCertain: Bool

    /// Whether it lies in the first `byteCount` bytes.
    func isWithin(_ byteCount: Int) -> Bool { Int(index) < byteCount / WrittenPages.pageBytes }
}

/// Tells whether and where this process has written to its private mappings.
///
/// The kernel's count of a thread's page faults says whether: a page that was not private before
/// cannot be written without one. `/proc/self/pagemap` says where. Both are tried out once; where the
/// system does not answer as Linux does, everything counts as written.
///
/// Invariant: the descriptor is closed in `deinit` only; ranges of addresses given here are mapped.
@safe final class WrittenPages {
    static let pageBytes = 4_096

    private let descriptor: Int32
    private var entries = [UInt64](repeating: 0, count: 8_192)
    /// Whether `faultCount` moves with each page that is written first.
    private(set) var countsFaults = false
    /// Whether `find` finds pages that were written.
    private(set) var findsPages = false

    init() {
        descriptor = unsafe open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)
        tryOut()
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Page faults of this thread so far; of use only in comparison with itself.
    func faultCount() -> Int { virga_thread_faults() }

    /// The pages in `byteCount` bytes at `base` that were written, in order; nil where the system does
    /// not tell.
    func find(_ base: UnsafeMutableRawPointer, _ byteCount: Int) -> [WrittenPage]? {
        guard findsPages else { return nil }
        var found: [WrittenPage] = []
        let first = Int(bitPattern: base) / WrittenPages.pageBytes
        let count = byteCount / WrittenPages.pageBytes
        var place = 0
        while place < count {
            let wanted = min(count - place, entries.count)
            let read = unsafe entries.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor, buffer.baseAddress, wanted * 8, (first + place) * 8)
            }
            guard read == wanted * 8 else { return nil }
            for offset in 0..<wanted where WrittenPages.isPrivate(entries[offset]) {
                let isExclusive = entries[offset] >> 56 & 1 == 1 || entries[offset] >> 62 & 1 == 1
                found.append(
                    WrittenPage(index: UInt32(place + offset), isCertain: isExclusive)
                )
            }
            place += wanted
        }
        return found
    }

    /// Whether an entry is of a page that is no file's: present (bit 63) and not of a file (bit 61),
    /// or swapped (bit 62). The page of zeros, which reading maps, is among them; it is not exclusive
    /// (bit 56), and nor is what a forked process shares.
    @inline(__always) private static func isPrivate(_ entry: UInt64) -> Bool {
        switch entry >> 61 {
        case 0, 1, 5: false
        default: true
        }
    }

    /// Lets the system tell no more than this.
    func limit(countsFaults: Bool, findsPages: Bool) {
        self.countsFaults = self.countsFaults && countsFaults
        self.findsPages = self.findsPages && findsPages
    }

    /// Writes to a page and looks whether that shows.
    private func tryOut() {
        let bytes = 4 * WrittenPages.pageBytes
        guard
            let base = unsafe mmap(
                nil,
                bytes,
                PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS,
                -1,
                0
            ),
            unsafe base != MAP_FAILED
        else { return }
        defer { unsafe munmap(base, bytes) }
        let before = faultCount()
        unsafe (base + 2 * WrittenPages.pageBytes).storeBytes(of: 1, as: UInt8.self)
        countsFaults = faultCount() != before
        findsPages = descriptor >= 0
        let found = unsafe find(base, bytes)
        findsPages = found?.map(\.index) == [2] && found?.first?.isCertain == true
    }
}
