import Events
import Facts
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Projection

/// What a fold was shown of each of its subjects: the positions, in order.
private protocol Showing: Gathering where Facts == Series {}

extension Showing {
  static var families: [any Family.Type] { [Order.self] }
  static var initial: Series { Series() }
  static var looksThroughLists: Bool { true }
  static func willEvolve(_ facts: Series, _ series: borrowing SeriesStore) { series.willAppend(to: facts) }
  static func evolve(_ facts: inout Series, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    series.append(event.moment, event.seq, to: &facts)
  }
}

private enum ByAccount: Showing { static let key = Key.account }
private enum ByOrder: Showing { static let key = Key.subject(EntityKind.order) }

/// Orders of seven customers, each three orders in turn, and after every second one a visit, which nobody here wants.
private func events(_ count: Int) -> [Event] {
  (0..<count).map { place in
    let day = at("2026-01-01").adding(days: place)
    if place % 3 == 2 { return Event(Visit.logged, subject("customer:\(place % 7)"), at: day, ["kind": "visit", "summary": "s"]) }
    return Event(
      Order.placed, subject("order:\(place % 21)"), at: day,
      ["customer": .string("\(place % 7)"), "totalMinor": 1, "cur": "CNY"])
  }
}

/// What a fold of all rows holds by key, in as many parts as are asked for.
private func shown<G: Showing>(_: G.Type, _ store: FactsStore, parts: Int, until limit: Instant) -> [[Int64]] {
  let kind: UInt8? =
    switch G.key {
    case .account: nil
    case .subject(let kind): store.table.kindNumber(kind.word).map { UInt8($0) }
    }
  let count = kind.map { store.table.count(ofKind: Int($0)) } ?? store.table.accountCount
  var found = [[Int64]](repeating: [], count: count)
  var batch = Batch()
  for index in 0..<parts {
    let fold = Fold<G>(Partition(index: index, of: parts), kind: kind)
    fold.reserve(count)
    for stretch in store.stretches {
      stretch.unpack(into: &batch, partition: Partition(index: index, of: parts), before: .max, subjects: store.table)
      fold.fold(batch, until: limit)
    }
    for key in fold.keys {
      if let place = fold.place(of: key) { found[key] += fold.series.array(fold.states[place]).map(\.value) }
    }
  }
  return found
}

@Suite struct `A group of rows` {
  /// At the size of a group, at twice that, and one beside: of what is wanted and of all rows.
  @Test(arguments: [1, 127, 128, 129, 192, 193, 256, 257, 500], [1, 2])
  func `shows each event to its own subject, once and in order`(count: Int, parts: Int) throws {
    let source = MemorySource(events(count))
    let store = try FactsStore.load(directory: "/nowhere", plans: LinePlans(.keshi), source: source, save: false)
    for limit in [Instant.distantFuture, at("2026-01-01").adding(days: count / 2)] {
      let wanted = (0..<count).filter { $0 % 3 != 2 && at("2026-01-01").adding(days: $0) <= limit }
      func expected(by size: Int) -> Set<[Int64]> {
        Set(Dictionary(grouping: wanted) { $0 % size }.values.map { $0.map(Int64.init) })
      }
      let accounts = shown(ByAccount.self, store, parts: parts, until: limit).filter { !$0.isEmpty }
      let orders = shown(ByOrder.self, store, parts: parts, until: limit).filter { !$0.isEmpty }
      #expect(accounts.count == Set(wanted.map { $0 % 7 }).count && Set(accounts) == expected(by: 7))
      #expect(orders.count == Set(wanted.map { $0 % 21 }).count && Set(orders) == expected(by: 21))
    }
  }
}
