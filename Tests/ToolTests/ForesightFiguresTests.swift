import Answers
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

/// Figures of the literature, and of independent tools on the same file, from purchases that were imported and judged
/// here. Calibration to 1997-09-30, hold-out to 1998-06-30, which is 39 weeks.
@Suite(.serialized, .enabled(if: RealData.folder != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `CDNOW purchases give the published figures` {
  private func rows(_ arguments: String...) throws -> [[String: Any]] {
    let folder = try #require(RealData.purchases)
    let run = Run(
      arguments + ["--data", folder.path, "--format", "ndjson"], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
  }

  private func number(_ row: [String: Any], _ name: String) -> Double { (row[name] as? NSNumber)?.doubleValue ?? .nan }

  @Test(arguments: [
    ("bg-nbd", ["r": 0.2426, "alpha": 4.4136, "a": 0.7929, "b": 2.4259], -9_582.43, 1_653.4),
    ("pareto-nbd", ["r": 0.5533, "alpha": 10.578, "s": 0.6063, "beta": 11.670], -9_594.98, 1_665.5),
  ])
  func `models of buying`(model: String, parameters: [String: Double], likelihood: Double, total: Double) throws {
    let fit = try #require(
      try rows("rules", "fit", "churn", "--model", model, "--until", "1997-09-30", "--holdout", "1998-06-30").first)
    for (name, expected) in parameters {
      #expect(abs(number(fit, name) - expected) < 0.002, "\(name) \(number(fit, name))")
    }
    for name in parameters.keys {
      #expect(number(fit, name + "Error") > 0 && number(fit, name + "Error") < 10, "\(name)")
    }
    #expect(abs(number(fit, "logLikelihood") - likelihood) < 0.006)
    #expect(abs(number(fit, "expected") - total) < 0.05)
    #expect(number(fit, "customers") == 2_357 && number(fit, "repeaters") == 946 && number(fit, "bought") == 1_882)
  }

  @Test func `the model of worth`() throws {
    let fit = try #require(try rows("rules", "fit", "churn", "--model", "gamma-gamma", "--until", "1997-09-30").first)
    for (name, expected) in [("p", 6.250), ("q", 3.744), ("gamma", 15.444)] {
      #expect(abs(number(fit, name) - expected) < 0.002, "\(name) \(number(fit, name))")
    }
    #expect(number(fit, "customers") == 946 && fit["cur"] as? String == "USD")
  }

  /// Customer, x, t_x, T, P(alive) by BG/NBD and by Pareto/NBD, expected in 39 weeks by BG/NBD, bought.
  static let customers:
    [(id: Int, x: Int, recency: Double, age: Double, bg: Double, pareto: Double, expected: Double, bought: Int)] = [
      (1, 2, 30.43, 38.86, 0.7266, 0.8691, 1.2260, 1), (3, 0, 0, 38.86, 1, 0.2951, 0.1948, 0),
      (157, 29, 37.71, 38, 0.9692, 0.9962, 20.0552, 14), (211, 7, 17.86, 37.57, 0.0972, 0.1620, 0.5180, 6),
      (325, 25, 27.29, 36.86, 0.0409, 0.1093, 0.7485, 2), (485, 11, 33.14, 36, 0.8730, 0.9466, 7.3490, 0),
      (969, 5, 18.29, 33.71, 0.3483, 0.4484, 1.4705, 2), (1_516, 26, 30.86, 31, 0.9689, 0.9979, 20.7489, 15),
    ]

  @Test func `single customers`() throws {
    let ask = ["--until", "1997-09-30", "--holdout", "1998-06-30", "--customers"]
    for (model, isPareto) in [("bg-nbd", false), ("pareto-nbd", true)] {
      let all = try rows("rules", "fit", "churn", "--model", model, ask[0], ask[1], ask[2], ask[3], ask[4])
      #expect(all.count == 2_357)
      for customer in `CDNOW purchases give the published figures`.customers {
        let row = try #require(all.first { ($0["subject"] as? String).flatMap { Int($0.dropFirst(9)) } == customer.id })
        #expect(number(row, "repeats") == Double(customer.x) && number(row, "bought") == Double(customer.bought))
        #expect(
          abs(number(row, "recencyWeeks") - customer.recency) < 0.006
            && abs(number(row, "ageWeeks") - customer.age) < 0.006)
        #expect(
          abs(number(row, "alive") - (isPareto ? customer.pareto : customer.bg)) < 0.001, "\(model) \(customer.id)")
        if !isPareto { #expect(abs(number(row, "expected") - customer.expected) < 0.001, "\(customer.id)") }
      }
    }
  }

  /// Silent for more than so many weeks: whole days, of which exactly four weeks are not more than four.
  @Test(arguments: [(4, 2_192, 1_633), (8, 2_073, 1_604), (13, 1_939, 1_545), (26, 1_629, 1_381)])
  func `silence as a warning`(weeks: Int, flagged: Int, caught: Int) throws {
    let file = try draft("silence\(weeks).json", ["silenceDays": .int(Int64(weeks * 7)), "silenceWeight": 60])
    let lines = try backtest(file)
    #expect(lines.count == 2)
    for row in lines {
      #expect(
        number(row, "customers") == 2_357 && number(row, "outcomes") == 1_673 && number(row, "baseRate") == 0.7098)
      #expect(number(row, "flagged") == Double(flagged) && number(row, "caught") == Double(caught))
      #expect(abs(number(row, "precision") - Double(caught) / Double(flagged)) < 0.00005)
      #expect(abs(number(row, "recall") - Double(caught) / 1_673) < 0.00005)
    }
  }

  @Test func `scores by the area under their curve`() throws {
    let lines = try backtest("1", "--scores")
    let areas = lines.filter { $0["scope"] as? String == "day" }.map {
      ($0["score"] as? String ?? "", number($0, "auc"))
    }
    let expected = [
      ("silence", 0.7714), ("bg-nbd", 0.7725), ("pareto-nbd", 0.7787), ("bg-nbd-alive", 0.3158),
      ("pareto-nbd-alive", 0.7262),
    ]
    #expect(areas.map(\.0) == ["health"] + expected.map(\.0))
    for (name, area) in expected { #expect(areas.first { $0.0 == name }?.1 == area, "\(name)") }
  }

  /// The model as a signal of a rule: parameters in the rule, nothing fitted when it is judged.
  @Test(arguments: ["bg-nbd", "pareto-nbd"]) func `a fitted model in a rule warns of those of whom it expects little`(
    model: String
  ) throws {
    let fit = try #require(
      try rows("rules", "fit", "churn", "--model", model, "--until", "1997-09-30", "--horizon", "273d").first)
    let text = String(decoding: try JSONSerialization.data(withJSONObject: try #require(fit["rule"])), as: UTF8.self)
    var changes = try #require(try JSON(parsing: text).object)
    changes["expectationWeight"] = 60
    let line = try #require(try backtest(try draft(model + ".json", changes)).first)
    let all = try rows(
      "rules", "fit", "churn", "--model", model, "--until", "1997-09-30", "--holdout", "1998-06-30", "--customers")
    #expect(number(line, "flagged") == Double(all.count { number($0, "expected") < 0.5005 }))
    #expect(number(line, "precision") > 0.75 && number(line, "recall") > 0.8)
  }

  private func backtest(_ rule: String, _ more: String...) throws -> [[String: Any]] {
    let folder = try #require(RealData.purchases)
    let arguments = [
      "rules", "backtest", "churn", rule, "--horizon", "39w", "--from", "1997-09-30", "--to", "1997-09-30",
    ]
    let run = Run(
      arguments + more + ["--data", folder.path, "--format", "ndjson"], source: MemorySource(""),
      environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
  }

  private func draft(_ name: String, _ changes: JSONObject) throws -> String {
    try Drafts.file(name, changes, in: try #require(RealData.purchases))
  }
}
