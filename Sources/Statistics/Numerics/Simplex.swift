/// The search for a minimum without derivatives of Nelder & Mead (1965, Computer Journal 7, 308–313), with restarts.
///
/// Deterministic: the same function and start give the same steps. Coefficients are the usual ones: reflect 1, expand
/// 2, contract and shrink ½.
struct Simplex {
  struct Minimum {
    var point: [Double]
    var value: Double
    var evaluations: Int
    /// A new search around the point found nothing better.
    var isSettled: Bool
  }

  /// Evaluations of one search, of which there may be `restarts`.
  static let evaluationLimit = 4_000
  static let restarts = 8
  /// A search ends where all corners are this near in value, relative to it, and in place.
  static let valueTolerance = 1e-13
  static let placeTolerance = 1e-7
  /// A restart that gains less than this share of the value ends them.
  static let gainTolerance = 1e-11

  /// Searches again from the best point until that no longer helps: a simplex can collapse before it has arrived.
  static func minimum(
    from start: [Double], edge: Double = 0.5, of function: ([Double]) -> Double
  ) -> Minimum {
    var best = search(from: start, edge: edge, function)
    for restart in 1...restarts {
      let again = search(from: best.point, edge: restart % 2 == 0 ? edge / 4 : -edge / 4, function)
      let gain = best.value - again.value
      best = Minimum(
        point: gain > 0 ? again.point : best.point, value: min(best.value, again.value),
        evaluations: best.evaluations + again.evaluations, isSettled: gain <= gainTolerance * (1 + abs(best.value)))
      if best.isSettled { break }
    }
    return best
  }

  private static func search(from start: [Double], edge: Double, _ function: ([Double]) -> Double) -> Minimum {
    var simplex = Simplex(around: start, edge: edge, function)
    while simplex.evaluations < evaluationLimit, !simplex.isSmall { simplex.step(function) }
    let best = simplex.corners[0]
    return Minimum(point: best.point, value: best.value, evaluations: simplex.evaluations, isSettled: false)
  }

  /// By value, the best first. What is no number counts as worst.
  private var corners: [(point: [Double], value: Double)]
  private var evaluations: Int

  private init(around start: [Double], edge: Double, _ function: ([Double]) -> Double) {
    corners = [(start, Simplex.number(function(start)))]
    for axis in start.indices {
      var point = start
      point[axis] += edge
      corners.append((point, Simplex.number(function(point))))
    }
    evaluations = corners.count
    corners.sort { $0.value < $1.value }
  }

  private static func number(_ value: Double) -> Double { value.isNaN ? .infinity : value }

  private var isSmall: Bool {
    let best = corners[0]
    guard let worst = corners.last, worst.value.isFinite,
      worst.value - best.value <= Simplex.valueTolerance * (1 + abs(best.value))
    else { return false }
    return corners.allSatisfy { corner in
      zip(corner.point, best.point).allSatisfy { abs($0 - $1) <= Simplex.placeTolerance * (1 + abs($1)) }
    }
  }

  private mutating func step(_ function: ([Double]) -> Double) {
    let last = corners.count - 1
    let worst = corners[last]
    let center = corners[0].point.indices.map { axis in
      corners[..<last].reduce(0) { $0 + $1.point[axis] } / Double(last)
    }
    func along(_ factor: Double) -> (point: [Double], value: Double) {
      let point = zip(center, worst.point).map { $0 + factor * ($0 - $1) }
      return (point, Simplex.number(function(point)))
    }
    let reflected = along(1)
    evaluations += 1
    if reflected.value < corners[0].value {
      let expanded = along(2)
      evaluations += 1
      corners[last] = expanded.value < reflected.value ? expanded : reflected
    } else if reflected.value < corners[last - 1].value {
      corners[last] = reflected
    } else {
      let contracted = along(reflected.value < worst.value ? 0.5 : -0.5)
      evaluations += 1
      if contracted.value < min(reflected.value, worst.value) { corners[last] = contracted } else { shrink(function) }
    }
    corners.sort { $0.value < $1.value }
  }

  private mutating func shrink(_ function: ([Double]) -> Double) {
    let best = corners[0].point
    for place in 1..<corners.count {
      let point = zip(best, corners[place].point).map { $0 + ($1 - $0) / 2 }
      corners[place] = (point, Simplex.number(function(point)))
    }
    evaluations += corners.count - 1
  }
}
