// A growing array of plain values with one owner: no reference counting, no copy on write.
//
// Invariant: `base` points to room for `capacity` elements, of which the first `count` have a value;
// nobody else has the pointer. Every access is checked.

import Glibc

@safe struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 16) {
        unsafe base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { unsafe base.deallocate() }

    @inline(__always) subscript(index: Int) -> Element {
        get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            return unsafe base[index]
        }
        set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            unsafe base[index] = newValue
        }
    }

    @inline(__always) mutating func append(_ element: Element) {
        if count == capacity { reserve(2 * capacity) }
        unsafe base[count] = element
        count &+= 1
    }

    @discardableResult @inline(__always) mutating func removeLast() -> Element {
        precondition(count > 0)
        count &-= 1
        return unsafe base[count]
    }

    /// Copies the elements of a range to `target`, which has room for them.
    @unsafe func copy(_ range: Range<Int>, to target: UnsafeMutablePointer<Element>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        unsafe target.update(from: base + range.lowerBound, count: range.count)
    }

    /// Whether the elements of a range have the bytes of those at `other`, as many.
    @unsafe func hasSameBytes(_ range: Range<Int>, _ other: UnsafePointer<Element>) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let length = range.count * MemoryLayout<Element>.stride
        return unsafe memcmp(base + range.lowerBound, other, length) == 0
    }

    /// Removes all elements from the index `count` on.
    mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count)
        self.count = count
    }

    /// Appends `element` until there are `count`.
    mutating func pad(to count: Int, with element: Element) {
        if count > capacity { reserve(max(count, 2 * capacity)) }
        while self.count < count { append(element) }
    }

    @inline(never) private mutating func reserve(_ capacity: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        unsafe larger.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = larger
        self.capacity = capacity
    }
}
