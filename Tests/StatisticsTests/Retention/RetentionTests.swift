import Testing

@testable import Statistics

@Suite struct `Recurring revenue` {
  typealias Account = RevenueMovement.Account

  @Test func `by hand`() throws {
    let movement = try RevenueMovement([
      Account(opening: 100, closing: 100), Account(opening: 100, closing: 0), Account(opening: 100, closing: 60),
      Account(opening: 100, closing: 250), Account(opening: 0, closing: 70), Account(opening: 0, closing: 0),
    ])
    #expect(movement.accounts == 4 && movement.lost == 1 && movement.contracted == 1 && movement.expanded == 1)
    #expect(movement.opening == 400 && movement.churn == 100 && movement.contraction == 40)
    #expect(movement.expansion == 150 && movement.closing == 410 && movement.gain == 70 && movement.gained == 1)
    #expect(movement.grossRetention == 0.65 && movement.netRetention == 1.025)
    #expect(movement.logoChurn.share == 0.25 && movement.logoRetention.share == 0.75)
  }

  @Test func `whatever the accounts, the bridge holds, gross is at most 1 and at most net`() throws {
    var dice = Dice(51)
    for round in 0..<100 {
      let accounts = (0..<Int(dice.next() % 40)).map { _ in
        Account(opening: Int64(dice.next() % 5) * 100, closing: Int64(dice.next() % 9) * 70)
      }
      let m = try RevenueMovement(accounts)
      #expect(m.opening - m.churn - m.contraction + m.expansion == m.closing, "seed 51, round \(round)")
      #expect(m.closing + m.gain == accounts.reduce(0) { $0 + $1.closing }, "seed 51, round \(round)")
      #expect(try RevenueMovement(accounts.shuffled(using: &dice)) == m, "seed 51, round \(round)")
      guard let gross = m.grossRetention, let net = m.netRetention else { continue }
      #expect((0...1).contains(gross) && gross <= net, "seed 51, round \(round)")
    }
  }

  @Test func `nobody, negative money, and sums beyond 64 bits`() throws {
    let none = try RevenueMovement([Account(opening: 0, closing: 5)])
    #expect(none.grossRetention == nil && none.netRetention == nil && none.logoChurn.share == nil && none.gain == 5)
    #expect(throws: FigureRefusal.negative(at: 1)) {
      try RevenueMovement([Account(opening: 1, closing: 1), Account(opening: 1, closing: -1)])
    }
    let most = Account(opening: .max, closing: .max)
    #expect(try RevenueMovement([most]).grossRetention == 1)
    #expect(throws: FigureRefusal.sumTooLarge) { try RevenueMovement([most, Account(opening: 1, closing: 1)]) }
  }
}

@Suite struct `Cohorts` {
  typealias Member = CohortMatrix.Member

  @Test func `by hand`() throws {
    let members = [
      Member(first: 3, activity: [(3, 10), (5, 7), (5, 8)]), Member(first: 3, activity: [(4, 1), (3, 5)]),
      Member(first: 5, active: [5]), Member(first: 3, active: []),
    ]
    let matrix = try CohortMatrix(members, last: 5, isLastPartial: true)
    #expect(matrix.rows.map(\.cohort) == [3, 5] && matrix.rows.map(\.size) == [3, 1])
    #expect(matrix.rows[0].cells.map(\.active.count) == [2, 1, 1] && matrix.rows[1].cells.map(\.active.count) == [1])
    #expect(matrix.rows[0].cells.map(\.amount) == [15, 1, 15])
    #expect(matrix.rows[0].cells.map(\.isPartial) == [false, false, true] && matrix.rows[1].cells[0].isPartial)
    // The last period is not over, so neither the second cohort nor age 2 is there.
    #expect(matrix.byAge == [Proportion(2, of: 3), Proportion(1, of: 3)])
    let whole = try CohortMatrix(members, last: 5, isLastPartial: false)
    #expect(whole.byAge == [Proportion(3, of: 4), Proportion(1, of: 3), Proportion(1, of: 3)])
  }

  @Test func `out of order, at the edges`() throws {
    for wrong in [Member(first: 6, active: []), Member(first: 3, active: [2]), Member(first: 3, active: [6])] {
      #expect(throws: FigureRefusal.outOfOrder(at: 1)) {
        try CohortMatrix([Member(first: 5, active: [5]), wrong], last: 5, isLastPartial: false)
      }
    }
    #expect(try CohortMatrix([], last: 0, isLastPartial: true).rows.isEmpty)
    #expect(try CohortMatrix([], last: 0, isLastPartial: true).byAge.isEmpty)
    let limit = CohortMatrix.periodLimit
    let widest = try CohortMatrix([Member(first: 1, active: [limit])], last: limit, isLastPartial: false)
    #expect(widest.rows[0].cells.count == limit)
    #expect(throws: FigureRefusal.tooMany(limit + 1, limit: limit)) {
      try CohortMatrix([Member(first: 0, active: [])], last: limit, isLastPartial: false)
    }
    for first in [0, .min] {
      #expect(throws: FigureRefusal.tooMany(.max, limit: limit)) {
        try CohortMatrix([Member(first: first, active: [])], last: .max, isLastPartial: false)
      }
    }
    #expect(throws: FigureRefusal.sumTooLarge) {
      try CohortMatrix([Member(first: 0, activity: [(0, .max), (0, 1)])], last: 0, isLastPartial: false)
    }
  }

  @Test func `who came back`() {
    #expect(reactivations(active: []) == 0 && reactivations(active: [4]) == 0)
    #expect(reactivations(active: [1, 2, 3]) == 0 && reactivations(active: [3, 1]) == 1)
    #expect(reactivations(active: [1, 3, 3, 4, 9]) == 2 && reactivations(active: [1, 3, 4, 9], gap: 1) == 1)
    #expect(reactivations(active: [1, 9], gap: 7) == 0 && reactivations(active: [1, 9], gap: 6) == 1)
    #expect(reactivations(active: [.min, .max]) == 1)
  }

  /// pandas over the same file: months from January 1997, the first month of each customer, who bought in which.
  @Test(.enabled(if: RealFiles.folder != nil, RealFiles.absent)) func `CDNOW by month`() throws {
    let matrix = try CohortMatrix(CDNOW.customers().map(\.byMonth), last: 17, isLastPartial: false)
    #expect(matrix.rows.map(\.size) == [781, 857, 719])
    let expected = [
      [781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33],
      [857, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59, 70, 56, 59, 60],
      [719, 87, 84, 78, 63, 64, 55, 57, 73, 65, 47, 51, 78, 32, 38, 45],
    ]
    #expect(matrix.rows.map { $0.cells.map(\.active.count) } == expected)
    #expect(matrix.rows[0].cells.map(\.amount).prefix(4) == [2_859_270, 700_373, 424_164, 375_536])
    #expect(matrix.byAge[1] == Proportion(124 + 134 + 87, of: 2_357))
  }
}

@Suite(.enabled(if: RealFiles.folder != nil, RealFiles.absent)) struct `RavenStack's figures` {
  /// Active at the end of a day: begun by then, and not ended by then. The base are accounts with revenue at the end of
  /// 2023. Counts and money exact, rates to half of their last digit.
  @Test func `retention of 2024`() throws {
    let rows = try RealFiles.rows("ravenstack/ravenstack_subscriptions.csv.gz")
    let (start, end) = (CRM.day("2023-12-31"), CRM.day("2024-12-31"))
    var accounts: [String: (opening: Int64, closing: Int64)] = [:]
    for row in rows {
      let begun = try #require(RealFiles.day(row["start_date"], reversed: true))
      let ended = RealFiles.day(row["end_date"], reversed: true)
      let amount = try #require(Int64(row["mrr_amount"] ?? ""))
      func active(_ day: Int) -> Int64 { begun <= day && ended.map { $0 > day } ?? true ? amount : 0 }
      let old = accounts[row["account_id"] ?? ""] ?? (0, 0)
      accounts[row["account_id"] ?? ""] = (old.opening + active(start), old.closing + active(end))
    }
    let movement = try RevenueMovement(
      accounts.values.map { RevenueMovement.Account(opening: $0.opening, closing: $0.closing) })
    #expect(movement.accounts == 185 && movement.opening == 1_262_113 && movement.closing == 3_688_789)
    #expect(abs((movement.grossRetention ?? 0) - 0.9959) < 0.5e-4)
    #expect(abs((movement.netRetention ?? 0) - 2.9227) < 0.5e-4)
  }

  @Test func `satisfaction with tickets`() throws {
    let answers = try RealFiles.rows("ravenstack/ravenstack_supports_ticket.csv").compactMap {
      $0["satisfaction_score"].flatMap { Double($0) }.map { Int($0) }
    }
    let satisfaction = try CustomerSatisfaction(answers)
    #expect(satisfaction.answers.count == 1_175 && satisfaction.satisfied.count == 779)
    #expect(abs((satisfaction.mean ?? 0) - 3.9813) < 0.5e-4)
    #expect(abs((satisfaction.satisfied.share ?? 0) - 0.6630) < 0.5e-4)
  }

  @Test func `accounts that came back`() throws {
    let events = try RealFiles.rows("ravenstack/ravenstack_churn_events.csv")
    #expect(events.count { $0["is_reactivation"] == "TRUE" } == 61)
  }
}
