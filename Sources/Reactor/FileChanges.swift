// Unsafe here: the buffer that inotify fills, within whose length nothing is interpreted.
import CLinux
import Glibc

/// Tells when anything in some folders has changed (inotify).
///
/// Folders and not files are watched, since editors and certificate tools replace files by
/// renaming. Bursts are gathered: `changed` is called once, `settle` milliseconds after the first
/// change.
package final class FileChanges: Watcher {
    private let loop: EventLoop
    private let descriptor: Int32
    private let settle: Int
    private let changed: () -> Void
    private var registration: Registration?
    private var timer: TimerID?

    /// Watches `folders`; throws where one cannot be watched.
    package init(
        _ loop: EventLoop,
        folders: [String],
        settle: Int = 100,
        changed: @escaping () -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.settle = settle
        self.changed = changed
        descriptor = try checked("inotify_init1", virga_inotify_open())
        for folder in Set(folders) {
            _ = try unsafe checked("inotify_add_watch", virga_inotify_watch(descriptor, folder))
        }
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

    package func ready(_ readiness: Readiness) {
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 8)
        defer { unsafe buffer.deallocate() }
        guard unsafe virga_inotify_read(descriptor, buffer, 4096) > 0, timer == nil else { return }
        timer = loop.schedule(loop.now.after(milliseconds: settle), self)
    }

    package func timerFired(_ timer: TimerID) {
        self.timer = nil
        changed()
    }
}
