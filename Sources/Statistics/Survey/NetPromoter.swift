/// Net promoter score: of answers 0–10 to "how likely would you recommend us", those of 9 and 10 less those of 0 to 6,
/// in hundredths of all (Reichheld 2003, The One Number You Need to Grow, Harvard Business Review 81(12) 46–54).
public struct NetPromoter: Hashable, Sendable {
  public static let scale = 0...10

  public let promoters: Int
  public let passives: Int
  public let detractors: Int

  /// - Throws: `FigureRefusal.outOfScale`.
  public init(_ values: [Int]) throws(FigureRefusal) {
    let answers = try SurveyAnswers(values, scale: NetPromoter.scale)
    (promoters, passives, detractors) = (answers.count(in: 9...10), answers.count(in: 7...8), answers.count(in: 0...6))
  }

  /// Answers of one kind that are counted.
  public static let countLimit = 1_000_000_000_000

  /// `nil` for a count below 0 or beyond `countLimit`.
  public init?(promoters: Int, passives: Int, detractors: Int) {
    guard [promoters, passives, detractors].allSatisfy({ (0...NetPromoter.countLimit).contains($0) }) else {
      return nil
    }
    (self.promoters, self.passives, self.detractors) = (promoters, passives, detractors)
  }

  public var answers: Int { promoters + passives + detractors }

  /// −100…100; `nil` without an answer.
  public var score: Double? { Exact.ratio(promoters - detractors, answers).map { $0 * 100 } }

  /// The score interval for a difference of two shares of the same answers (Tango 1998, Statistics in Medicine 17(8)
  /// 891–908), times 100. It stays within −100…100 and holds where all answer alike. For independent answers drawn from
  /// many. `nil` without an answer, and unless the level lies between 0 and 1.
  public func interval(level: Double = 0.95) -> Interval? {
    guard answers > 0, let z = Normal.reach(of: level) else { return nil }
    return Interval(lower: 100 * bound(z), upper: 100 * bound(-z), level: level)
  }

  /// The difference at which what was seen lies `z` standard errors above it; by halving −1…1 until it no longer
  /// shrinks.
  private func bound(_ z: Double) -> Double {
    var (low, high) = (-1.0, 1.0)
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      if deviation(from: middle) > z { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  /// By how many standard errors, if δ were the true difference, the seen one lies above it. Falls as δ rises.
  private func deviation(from delta: Double) -> Double {
    let (n, b, c) = (Double(answers), Double(promoters), Double(detractors))
    // The share of detractors that is likeliest under δ: the root of a quadratic.
    let linear = (2 * n - b + c) * delta - b - c
    let constant = -c * delta * (1 - delta)
    let root = max(0, linear * linear - 8 * n * constant).squareRoot()
    let share = (root - linear) / (4 * n)
    let variance = n * (2 * share + delta * (1 - delta))
    let excess = b - c - n * delta
    guard variance > 0 else { return excess > 0 ? .infinity : excess < 0 ? -.infinity : 0 }
    return excess / variance.squareRoot()
  }
}
