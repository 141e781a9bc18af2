import Testing

@testable import Statistics

@Suite struct `Receivables` {
  typealias Table = AgeingTable

  @Test(arguments: [
    (Int.min, Table.Bucket.notDue, Table.Bucket.notDue), (-1, .notDue, .notDue), (0, .notDue, .to30), (1, .to30, .to30),
    (30, .to30, .to30), (31, .to60, .to60), (60, .to60, .to60), (61, .to90, .to90), (90, .to90, .to90),
    (91, .over90, .over90), (Int.max, .over90, .over90),
  ])
  func `buckets at their edges`(days: Int, byDue: Table.Bucket, byInvoice: Table.Bucket) {
    #expect(Table.Bucket(days: days, .due) == byDue && Table.Bucket(days: days, .invoice) == byInvoice)
  }

  @Test func `ageing, by hand`() throws {
    let ageing = try Table(
      [
        .init(days: -5, open: 400), .init(days: 0, open: 100), .init(days: 45, open: 300),
        .init(days: 91, open: 250), .init(days: 12, open: -50),
      ], by: .invoice)
    #expect(ageing.lines.map(\.open) == [400, 50, 300, 0, 250] && ageing.lines.map(\.items) == [1, 2, 1, 0, 1])
    #expect(ageing.total == 1_000 && ageing.overdueShare == 0.6 && ageing.share(of: .over90) == 0.25)
    #expect(ageing[.to60].open == 300)
  }

  @Test func `nothing owed, more credit than debt, and sums beyond 64 bits`() throws {
    for items in [
      [], [Table.Item(days: 1, open: -5)], [.init(days: 1, open: 5), .init(days: 1, open: -5)],
    ] {
      let ageing = try Table(items, by: .due)
      #expect(ageing.overdueShare == nil && ageing.share(of: .to30) == nil && ageing.lines.count == 5)
    }
    #expect(throws: FigureRefusal.sumTooLarge) {
      try Table([.init(days: 1, open: .max), .init(days: 99, open: 1)], by: .due)
    }
  }

  @Test func `whatever is owed, the buckets add up`() throws {
    var dice = Dice(97)
    for round in 0..<50 {
      let items = (0..<Int(dice.next() % 60)).map { _ in
        Table.Item(days: Int(dice.next() % 200) - 60, open: Int64(dice.next() % 900) - 100)
      }
      let ageing = try Table(items, by: .due)
      #expect(ageing.lines.reduce(0) { $0 + $1.open } == ageing.total, "seed 97, round \(round)")
      #expect(ageing.lines.reduce(0) { $0 + $1.items } == items.count, "seed 97, round \(round)")
      #expect(try Table(items.shuffled(using: &dice), by: .due) == ageing, "seed 97, round \(round)")
    }
  }

  @Test func `days of sales, after the balance`() {
    #expect(daysSalesOutstanding(receivables: 300, creditSales: 900, days: 90) == 30)
    #expect(bestPossibleDaysSalesOutstanding(notDue: 200, creditSales: 900, days: 90) == 20)
    #expect(daysSalesOutstanding(receivables: 0, creditSales: 1, days: 1) == 0)
    for (receivables, sales, days) in [(-1, 1, 1), (1, 0, 1), (1, -1, 1), (1, 1, 0)] as [(Int64, Int64, Int)] {
      #expect(daysSalesOutstanding(receivables: receivables, creditSales: sales, days: days) == nil)
    }
  }

  @Test func `days of sales, by counting back`() throws {
    let months = [
      CountBack.Period(creditSales: 100, days: 31), .init(creditSales: 200, days: 30), .init(creditSales: 0, days: 31),
      .init(creditSales: 50, days: 28),
    ].compactMap(\.self)
    for (receivables, days, isLowerBound) in [
      (0, 0, false), (50, 15.5, false), (100, 31, false), (200, 46, false), (300, 61, false), (325, 106, false),
      (350, 120, false), (351, 120, true),
    ] as [(Int64, Double, Bool)] {
      let back = try #require(CountBack(receivables: receivables, periods: months))
      #expect(back.days == days && back.isLowerBound == isLowerBound, "\(receivables)")
    }
    #expect(CountBack(receivables: -1, periods: months) == nil)
    #expect(CountBack(receivables: 5, periods: [])?.isLowerBound == true)
    #expect(CountBack.Period(creditSales: -1, days: 1) == nil && CountBack.Period(creditSales: 1, days: 0) == nil)
    #expect(
      CountBack.Period(creditSales: 1, days: 3_661) == nil && CountBack.Period(creditSales: 1, days: 3_660) != nil)
  }

  @Test func `collection effectiveness`() {
    func index(_ opening: Int64, _ sales: Int64, _ closing: Int64, _ notDue: Int64) -> Double? {
      collectionEffectiveness(opening: opening, creditSales: sales, closing: closing, closingNotDue: notDue)
    }
    #expect(index(100, 200, 120, 60) == 0.75 && index(100, 200, 60, 60) == 1 && index(100, 200, 30, 60) == 1.125)
    #expect(index(0, 0, 0, 0) == nil && index(10, 10, 0, 20) == nil && index(0, 10, 30, 0) == -2)
    #expect(index(.max, .max, .max, 0) == 0.5)
    for wrong in [(-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0), (0, 0, 0, -1)] as [(Int64, Int64, Int64, Int64)] {
      #expect(index(wrong.0, wrong.1, wrong.2, wrong.3) == nil)
    }
  }
}
