/// Replays cases on one model by tokens. Made once for a net; each answer is independent of those before it.
public struct Replayer: Sendable {
  public let net: PetriNet
  private let space: MarkingSpace
  private let numbers: [String: Int32]

  public init(_ net: PetriNet) throws(ConformanceError) {
    self.net = net
    do {
      space = try MarkingSpace(net)
    } catch { throw ConformanceError(.tooMany(.markings, limit: ConformanceLimit.searchedMarkings)) }
    numbers = Dictionary(uniqueKeysWithValues: net.activities.enumerated().map { ($1, Int32($0)) })
  }

  /// Replays one case.
  public func replay(_ activities: [String]) throws(CaseRefusal) -> Replay {
    var search = ReplaySearch(space)
    return try search.replay(activities.map { numbers[$0] ?? -1 })
  }

  /// Replays every variant once, in their order; the results do not depend on the workers.
  public func replay(_ variants: [Variant], workers: Int = 2) -> [Result<Replay, CaseRefusal>] {
    Pieces.map(variants, workers: workers, state: { ReplaySearch(space) }) { search, variant in
      let events = variant.activities.map { numbers[$0] ?? -1 }
      return Result { () throws(CaseRefusal) in try search.replay(events) }
    }
  }
}

/// How well a log fits a model, by token-based replay.
public struct LogReplay: Sendable {
  public let variants: [Variant]
  /// For each variant.
  public let results: [Result<Replay, CaseRefusal>]

  public init(_ log: ProcessLog, on replayer: Replayer, workers: Int = 2) {
    variants = log.variants()
    results = replayer.replay(variants, workers: workers)
  }

  /// The variants that were judged.
  public var judged: [(variant: Variant, replay: Replay)] {
    zip(variants, results).compactMap { variant, result in (try? result.get()).map { (variant, $0) } }
  }

  public var summary: FitnessSummary {
    var summary = FitnessSummary()
    var (missing, consumed, remaining, produced) = (0, 0, 0, 0)
    for (variant, replay) in judged {
      summary.add(variant.count, fitness: replay.fitness, fits: replay.fits)
      missing += replay.missing * variant.count
      consumed += replay.consumed * variant.count
      remaining += replay.remaining * variant.count
      produced += replay.produced * variant.count
    }
    summary.finish(
      cases: variants.reduce(0) { $0 + $1.count }, logFitness: Replay.fitness(missing, consumed, remaining, produced))
    return summary
  }
}
