import AccountHistory
import Projection
import Vocabulary
import Wire

/// What stands between a customer and us in one currency.
struct Dealings: Hashable, Sendable {
  let currency: Currency
  var contractMinor: Int64 = 0
  var orderMinor: Int64 = 0
  var receivableMinor: Int64 = 0
  var overdueMinor: Int64 = 0
  var advanceMinor: Int64 = 0
  var opportunityMinor: Int64 = 0
  var weightedMinor: Int64 = 0
  /// Contracts, orders, invoices, payments and opportunities in this currency, and the latest of them.
  var events = 0
  var last: Moment?

  init(_ currency: Currency) { self.currency = currency }

  mutating func count(_ moment: Moment?) {
    guard let moment else { return }
    events += 1
    last.advance(to: moment)
  }

  /// In words, for a customer who deals in several currencies: `USD: receivable 1200, orders 300`. Empty where nothing is
  /// open.
  var text: String {
    let parts = [
      ("contracts", contractMinor), ("orders", orderMinor), ("receivable", receivableMinor), ("advances", advanceMinor),
      ("opportunities", opportunityMinor),
    ].filter { $0.1 != 0 }
    return parts.isEmpty ? "" : "\(currency): " + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}

extension [Dealings] {
  /// Changes what stands in a currency.
  mutating func update(_ currency: Currency?, _ change: (inout Dealings) -> Void) {
    guard let currency else { return }
    if let place = firstIndex(where: { $0.currency == currency }) { return change(&self[place]) }
    append(Dealings(currency))
    change(&self[count - 1])
  }

  /// The currency of most dealings; of equally many that of the latest.
  var main: Dealings? {
    self.max { a, b in
      a.events != b.events ? a.events < b.events : (a.last ?? .none) < (b.last ?? .none)
    }
  }
}

extension Moment {
  /// Before everything.
  fileprivate static let none = Moment(at: .distantPast, seq: -1)
}
