import Wire

/// What will happen, the earliest first; at the same instant in the order in which it was planned. A binary heap.
struct Agenda: Sendable {
  struct Entry: Sendable {
    let at: Instant
    /// Counts what was planned, so that the order is total and the same in every run.
    let turn: Int
    /// Whose life it concerns; `nil`: the company's own.
    let life: Int?
    let step: Step

    static func < (a: Entry, b: Entry) -> Bool { a.at != b.at ? a.at < b.at : a.turn < b.turn }
  }

  private var heap: [Entry] = []
  private var turns = 0

  /// Complexity: O(log n).
  mutating func add(_ step: Step, for life: Int?, at instant: Instant) {
    heap.append(Entry(at: instant, turn: turns, life: life, step: step))
    turns += 1
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes the earliest entry. Complexity: O(log n).
  mutating func next() -> Entry? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < heap.count else { return first }
      let least = left + 1 < heap.count && heap[left + 1] < heap[left] ? left + 1 : left
      guard heap[least] < heap[place] else { return first }
      heap.swapAt(place, least)
      place = least
    }
  }
}
