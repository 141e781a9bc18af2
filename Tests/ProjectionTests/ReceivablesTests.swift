import AccountHistory
import Events
import Projection
import ReceivablesProjection
import TestSupport
import Testing
import Vocabulary
import Wire

private func row(_ day: Int, cur: String = "CNY", _ record: (inout Timeline) -> Void) -> Named<ReceivableRow>? {
  var timeline = Timeline()
  record(&timeline)
  return timeline.rows(Receivables.self, day)["c0/" + cur]
}

extension Named {
  func finding(_ id: String) -> Finding? { findings.first { $0.id == id } }
}

extension Timeline {
  mutating func limit(_ day: Int, _ amount: Int64, cur: String? = "CNY", until last: Int? = nil) {
    var data: JSONObject = ["kind": "credit", "result": "good", "creditLimitMinor": .int(amount)]
    if let cur { data["cur"] = .string(cur) }
    if let last { data["validUntil"] = .day(last) }
    add(day, Customer.assessed, data)
  }
  mutating func own(_ day: Int, _ who: String?, role: String = "owner", cause: String = "assign", hour: Int = 0) {
    var data: JSONObject = ["role": .string(role), "to": .string(who ?? "pool"), "cause": .string(cause)]
    if who == nil { data["toPool"] = true }
    add(day, Owner.changed, data, hour: hour)
  }
}

@Suite struct `Receivables: what is open, and how old it is` {
  @Test(arguments: [
    (9, AgeBucket.notDue, [100, 0, 0, 0, 0]), (10, .notDue, [100, 0, 0, 0, 0]), (11, .to30, [0, 100, 0, 0, 0]),
    (40, .to30, [0, 100, 0, 0, 0]), (41, .to60, [0, 0, 100, 0, 0]), (70, .to60, [0, 0, 100, 0, 0]),
    (71, .to90, [0, 0, 0, 100, 0]), (100, .to90, [0, 0, 0, 100, 0]), (101, .over90, [0, 0, 0, 0, 100]),
  ]) func `an invoice due on day 10 passes from bucket to bucket`(day: Int, worst: AgeBucket, sums: [Int64]) throws {
    let found = try #require(row(day) { $0.bill(0, "A", 100, due: 10) })
    #expect(found.row.worst == worst && AgeBucket.allCases.map { found.row.ageing[$0] } == sums)
    #expect(found.row.ageing.open == 100 && found.row.ageing.overdue == 100 - sums[0])
    #expect(found.row.oldestDueOn == Day.of(10) && found.row.openInvoices == 1 && found.row.because == 0)
    #expect(found.row.values(TimelineNames.shared).contains(.text("A")), "names the oldest open invoice")
    #expect(found.finding(worst.word.text) == Finding(
      worst.word.text, worst.word.title, value: "100", threshold: "0", holds: true, evidence: [0]))
  }

  @Test func `since the day it came into its bucket, and because of the oldest invoice`() {
    func since(_ day: Int) -> Instant? { row(day) { $0.bill(3, "A", 100, due: 10) }?.row.since }
    #expect([5, 11, 40, 41, 71, 101].map(since) == [.day(3), .day(11), .day(11), .day(41), .day(71), .day(101)])
  }

  @Test func `paid in part, in full, and more than that`() throws {
    func after(_ amount: Int64) -> ReceivableRow? {
      row(20) {
        $0.bill(0, "A", 100, due: 10)
        $0.settle(15, "received", amount, "A")
      }?.row
    }
    #expect(after(99)?.ageing.overdue == 1 && after(99)?.balanceMinor == 1 && after(99)?.worst == .to30)
    #expect(after(100)?.ageing.open == 0 && after(100)?.worst == nil && after(100)?.oldestInvoice == nil)
    #expect(after(100)?.since == .day(15) && after(100)?.because == 1)
    #expect(after(101)?.advanceMinor == 1 && after(101)?.balanceMinor == -1)
  }

  @Test func `who was never invoiced has a row for a declared advance only`() {
    #expect(row(20) { $0.settle(15, "received", 100) } == nil)
    #expect(row(20) { $0.settle(15, "advance", 100) }?.row.advanceMinor == 100)
    #expect(row(14) { $0.settle(15, "advance", 100) } == nil)
  }

  @Test func `a row for each currency`() {
    var timeline = Timeline()
    timeline.bill(0, "A", 100, due: 10)
    timeline.bill(0, "U", 7, due: 90, cur: "USD")
    let rows = timeline.rows(Receivables.self, 20)
    #expect(rows.keys.sorted() == ["c0/CNY", "c0/USD"])
    #expect(rows["c0/USD"]?.row.ageing.overdue == 0 && rows["c0/CNY"]?.row.ageing.overdue == 100)
  }
}

@Suite struct `Receivables: limit, lateness, days of sales` {
  private func limited(_ day: Int, _ limit: (inout Timeline) -> Void) -> ReceivableRow? {
    row(day) {
      $0.bill(0, "A", 100, due: 10)
      limit(&$0)
    }?.row
  }

  @Test(arguments: [(99, true), (100, false), (101, false)] as [(Int64, Bool)]) func `over the limit is above it`(
    limit: Int64, isOver: Bool
  ) {
    let found = limited(20) { $0.limit(5, limit) }
    #expect(found?.creditLimitMinor == limit && found?.isOverLimit == isOver)
  }

  @Test func `advances count against what is owed`() {
    let found = limited(20) {
      $0.limit(5, 99)
      $0.settle(15, "advance", 1)
    }
    #expect(found?.isOverLimit == false)
  }

  @Test(arguments: [(4, nil), (5, 50), (30, 50), (31, nil)] as [(Int, Int64?)]) func `a limit holds to its last day`(
    day: Int, limit: Int64?
  ) {
    #expect(limited(day) { $0.limit(5, 50, until: 30) }?.creditLimitMinor == limit)
  }

  @Test func `the limit set last counts, though an earlier one would still hold`() {
    let found = limited(40) {
      $0.limit(5, 50)
      $0.limit(6, 80, until: 30)
    }
    #expect(found?.creditLimitMinor == nil && found?.isOverLimit == nil)
  }

  @Test func `a limit in another currency is none here, and one without a currency is one`() {
    #expect(limited(20) { $0.limit(5, 50, cur: "USD") }?.creditLimitMinor == nil)
    #expect(limited(20) { $0.limit(5, 50, cur: nil) }?.isOverLimit == true)
  }

  /// Three invoices paid 0, 4 and 7 days late, and one that is open since day 70.
  private func payer(_ day: Int) -> Named<ReceivableRow>? {
    row(day) {
      for (place, (due, paid)) in [(10, 8), (20, 24), (30, 37)].enumerated() {
        $0.bill(0, "P\(place)", 100, due: due)
        $0.settle(paid, "received", 100, "P\(place)")
      }
      $0.bill(40, "O", 100, due: 70)
    }
  }

  @Test(arguments: [
    (23, 3, 0), (25, 4, 0), (36, 6, 2), (38, 7, 2), (70, 7, 2), (71, 1, 4), (80, 10, 4), (372, 302, 4), (373, 303, 6), (389, 319, 7),
    (402, 332, nil),
  ] as [(Int, Int, Int?)]) func `late against the own mean of a year`(day: Int, late: Int, mean: Int?) {
    let found = payer(day)
    #expect(found?.row.daysLate == late && found?.row.meanDaysLate == mean, "day \(day)")
    #expect(found?.finding("days-late")?.holds == (mean.map { late > $0 } ?? false))
  }

  @Test func `days of sales that are owed`() {
    func days(_ day: Int) -> Int? {
      row(day) {
        $0.bill(0, "A", 300, due: 10)
        $0.settle(5, "received", 300, "A")
        $0.bill(30, "B", 100, due: 60)
      }?.row.salesOutstandingDays
    }
    #expect(days(29) == 0 && days(30) == 8, "100 ÷ 400 × 31 days")
    #expect(days(364) == 91 && days(365) == 365, "300 leave the window of 365 days")
    #expect(days(395) == nil, "nothing was invoiced within a year")
  }
}

@Suite struct `Receivables of the company` {
  private func customers() -> [Timeline] {
    var first = Timeline()
    first.own(0, "Li Na")
    first.bill(1, "A", 100, due: 10)
    first.bill(2, "B", 40, due: 90)
    first.limit(3, 120)
    var second = Timeline()
    second.own(0, "周敏")
    second.own(50, "Li Na", cause: "handover")
    second.bill(1, "C", 60, due: 5)
    second.bill(1, "U", 9, due: 5, cur: "USD")
    var third = Timeline()
    third.bill(1, "D", 30, due: 20)
    third.settle(2, "received", 35, "D")
    return [first, second, third]
  }

  @Test func `in all, by owner, and of nobody`() {
    let found = census(AgeingReport.self, of: customers(), 40)
    #expect(found.keys.sorted() == [
      "company:all/CNY", "company:all/USD", "company:pool/CNY", "employee:Li Na/CNY", "employee:周敏/CNY", "employee:周敏/USD",
    ])
    let all = found["company:all/CNY"]?.row
    #expect(all?.ageing.open == 200 && all?.ageing.overdue == 160 && all?.overdueShareBp == 8_000)
    #expect(all?.customers == 2 && all?.overdueCustomers == 2 && all?.overLimit == 1 && all?.advanceMinor == 5)
    #expect(all?.billedMinor == 230 && all?.collectedMinor == 35 && all?.because == 2, "C was due first of all")
    #expect(found["employee:Li Na/CNY"]?.row.ageing.open == 140)
    #expect(found["company:pool/CNY"]?.row.ageing.open == 0 && found["company:pool/CNY"]?.row.overdueShareBp == nil)
  }

  @Test func `whoever owns them on the day`() {
    let found = census(AgeingReport.self, of: customers(), 50)
    #expect(found["employee:周敏/CNY"] == nil && found["employee:Li Na/CNY"]?.row.ageing.open == 200)
  }

  @Test(arguments: UInt64(1)...40) func `owners add up to the company`(seed: UInt64) {
    var dice = Dice(seed)
    let customers = (0..<8).map { number in
      var timeline = Timeline()
      for day in 0..<20 {
        switch dice.roll(6) {
        case 0: timeline.own(day, ["A", "B", nil][dice.roll(3)])
        case 1, 2: timeline.bill(day, "\(number)-\(day)", Int64(1 + dice.roll(90)), due: day + dice.roll(60))
        default: timeline.settle(day, "received", Int64(1 + dice.roll(40)))
        }
      }
      return timeline
    }
    let found = census(AgeingReport.self, of: customers, 45)
    let parts = found.filter { $0.key != "company:all/CNY" }.map(\.value.row)
    guard let all = found["company:all/CNY"]?.row else { return }
    for bucket in AgeBucket.allCases {
      #expect(all.ageing[bucket] == parts.map { $0.ageing[bucket] }.reduce(0, +), "seed \(seed)")
    }
    #expect(all.customers == parts.map(\.customers).reduce(0, +) && all.advanceMinor == parts.map(\.advanceMinor).reduce(0, +))
  }
}
