import Engine
import Events
import Projection
import Vocabulary
import Wire

/// Contract numbers that belong together by how they begin, `HT-2025-`, and how they end: which are missing between the
/// first and the last, and which stand for two contracts (C-SOX guideline 16, continuous numbering).
public struct NumberSeries: Hashable, Sendable {
  /// What stands before and behind the running number.
  public let before: String
  public let after: String
  public let first: Int
  public let last: Int
  /// Contracts that carry a number of this series.
  public let contracts: Int
  public let missing: [ClosedRange<Int>]
  /// Numbers that more than one contract carries.
  public let twice: [Int]
  private let width: Int

  /// How many ranges of missing numbers are named; more are counted.
  public static let namedMax = 8

  /// The series in a register, by their beginnings. A number without digits belongs to none.
  ///
  /// - Parameter numbers: of each contract one.
  public static func all(of numbers: [String]) -> [NumberSeries] {
    var parts: [Affix: [Part]] = [:]
    for text in numbers {
      guard let part = Part(text) else { continue }
      parts[part.affix, default: []].append(part)
    }
    return parts.map { NumberSeries($0.key, $0.value) }.sorted { ($0.before, $0.after) < ($1.before, $1.after) }
  }

  private struct Affix: Hashable {
    let before: String
    let after: String
  }

  /// A number cut at its last run of digits.
  private struct Part {
    let affix: Affix
    let number: Int
    let width: Int

    init?(_ text: String) {
      let letters = Array(text)
      guard let end = letters.lastIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
      let start = letters[...end].lastIndex { !($0.isASCII && $0.isNumber) }.map { $0 + 1 } ?? 0
      guard let number = Int(String(letters[start...end].suffix(15))) else { return nil }
      affix = Affix(before: String(letters[..<start]), after: String(letters[(end + 1)...]))
      (self.number, width) = (number, end - start + 1)
    }
  }

  private init(_ affix: Affix, _ parts: [Part]) {
    let sorted = parts.map(\.number).sorted()
    (before, after, contracts) = (affix.before, affix.after, parts.count)
    (first, last, width) = (sorted.first ?? 0, sorted.last ?? 0, parts.map(\.width).min() ?? 1)
    var (missing, twice): ([ClosedRange<Int>], [Int]) = ([], [])
    for (one, next) in zip(sorted, sorted.dropFirst()) {
      if next > one + 1 { missing.append(one + 1...next - 1) }
      if next == one, twice.last != one { twice.append(one) }
    }
    (self.missing, self.twice) = (missing, twice)
  }
}

// As rows.
extension NumberSeries {
  public static let columns = [
    Column("series", .text, "Series", "编号系列"), Column("first", .text, "First", "首号"), Column("last", .text, "Last", "末号"),
    Column("contracts", .integer, "Contracts", "合同数"), Column("missing", .integer, "Missing", "缺号数"),
    Column("missingNumbers", .text, "Which are missing", "缺号"), Column("twice", .text, "Carried by two contracts", "重号"),
  ]

  public var cells: [Cell] {
    let ranges = missing.prefix(NumberSeries.namedMax).map { range in
      range.count == 1 ? text(range.lowerBound) : text(range.lowerBound) + "…" + text(range.upperBound)
    }
    let rest = missing.count > NumberSeries.namedMax ? ["…"] : []
    return [
      .text(before + "#" + after), .text(text(first)), .text(text(last)), .integer(Int64(contracts)),
      .integer(Int64(missing.reduce(0) { $0 + $1.count })), .text((ranges + rest).joined(separator: ", ")),
      .text(twice.map(text).joined(separator: ", ")),
    ]
  }

  private func text(_ number: Int) -> String {
    let digits = String(number)
    return before + String(repeating: "0", count: max(0, width - digits.count)) + digits + after
  }
}

/// The contracts that a log knows, each with its number: what its events say, else its id.
public enum ContractNumbers {
  public static func all(view: View, in snapshot: Snapshot) throws -> [String] {
    var numbers: [String: String] = [:]
    let types = Set(Contract.allCases.map(\.declaration.name))
    _ = try snapshot.forEachEvent(view: view) { stored in
      guard types.contains(stored.event.type) else { return }
      let id = stored.event.subject.id
      if let number = stored.event.data["number"]?.string {
        numbers[id] = number
      } else if numbers[id] == nil {
        numbers[id] = id
      }
    }
    return numbers.values.sorted()
  }
}
