import Conditions
public import Projection
public import Vocabulary
import Wire

extension RuleFile {
  /// A rule as a file that a person edits and publishes as it is: every field with its meaning, unit and bounds in both
  /// languages, and below the optional lists an example of what may stand there.
  ///
  /// - Parameters:
  ///   - header: lines at the top, without `#`.
  ///   - language: in which conditions are written; both are read alike.
  public static func text(
    of rule: RuleVersion, kind: RuleKind, header: [String] = [], language: Language = .en
  ) -> String {
    var writer = RuleWriter(kind, language)
    writer.write(rule.body, header: header)
    return writer.lines.joined(separator: "\n") + "\n"
  }
}

private struct RuleWriter {
  let kind: RuleKind
  let language: Language
  var lines: [String] = []

  init(_ kind: RuleKind, _ language: Language) {
    self.kind = kind
    self.language = language
  }

  mutating func write(_ body: JSONObject, header: [String]) {
    for line in ["\(kind.title.en) · \(kind.title.zh)"] + header { comment(line, 0) }
    lines.append("\(RuleReader.kindKey): \(kind.name)")
    for field in kind.fields {
      lines.append("")
      explain(field, 0)
      member(field, body[field.name], 0)
    }
  }

  // MARK: Comments

  private mutating func comment(_ text: String, _ indent: Int) {
    lines.append(pad(indent) + (text.isEmpty ? "#" : "# " + text.replacing("\n", with: " ")))
  }

  private mutating func explain(_ field: Field, _ indent: Int) {
    comment("\(field.title.en) · \(field.title.zh)", indent)
    switch field.kind {
    case .code(let codes): for code in codes { comment("  " + word(code.word), indent) }
    case .record: break
    case .list(.record(let fields), let limit):
      comment("At most \(limit) · 最多 \(limit) 项", indent)
      for member in fields { explainMember(member, "  ", indent) }
      if fields.contains(where: isCondition) { explainMeasures(indent) }
    default: comment(allowed(field), indent)
    }
  }

  private mutating func explainMember(_ field: Field, _ shift: String, _ indent: Int) {
    let absent = field.isRequired ? "" : " (optional · 可省略)"
    comment("\(shift)\(field.name): \(field.title.en) · \(field.title.zh)\(absent)", indent)
    switch field.kind {
    case .record(let fields): for member in fields { explainMember(member, shift + "  ", indent) }
    case .code(let codes): comment("\(shift)  " + codes.map { word($0.word) }.joined(separator: "; "), indent)
    default: comment("\(shift)  " + (isCondition(field) ? "a condition, see below · 条件，见下文" : allowed(field)), indent)
    }
  }

  private mutating func explainMeasures(_ indent: Int) {
    comment(
      "A condition compares these, for example: \(exampleCondition) and … · 条件由下列指标的比较构成，例如：\(exampleInChinese) 且 …",
      indent)
    for measure in kind.measures {
      let window =
        switch measure.window {
        case .never: Name("", "")
        case .optional: Name(" [in last N days]", " [近 N 天]")
        case .always: Name(" in last N days", " 近 N 天")
        }
      var unit = "\(measure.unit.title.en) · \(measure.unit.title.zh)"
      if !measure.words.isEmpty { unit = "is " + measure.words.map(\.text).joined(separator: ", ") }
      comment("  \(measure.name.en)\(window.en) · \(measure.name.zh)\(window.zh) (\(unit))", indent)
    }
  }

  private func allowed(_ field: Field) -> String {
    let allowed = field.kind.allowed
    return allowed.en == allowed.zh ? allowed.en : "\(allowed.en) · \(allowed.zh)"
  }

  private func word(_ word: Word) -> String { "\(word.text): \(word.title.en) · \(word.title.zh)" }

  // MARK: Values

  /// A member with its value, or commented out with an example where it has none.
  private mutating func member(_ field: Field, _ value: JSON?, _ indent: Int) {
    if let value { return put(field, value, indent) }
    let start = lines.count
    put(field, example(field), indent)
    for place in start..<lines.count { lines[place] = pad(indent) + "# " + lines[place].dropFirst(indent) }
  }

  private mutating func put(_ field: Field, _ value: JSON, _ indent: Int) {
    switch (field.kind, value) {
    case (.record(let fields), .object(let object)):
      lines.append("\(pad(indent))\(field.name):")
      for member in fields where object[member.name] != nil || indent == 0 {
        if indent == 0 { explain(member, indent + 2) }
        self.member(member, object[member.name], indent + 2)
      }
    case (.list(.record(let fields), _), .array(let items)) where !items.isEmpty:
      lines.append("\(pad(indent))\(field.name):")
      for item in items { self.item(fields, item.object ?? [:], indent + 2) }
    default: lines.append("\(pad(indent))\(field.name): \(scalar(value, field))")
    }
  }

  /// An item of a list: its first member stands behind the dash.
  private mutating func item(_ fields: [Field], _ object: JSONObject, _ indent: Int) {
    let start = lines.count
    for field in fields { if let value = object[field.name] { put(field, value, indent + 2) } }
    guard start < lines.count else { return lines.append(pad(indent) + "- {}") }
    lines[start] = pad(indent) + "- " + lines[start].dropFirst(indent + 2)
  }

  private func scalar(_ value: JSON, _ field: Field) -> String {
    switch value {
    case .int(let number):
      if case .integer(_, .minor) = field.kind { return grouped(number) }
      return String(number)
    case .bool(let flag): return flag ? "yes" : "no"
    case .string(let text): return quoted(isCondition(field) ? condition(text) : text)
    case .array(let items): return "[" + items.map { flow($0) }.joined(separator: ", ") + "]"
    case .object, .null: return value.canonical
    }
  }

  /// A value inside brackets, where commas part.
  private func flow(_ value: JSON) -> String {
    guard let text = value.string, !text.utf8.allSatisfy({ isNameByte($0) }) || isWordOfYAML(text) else {
      return value.string ?? value.canonical
    }
    return inQuotes(text)
  }

  private func condition(_ text: String) -> String {
    (try? Condition(text, measures: kind.measures))?.text(in: language) ?? text
  }

  private func isCondition(_ field: Field) -> Bool {
    !kind.measures.isEmpty && OwnCondition.conditionNames.contains(field.name)
  }

  // MARK: Examples

  private func example(_ field: Field) -> JSON {
    switch field.kind {
    case .text: .string(isCondition(field) ? exampleCondition : "example")
    case .integer(let range, _): .int(max(range.lowerBound, min(range.upperBound, 10)))
    case .currency: "CNY"
    case .decimal: "12.5"
    case .day: "2026-10-01"
    case .instant: "2026-10-01T00:00:00Z"
    case .flag: true
    case .code(let codes): .string(codes.first?.word.text ?? "")
    case .reference, .subject, .hash, .body: "…"
    case .record(let fields): .object(JSONObject(fields.filter(\.isRequired).map { ($0.name, example($0)) }))
    case .list(let kind, _): [example(Field(field.name, kind, "", ""))]
    }
  }

  private var exampleMeasure: Name? { kind.measures.first { $0.unit == .days && $0.window == .never }?.name }
  private var exampleCondition: String { "\(exampleMeasure?.en ?? "") > 60 days" }
  private var exampleInChinese: String { "\(exampleMeasure?.zh ?? "") > 60 天" }

  // MARK: Text

  private func pad(_ indent: Int) -> String { String(repeating: " ", count: indent) }

  /// 1000000 → 1_000_000, which the reader takes.
  private func grouped(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append("_") }
      text.append(digit)
    }
    return text
  }

  /// The text as it stands, or in quotes where YAML would read something else.
  private func quoted(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return "\"\"" }
    let begins = first.properties.isAlphabetic
    let clashes = text.contains(": ") || text.contains(" #") || text.contains("&") || last == ":" || last == " "
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xE000...0xFFFF: (0xFF01...0xFF5E).contains(scalar.value)
      default: true
      }
    }
    return begins && !clashes && isPlain && !isWordOfYAML(text) ? text : inQuotes(text)
  }

  /// In double quotes, with an escape for whatever a YAML reader would refuse, fold or take for an anchor.
  private func inQuotes(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: quoted += "\\\(scalar)"
      case 0..<0x20, 0x26, 0x7F...0xA0, 0x2028, 0x2029, 0xE000...0xFFFF:
        quoted +=
          "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "-")
  }

  /// Words that other readers of YAML take for something else than a text.
  private func isWordOfYAML(_ text: String) -> Bool {
    text.isEmpty
      || ["yes", "no", "true", "false", "on", "off", "y", "n", "null", "nan", "inf"].contains(text.lowercased())
  }
}
