import Foundation
import Testing

@testable import Statistics

/// Customers of a BG/NBD world, observed for a year.
private func world(_ model: BetaGeometric, customers: Int, seed: UInt64) -> [PurchasePattern] {
  var dice = Dice(seed)
  func gamma(_ shape: Double, _ rate: Double) -> Double {
    // Johnk's for shapes below 1, sums for whole parts: slow, and plainly right.
    var sum = 0.0
    for _ in 0..<Int(shape) { sum -= Foundation.log(dice.unit()) }
    let rest = shape - shape.rounded(.down)
    if rest > 0 { sum += beta(rest, 1 - rest) * -Foundation.log(dice.unit()) }
    return sum / rate
  }
  func beta(_ a: Double, _ b: Double) -> Double {
    while true {
      let (u, v) = (Foundation.pow(dice.unit(), 1 / a), Foundation.pow(dice.unit(), 1 / b))
      if u + v <= 1, u + v > 0 { return u / (u + v) }
    }
  }
  return (0..<customers).map { number in
    let age = Double(180 + number % 185)
    let rate = gamma(model.r, model.alpha) / 7
    let leaving = beta(model.a, model.b)
    var day = 0.0
    var last = 0
    var repeats = 0
    while true {
      day -= Foundation.log(dice.unit()) / rate
      guard day <= age else { break }
      if Int(day) > last { (repeats, last) = (repeats + 1, Int(day)) }
      if dice.unit() < leaving { break }
    }
    return PurchasePattern(repeats: repeats, recencyDays: last, ageDays: Int(age))!
  }
}

@Suite struct `Fitting` {
  @Test func `finds the parameters of a made world, as near as its errors say`() throws {
    let truth = try #require(BetaGeometric(r: 0.6, alpha: 9, a: 0.8, b: 2.5))
    for seed in [11, 12] as [UInt64] {
      let fit = try BetaGeometric.fit(try PurchasePatterns(world(truth, customers: 1_500, seed: seed)))
      for (place, name) in BetaGeometric.parameterNames.enumerated() {
        let error = try #require(fit.standardErrors[place], "\(name), seed \(seed)")
        let miss = abs(fit.model.parameters[place] - truth.parameters[place])
        #expect(miss < 4 * error, "\(name) \(fit.model.parameters[place]) ± \(error), seed \(seed)")
        #expect(error < truth.parameters[place], "\(name), seed \(seed)")
      }
    }
  }

  @Test func `does not depend on the order of the customers, to the last bit`() throws {
    let customers = world(try #require(BetaGeometric(r: 0.6, alpha: 9, a: 0.8, b: 2.5)), customers: 300, seed: 5)
    let model = ParetoNBD(r: 0.5, alpha: 8, s: 0.7, beta: 14)!
    let value = model.logLikelihood(of: try PurchasePatterns(customers))
    for seed in [1, 2, 3] as [UInt64] {
      var dice = Dice(seed)
      let mixed = try PurchasePatterns(customers.shuffled(using: &dice))
      #expect(model.logLikelihood(of: mixed).bitPattern == value.bitPattern, "seed \(seed)")
    }
    let single = customers.reduce(0) { $0 + model.logLikelihood(of: $1) }
    #expect(isNear(single, value, 1e-12))
  }

  @Test func `too few are refused, at the limit`() throws {
    let many = (0..<FitLimit.customers).map {
      pattern($0 < FitLimit.repeaters ? 1 + $0 % 3 : 0, $0 < FitLimit.repeaters ? 9 : 0, 30)
    }
    #expect(throws: StatisticsError.tooFewCustomers(FitLimit.customers - 1, needed: FitLimit.customers)) {
      try BetaGeometric.fit(try PurchasePatterns(Array(many.dropLast())))
    }
    let fewer = many.dropFirst() + [pattern(0, 0, 30)]
    #expect(throws: StatisticsError.tooFewRepeaters(FitLimit.repeaters - 1, needed: FitLimit.repeaters)) {
      try ParetoNBD.fit(try PurchasePatterns(Array(fewer)))
    }
    #expect(throws: StatisticsError.tooFewCustomers(0, needed: FitLimit.customers)) { try GammaGamma.fit([]) }
    // Enough is not refused for being too few, whatever the data then determine.
    do { _ = try BetaGeometric.fit(try PurchasePatterns(many)) } catch {
      switch error {
      case .undetermined, .notConverged: break
      case .tooFewCustomers, .tooFewRepeaters, .tooManyCustomers: Issue.record("\(error)")
      }
    }
  }

  @Test func `customers who are all alike determine nothing, and that is said`() throws {
    let alike = try PurchasePatterns((0..<200).map { _ in pattern(10, 48, 52) })
    #expect {
      try BetaGeometric.fit(alike)
    } throws: { error in
      switch error as? StatisticsError {
      case .undetermined, .notConverged: true
      default: false
      }
    }
  }
}

@Suite struct `The search for a minimum` {
  @Test func `Rosenbrock's valley`() {
    let found = Simplex.minimum(from: [-1.2, 1]) { x in
      100 * Foundation.pow(x[1] - x[0] * x[0], 2) + Foundation.pow(1 - x[0], 2)
    }
    #expect(found.isSettled && abs(found.point[0] - 1) < 1e-4 && abs(found.point[1] - 1) < 1e-4)
  }

  @Test func `Powell's singular function in four dimensions`() {
    let found = Simplex.minimum(from: [3, -1, 0, 1]) { x in
      let (a, b, c, d) = (x[0] + 10 * x[1], x[2] - x[3], x[1] - 2 * x[2], x[0] - x[3])
      return a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d
    }
    #expect(found.value < 1e-9)
  }

  @Test func `walls and holes are walked around`() {
    let found = Simplex.minimum(from: [2]) { x in x[0] < 0.5 ? .nan : x[0] > 3 ? .infinity : (x[0] - 1) * (x[0] - 1) }
    #expect(abs(found.point[0] - 1) < 1e-5)
  }

  @Test func `what never ends is ended, and not taken for settled`() {
    var calls = 0
    let found = Simplex.minimum(from: [1]) { x in
      calls += 1
      return -Double(calls)
    }
    #expect(!found.isSettled && calls <= (Simplex.restarts + 1) * (Simplex.evaluationLimit + 10))
  }

  @Test func `the inverse of a matrix, and none of one that is not positive definite`() throws {
    let inverse = Curvature.inverseDiagonal(of: [[4, 2, 0], [2, 5, 1], [0, 1, 3]])
    // By hand: determinant 44; cofactors 14, 12, 16.
    for (found, expected) in zip(inverse, [14.0 / 44, 12.0 / 44, 16.0 / 44]) {
      #expect(isNear(try #require(found), expected, 1e-14))
    }
    #expect(Curvature.inverseDiagonal(of: [[1, 2], [2, 1]]) == [nil, nil])
  }
}
