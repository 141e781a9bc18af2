/// Customer satisfaction: answers 1–5, shown as the share of the two best and as the mean.
public struct CustomerSatisfaction: Hashable, Sendable {
  public static let scale = 1...5
  public static let top = 2

  public let answers: SurveyAnswers

  /// - Throws: `FigureRefusal.outOfScale`.
  public init(_ values: [Int]) throws(FigureRefusal) {
    answers = try SurveyAnswers(values, scale: CustomerSatisfaction.scale)
  }

  /// Of 4 and 5, with Wilson's interval.
  public var satisfied: Proportion { answers.share(ofTop: CustomerSatisfaction.top) }
  public var mean: Double? { answers.mean }
}

/// Customer effort: answers 1–7 to "the company made it easy for me", 7 full agreement, shown as the mean and as the
/// share of 5, 6 and 7 (Dixon, Toman & DeLisi 2013, The Effortless Experience: CES 2.0). The first form of 2010, 1–5
/// with 5 the greatest effort, runs the other way and is not this.
public struct CustomerEffort: Hashable, Sendable {
  public static let scale = 1...7
  public static let top = 3

  public let answers: SurveyAnswers

  /// - Throws: `FigureRefusal.outOfScale`.
  public init(_ values: [Int]) throws(FigureRefusal) {
    answers = try SurveyAnswers(values, scale: CustomerEffort.scale)
  }

  /// Of 5, 6 and 7, with Wilson's interval.
  public var easy: Proportion { answers.share(ofTop: CustomerEffort.top) }
  public var mean: Double? { answers.mean }
}

/// Satisfaction index: the weighted mean of several items' mean scores, in per cent.
public struct SatisfactionIndex: Hashable, Sendable {
  /// What is 100 per cent, and what is 0.
  public enum Basis: String, Hashable, Sendable {
    /// Σ(weight × score) ÷ Σ weight ÷ the best score: the lowest answer of 1–10 is 10 per cent.
    case shareOfBest
    /// From the lowest answer, 0, to the best, 100, as the American index has it (Fornell, Johnson, Anderson, Cha &
    /// Bryant 1996, Journal of Marketing 60(4) 7–18).
    case range
  }

  /// One item: its weight, 0 or more, and its mean score.
  public struct Item: Hashable, Sendable {
    public let weight: Double
    public let score: Double

    public init(weight: Double, score: Double) {
      self.weight = weight
      self.score = score
    }
  }

  public let basis: Basis
  /// In per cent, within 0…100; for a scale that begins at 0 or above.
  public let percent: Double

  /// - Throws: `FigureRefusal.notANumber`; `outOfRange(.weight)` for a weight below 0 or a sum of 0;
  ///   `outOfRange(.scale)` for a score beyond the scale, and for a scale whose best is not above its lowest or whose
  ///   lowest is below 0.
  public init(_ items: [Item], scale: ClosedRange<Double>, basis: Basis) throws(FigureRefusal) {
    let (lowest, best) = (scale.lowerBound, scale.upperBound)
    guard lowest >= 0, best > lowest, best.isFinite else { throw .outOfRange(option: .scale, best) }
    for (place, item) in items.enumerated() {
      guard item.weight.isFinite, item.score.isFinite else { throw .notANumber(at: place) }
      guard item.weight >= 0 else { throw .outOfRange(option: .weight, item.weight) }
      guard scale.contains(item.score) else { throw .outOfRange(option: .scale, item.score) }
    }
    let greatest = items.reduce(0) { max($0, $1.weight) }
    guard greatest > 0 else { throw .outOfRange(option: .weight, greatest) }
    // Weights against the greatest, so that no sum leaves the range of numbers.
    let weights = items.reduce(0) { $0 + $1.weight / greatest }
    let sum = items.reduce(0) { $0 + $1.weight / greatest * $1.score }
    let mean = min(max(sum / weights, lowest), best)
    self.basis = basis
    percent = basis == .shareOfBest ? mean / best * 100 : (mean - lowest) / (best - lowest) * 100
  }
}
