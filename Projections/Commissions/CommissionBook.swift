import AccountHistory
import CompanyHistory
import CompanyRules
import Events
import Projection
import Vocabulary
import Wire

/// What one payment earned, and what became of it.
struct Earning {
  let sale: Sale
  /// All that it earns.
  let whole: Int64
  /// What is due when the money comes.
  let atOnce: Int64
  var later: Int64 { whole - atOnce }

  /// The share of a sum of the earning that money given back stands for, rounded so that all of it comes to the whole.
  private func share(_ earned: Int64, of amount: Int64) -> Int64 {
    sale.amount == 0 ? 0 : Int64(clamping: Int128(earned) * Int128(amount) / Int128(sale.amount))
  }

  /// What of the rest is due when the invoice is collected in full: of what had not been given back by then.
  var restDue: Int64 {
    guard let full = sale.full else { return 0 }
    let before = sale.backs.filter { $0.moment < full }.reduce(0) { $0 + $1.amount }
    return later - share(later, of: before)
  }
  /// What is still to come when the invoice is collected in full.
  var pending: Int64 { sale.full == nil ? later - share(later, of: sale.amount - sale.rest) : 0 }

  /// What is to be taken back, one entry for each refund within the window: of what was due until then.
  func clawbacks(withinDays days: Int) -> [(back: Sale.Back, amount: Int64, isWithin: Bool)] {
    var (given, taken): (Int64, Int64) = (0, 0)
    return sale.backs.map { back in
      given += back.amount
      let isWithin = back.moment.at <= sale.moment.at.adding(days: days)
      var due = share(atOnce, of: given)
      if let full = sale.full, full < back.moment {
        let before = sale.backs.filter { $0.moment < full }.reduce(0) { $0 + $1.amount }
        due += share(later, of: given - before)
      }
      let amount = isWithin ? due - taken : 0
      taken = due
      return (back, amount, isWithin)
    }
  }
}

/// One person's commission of one month in one currency.
struct Statement {
  struct Line {
    enum Kind { case atOnce, rest, back, late }
    let kind: Kind
    let moment: Moment
    let amount: Int64
    let sale: Sale
  }
  /// A name; `nil` for customers whom nobody led.
  let person: Int64?
  let month: Period
  let currency: Currency
  var collected: Int64 = 0
  var receipts = 0
  /// Collected since the steps began to count, with this month.
  var counted: Int64 = 0
  var lines: [Line] = []
  var pending: Int64 = 0
  var postings: [Career.Posting] = []

  var subject: CensusSubject {
    let base: CensusSubject.Base = person.map { .named(.employee, $0) } ?? .fixed("company:pool")
    return CensusSubject(base, part: "\(month)/\(currency)")
  }
  func sum(_ kind: Line.Kind) -> Int64 { lines.filter { $0.kind == kind }.map(\.amount).moneySum }
  var due: Int64 { sum(.atOnce).plusMoney(sum(.rest)).plusMoney(sum(.back)) }
  func posted(_ entry: Performance.Entry) -> Int64 { postings.filter { $0.entry == entry }.map(\.credit).moneySum }
  var posted: Int64 { postings.map(\.credit).moneySum }
  var last: Moment? { (lines.map(\.moment) + postings.map(\.moment)).max() }
}

/// The statements of all.
struct CommissionBook {
  private struct Key: Hashable {
    let person: Int64?
    let currency: Currency
    let month: Period
  }
  private let rule: CommissionRules
  private(set) var rows: [Statement] = []
  private var places: [Key: Int] = [:]

  init(by rule: CommissionRules) { self.rule = rule }

  private mutating func update(_ person: Int64?, _ currency: Currency, _ month: Period, _ change: (inout Statement) -> Void) {
    let key = Key(person: person, currency: currency, month: month)
    let place = places[key] ?? rows.count
    if place == rows.count {
      places[key] = place
      rows.append(Statement(person: person, month: month, currency: currency))
    }
    change(&rows[place])
  }

  /// Takes everything that was sold; what each earns is fixed in the order of business time.
  mutating func take(_ sales: [Sale]) {
    var counted: [Key: Int64] = [:]
    for sale in sales.sorted(by: { ($0.moment, $0.invoice?.seq ?? -1) < ($1.moment, $1.invoice?.seq ?? -1) }) {
      let month = Period(.month, of: sale.moment.at.day)
      let window = Key(person: sale.person, currency: sale.currency, month: month.advanced(by: -windowPlace(of: month)))
      let before = counted[window] ?? 0
      let after = before.plusMoney(sale.amount)
      counted[window] = after
      let whole = sale.person == nil ? 0 : rule.earned(of: after) - rule.earned(of: before)
      let atOnce = Int64(clamping: (Int128(whole) * Int128(rule.paidAtOnceBp) + 5_000) / 10_000)
      update(sale.person, sale.currency, month) {
        $0.collected = $0.collected.plusMoney(sale.amount)
        $0.receipts += 1
        $0.counted = after
      }
      take(Earning(sale: sale, whole: whole, atOnce: atOnce), month)
    }
  }

  /// How many months after the first one of its window a month lies: windows of `periodMonths` begin with January, and a
  /// year ends with a shorter one where its months do not divide.
  private func windowPlace(of month: Period) -> Int { (month.first.civil.month - 1) % rule.periodMonths }

  private mutating func take(_ earning: Earning, _ month: Period) {
    let sale = earning.sale
    update(sale.person, sale.currency, month) {
      $0.lines.append(.init(kind: .atOnce, moment: sale.moment, amount: earning.atOnce, sale: sale))
      $0.pending = $0.pending.plusMoney(earning.pending)
    }
    if let full = sale.full, earning.restDue != 0 {
      update(sale.person, sale.currency, Period(.month, of: full.at.day)) {
        $0.lines.append(.init(kind: .rest, moment: full, amount: earning.restDue, sale: sale))
      }
    }
    for (back, amount, isWithin) in earning.clawbacks(withinDays: rule.clawbackDays) {
      update(sale.person, sale.currency, Period(.month, of: back.moment.at.day)) {
        $0.lines.append(.init(kind: isWithin ? .back : .late, moment: back.moment, amount: -amount, sale: sale))
      }
    }
  }

  /// A posting for a longer period counts in its last month; one for a period that is none, in the month of its event.
  mutating func take(_ posting: Career.Posting, of person: Int64, _ names: any Names) {
    guard let currency = posting.currency else { return }
    let said = posting.period.flatMap { names.text($0) }.flatMap { Period($0) }
    let month = Period(.month, of: said?.last ?? posting.moment.at.day)
    update(person, currency, month) { $0.postings.append(posting) }
  }
}
