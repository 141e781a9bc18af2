import Testing

@testable import Statistics

@Suite struct `Scores against the others` {
  @Test func `by hand`() {
    #expect(relativeScores([10, 20, 30, 40, 50], steps: 5) == [1, 2, 3, 4, 5])
    #expect(relativeScores([10, 20, 30, 40, 50], steps: 5, isLowBetter: true) == [5, 4, 3, 2, 1])
    // Six of ten are alike and worst; the next has six tenths worse.
    #expect(relativeScores([1, 1, 1, 1, 1, 1, 2, 3, 3, 9], steps: 5) == [1, 1, 1, 1, 1, 1, 4, 4, 4, 5])
    #expect(
      relativeScores([7, 7, 7], steps: 5) == [1, 1, 1] && relativeScores([7], steps: 5) == [1]
        && relativeScores([], steps: 5) == [])
    #expect(relativeScores([.min, .max, 0], steps: 2) == [1, 2, 1] && relativeScores([1, 2], steps: 100) == [1, 51])
    #expect(relativeScores([1, 2], steps: 1) == [] && relativeScores([1, 2], steps: 101) == [])
  }

  @Test func `the better never scores less, equals score alike, and order does not matter`() {
    var dice = Dice(81)
    for round in 0..<60 {
      let values = (0..<(1 + Int(dice.next() % 50))).map { _ in Int64(dice.next() % 20) - 5 }
      let given = relativeScores(values, steps: 5)
      for (a, x) in zip(values, given) {
        for (b, y) in zip(values, given) where a < b { #expect(x <= y, "seed 81, round \(round)") }
        for (b, y) in zip(values, given) where a == b { #expect(x == y, "seed 81, round \(round)") }
      }
      #expect(given.allSatisfy { (1...5).contains($0) }, "seed 81, round \(round)")
      let order = values.indices.shuffled(using: &dice)
      #expect(relativeScores(order.map { values[$0] }, steps: 5) == order.map { given[$0] }, "seed 81, round \(round)")
      #expect(relativeScores(values.map { -$0 }, steps: 5, isLowBetter: true) == given, "seed 81, round \(round)")
    }
  }

  @Test func `above the mean, exactly`() {
    #expect(areAboveMean([1, 2, 3]) == [false, false, true] && areAboveMean([5, 5]) == [false, false])
    #expect(areAboveMean([]) == [] && areAboveMean([.max, .max, .max - 1]) == [true, true, false])
    #expect(areAboveMean([.min, .min + 1]) == [false, true])
  }
}

@Suite struct `Recency, frequency, amount` {
  typealias Customer = RFM.Customer

  @Test func `by hand`() {
    let customers = [
      Customer(daysSince: 1, purchases: 9, amount: 900), Customer(daysSince: 50, purchases: 1, amount: 10),
      Customer(daysSince: 5, purchases: 2, amount: 950), Customer(daysSince: 40, purchases: 8, amount: 20),
      Customer(daysSince: 30, purchases: 1, amount: 15),
    ]
    #expect(RFM.scored(customers).map(\.cell) == ["554", "111", "435", "243", "312"])
    // Means: 25.2 days, 4.2 purchases, 379.
    #expect(
      RFM.grouped(customers) == [.importantValue, .generalRetain, .importantDevelop, .generalKeep, .generalRetain])
    #expect(RFM.scored(customers).map { $0.group(highFrom: 4) }.first == .importantValue)
    #expect(RFM.scored(customers, steps: 4).allSatisfy { (1...4).contains($0.recency) })
  }

  @Test func `all alike are in no high group, and nobody is in none`() {
    let alike = Array(repeating: Customer(daysSince: 3, purchases: 2, amount: 5), count: 4)
    #expect(
      RFM.scored(alike).allSatisfy { $0.cell == "111" } && RFM.grouped(alike) == alike.map { _ in .generalRetain })
    #expect(RFM.scored([]).isEmpty && RFM.grouped([]).isEmpty)
    let edge = [
      Customer(daysSince: .min, purchases: .max, amount: .max), Customer(daysSince: .max, purchases: 0, amount: .min),
    ]
    #expect(RFM.grouped(edge) == [.importantValue, .generalRetain])
  }

  @Test func `eight groups by three marks`() {
    var seen: Set<RFMGroup> = []
    for marks in 0..<8 {
      let group = RFMGroup(recent: marks & 1 > 0, frequent: marks & 2 > 0, large: marks & 4 > 0)
      seen.insert(group)
      #expect(group.chinese.hasPrefix(marks & 4 > 0 ? "重要" : "一般"))
    }
    #expect(seen.count == 8 && Set(RFMGroup.allCases.map(\.chinese)).count == 8)
  }

  /// pandas over the same file, as of 1998-06-30: rank(method="min") for scores, days with a purchase as the frequency.
  @Test(.enabled(if: RealFiles.folder != nil, RealFiles.absent)) func `CDNOW's customers`() throws {
    let end = CRM.day("1998-06-30")
    let customers = try CDNOW.customers().map { customer in
      Customer(
        daysSince: end - (customer.purchases.map(\.day).max() ?? 0),
        purchases: Set(customer.purchases.map(\.day)).count,
        amount: customer.purchases.reduce(0) { $0 + $1.cents })
    }
    #expect(customers.count == 2_357 && customers.reduce(0) { $0 + $1.amount } == 24_409_194)
    let scored = RFM.scored(customers)
    func counts(_ part: (RFM.Score) -> Int) -> [Int] { (1...5).map { step in scored.count { part($0) == step } } }
    #expect(counts(\.recency) == [482, 471, 463, 470, 471] && counts(\.amount) == [481, 462, 472, 471, 471])
    // Half bought on one day only: they are all worst, and no one is second.
    #expect(counts(\.frequency) == [1_218, 0, 403, 358, 378])
    #expect(scored.count { $0.cell == "555" } == 233 && scored.count { $0.cell == "111" } == 177)
    let groups = RFM.grouped(customers)
    #expect(RFMGroup.allCases.map { group in groups.count { $0 == group } } == [464, 30, 37, 62, 188, 161, 47, 1_368])
    let grades = try ABCLimits.usual.grades(customers.map(\.amount))
    #expect(ABCGrade.allCases.map { grade in grades.count { $0.grade == grade } } == [777, 804, 776])
    let share = try Concentration(customers.map(\.amount))
    #expect(isNear(share.herfindahl ?? 0, 0.002285796437229907, 1e-12))
    #expect(isNear(share.share(ofTop: 10) ?? 0, 0.08494098576134877, 1e-12))
    #expect(isNear(share.gini ?? 0, 0.6309171170162411, 1e-12))
  }
}

@Suite struct `ABC grades` {
  private func grades(_ values: [Int64], _ limits: ABCLimits = .usual, previous: [ABCGrade?] = []) throws -> [ABCGrade]
  {
    try limits.grades(values, previous: previous).map(\.grade)
  }

  @Test func `the one in whom a limit falls has the better grade`() throws {
    #expect(try grades([50, 30, 15, 5]) == [.a, .a, .b, .c])
    #expect(try grades([79, 2, 14, 5]) == [.a, .c, .a, .b])
    #expect(try grades([100]) == [.a] && grades([]) == [] && grades([1, 99]) == [.c, .a])
    #expect(try ABCLimits.usual.grades([50, 30, 15, 5]).map(\.shareBefore) == [0, 0.5, 0.8, 0.95])
  }

  @Test func `equals have equal grades, and who brings nothing is C`() throws {
    #expect(try grades([10, 10, 10, 10, 10]) == Array(repeating: .a, count: 5))
    #expect(try grades([0, -5, 8]) == [.c, .c, .a] && grades([0, 0]) == [.c, .c])
    #expect(try ABCLimits.usual.grades([0, 8]).map(\.shareBefore) == [nil, 0])
    #expect(try grades([.max, .max, .max, .max, .max, 1]) == [.a, .a, .a, .a, .a, .c])
  }

  @Test func `a better grade is kept within the margin, and gained without one`() throws {
    let limits = try #require(ABCLimits(a: 8_000, b: 9_500, keep: 200))
    // The third begins at 81 of 100, the fourth at 96.
    let values: [Int64] = [50, 31, 15, 4]
    #expect(try grades(values, limits) == [.a, .a, .b, .c])
    #expect(try grades(values, limits, previous: [.c, .c, .a, .b]) == [.a, .a, .a, .b])
    #expect(try grades(values, limits, previous: [.a, .a, nil, .a]) == [.a, .a, .b, .b])
    // At the end of the margin it is lost: 82 of 100 is not before 82.
    #expect(try grades([50, 32, 14, 4], limits, previous: [.a, .a, .a, .a]) == [.a, .a, .b, .b])
    #expect(throws: FigureRefusal.tooFew(1, needed: 2)) { try limits.grades([1, 2], previous: [.a]) }
  }

  @Test func `limits out of order`() {
    #expect(ABCLimits(a: 1, b: 10_000) != nil && ABCLimits(a: 10_000, b: 10_000, keep: 10_000) != nil)
    for (a, b, keep) in [(0, 5, 0), (6, 5, 0), (5, 10_001, 0), (5, 6, -1), (5, 6, 10_001)] {
      #expect(ABCLimits(a: a, b: b, keep: keep) == nil)
    }
  }

  @Test func `more money never grades worse, and order does not matter`() throws {
    var dice = Dice(91)
    for round in 0..<60 {
      let values = (0..<(1 + Int(dice.next() % 40))).map { _ in Int64(dice.next() % 1_000) - 100 }
      let given = try grades(values)
      for (a, x) in zip(values, given) {
        for (b, y) in zip(values, given) where a <= b { #expect(a == b ? x == y : x >= y, "seed 91, round \(round)") }
      }
      let order = values.indices.shuffled(using: &dice)
      #expect(try grades(order.map { values[$0] }) == order.map { given[$0] }, "seed 91, round \(round)")
      let larger = try grades(values.map { $0 * 1_000_000 })
      #expect(larger == given, "seed 91, round \(round)")
    }
  }
}

@Suite struct `Migration between classes` {
  @Test func `by hand`() throws {
    let matrix = try MigrationMatrix(
      [(0, 0), (0, 1), (1, 0), (2, 2), (nil, 1), (2, nil), (nil, nil)], classes: 3)
    #expect(matrix.counts == [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 1, 0, 0]])
    #expect(matrix.stayed == Proportion(2, of: 4) && matrix.rose == Proportion(1, of: 4))
    #expect(matrix.fell == Proportion(1, of: 4))
    #expect(matrix.share(from: 2, to: nil) == Proportion(1, of: 2))
    #expect(matrix.share(from: nil, to: 1) == Proportion(1, of: 1))
    #expect(matrix.share(from: 4, to: 0) == nil && matrix.share(from: -1, to: 0) == nil)
  }

  @Test func `nobody, and classes that do not exist`() throws {
    #expect(try MigrationMatrix([], classes: 1).stayed.share == nil)
    for wrong in [-1, 2] {
      #expect(throws: FigureRefusal.outOfScale(wrong, at: 1)) {
        try MigrationMatrix([(0, 1), (0, wrong)], classes: 2)
      }
    }
    for classes in [0, MigrationMatrix.classLimit + 1] {
      #expect(throws: FigureRefusal.outOfRange(option: .scale, Double(classes))) {
        try MigrationMatrix([], classes: classes)
      }
    }
  }
}

@Suite struct `Concentration among customers` {
  @Test func `by hand`() throws {
    let shares = try Concentration([50, 30, 20])
    #expect(shares.total == 100 && isNear(shares.herfindahl ?? 0, 0.38, 1e-15))
    #expect(isNear(shares.herfindahlPoints ?? 0, 3_800, 1e-15) && isNear(shares.effectiveNumber ?? 0, 1 / 0.38, 1e-15))
    #expect(shares.share(ofTop: 1) == 0.5 && shares.share(ofTop: 2) == 0.8 && shares.share(ofTop: 9) == 1)
    #expect(shares.share(ofTop: 0) == 0 && shares.share(ofTop: -1) == nil)
    #expect(isNear(shares.gini ?? 0, 0.2, 1e-15))
    #expect(shares.lorenz().map(\.share) == [0, 0.2, 0.5, 1])
    #expect(shares.lorenz(points: 2).map(\.customers) == [0, 1.0 / 3, 1])
  }

  @Test func `one has all, and all are alike`() throws {
    let one = try Concentration([0, 0, 0, 9])
    #expect(one.herfindahl == 1 && one.gini == 0.75 && one.effectiveNumber == 1)
    let alike = try Concentration(Array(repeating: 7, count: 8))
    #expect(alike.herfindahl == 0.125 && alike.gini == 0 && alike.effectiveNumber == 8)
    let huge = try Concentration([.max])
    #expect(huge.herfindahl == 1 && huge.gini == 0 && huge.total == .max)
  }

  @Test func `nothing, negative money, and sums beyond 64 bits`() throws {
    for none in [try Concentration([]), try Concentration([0, 0])] {
      #expect(none.herfindahl == nil && none.gini == nil && none.share(ofTop: 1) == nil && none.lorenz().isEmpty)
    }
    #expect(throws: FigureRefusal.negative(at: 1)) { try Concentration([1, -1]) }
    #expect(throws: FigureRefusal.sumTooLarge) { try Concentration([.max, 1]) }
  }

  @Test func `bounds, order, unit, and that a transfer to a larger one concentrates`() throws {
    var dice = Dice(95)
    for round in 0..<60 {
      let values = (0..<(2 + Int(dice.next() % 30))).map { _ in Int64(dice.next() % 500) + 1 }
      let shares = try Concentration(values)
      let (hhi, gini, n) = (shares.herfindahl ?? -1, shares.gini ?? -1, Double(values.count))
      #expect(hhi >= 1 / n - 1e-12 && hhi <= 1 && gini >= 0 && gini <= 1 - 1 / n, "seed 95, round \(round)")
      let same = try Concentration(values.shuffled(using: &dice).map { $0 * 1_000 })
      #expect(
        isNear(same.herfindahl ?? 0, hhi, 1e-12) && isNear(same.gini ?? 0, gini, 1e-12), "seed 95, round \(round)")
      var moved = values.sorted()
      moved[0] -= 1
      moved[moved.count - 1] += 1
      let more = try Concentration(moved)
      #expect((more.herfindahl ?? 0) > hhi && (more.gini ?? 0) > gini, "seed 95, round \(round)")
      let curve = shares.lorenz(points: 7)
      #expect(curve.first?.share == 0 && curve.last?.share == 1, "seed 95, round \(round)")
      #expect(curve.allSatisfy { $0.share <= $0.customers + 1e-12 }, "seed 95, round \(round)")
    }
  }
}
