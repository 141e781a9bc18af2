import Wire

// Does a value fit its field? One place for append, import, forms and the API.

extension Declaration {
  /// Refuses data that does not have this type's newest shape.
  ///
  /// - Parameter sealed: fields whose values are not here but committed to.
  func check(_ data: JSONObject, sealed: JSONObject) throws(EventError) {
    try Field.check(data, against: fields, at: "data", sealed: sealed)
    for member in sealed.members {
      let personal = fields.filter(\.isPersonal).map(\.name)
      guard field(named: member.name) != nil else {
        throw EventError(.unknownMember(allowed: personal), at: "p." + member.name)
      }
      guard data[member.name] == nil, let text = member.value.string, Commitment.isOne(text) else {
        throw EventError(.badFormat(expected: Commitment.expectation, found: member.value.string ?? member.name), at: "p." + member.name)
      }
    }
  }
}

extension Field {
  /// Refuses unknown members, missing required ones, and values that do not fit.
  public static func check(
    _ object: JSONObject, against fields: [Field], at path: String, sealed: JSONObject = [:]
  ) throws(EventError) {
    var seen = 0
    // By place: a copy of each field would cost more than its check. Paths are put together only for errors.
    for place in fields.indices {
      if let value = object[fields[place].name] {
        seen += 1
        do { try fields[place].kind.check(value, at: "") } catch { throw error.below(path + "." + fields[place].name) }
      } else if fields[place].isRequired, sealed.isEmpty || sealed[fields[place].name] == nil {
        throw EventError(.missing, at: path + "." + fields[place].name)
      }
    }
    guard seen != object.members.count else { return }
    for member in object.members where !fields.contains(where: { $0.name == member.name }) {
      throw EventError(.unknownMember(allowed: fields.map(\.name)), at: path + "." + member.name)
    }
  }
}

extension Field.Kind {
  /// Refuses a value that does not fit. `path` says where it stands, for the message.
  public func check(_ value: JSON, at path: String) throws(EventError) {
    switch self {
    case .text(let limit):
      let text = try string(value, at: path)
      guard text.utf8.count <= limit else { throw EventError(.tooLong(bytes: text.utf8.count, limit: limit), at: path) }
    case .integer(let range, _):
      guard let number = value.int else { throw wrongKind(value, at: path) }
      guard range.contains(number) else { throw EventError(.outOfRange(number, range), at: path) }
    case .flag: guard value.bool != nil else { throw wrongKind(value, at: path) }
    case .body: guard value.object != nil else { throw wrongKind(value, at: path) }
    case .record(let fields):
      guard let object = value.object else { throw wrongKind(value, at: path) }
      try Field.check(object, against: fields, at: path)
    case .list(let kind, let limit):
      guard let items = value.array else { throw wrongKind(value, at: path) }
      guard items.count <= limit else { throw EventError(.tooMany(items: items.count, limit: limit), at: path) }
      for (place, item) in items.enumerated() {
        do { try kind.check(item, at: "") } catch { throw error.below("\(path)[\(place)]") }
      }
    case .code(let codes):
      let text = try string(value, at: path)
      guard codes.contains(where: { $0.word.text == text }) else {
        throw EventError(.notInList(text, allowed: codes.map(\.word.text)), at: path)
      }
    case .day, .instant, .currency, .decimal, .hash, .reference, .subject:
      let text = try string(value, at: path)
      guard fits(text) else { throw EventError(.badFormat(expected: expectation, found: text), at: path) }
    }
  }

  private func string(_ value: JSON, at path: String) throws(EventError) -> String {
    guard let text = value.string else { throw wrongKind(value, at: path) }
    return text
  }

  private func wrongKind(_ value: JSON, at path: String) -> EventError {
    EventError(.wrongKind(expected: expectation, found: value.kind), at: path)
  }

  /// Whether a text has this kind's format.
  private func fits(_ text: String) -> Bool {
    switch self {
    case .day: Day(text) != nil
    case .instant: Instant(text) != nil
    case .currency: Currency(text) != nil
    case .decimal: Field.Kind.isDecimal(text)
    case .hash: text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    case .reference(let kind): Subject(kind: kind, id: text) != nil
    case .subject: Subject(text) != nil
    default: true
    }
  }

  /// Digits with at most one point between them, at most 40 bytes, and perhaps a minus sign.
  private static func isDecimal(_ text: String) -> Bool {
    let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 40 && (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// What a person should write here.
  var expectation: Name {
    switch self {
    case .text: Name("a text", "文本")
    case .integer(_, .minor): Name("a whole number of minor units (cents)", "以分为单位的整数")
    case .integer: Name("a whole number", "整数")
    case .currency: Name("a currency code such as CNY", "币种代码，例如 CNY")
    case .decimal: Name("a decimal number as text, such as \"12.5\"", "文本形式的小数，例如 \"12.5\"")
    case .day: Name("a day such as 2026-11-23", "日期，例如 2026-11-23")
    case .instant: Name("a time with zone such as 2026-11-23T09:30:00Z", "带时区的时间，例如 2026-11-23T09:30:00Z")
    case .flag: Name("true or false", "true 或 false")
    case .code(let codes):
      Name("one of " + codes.map(\.word.text).joined(separator: ", "), codes.map(\.word.text).joined(separator: "、") + " 之一")
    case .reference(let kind): Name("the id of \("aeio".contains(kind.word.prefix(1)) ? "an" : "a") \(kind.word)", "\(kind.title.zh)的编号")
    case .subject: Name("a thing such as contract:K-7", "对象，例如 contract:K-7")
    case .hash: Name("a SHA-256 of 64 hexadecimal digits", "64 位十六进制的 SHA-256")
    case .record, .body: Name("an object", "对象")
    case .list: Name("a list", "列表")
    }
  }
}

extension JSON {
  /// What a person calls this kind of value.
  var kind: Name {
    switch self {
    case .null: Name("null", "空值")
    case .bool: Name("true or false", "真假值")
    case .int: Name("a number", "数字")
    case .string: Name("a text", "文本")
    case .array: Name("a list", "列表")
    case .object: Name("an object", "对象")
    }
  }
}
