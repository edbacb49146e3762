import CLinux
import Glibc

/// The contents of a memory, in a sealed file that lives in memory; zeros at the end are left out.
///
/// Invariant: the descriptor and the mapping belong to this object until `deinit`; the file never
/// changes once it is sealed, so that threads may share it.
@safe final class MemoryImage: @unchecked Sendable {
    /// Bytes of the memory.
    let byteCount: UInt64
    /// Bytes of the file: whole pages of the system.
    let fileBytes: Int
    private let descriptor: Int32
    /// The file's bytes, to be read only.
    private let source: UnsafeMutableRawPointer

    /// Freezes a memory. Throws where the system has no file or no room for it.
    init(of memory: UnsafeMutablePointer<MemoryRecord>, _ tracker: WrittenPages)
        throws(ResourceError)
    {
        let count = unsafe memory.pointee.byteCount
        let base = unsafe memory.pointee.base
        byteCount = count
        let pages = unsafe MemoryImage.filledPages(base, Int(count), tracker)
        let bytes = pages.last.map { ($0 + 1) * WrittenPages.pageBytes } ?? 0
        fileBytes = bytes
        guard bytes > 0 else {
            descriptor = -1
            unsafe source = base
            return
        }
        let file = virga_image_create()
        guard file >= 0 else { throw .noImage(errno: -file) }
        guard unsafe MemoryImage.fill(file, bytes, pages, base),
            let mapped = unsafe mmap(nil, bytes, PROT_READ, MAP_PRIVATE, file, 0),
            unsafe mapped != MAP_FAILED
        else {
            let reason = errno
            close(file)
            throw .noImage(errno: reason)
        }
        descriptor = file
        unsafe source = mapped
    }

    deinit {
        guard descriptor >= 0 else { return }
        unsafe munmap(source, fileBytes)
        close(descriptor)
    }

    /// The pages that hold something else than zeros, in order.
    private static func filledPages(
        _ base: UnsafeMutableRawPointer,
        _ byteCount: Int,
        _ tracker: WrittenPages
    ) -> [Int] {
        let written = unsafe tracker.find(base, byteCount)?.map { Int($0.index) }
        let candidates = written ?? Array(0..<byteCount / WrittenPages.pageBytes)
        return candidates.filter { unsafe !isZero(base + $0 * WrittenPages.pageBytes) }
    }

    /// Whether a page at `address` is all zeros.
    private static func isZero(_ address: UnsafeRawPointer) -> Bool {
        for offset in stride(from: 0, to: WrittenPages.pageBytes, by: 8)
        where unsafe address.load(fromByteOffset: offset, as: UInt64.self) != 0 {
            return false
        }
        return true
    }

    /// Writes `pages` of what is at `base` to the file and seals it; false where the system refuses.
    private static func fill(
        _ file: Int32,
        _ byteCount: Int,
        _ pages: [Int],
        _ base: UnsafeMutableRawPointer
    ) -> Bool {
        guard ftruncate(file, byteCount) == 0 else { return false }
        for page in pages {
            let offset = page * WrittenPages.pageBytes
            guard
                unsafe pwrite(file, base + offset, WrittenPages.pageBytes, offset)
                    == WrittenPages.pageBytes
            else { return false }
        }
        return virga_image_seal(file) == 0
    }

    /// Lets `memory`, which has just been made, hold the contents; its size becomes the image's.
    func map(into memory: UnsafeMutablePointer<MemoryRecord>) throws(ResourceError) {
        let size = unsafe memory.pointee.byteCount
        guard size <= byteCount,
            unsafe Memory.grow(memory, by: (byteCount - size) / Memory.pageBytes) != nil
        else { throw .noMemory(bytes: byteCount) }
        // A huge page under an idle memory would cost 2 MiB.
        unsafe madvise(memory.pointee.base, memory.pointee.reservedBytes, MADV_NOHUGEPAGE)
        guard fileBytes > 0 else { return }
        let mapped = unsafe mmap(
            memory.pointee.base,
            fileBytes,
            PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
            descriptor,
            0
        )
        guard unsafe mapped != MAP_FAILED else { throw .noMemory(bytes: byteCount) }
    }

    /// Whether a page of a memory is all zeros in the image.
    func isZero(_ page: Int) -> Bool {
        let offset = page * WrittenPages.pageBytes
        return unsafe offset >= fileBytes || MemoryImage.isZero(source + offset)
    }

    /// Writes the image's bytes over a page of a memory at `base`.
    @inline(__always) func restore(_ page: HotPage, _ base: UnsafeMutableRawPointer) {
        let offset = Int(page.index) * WrittenPages.pageBytes
        if page.isZero {
            unsafe memset(base + offset, 0, WrittenPages.pageBytes)
        } else {
            unsafe memcpy(base + offset, source + offset, WrittenPages.pageBytes)
        }
    }
}
