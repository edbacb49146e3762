/// A page that is copied back after a use, not dropped.
struct HotPage: BitwiseCopyable {
    let index: UInt32
    /// Whether it is all zeros in the image, so that it is cleared.
    let isZero: Bool

    /// Whether it lies in the first `byteCount` bytes.
    func isWithin(_ byteCount: Int) -> Bool { Int(index) < byteCount / WrittenPages.pageBytes }
}

/// The pages of one memory that recent uses of its pool's stores have written, learned from what was
/// found written: the second time makes a page hot. After `Limits.hotPageLifetime` uses all is
/// forgotten, so that what was hot once does not stay so.
struct HotPages {
    /// In order of their places.
    private(set) var pages: [HotPage] = []
    /// Changes with `pages`.
    private(set) var generation = 0
    private var candidates: Set<UInt32> = []
    private var uses = 0

    /// Counts a use.
    mutating func age() {
        uses += 1
        guard uses >= Limits.hotPageLifetime else { return }
        uses = 0
        candidates = []
        guard !pages.isEmpty else { return }
        pages = []
        generation += 1
    }

    /// Learns from the pages that a use has written, those that were private before not among them.
    mutating func learn(_ written: [UInt32], _ image: MemoryImage) {
        var added: [HotPage] = []
        var place = 0
        for index in written {
            while place < pages.count, pages[place].index < index { place += 1 }
            if place < pages.count, pages[place].index == index { continue }
            if candidates.remove(index) != nil {
                guard pages.count + added.count < Limits.hotPages else { break }
                added.append(HotPage(index: index, isZero: image.isZero(Int(index))))
            } else if candidates.count < Limits.hotPageCandidates {
                candidates.insert(index)
            }
        }
        guard !added.isEmpty else { return }
        pages = (pages + added).sorted { $0.index < $1.index }
        generation += 1
    }
}
