import Foundation
import Wire

/// A table of made-up rows, and the mapping by which it is imported: what an import is measured with.
///
/// The same rows each time. A row is one event, as in most exports; its days run through three years in no order.
public struct SampleTable: Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// Orders: nothing in them tells something about a person.
    case orders
    /// Contacts with name and address, which are sealed where the log seals.
    case people
  }

  public let kind: Kind
  public let rows: Int

  public init(_ kind: Kind, rows: Int) { (self.kind, self.rows) = (kind, rows) }

  /// A mapping file.
  public var mapping: String {
    switch kind {
    case .orders:
      """
      files:
        - match: "*.csv"
          format: {dates: yyyy-MM-dd}
          events:
            - {type: order.placed, subject: "order:{no}", at: date, id: "shop:{no}",
               data: {customer: "{customer}", totalMinor: {column: amount, scale: 2}, cur: "{currency}", salesChannel: "{channel}"}}
      """
    case .people:
      """
      files:
        - match: "*.csv"
          format: {dates: yyyy-MM-dd}
          events:
            - {type: contact.added, subject: "customer:{customer}", at: date, id: "people:{no}",
               data: {contact: "{no}", name: "{name}", channels: ["{phone}"]}}
      """
    }
  }

  /// Writes the table; returns its bytes.
  public func write(to path: String) throws -> Int {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
      throw BenchError.disk(path: path, errno: EACCES)
    }
    defer { try? file.close() }
    var text = kind == .orders ? "no,date,customer,amount,currency,channel\n" : "no,date,customer,name,phone\n"
    var bytes = 0
    for row in 0..<rows {
      text += line(row)
      if text.utf8.count > 1 << 20 || row == rows - 1 {
        bytes += text.utf8.count
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    return bytes
  }

  private static let channels = ["web", "shop", "phone"]

  private func line(_ row: Int) -> String {
    let chance = SampleTable.chance(UInt64(row))
    let day = Day(number: Int32(19_358 + chance % 1_095))
    let customer = SampleTable.padded(Int(chance >> 16 % 100_000), 6)
    switch kind {
    case .orders:
      let amount = Int(chance >> 24 % 10_000_000)
      return "S\(SampleTable.padded(row, 8)),\(day),C\(customer),\(amount / 100).\(SampleTable.padded(amount % 100, 2)),CNY,"
        + SampleTable.channels[row % 3] + "\n"
    case .people:
      return "P\(SampleTable.padded(row, 8)),\(day),C\(customer),Person \(row),+86-138-\(SampleTable.padded(row, 8))\n"
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The finalizer of SplitMix64 (Steele, Lea & Flood 2014).
  private static func chance(_ number: UInt64) -> UInt64 {
    var z = number &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
