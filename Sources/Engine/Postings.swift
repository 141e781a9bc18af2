import Facts
import Projection

/// For every account, the positions of its events: one array for all, cut by account.
///
/// Built from the packed account columns in two passes, 4 bytes an event.
struct Postings: Sendable {
  private let starts: [Int]
  private let positions: [UInt32]

  init(_ store: FactsStore) {
    var counts = [Int](repeating: 0, count: store.table.accountCount + 1)
    var accounts: [UInt32] = []
    for stretch in store.stretches {
      stretch.unpackAccounts(into: &accounts)
      for account in accounts { counts[Int(account) + 1] += 1 }
    }
    for account in 1..<max(1, counts.count) { counts[account] += counts[account - 1] }
    starts = counts
    var next = counts
    var filled = [UInt32](repeating: 0, count: counts.last ?? 0)
    for stretch in store.stretches {
      stretch.unpackAccounts(into: &accounts)
      for (row, account) in accounts.enumerated() {
        filled[next[Int(account)]] = UInt32(truncatingIfNeeded: stretch.first + Int64(row))
        next[Int(account)] += 1
      }
    }
    positions = filled
  }

  /// Positions of an account's events, ascending.
  func positions(of account: Int) -> ArraySlice<UInt32> { positions[starts[account]..<starts[account + 1]] }
}
