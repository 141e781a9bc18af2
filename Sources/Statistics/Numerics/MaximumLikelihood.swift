/// The parameters, all above 0, at which a likelihood is greatest.
struct MaximumLikelihood {
  let parameters: [Double]
  let logLikelihood: Double
  let standardErrors: [Double?]
  let evaluations: Int

  /// How near the edge of `ModelRange`, as a factor, a parameter counts as having run into it.
  private static let edgeFactor = 2.0

  /// - Parameters:
  ///   - names: of the parameters, for errors.
  ///   - starts: where to search from; the best result counts.
  ///   - logLikelihood: `nil` outside the bounds.
  init(
    _ names: [String], starts: [[Double]], _ logLikelihood: ([Double]) -> Double?
  ) throws(StatisticsError) {
    func cost(_ logs: [Double]) -> Double { logLikelihood(logs.map { Elementary.exp($0) }).map { -$0 } ?? .infinity }
    var best: Simplex.Minimum?
    var evaluations = 0
    for start in starts {
      let found = Simplex.minimum(from: start.map { Elementary.log($0) }, of: cost)
      evaluations += found.evaluations
      if best.map({ found.value < $0.value }) ?? true { best = found }
    }
    guard let best, best.value.isFinite else { throw .notConverged(evaluations: evaluations) }
    let parameters = best.point.map { Elementary.exp($0) }
    for (name, value) in zip(names, parameters) {
      guard value > ModelRange.parameters.lowerBound * MaximumLikelihood.edgeFactor,
        value < ModelRange.parameters.upperBound / MaximumLikelihood.edgeFactor
      else { throw .undetermined(parameter: name, value: value) }
    }
    guard best.isSettled else { throw .notConverged(evaluations: evaluations) }
    let curvature = Curvature(of: cost, at: best.point, value: best.value)
    self.parameters = parameters
    self.logLikelihood = -best.value
    self.evaluations = evaluations + curvature.evaluations
    // Errors of the logarithms, times the parameter: the delta method.
    standardErrors = zip(curvature.inverseDiagonal, parameters).map { variance, parameter in
      variance.map { parameter * $0.squareRoot() }
    }
  }
}

/// The second derivatives of a function at its minimum.
struct Curvature {
  /// Step of the differences: far above the rounding of a likelihood, far below where it stops being a parabola.
  private static let step = 1e-3

  /// The diagonal of the inverse matrix: variances; `nil` where the matrix is not positive definite.
  let inverseDiagonal: [Double?]
  let evaluations: Int

  init(of function: ([Double]) -> Double, at point: [Double], value: Double) {
    let h = Curvature.step
    var count = 0
    func at(_ moves: (axis: Int, by: Double)...) -> Double {
      var moved = point
      for move in moves { moved[move.axis] += move.by }
      count += 1
      return function(moved)
    }
    var matrix = point.map { _ in point.map { _ in 0.0 } }
    for i in point.indices {
      matrix[i][i] = (at((i, h)) - 2 * value + at((i, -h))) / (h * h)
      for j in 0..<i {
        let mixed = at((i, h), (j, h)) - at((i, h), (j, -h)) - at((i, -h), (j, h)) + at((i, -h), (j, -h))
        matrix[i][j] = mixed / (4 * h * h)
        matrix[j][i] = matrix[i][j]
      }
    }
    inverseDiagonal = Curvature.inverseDiagonal(of: matrix)
    evaluations = count
  }

  /// By Cholesky's decomposition A = LLᵀ: the inverse's diagonal is the sum of squares of each column of L⁻¹.
  static func inverseDiagonal(of matrix: [[Double]]) -> [Double?] {
    let n = matrix.count
    var lower = matrix.map { $0.map { _ in 0.0 } }
    for i in 0..<n {
      for j in 0...i {
        let rest = matrix[i][j] - (0..<j).reduce(0) { $0 + lower[i][$1] * lower[j][$1] }
        if i == j {
          guard rest > 0, rest.isFinite else { return matrix.map { _ in nil } }
          lower[i][i] = rest.squareRoot()
        } else {
          lower[i][j] = rest / lower[j][j]
        }
      }
    }
    return (0..<n).map { column in
      var solved = [Double](repeating: 0, count: n)
      for i in column..<n {
        let right = i == column ? 1.0 : 0
        solved[i] = (right - (column..<i).reduce(0) { $0 + lower[i][$1] * solved[$1] }) / lower[i][i]
      }
      return solved.reduce(0) { $0 + $1 * $1 }
    }
  }
}
