import Foundation
import Vocabulary
import Wire

/// What a person writes into a field, as the value that an event holds. What cannot be one is left as text: the check of
/// the field then says what it should be.
enum FormValue {
  static func json(_ text: String, as kind: Field.Kind) -> JSON {
    switch kind {
    case .integer(_, .minor): minor(text).map { .int($0) } ?? .string(text)
    case .integer: Int64(text).map { .int($0) } ?? .string(text)
    case .flag: text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    case .instant: .string(instant(text)?.description ?? text)
    case .record(let fields): .object(record(text, fields))
    case .list(let item, _):
      .array(text.split(whereSeparator: \.isNewline).map { json(String($0).trimmed, as: item) }.filter { $0 != .string("") })
    case .body: parsed(text)
    case .text: .string(text.replacing("\r\n", with: "\n"))
    case .currency: .string(text.uppercased())
    case .reference(let kind): .string(text.hasPrefix(kind.word + ":") ? String(text.dropFirst(kind.word.count + 1)) : text)
    case .decimal, .day, .code, .subject, .hash: .string(text)
    }
  }

  /// `1,299.00` in minor units; `nil` where it is no amount with at most two decimals.
  static func minor(_ text: String) -> Int64? {
    let plain = text.replacing(",", with: "").replacing("，", with: "").replacing("¥", with: "")
    let parts = plain.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let whole = Int64(parts[0]), parts.count == 1 || (1...2).contains(parts[1].count) else { return nil }
    guard parts.count == 2 else { return whole.multipliedReportingOverflow(by: 100).overflow ? nil : whole * 100 }
    guard parts[1].allSatisfy({ ("0"..."9").contains($0) }), let cents = Int64(parts[1].count == 1 ? parts[1] + "0" : parts[1]) else { return nil }
    let (product, isTooLarge) = whole.multipliedReportingOverflow(by: 100)
    guard !isTooLarge else { return nil }
    let (sum, overflow) = parts[0].hasPrefix("-") ? product.subtractingReportingOverflow(cents) : product.addingReportingOverflow(cents)
    return overflow ? nil : sum
  }

  /// A time as a browser's field gives it, without a zone, which means UTC; or with one; or a day.
  static func instant(_ text: String) -> Instant? {
    if let day = Day(text) { return day.start }
    return Instant(text) ?? Instant(text + "Z") ?? Instant(text + ":00Z")
  }

  /// `party=us, evidenceHash=9f86…`
  private static func record(_ text: String, _ fields: [Field]) -> JSONObject {
    if let object = parsed(text).object { return object }
    var object = JSONObject()
    for part in text.split(whereSeparator: { $0 == "," || $0 == "，" }) {
      let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      guard pair.count == 2 else { continue }
      object[pair[0]] = fields.first { $0.name == pair[0] }.map { json(pair[1], as: $0.kind) } ?? .string(pair[1])
    }
    return object
  }

  private static func parsed(_ text: String) -> JSON { (try? JSON(parsing: Array(text.utf8))) ?? .string(text) }
}

extension String {
  var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
