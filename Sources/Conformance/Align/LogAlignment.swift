/// How well a log fits a model, by alignments.
public struct LogAlignment: Sendable {
  public let variants: [Variant]
  /// For each variant.
  public let results: [Result<Alignment, CaseRefusal>]

  public init(_ log: ProcessLog, to aligner: Aligner, workers: Int = 2,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    variants = log.variants()
    results = aligner.align(variants, workers: workers, progress: progress)
  }

  /// The variants that were judged.
  public var judged: [(variant: Variant, alignment: Alignment)] {
    zip(variants, results).compactMap { variant, result in (try? result.get()).map { (variant, $0) } }
  }

  public var summary: FitnessSummary {
    var summary = FitnessSummary()
    var (cost, worst) = (0, 0)
    for (variant, alignment) in judged {
      summary.add(variant.count, fitness: alignment.fitness, fits: alignment.fits)
      cost += alignment.cost * variant.count
      worst += alignment.worst * variant.count
    }
    summary.finish(
      cases: variants.reduce(0) { $0 + $1.count }, logFitness: worst == 0 ? 1 : 1 - Double(cost) / Double(worst),
      totalCost: cost)
    return summary
  }
}

/// Fitness over a log. Two averages, which are different numbers: every case counts alike in the one, every event in the
/// other.
public struct FitnessSummary: Hashable, Sendable {
  public private(set) var cases = 0
  /// Cases that were judged; the others passed a limit. All figures speak of these alone.
  public private(set) var judged = 0
  public private(set) var fitting = 0
  /// The mean of the cases' fitness; `nil` where none was judged.
  public private(set) var meanTraceFitness: Double?
  /// The fitness of all cases together: of alignments 1 − all costs ÷ all worst costs, of replay by the sums of tokens.
  public private(set) var logFitness: Double?
  /// The costs of all alignments; 0 for replay.
  public private(set) var totalCost = 0
  private var sum = 0.0

  public var refused: Int { cases - judged }
  /// Share of the judged cases that fit.
  public var fittingShare: Double? { judged == 0 ? nil : Double(fitting) / Double(judged) }

  mutating func add(_ count: Int, fitness: Double, fits: Bool) {
    judged += count
    if fits { fitting += count }
    sum += fitness * Double(count)
  }

  mutating func finish(cases: Int, logFitness: Double, totalCost: Int = 0) {
    self.cases = cases
    self.totalCost = totalCost
    self.logFitness = judged == 0 ? nil : logFitness
    meanTraceFitness = judged == 0 ? nil : sum / Double(judged)
  }
}
