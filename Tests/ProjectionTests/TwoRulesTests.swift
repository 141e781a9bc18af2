@testable import ChurnProjection
import Events
import LifecycleProjection
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

extension Timeline {
  /// A history of everything, to which things were added that show in few histories: use that declines, answers that get
  /// worse, late deliveries, invoices paid ever later, a grade.
  fileprivate init(declining seed: UInt64) {
    self.init(everything: seed)
    var dice = Dice(seed)
    grade(1, ["a", "a", "b", "c"].randomElement(using: &dice)!)
    add(360, Visit.interactionLogged, ["kind": "call"])
    for month in 0..<30 {
      let day = 30 * month + Int.random(in: 0...9, using: &dice)
      let use = Int64.random(in: 40...60, using: &dice) - Int64(month)
      add(day, Usage.reported, ["metric": "m", "value": .int(use), "periodStart": .day(day - 29), "periodEnd": .day(day)])
      if month % 4 == 0 { csi(day, 100 - 3 * Int64(month) + Int64.random(in: 0...9, using: &dice)) }
      if month % 3 == 0 {
        let late = Int.random(in: 0...40, using: &dice)
        add(day, Order.delivered, ["customer": "c", "promisedOn": .day(day - late), "acceptedOn": .day(day)])
      }
      add(day, Order.invoiced, ["customer": "c", "netMinor": 1_000, "cur": "CNY", "dueOn": .day(day + 10)])
      pay(day + 10 + month + Int.random(in: 0...5, using: &dice), 1_000)
    }
  }
}

/// A comparison works out once what two rules make alike. Whatever member of a rule is another, both conclusions must be
/// those that each rule gives alone, which `Timeline.explain` holds them to.
@Suite struct `Two rules at once judge like each alone` {
  /// Every member of the shipped rule that holds a number, with some other numbers.
  private static func changes<P: Projection>(_: P.Type) -> [(member: String, body: JSONObject)] {
    (P.shippedRules.last?.body.members ?? []).flatMap { member -> [(String, JSONObject)] in
      guard case .int(let value) = member.value else { return [] }
      return [value / 2, value + 1, value * 3].map { (member.name, [member.name: .int(max(1, $0))]) }
    }
  }

  /// Checks every change over random histories, and gives the members by which no conclusion was ever another.
  private func check<P: Projection>(_: P.Type, seeds: ClosedRange<UInt64>) -> Set<String> {
    let changes = Self.changes(P.self)
    var silent = Set(changes.map(\.member))
    for seed in seeds {
      let timeline = seed % 2 == 0 ? Timeline(declining: seed) : Timeline(everything: seed)
      for day in [400, 930] {
        let shipped = timeline.conclude(P.self, day)
        for change in changes {
          let row = timeline.explain(P.self, asOf: .day(day), change.body).row
          if row != shipped { silent.remove(change.member) }
        }
      }
    }
    return silent
  }

  @Test func `about health, whichever number is another`() {
    // Else a member that is forgotten where rules are compared would not be noticed.
    #expect(check(Health.self, seeds: 1...60) == [])
  }

  @Test func `about the stage, whichever number is another`() {
    #expect(check(Lifecycle.self, seeds: 1...60) == [])
  }

  @Test(arguments: ["payments", "orders", "payments-first"]) func `where they read other purchases`(basis: String) {
    for seed in UInt64(1)...40 {
      let timeline = Timeline(everything: seed)
      _ = timeline.explain(Health.self, asOf: .day(700), ["purchaseEvents": .string(basis)])
      _ = timeline.explain(Lifecycle.self, asOf: .day(700), ["purchaseEvents": .string(basis)])
    }
  }

  @Test func `where one brings a model of repeat buying, or another grade for the ungraded`() {
    let model: JSONObject = [
      "r": 242_600, "alpha": 4_413_600, "a": 792_900, "b": 2_425_900, "days": 273, "atMost": 500,
    ]
    var holds = false
    for seed in UInt64(1)...40 {
      let timeline = Timeline(everything: seed)
      let row = timeline.explain(Health.self, asOf: .day(700), ["bgNbd": .object(model)]).row
      holds = holds || row?.signals.contains(.expectation) == true
      _ = timeline.explain(Health.self, asOf: .day(700), ["defaultGrade": "a"])
    }
    #expect(holds)
  }
}
