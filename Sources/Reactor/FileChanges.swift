// Unsafe here: the buffer that inotify fills, read only below the length that the kernel gave.
import CLinux
import Glibc

/// Tells what changes in some folders (inotify).
///
/// Folders and not files are watched, since editors and certificate tools replace files by
/// renaming.
package final class FileChanges: Watcher {
    /// An entry of a folder that was added, written, moved or removed.
    package struct Change: Hashable, Sendable {
        /// As it was named to `watch`.
        package let folder: String
        /// Empty where the folder itself is gone, or where changes were lost: any of it may be another.
        package let name: String
        package let isFolder: Bool
        /// Whether the entry was made only now, so that more is to be written to it.
        package let isBeginning: Bool

        /// The entry's path.
        package var path: String { name.isEmpty ? folder : folder + "/" + name }
    }

    private let loop: EventLoop
    private let descriptor: Int32
    private let limit: Int
    private let settle: Int
    private let changed: ([Change]) -> Void
    private var registration: Registration?
    private var timer: TimerID?
    private var gathered: [Change] = []
    /// By the kernel's numbers; two names may be of one folder.
    private var names: [Int32: Set<String>] = [:]
    private var numbers: [String: Int32] = [:]

    /// Watches `folders`; throws where one cannot be watched. Bursts are gathered: `changed` is called
    /// once, `settle` milliseconds after the first change.
    package convenience init(
        _ loop: EventLoop,
        folders: [String],
        settle: Int = 100,
        changed: @escaping () -> Void
    ) throws(SystemError) {
        try self.init(loop, settle: settle) { _ in changed() }
        for folder in folders { try watch(folder) }
    }

    /// Watches no folder yet, and `limit` at most. `changed` is called `settle` milliseconds after the
    /// first change of a burst; at once where that is 0.
    package init(
        _ loop: EventLoop,
        settle: Int = 0,
        limit: Int = LoopLimits().watchedFolders,
        changed: @escaping ([Change]) -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.limit = limit
        self.settle = settle
        self.changed = changed
        descriptor = try checked("inotify_init1", virga_inotify_open())
        registration = try loop.watch(descriptor, .readable, self)
    }

    deinit { close(descriptor) }

    /// Stops watching; the loop forgets this object.
    package func stop() {
        if let registration { loop.unwatch(descriptor, registration) }
        registration = nil
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    /// Watches a folder, where it is not watched already. Throws where it cannot be, or where that would
    /// be one too many (ENOSPC, as the kernel says of its own limit).
    package func watch(_ folder: String) throws(SystemError) {
        guard numbers[folder] == nil else { return }
        guard numbers.count < limit else { throw SystemError("inotify_add_watch", ENOSPC) }
        let code = unsafe virga_inotify_watch(descriptor, folder)
        let number = try checked("inotify_add_watch", code)
        numbers[folder] = number
        names[number, default: []].insert(folder)
    }

    /// Watches these folders and no others; gives those that cannot be watched.
    package func watch(only folders: Set<String>) -> [(folder: String, error: SystemError)] {
        for folder in numbers.keys where !folders.contains(folder) { unwatch(folder) }
        var failures: [(folder: String, error: SystemError)] = []
        for folder in folders.sorted() {
            do throws(SystemError) { try watch(folder) } catch { failures.append((folder, error)) }
        }
        return failures
    }

    private func unwatch(_ folder: String) {
        guard let number = numbers.removeValue(forKey: folder) else { return }
        names[number]?.remove(folder)
        guard names[number]?.isEmpty == true else { return }
        names[number] = nil
        _ = virga_inotify_unwatch(descriptor, number)
    }

    // MARK: Events

    package func ready(_ readiness: Readiness) {
        let capacity = 16_384
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        defer { unsafe buffer.deallocate() }
        let length = unsafe virga_inotify_read(descriptor, buffer, capacity)
        guard length > 0 else { return }
        unsafe take(UnsafeRawBufferPointer(start: buffer, count: length))
        guard timer == nil, !gathered.isEmpty else { return }
        guard settle > 0 else { return tell() }
        timer = loop.schedule(loop.now.after(milliseconds: settle), self)
    }

    package func timerFired(_ timer: TimerID) {
        self.timer = nil
        tell()
    }

    private func tell() {
        let changes = gathered
        gathered = []
        changed(changes)
    }

    /// Takes events apart: number, mask, cookie, length of the name, the name and zeros after it.
    private func take(_ events: UnsafeRawBufferPointer) {
        let headBytes = 16
        var offset = 0
        while offset + headBytes <= events.count {
            let number = unsafe events.loadUnaligned(fromByteOffset: offset, as: Int32.self)
            let mask = unsafe events.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
            let length = Int(
                unsafe events.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self)
            )
            offset += headBytes
            guard offset + length <= events.count else { return }
            let text = unsafe events[offset..<offset + length].prefix { $0 != 0 }
            let name = unsafe String(decoding: text, as: UTF8.self)
            offset += length
            take(number, mask, name)
        }
    }

    private func take(_ number: Int32, _ mask: UInt32, _ name: String) {
        func has(_ flag: Int32) -> Bool { mask & UInt32(bitPattern: flag) != 0 }
        let isLost = has(IN_Q_OVERFLOW)
        let folders = isLost ? Set(numbers.keys) : names[number] ?? []
        for folder in folders {
            gathered.append(
                Change(
                    folder: folder,
                    name: name,
                    isFolder: mask & 0x4000_0000 != 0,
                    isBeginning: has(IN_CREATE)
                )
            )
        }
        // The kernel watches it no longer.
        guard has(IN_IGNORED) else { return }
        for folder in names.removeValue(forKey: number) ?? [] { numbers[folder] = nil }
    }
}
