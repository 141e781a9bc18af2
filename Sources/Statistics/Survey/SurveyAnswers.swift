/// SurveyAnswers on one scale of whole numbers, such as 1–5 or 0–10.
public struct SurveyAnswers: Hashable, Sendable {
  /// Steps of a scale.
  public static let stepLimit = 101
  /// SurveyAnswers below which the mean's interval, which supposes many, is not given.
  public static let fewestForInterval = 30

  public let scale: ClosedRange<Int>
  /// How many gave each answer of the scale, the lowest first.
  public let counts: [Int]

  /// - Throws: `FigureRefusal.outOfScale` with the place of the first answer that the scale does not have; `outOfRange`
  ///   for a scale of more than `stepLimit` steps or of one.
  public init(_ values: [Int], scale: ClosedRange<Int>) throws(FigureRefusal) {
    let (steps, overflows) = scale.upperBound.subtractingReportingOverflow(scale.lowerBound)
    guard !overflows, steps >= 1, steps < SurveyAnswers.stepLimit else {
      throw .outOfRange(option: .scale, overflows ? .infinity : Double(steps) + 1)
    }
    var counts = [Int](repeating: 0, count: steps + 1)
    for (place, value) in values.enumerated() {
      guard scale.contains(value) else { throw .outOfScale(value, at: place) }
      counts[value - scale.lowerBound] += 1
    }
    self.scale = scale
    self.counts = counts
  }

  public var count: Int { counts.reduce(0, +) }

  /// SurveyAnswers within a part of the scale.
  public func count(in part: ClosedRange<Int>) -> Int {
    zip(scale, counts).reduce(0) { $0 + (part.contains($1.0) ? $1.1 : 0) }
  }

  /// The share of the `top` highest answers: "top 2" on a scale of 1–5 are 4 and 5. Nobody where top < 1, all where it
  /// exceeds the scale.
  public func share(ofTop top: Int) -> Proportion {
    let kept = min(max(0, top), counts.count)
    return Proportion(counted: counts.suffix(kept).reduce(0, +), of: count)
  }

  /// In steps of the scale; `nil` without an answer.
  public var mean: Double? { Exact.ratio(zip(scale, counts).reduce(0) { $0 + $1.0 * $1.1 }, count) }

  /// Of the answers, with n − 1; `nil` with fewer than two.
  public var standardDeviation: Double? {
    guard let mean, count > 1 else { return nil }
    let squares = zip(scale, counts).reduce(0) { sum, step in
      sum + Double(step.1) * (Double(step.0) - mean) * (Double(step.0) - mean)
    }
    return (squares / Double(count - 1)).squareRoot()
  }

  /// The mean ± z s/√n, which supposes independent answers drawn from many, and many of them: `nil` with fewer than
  /// `fewestForInterval`. It may reach beyond the scale, where it is cut.
  public func meanInterval(level: Double = 0.95) -> Interval? {
    guard count >= SurveyAnswers.fewestForInterval, let mean, let deviation = standardDeviation,
      let z = Normal.reach(of: level)
    else { return nil }
    let half = z * deviation / Double(count).squareRoot()
    return Interval(
      lower: max(Double(scale.lowerBound), mean - half), upper: min(Double(scale.upperBound), mean + half), level: level
    )
  }
}
