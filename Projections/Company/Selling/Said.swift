import Projection
import Wire

/// What a step of a lead or an opportunity says.
enum Said: Int64, SaidKind {
  static let bits: Int64 = 5

  /// The subject that the entries which follow are about, see `OwnSubject.packed`.
  case whose = 0
  /// Who answers for it: a name; −1 for the pool.
  case owner = 1
  case opened = 2
  case progressed = 3
  /// The outcome.
  case closed = 4
  case stage = 5
  case amount = 6
  case currency = 7
  case probability = 8
  case closeOn = 9
  case category = 10
  case final = 11
  case product = 12
  case region = 13
  case team = 14
  case competitor = 15
  case winner = 16
  case reason = 17
  case created = 18
  case source = 19
  case campaign = 20
  /// The verdict.
  case screened = 21
  case converted = 22
  case intoOpportunity = 23
  case intoCustomer = 24
}

extension Selling.Facts {
  /// What was said of each lead and opportunity by `now`, by business time; the subjects in the order in which they were
  /// first recorded. Complexity: O(n log n) in what was said.
  func sayings(in series: borrowing SeriesStore, asOf now: Instant) -> [(subject: OwnSubject, said: [Saying<Said>])] {
    var all: [(subject: OwnSubject, said: [Saying<Said>])] = []
    var places: [OwnSubject: Int] = [:]
    var current = -1
    said.forEach(in: series, asOf: now) { saying in
      guard saying.kind == .whose else {
        if current >= 0 { all[current].said.append(saying) }
        return
      }
      guard let subject = OwnSubject(packed: saying.number) else { return current = -1 }
      if current >= 0, all[current].subject == subject { return }
      current = places[subject] ?? all.count
      if current == all.count {
        places[subject] = current
        all.append((subject, []))
      }
    }
    for place in all.indices { all[place].said.sortByTime() }
    return all
  }
}

extension [Saying<Said>] {
  /// What one event said shares its moment and keeps its order.
  fileprivate mutating func sortByTime() {
    guard !isInOrder else { return }
    let sorted = indices.sorted { (self[$0].moment, $0) < (self[$1].moment, $1) }
    self = sorted.map { self[$0] }
  }

  private var isInOrder: Bool {
    for place in indices.dropFirst() where self[place].moment < self[place - 1].moment { return false }
    return true
  }
}
