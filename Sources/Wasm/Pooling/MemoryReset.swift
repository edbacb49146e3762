import Glibc

/// What a pooled store's memory keeps from one use to the next: pages that are private to it though
/// they hold what the image holds. Some may lie behind the memory's size: they were grown into and are
/// kept for when that happens again; they are all zeros.
struct ResidentPages {
    /// In order of their places.
    private(set) var pages: [HotPage] = []
    /// Of the hot pages that they were chosen by.
    private var generation = 0

    /// Gives a memory the size and the contents of its image.
    ///
    /// Pages that are hot are copied back, others that were written are dropped. Without `mayHaveMore`
    /// nothing outside `pages` was written, and no one looks. False where the system refuses; the
    /// memory is then not to be used.
    mutating func reset(
        _ memory: UnsafeMutablePointer<MemoryRecord>,
        _ image: MemoryImage,
        _ hot: inout HotPages,
        _ tracker: WrittenPages,
        mayHaveMore: Bool
    ) -> Bool {
        let base = unsafe memory.pointee.base
        hot.age()
        let size = unsafe Int(memory.pointee.byteCount)
        if !mayHaveMore && generation == hot.generation {
            for page in pages where page.isWithin(size) { unsafe image.restore(page, base) }
        } else {
            guard unsafe sort(base, size, image, &hot, tracker, mayHaveMore) else { return false }
        }
        return unsafe Memory.shrink(memory, to: image.byteCount)
    }

    /// Restores or drops each page that may have been written, and learns.
    private mutating func sort(
        _ base: UnsafeMutableRawPointer,
        _ byteCount: Int,
        _ image: MemoryImage,
        _ hot: inout HotPages,
        _ tracker: WrittenPages,
        _ mayHaveMore: Bool
    ) -> Bool {
        var written = pages.map { WrittenPage(index: $0.index, isCertain: true) }
        if mayHaveMore {
            guard let found = unsafe tracker.find(base, byteCount) else {
                return unsafe dropAll(base, byteCount)
            }
            written = found + written.filter { !$0.isWithin(byteCount) }
            hot.learn(news(in: found), image)
        }
        generation = hot.generation
        var kept: [HotPage] = []
        var dropped = DroppedRuns()
        var place = 0
        for page in written {
            while place < hot.pages.count, hot.pages[place].index < page.index { place += 1 }
            let isHot = place < hot.pages.count && hot.pages[place].index == page.index
            if isHot && page.isCertain {
                if page.isWithin(byteCount) { unsafe image.restore(hot.pages[place], base) }
                kept.append(hot.pages[place])
            } else {
                unsafe dropped.add(Int(page.index), base)
            }
        }
        // Where all that is hot is kept, stores share the list.
        pages = kept.count == hot.pages.count ? hot.pages : kept
        return unsafe dropped.finish(base)
    }

    /// Drops all that the memory holds; false where the system refuses.
    private mutating func dropAll(_ base: UnsafeMutableRawPointer, _ byteCount: Int) -> Bool {
        pages.removeAll { $0.isWithin(byteCount) }
        return unsafe byteCount == 0 || madvise(base, byteCount, MADV_DONTNEED) == 0
    }

    /// Those pages that were not private before the use.
    private func news(in found: [WrittenPage]) -> [UInt32] {
        var place = 0
        var news: [UInt32] = []
        for page in found where page.isCertain {
            while place < pages.count, pages[place].index < page.index { place += 1 }
            if place < pages.count, pages[place].index == page.index { continue }
            news.append(page.index)
        }
        return news
    }
}

/// Drops pages, those that are next to each other together.
private struct DroppedRuns {
    private var start = 0
    private var end = 0
    private var isRefused = false

    mutating func add(_ page: Int, _ base: UnsafeMutableRawPointer) {
        if page == end && end > start {
            end += 1
            return
        }
        unsafe drop(base)
        start = page
        end = page + 1
    }

    /// Drops the last run; false where the system refused one.
    mutating func finish(_ base: UnsafeMutableRawPointer) -> Bool {
        unsafe drop(base)
        return !isRefused
    }

    private mutating func drop(_ base: UnsafeMutableRawPointer) {
        guard end > start else { return }
        let bytes = (end - start) * WrittenPages.pageBytes
        if unsafe madvise(base + start * WrittenPages.pageBytes, bytes, MADV_DONTNEED) != 0 {
            isRefused = true
        }
    }
}
