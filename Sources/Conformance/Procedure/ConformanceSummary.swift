import Vocabulary
import Wire

/// How a procedure was followed over many cases.
public struct ConformanceSummary: Sendable {
  /// What was done otherwise at one step, over all cases.
  public struct Finding: Hashable, Sendable {
    /// `skipped`, `late`, …
    public let code: String
    /// The procedure's step; `nil` for events that are none.
    public let step: Procedure.Step?
    public internal(set) var count = 0
    /// Cases in which it was found.
    public internal(set) var cases = 0
    /// Of `count`: by people who had not learnt the version, or only an earlier one, or whose training had run out.
    public internal(set) var untrained = 0
  }

  public private(set) var cases = 0
  public private(set) var running = 0
  public private(set) var abandoned = 0
  /// Cases without any deviation, running ones among them.
  public private(set) var conforming = 0
  /// Cases that passed a limit.
  public private(set) var refused = 0
  /// Of the cases that are over. Running ones would look better than they will be, since nothing is skipped yet.
  public private(set) var alignment = FitnessSummary()
  public private(set) var replay = FitnessSummary()
  /// The most frequent first; of equal ones, in the order of the codes and the steps' ids.
  public private(set) var findings: [Finding] = []

  public init(_ results: [Result<CaseConformance, CaseRefusal>]) {
    var (costs, tokens) = (Costs(), Tokens())
    var found: [[String]: Finding] = [:]
    for result in results {
      cases += 1
      guard case .success(let one) = result else {
        refused += 1
        continue
      }
      if one.standing == .running { running += 1 } else { costs.add(one, &alignment) }
      if one.standing == .abandoned { abandoned += 1 }
      if one.conforms { conforming += 1 }
      if one.standing != .running, let own = one.replay { tokens.add(own, &replay) }
      ConformanceSummary.count(one, &found)
    }
    let over = cases - running
    alignment.finish(cases: over, logFitness: costs.fitness, totalCost: costs.cost)
    replay.finish(cases: over, logFitness: tokens.fitness)
    findings = found.values.sorted { a, b in
      a.count != b.count ? a.count > b.count : (a.code, a.step?.id ?? "") < (b.code, b.step?.id ?? "")
    }
  }

  private static func count(_ one: CaseConformance, _ found: inout [[String]: Finding]) {
    var seen: Set<[String]> = []
    for deviation in one.deviations {
      let key = [deviation.code, deviation.step?.id ?? ""]
      var finding = found[key] ?? Finding(code: deviation.code, step: deviation.step)
      finding.count += 1
      if deviation.training.isLacking { finding.untrained += 1 }
      if seen.insert(key).inserted { finding.cases += 1 }
      found[key] = finding
    }
  }

  private struct Costs {
    var cost = 0
    var worst = 0

    mutating func add(_ one: CaseConformance, _ summary: inout FitnessSummary) {
      summary.add(1, fitness: one.alignment.fitness, fits: one.alignment.fits)
      cost += one.alignment.cost
      worst += one.alignment.worst
    }
    var fitness: Double { worst == 0 ? 1 : 1 - Double(cost) / Double(worst) }
  }

  private struct Tokens {
    var missing = 0
    var consumed = 0
    var remaining = 0
    var produced = 0

    mutating func add(_ replay: Replay, _ summary: inout FitnessSummary) {
      summary.add(1, fitness: replay.fitness, fits: replay.fits)
      missing += replay.missing
      consumed += replay.consumed
      remaining += replay.remaining
      produced += replay.produced
    }
    var fitness: Double { Replay.fitness(missing, consumed, remaining, produced) }
  }
}

/// Cases in which the same was done in the same order, and which are over or not over alike.
public struct VariantConformance: Sendable {
  public let activities: [String]
  public let isRunning: Bool
  /// The places of its cases among those that were handed in; at least one.
  public let cases: [Int]
  public let alignment: Alignment
  public let replay: Replay?
  /// From the first compared event of a case to its last.
  public let throughput: TimeSpread

  /// - Returns: the most frequent first; of equally frequent ones that first which begins with the smaller names (by
  ///   bytes). Cases that passed a limit are in none.
  /// - Complexity: O(events + variants × log variants).
  public static func all(of results: [Result<CaseConformance, CaseRefusal>]) -> [VariantConformance] {
    var members: [Key: [Int]] = [:]
    for (place, result) in results.enumerated() {
      guard case .success(let one) = result else { continue }
      members[Key(activities: one.events.activities, isRunning: one.standing == .running), default: []].append(place)
    }
    return members.compactMap { key, places in
      guard case .success(let one) = results[places[0]] else { return nil }
      let times = places.map { place -> Int64 in
        guard case .success(let one) = results[place], let first = one.events.events.first, let last = one.events.events.last
        else { return 0 }
        return last.at.microseconds - first.at.microseconds
      }
      return VariantConformance(
        activities: key.activities, isRunning: key.isRunning, cases: places, alignment: one.alignment, replay: one.replay,
        throughput: TimeSpread(times))
    }.sorted { a, b in
      if a.cases.count != b.cases.count { return a.cases.count > b.cases.count }
      let order = a.activities.map { Array($0.utf8) }.lexicographicallyPrecedes(b.activities.map { Array($0.utf8) }) {
        $0.lexicographicallyPrecedes($1)
      }
      return a.activities == b.activities ? !a.isRunning : order
    }
  }

  private struct Key: Hashable {
    let activities: [String]
    let isRunning: Bool
  }
}
