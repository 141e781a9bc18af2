/// Steps gathered into runs that a person can read: an alternation of kept runs and changes.
struct Runs {
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }
  private var changes: [Change] = []
  private let before: [Token]
  private let after: [Token]

  init(_ steps: [EditScript.Step], _ before: [Token], _ after: [Token]) {
    (self.before, self.after) = (before, after)
    gather(steps)
    while joinOverIslands() {}
  }

  private mutating func gather(_ steps: [EditScript.Step]) {
    var (old, new) = (0, 0)
    var open: Change?
    for step in steps {
      switch step {
      case .keep:
        if let change = open { changes.append(change) }
        open = nil
        (old, new) = (old + 1, new + 1)
      case .delete:
        open = Change(old: (open?.old.lowerBound ?? old)..<old + 1, new: open?.new ?? new..<new)
        old += 1
      case .insert:
        open = Change(old: open?.old ?? old..<old, new: (open?.new.lowerBound ?? new)..<new + 1)
        new += 1
      }
    }
    if let change = open { changes.append(change) }
  }

  /// Joins neighbouring changes over a kept run that weighs no more than either: such an island is there by chance, and
  /// reading around it costs more than it tells. Returns whether it found one.
  private mutating func joinOverIslands() -> Bool {
    for place in changes.indices.dropLast() {
      let (left, right) = (changes[place], changes[place + 1])
      let island = weight(before[left.old.upperBound..<right.old.lowerBound])
      guard island <= min(weight(left), weight(right)) / 2 || island == 0 else { continue }
      changes[place] = Change(
        old: left.old.lowerBound..<right.old.upperBound, new: left.new.lowerBound..<right.new.upperBound)
      changes.remove(at: place + 1)
      return true
    }
    return false
  }

  private func weight(_ change: Change) -> Int { max(weight(before[change.old]), weight(after[change.new])) }
  private func weight(_ tokens: ArraySlice<Token>) -> Int { tokens.reduce(0) { $0 + $1.weight } }

  var pieces: [Redline.Piece] {
    var pieces: [Redline.Piece] = []
    var (old, new) = (0, 0)
    func keep(_ oldEnd: Int, _ newEnd: Int) {
      guard oldEnd > old || newEnd > new else { return }
      pieces.append(.kept(old: text(before[old..<oldEnd]), new: text(after[new..<newEnd])))
    }
    for change in changes {
      keep(change.old.lowerBound, change.new.lowerBound)
      if !change.old.isEmpty { pieces.append(.deleted(text(before[change.old]))) }
      if !change.new.isEmpty { pieces.append(.inserted(text(after[change.new]))) }
      (old, new) = (change.old.upperBound, change.new.upperBound)
    }
    keep(before.count, after.count)
    return pieces
  }

  private func text(_ tokens: ArraySlice<Token>) -> String { tokens.map(\.text).joined() }
}
