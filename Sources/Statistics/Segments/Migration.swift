/// Who was in which class at one date and at a later one.
public struct MigrationMatrix: Hashable, Sendable {
  public static let classLimit = 1_000

  public let classes: Int
  /// Of each class at the first date, in order, how many were in each class at the second; the last row are those who
  /// were in none at the first, the last column those in none at the second.
  public let counts: [[Int]]

  /// - Parameters:
  ///   - moves: for each customer the class at both dates, from 0; `nil` where they were in none. In none at both
  ///     counts nowhere.
  /// - Throws: `FigureRefusal.outOfScale` for a class that does not exist; `outOfRange` unless there are
  ///   1…`classLimit` classes.
  public init(_ moves: [(from: Int?, to: Int?)], classes: Int) throws(FigureRefusal) {
    guard (1...MigrationMatrix.classLimit).contains(classes) else {
      throw .outOfRange(option: .scale, Double(classes))
    }
    var counts = [[Int]](repeating: Array(repeating: 0, count: classes + 1), count: classes + 1)
    for (place, move) in moves.enumerated() {
      for side in [move.from, move.to].compactMap(\.self) where !(0..<classes).contains(side) {
        throw .outOfScale(side, at: place)
      }
      guard move.from != nil || move.to != nil else { continue }
      counts[move.from ?? classes][move.to ?? classes] += 1
    }
    self.classes = classes
    self.counts = counts
  }

  /// Of those in class `from` at the first date, those in class `to` at the second; `nil` stands for none.
  public func share(from: Int?, to: Int?) -> Proportion? {
    let (row, column) = (from ?? classes, to ?? classes)
    guard counts.indices.contains(row), counts.indices.contains(column) else { return nil }
    return Proportion(counted: counts[row][column], of: counts[row].reduce(0, +))
  }

  /// In the same class at both dates, of those in a class at both.
  public var stayed: Proportion { among { $0 == $1 } }
  /// In a class with a smaller number at the second date: better, where 0 is the best.
  public var rose: Proportion { among { $1 < $0 } }
  /// In a class with a greater number.
  public var fell: Proportion { among { $1 > $0 } }

  private func among(_ matches: (_ from: Int, _ to: Int) -> Bool) -> Proportion {
    var (count, all) = (0, 0)
    for from in 0..<classes {
      for to in 0..<classes {
        all += counts[from][to]
        count += matches(from, to) ? counts[from][to] : 0
      }
    }
    return Proportion(counted: count, of: all)
  }
}
