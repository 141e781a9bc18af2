import Facts
import Projection
import Vocabulary
import Wire

/// The events of one account, and of those that turned out to be the same customer's, as projections see them: in the log's
/// order, taken out of the facts, so that no line is read for them.
struct AccountEvents: Sendable {
  /// By 0 the account's own, by other numbers those of accounts that were joined to it.
  private(set) var batch = Batch()

  var count: Int { batch.count }
  func seq(_ place: Int) -> Int64 { batch.seq(of: batch.rows[place]) }
  func at(_ place: Int) -> Instant { Instant(microseconds: batch.rows[place].at) }
  func type(_ place: Int) -> TypeCode { batch.type(of: batch.rows[place]) }
  func subject(_ place: Int) -> OwnSubject { batch.subjects[place] }

  /// As they were recorded, before `position`. Complexity: O(events of the accounts + stretches).
  init(of accounts: [Account], before position: Int64, in snapshot: Snapshot) throws {
    let table = try snapshot.table()
    let wanted = try AccountPositions(accounts, before: position, in: snapshot)
    wanted.forEachRun(in: try snapshot.base()) { $0.add($1, as: $2, to: &batch, table) }
    for (seq, account) in wanted.recent {
      try snapshot.source.forEachLine(at: [seq]) { seq, line in batch.add(try snapshot.held(seq, line), as: account) }
    }
  }

  /// The account's own that projections are shown: corrected as far as that is known, and none that happened later.
  func shown(until limit: Instant, _ corrected: [Int64: CorrectedEvent]) -> AccountEvents {
    var shown = self
    var gone: Set<UInt32> = []
    if !corrected.isEmpty {
      for place in 0..<count {
        guard let correction = corrected[seq(place)] else { continue }
        if let event = correction.event { shown.batch.replace(at: place, by: event) } else { gone.insert(batch.rows[place].place) }
      }
    }
    shown.batch = shown.batch.filter { row, _ in row.account == 0 && row.at <= limit.microseconds && !gone.contains(row.place) }
    return shown
  }

  /// Those about one subject.
  func about(_ subject: OwnSubject) -> AccountEvents {
    var some = self
    some.batch = batch.filter { $1 == subject }
    return some
  }

  /// All but one.
  func without(_ place: Int) -> AccountEvents {
    var rest = self
    rest.batch.remove(at: place)
    return rest
  }

  /// Shows a fold of one subject, whose key is 0, the event at a place.
  func fold(_ place: Int, into fold: AnyFold) { batch.withEvent(at: place) { fold.fold($0, key: 0) } }
}

extension AnyGathering {
  /// A fold of one subject alone, whose key is 0.
  func fold(of events: AccountEvents) -> AnyFold {
    let fold = makeFold(.whole, nil)
    fold.reserve(1)
    fold.fold(events.batch, until: .distantFuture)
    return fold
  }
}
