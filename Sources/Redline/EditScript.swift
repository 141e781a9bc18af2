/// The shortest way from one sequence of tokens to another.
///
/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), the greedy form with the
/// trace kept. Time O((n + m) · d), memory O(d²) for d insertions and deletions.
enum EditScript {
  enum Step: Equatable {
    case keep(old: Int, new: Int)
    case delete(old: Int)
    case insert(new: Int)
  }

  /// The steps in order; `nil` when more than `limit` insertions and deletions would be needed.
  static func between(_ old: [Token], _ new: [Token], limit: Int) -> [Step]? {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let most = min(old.count, new.count) - start
    let end = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.prefix(most).count
    let numbers = Numbers(old[start..<old.count - end], new[start..<new.count - end])
    guard let middle = shortest(numbers.old, numbers.new, limit: limit) else { return nil }
    let head = (0..<start).map { Step.keep(old: $0, new: $0) }
    let body = middle.map { step in
      switch step {
      case .keep(let o, let n): Step.keep(old: o + start, new: n + start)
      case .delete(let o): Step.delete(old: o + start)
      case .insert(let n): Step.insert(new: n + start)
      }
    }
    let tail = (0..<end).map { Step.keep(old: old.count - end + $0, new: new.count - end + $0) }
    return head + body + tail
  }

  /// Tokens as numbers, the same for equal ones, so that comparing two costs nothing.
  private struct Numbers {
    private(set) var old: [Int] = []
    private(set) var new: [Int] = []

    init(_ old: ArraySlice<Token>, _ new: ArraySlice<Token>) {
      var known: [Token: Int] = [:]
      func number(_ token: Token) -> Int {
        if let number = known[token] { return number }
        known[token] = known.count
        return known.count - 1
      }
      self.old = old.map(number)
      self.new = new.map(number)
    }
  }

  private static func shortest(_ old: [Int], _ new: [Int], limit: Int) -> [Step]? {
    let bound = min(limit, old.count + new.count)
    // furthest[k + bound + 1]: how far the path on diagonal k (old − new) has come in `old`.
    var furthest = [Int](repeating: 0, count: 2 * bound + 3)
    var trace: [[Int32]] = []  // for each number of edits d, how far diagonals −d…d had come
    for distance in 0...bound {
      let around = (bound + 1 - distance)...(bound + 1 + distance)
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        let place = diagonal + bound + 1
        let down = diagonal == -distance || diagonal != distance && furthest[place - 1] < furthest[place + 1]
        var o = distance == 0 ? 0 : down ? furthest[place + 1] : furthest[place - 1] + 1
        while o < old.count, o - diagonal < new.count, o - diagonal >= 0, old[o] == new[o - diagonal] { o += 1 }
        furthest[place] = o
        if o >= old.count, o - diagonal >= new.count {
          return walkBack(old.count, new.count, distance, trace)
        }
      }
      trace.append(furthest[around].map { Int32(truncatingIfNeeded: $0) })
    }
    return nil
  }

  /// From the end back to the start.
  private static func walkBack(_ oldCount: Int, _ newCount: Int, _ distance: Int, _ trace: [[Int32]]) -> [Step] {
    var steps: [Step] = []
    var (o, n) = (oldCount, newCount)
    for edits in stride(from: distance, to: 0, by: -1) {
      let before = trace[edits - 1]
      func reached(_ diagonal: Int) -> Int {
        abs(diagonal) < edits ? Int(before[diagonal + edits - 1]) : -1  // no path came there with one edit fewer
      }
      let diagonal = o - n
      let down = diagonal == -edits || diagonal != edits && reached(diagonal - 1) < reached(diagonal + 1)
      let from = down ? diagonal + 1 : diagonal - 1
      let (fromOld, fromNew) = (reached(from), reached(from) - from)
      while o > (down ? fromOld : fromOld + 1) {
        (o, n) = (o - 1, n - 1)
        steps.append(.keep(old: o, new: n))
      }
      steps.append(down ? .insert(new: fromNew) : .delete(old: fromOld))
      (o, n) = (fromOld, fromNew)
    }
    while o > 0 {
      (o, n) = (o - 1, n - 1)
      steps.append(.keep(old: o, new: n))
    }
    return steps.reversed()
  }
}
