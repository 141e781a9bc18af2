import AccountHistory
import Events
import LifecycleProjection
import Projection
import TestSupport
import Testing
import Wire

/// A history that a seed repeats, of everything that moves a customer through the stages.
func history(_ seed: UInt64, days: Int = 1_200) -> Timeline {
  var dice = Dice(seed)
  var timeline = Timeline()
  timeline.add(Int.random(in: 0...30, using: &dice), Lead.created, ["source": "web"])
  for _ in 0..<Int.random(in: 1...30, using: &dice) {
    let day = Int.random(in: 0...days, using: &dice)
    switch Int.random(in: 0...13, using: &dice) {
    case 0...4: timeline.order(day, hour: Int.random(in: 0...23, using: &dice))
    case 5: timeline.add(day, Visit.logged)
    case 6: timeline.warn(day, Bool.random(using: &dice) ? "orange" : "yellow")
    case 7: timeline.triage(day, Bool.random(using: &dice) ? "dismiss" : "watch")
    case 8: timeline.closePlay(day, ["recovered", "lost", "no-effect"].randomElement(using: &dice)!)
    case 9: timeline.nps(day, Int64.random(in: 6...10, using: &dice))
    case 10: timeline.status(day, ["lost", "active", "won-back", "suspended"].randomElement(using: &dice)!)
    case 11: timeline.activate(day, until: Bool.random(using: &dice) ? day + Int.random(in: 30...400, using: &dice) : nil)
    case 12: timeline.end(day)
    default: timeline.add(day, Opportunity.opened)
    }
  }
  return timeline
}

@Suite struct `Lifecycle over random histories` {
  /// "Since" is where the stage of the day before was another: found by asking day by day.
  @Test(arguments: UInt64(1)...12) func `since is the day on which the stage changed`(seed: UInt64) {
    let timeline = history(seed)
    let (facts, series) = timeline.fold(Lifecycle.self)
    let rule = Ruled(version: 1, body: LifecycleRules(Lifecycle.body([:])))
    var silent = NoTrace()
    var before: LifecycleRow?
    for day in 0...1_700 {
      let row = Lifecycle.conclude(facts, series, by: rule, asOf: .day(day), trace: &silent)
      defer { before = row }
      guard let row, let since = row.since else { continue }
      #expect(since <= .day(day), "seed \(seed) day \(day)")
      if let before, before.stage == row.stage, before.since == row.since { continue }
      // A new stage, or the same one left and entered again since yesterday.
      #expect(since > .day(day - 1), "seed \(seed) day \(day): \(row.stage) since \(since)")
    }
  }

  /// Else the properties here would say little.
  @Test func `the histories visit every stage`() {
    var seen: Set<Stage> = []
    for seed in UInt64(1)...40 {
      let timeline = history(seed)
      for day in stride(from: 3, through: 1_700, by: 61) {
        if let row = timeline.conclude(Lifecycle.self, day) { seen.insert(row.stage) }
      }
    }
    #expect(Set(Stage.allCases).subtracting(seen) == [.qualified], "the histories hold no screening")
  }

  /// In the instant of "since" the stage holds, and one microsecond before it did not.
  @Test(arguments: UInt64(1)...40) func `since is exact`(seed: UInt64) {
    let timeline = history(seed)
    for day in stride(from: 3, through: 1_700, by: 61) {
      guard let row = timeline.conclude(Lifecycle.self, day), let since = row.since else { continue }
      #expect(timeline.conclude(Lifecycle.self, asOf: since)?.stage == row.stage, "seed \(seed) day \(day)")
      #expect(timeline.conclude(Lifecycle.self, asOf: since)?.since == since, "seed \(seed) day \(day)")
      let earlier = timeline.conclude(Lifecycle.self, asOf: Instant(microseconds: since.microseconds - 1))
      #expect(earlier?.stage != row.stage, "seed \(seed) day \(day): \(row.stage) since \(since)")
    }
  }

  @Test(arguments: UInt64(1)...40) func `late entries change nothing`(seed: UInt64) {
    let timeline = history(seed)
    var dice = Dice(seed &+ 1_000)
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in stride(from: 0, through: 1_700, by: 43) {
      #expect(
        timeline.conclude(Lifecycle.self, day) == shuffled.conclude(Lifecycle.self, day), "seed \(seed) day \(day)")
    }
  }

  /// What is judged as of a day rests on nothing that happened later.
  @Test(arguments: UInt64(1)...40) func `the future does not show`(seed: UInt64) {
    let timeline = history(seed)
    for day in stride(from: 0, through: 1_300, by: 43) {
      let known = timeline.until(.day(day)).conclude(Lifecycle.self, day)
      #expect(timeline.conclude(Lifecycle.self, day)?.stage == known?.stage, "seed \(seed) day \(day)")
      #expect(timeline.conclude(Lifecycle.self, day)?.since == known?.since, "seed \(seed) day \(day)")
    }
  }

  @Test(arguments: UInt64(1)...40) func `the usual gap is the median of the gaps`(seed: UInt64) {
    var dice = Dice(seed)
    let days = (0..<Int.random(in: 0...60, using: &dice)).map { _ in Int.random(in: 0...500, using: &dice) }.sorted()
    var rhythm = PurchaseRhythm()
    for day in days { rhythm.take(.of(day)) }
    let distinct = Array(Set(days)).sorted()
    let gaps = zip(distinct.dropFirst(), distinct).map(-).sorted()
    let middle = gaps.count / 2
    let doubled = gaps.isEmpty ? nil : gaps.count % 2 == 1 ? 2 * gaps[middle] : gaps[middle] + gaps[middle - 1]
    #expect(rhythm.doubledMedian == doubled && rhythm.count == gaps.count, "seed \(seed)")
  }
}
