import Facts

/// Where the events of some accounts stand, in the log's order: those that the facts cover, and the recent ones.
struct AccountPositions {
  /// Rows between the hint for what says where one is and the reading of it; the hint for itself comes half way.
  private static let distance = 32

  private let covered: [Int64]
  /// By which number the account of each is known.
  private let owners: [UInt32]
  /// Behind the facts.
  let recent: [(seq: Int64, account: UInt32)]

  /// Of the events before `position`; accounts are known by their places in the list.
  init(_ accounts: [Account], before position: Int64, in snapshot: Snapshot) throws {
    var wanted: [(seq: Int64, account: UInt32)] = []
    for (number, account) in accounts.enumerated() {
      wanted += try snapshot.positions(of: [account], before: position).map { ($0, UInt32(number)) }
    }
    if accounts.count > 1 { wanted.sort { $0.seq < $1.seq } }
    self.init(wanted, covered: try snapshot.base().size)
  }

  /// - Parameter size: events that the facts cover.
  init(_ wanted: [(seq: Int64, account: UInt32)], covered size: Int64) {
    let end = wanted.firstIndex { $0.seq >= size } ?? wanted.count
    (covered, owners) = (wanted[..<end].map(\.seq), wanted[..<end].map(\.account))
    recent = Array(wanted[end...])
  }

  /// Calls `body` with those of one stretch and one account that follow one another; asks for the rows of the next ones
  /// meanwhile.
  func forEachRun(in facts: FactsStore, _ body: (_ rows: StretchRows, _ positions: ArraySlice<Int64>, _ account: UInt32) -> Void) {
    var (start, found, asked) = (0, 0, 0)
    while start < covered.count {
      let end = endOfRun(from: start, in: facts)
      let (far, near) = (min(covered.count, end + AccountPositions.distance), min(covered.count, end + AccountPositions.distance / 2))
      while found < far {
        facts.rows[facts.stretch(of: covered[found])].willFind(covered[found])
        found += 1
      }
      while asked < near {
        facts.rows[facts.stretch(of: covered[asked])].willRead(covered[asked])
        asked += 1
      }
      body(facts.rows[facts.stretch(of: covered[start])], covered[start..<end], owners[start])
      start = end
    }
  }

  private func endOfRun(from start: Int, in facts: FactsStore) -> Int {
    let stretch = facts.stretch(of: covered[start])
    var end = start + 1
    while end < covered.count, owners[end] == owners[start], facts.stretch(of: covered[end]) == stretch { end += 1 }
    return end
  }
}
