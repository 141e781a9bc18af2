import Answers
import Engine
import Events
import Vocabulary
import Wire

/// The words behind a command: what it is about, its fields, and what its envelope says.
struct DoWords {
  let declaration: Declaration
  var subject: Subject?
  var data = JSONObject()
  var reason: String?
  private(set) var dryRun = false
  private(set) var conditions: [Condition] = []
  private var occurredAt: String?
  private var id: String?
  private var onBehalfOf: String?
  private var causedBy: String?

  /// Flags that every command has; a field of the same name is asked for with `--its-`.
  static let envelope = [
    "reason", "occurred-at", "id", "on-behalf-of", "caused-by", "dry-run", "expect", "unless", "help", "subject",
  ]

  /// The flag of a field: `docHash` is `--doc-hash`.
  static func flag(of field: Field) -> String {
    var flag = ""
    for letter in field.name {
      if letter.isUppercase { flag += "-" }
      flag += letter.lowercased()
    }
    let taken = envelope + GlobalOptions.names.map { String($0.dropFirst(2)) }
    return taken.contains(flag) ? "its-" + flag : flag
  }

  init(_ words: [String], for declaration: Declaration) throws {
    self.declaration = declaration
    var place = 0
    while place < words.count {
      let word = words[place]
      place += 1
      guard word.hasPrefix("--") else {
        guard subject == nil else { throw DoWords.unknown(word) }
        subject = try DoWords.subject(word, of: declaration)
        continue
      }
      let parts = DoWords.halves(word.dropFirst(2))
      let field = declaration.fields.first { DoWords.flag(of: $0) == parts[0] }
      var value = parts.count > 1 ? parts[1] : nil
      if value == nil, parts[0] == "dry-run" || field.map({ $0.isFlag }) ?? false {
        value = "true"
      } else if value == nil {
        guard place < words.count else { throw DoWords.missingValue(word) }
        value = words[place]
        place += 1
      }
      try take(parts[0], field, value ?? "")
    }
  }

  /// What stands before and behind the first `=`; one half where there is none.
  static func halves(_ text: Substring) -> [String] {
    text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func take(_ flag: String, _ field: Field?, _ value: String) throws {
    if let field { return try FieldWord.add(value, to: &data, field) }
    switch flag {
    case "reason": reason = value
    case "occurred-at": occurredAt = value
    case "id": id = value
    case "on-behalf-of": onBehalfOf = value
    case "caused-by": causedBy = value
    case "dry-run": dryRun = value == "true"
    case "subject": subject = try DoWords.subject(value, of: declaration)
    case "expect":
      guard let expected = ExpectedVersion(value), let subject = Subject(expected.subject) else {
        throw DoWords.bad("--expect", value, "customer:4=17")
      }
      conditions.append(.version(subject, expected.version))
    case "unless": conditions.append(try DoWords.unless(value))
    default: throw DoWords.unknown("--" + flag)
    }
  }

  /// `contract:K-7`, or `K-7` for the kind that a command is usually about.
  private static func subject(_ word: String, of declaration: Declaration) throws -> Subject {
    if let subject = Subject(word), declaration.subjects.contains(where: { $0.word == subject.kind }) { return subject }
    guard let subject = Subject(kind: declaration.subjects[0], id: word) else {
      throw EventError(.badSubject(word), at: "subject")
    }
    return subject
  }

  /// `order.placed,order.changed@order:9>120`.
  private static func unless(_ value: String) throws -> Condition {
    guard let at = value.firstIndex(of: "@"), let more = value.lastIndex(of: ">"), at < more,
      let subject = Subject(String(value[value.index(after: at)..<more])),
      let seq = Int64(value[value.index(after: more)...]), seq >= -1
    else { throw bad("--unless", value, "contract.amended@contract:K-7>120") }
    let types = value[..<at].split(separator: ",").map(String.init)
    return .none(of: types == ["*"] ? [] : Set(types), about: [subject], from: seq + 1)
  }
}

// The event.
extension DoWords {
  /// The event that the words mean, checked against its declaration.
  func event(about circumstances: Circumstances, now: Instant) throws -> Event {
    guard let subject else {
      throw Trouble.usage(
        Name("what it is about is missing", "缺少主体"),
        remedy: Name(
          "name it behind the command, for example \(declaration.subjects[0].word):42",
          "请在命令之后写明，例如 \(declaration.subjects[0].word):42"))
    }
    var event = Event(declaration.name, subject, at: try time(now), data, version: declaration.version, id: id)
    event.about = circumstances
    (event.about.reason, event.about.onBehalfOf, event.about.causedBy) = (reason, onBehalfOf, causedBy)
    let json = JSON.object(event.json)
    return try Event(reading: json, by: .keshi)
  }

  private func time(_ now: Instant) throws -> Instant {
    guard let occurredAt else { return now }
    if let day = Day(occurredAt) { return day.start }
    guard let instant = Instant(occurredAt) else {
      throw DoWords.bad("--occurred-at", occurredAt, "2026-11-23T09:30:00Z")
    }
    return instant
  }
}

// What cannot be understood.
extension DoWords {
  static func unknown(_ word: String) -> Trouble {
    .usage(
      Name("unknown option or word \"\(word)\"", "未知的选项或词“\(word)”"),
      remedy: Name("`keshi do COMMAND --help` shows the flags", "用 `keshi do 命令 --help` 查看选项"))
  }

  private static func missingValue(_ word: String) -> Trouble {
    .usage(
      Name("\(word) has no value", "\(word) 缺少取值"),
      remedy: Name("write \(word) VALUE or \(word)=VALUE", "请写 \(word) 值 或 \(word)=值"))
  }

  static func bad(_ flag: String, _ value: String, _ model: String) -> Trouble {
    .usage(
      Name("\"\(value)\" cannot be read as \(flag)", "无法理解 \(flag) 的取值“\(value)”"),
      remedy: Name("write it like \(model)", "写法例如 \(model)"))
  }

  /// The global options among the words, apart from the rest.
  static func globals(_ words: [String]) throws -> (rest: [String], global: [String]) {
    var rest: [String] = []
    var global: [String] = []
    var place = 0
    while place < words.count {
      let word = words[place]
      place += 1
      if GlobalOptions.names.contains(word) {
        guard place < words.count else { throw missingValue(word) }
        global += [word, words[place]]
        place += 1
      } else if GlobalOptions.names.contains(where: { word.hasPrefix($0 + "=") }) {
        global.append(word)
      } else {
        rest.append(word)
      }
    }
    return (rest, global)
  }
}

extension Field {
  /// Whether the flag stands for itself.
  fileprivate var isFlag: Bool {
    if case .flag = kind { return true }
    return false
  }
}
