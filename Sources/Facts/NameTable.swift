import Projection

/// Texts with a dense number each, found by their bytes. Open addressing over one arena; no object per text.
///
/// The index is built on demand: a rebuild reads a million names and looks none of them up.
struct NameTable: Sendable {
  private var arena: [UInt8] = []
  private var ends: [Int] = []
  /// Number + 1 of the text in this slot; 0 where the slot is free. Empty while there is no index.
  private var slots: [UInt32] = []

  var count: Int { ends.count }

  /// The bytes of text `number`.
  func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  func bytes(_ number: Int) -> [UInt8] { Array(arena[range(number)]) }

  /// Calls `body` with the bytes of text `number`.
  func withBytes<R>(_ number: Int, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
    try body(arena.span.extracting(range(number)))
  }

  /// Builds the index that `find` needs, if it is not there.
  mutating func prepareLookup() {
    if slots.isEmpty { index(slots: NameTable.slotCount(for: count)) }
  }

  /// The number of a text, `nil` where it is not in the table. Expected complexity: O(length).
  /// - Precondition: `prepareLookup()` was called.
  func find(_ text: Span<UInt8>) -> Int? {
    precondition(!slots.isEmpty)
    var slot = NameTable.hash(text) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if equals(number, text) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a text that is not yet in the table and gives its number.
  mutating func insert(_ text: Span<UInt8>) -> Int {
    if !slots.isEmpty, slots.count < NameTable.slotCount(for: count + 1) { index(slots: slots.count * 2) }
    text.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
    ends.append(arena.count)
    if !slots.isEmpty { place(count - 1, hash: NameTable.hash(text)) }
    return count - 1
  }

  /// Adds a text that begins with so many bytes of the one added last, as `insert`.
  mutating func insert(keeping kept: Int, then added: ArraySlice<UInt8>) {
    precondition(slots.isEmpty)
    let start = count == 0 ? 0 : range(count - 1).lowerBound
    for place in start..<start + kept { arena.append(arena[place]) }
    arena.append(contentsOf: added)
    ends.append(arena.count)
  }

  /// Whether text `number` begins with these bytes.
  func begins(_ number: Int, with bytes: [UInt8]) -> Bool {
    let range = range(number)
    guard range.count >= bytes.count else { return false }
    for place in bytes.indices where arena[range.lowerBound + place] != bytes[place] { return false }
    return true
  }

  /// Adds all texts of another table, none of which is in this one.
  mutating func append(contentsOf other: NameTable) {
    let (first, start) = (count, arena.count)
    arena.append(contentsOf: other.arena)
    ends.append(contentsOf: other.ends.lazy.map { start + $0 })
    guard !slots.isEmpty else { return }
    if slots.count < NameTable.slotCount(for: count) {
      index(slots: NameTable.slotCount(for: count))
    } else {
      for number in first..<count { place(number, hash: withBytes(number, NameTable.hash)) }
    }
  }

  /// Slots for so many texts: the least power of two of which three quarters are as many.
  static func slotCount(for count: Int) -> Int {
    let least = max(1024, count + (count + 2) / 3)
    return 1 << (Int.bitWidth - (least - 1).leadingZeroBitCount)
  }

  private mutating func place(_ number: Int, hash: Int) {
    var slot = hash & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(number + 1)
  }

  private mutating func index(slots size: Int) {
    slots = Array(repeating: 0, count: size)
    // Slots lie anywhere in tens of megabytes. A few texts are hashed first and their slots asked for together, so that
    // memory is waited for once and not for each.
    let hints = PrefetchHints(of: slots)
    var hashes = InlineArray<32, Int>(repeating: 0)
    for first in stride(from: 0, to: count, by: hashes.count) {
      let some = min(hashes.count, count - first)
      for place in 0..<some {
        hashes[place] = withBytes(first + place, NameTable.hash)
        hints.willNeed(hashes[place] & (size - 1))
      }
      for place in 0..<some { self.place(first + place, hash: hashes[place]) }
    }
  }

  private func equals(_ number: Int, _ text: Span<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == text.count else { return false }
    for place in text.indices where arena[range.lowerBound + place] != text[place] { return false }
    return true
  }

  /// Whether text `a` comes before text `b` by its bytes.
  func precedes(_ a: Int, _ b: Int) -> Bool { arena[range(a)].lexicographicallyPrecedes(arena[range(b)]) }

  /// FNV-1a with a last mix; spreads ids that differ in their last digits.
  static func hash(_ text: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in text.indices { hash = (hash ^ UInt64(text[place])) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 8)
  }
}
