import Answers
import Engine
import Projection
public import Vocabulary
import Wire

/// A request for a page as a page sees it: who asks, in which language, from where they look.
public struct Asking: Sendable {
  public enum Method: String, Sendable {
    case get, post
  }
  public var user: User
  public var language: Language
  /// The path, unescaped only in `parts`.
  public var path: String
  /// What the braces of the route's path stand for.
  public var parts: [String: String]
  public var query: Parameters
  public var form: Parameters
  /// What a form must carry, so that no other site can send it.
  public var token: String
  public let premises: any Premises

  public init(
    user: User, language: Language, path: String, parts: [String: String] = [:], query: Parameters = [:], form: Parameters = [:],
    token: String = "", premises: any Premises
  ) {
    (self.user, self.language, self.path, self.parts, self.query) = (user, language, path, parts, query)
    (self.form, self.token, self.premises) = (form, token, premises)
  }

  public subscript(part: String) -> String { parts[part] ?? "" }

  var now: Instant { premises.now }
}

/// Who asks, as the door has made sure of it.
public struct User: Sendable {
  public let name: String
  /// Words of the capacities in which they may act: `SR`. The first is the usual one.
  public let capacities: [String]
  public let may: @Sendable (Need) -> Bool

  public init(name: String, capacities: [String] = [], may: @escaping @Sendable (Need) -> Bool = { _ in true }) {
    (self.name, self.capacities, self.may) = (name, capacities, may)
  }
}

/// What somebody must be allowed for a page: the words of the door's own table.
public enum Need: String, CaseIterable, Sendable {
  case read
  case readRules = "read-rules"
  case tryRules = "try-rules"
  case record
  case decide
  case changeRules = "change-rules"
  case audit
  case verify
  case readAccess = "read-access"
  case operate
}

extension Asking {
  /// From where the reader looks: `as_of`, `known_at`, `rule`.
  ///
  /// - Throws: `Trouble` of the kind `usage` where one of them cannot be read.
  func view() throws -> View {
    let asOf = try query["as_of"].map { try read($0, "as_of", "2026-06-30", TimePoint.init) }
    let knownAt = try query["known_at"].map { try read($0, "known_at", "2026-06-30, 1200", LogPoint.init) }
    let rules = try query.all("rule").map { try read($0, "rule", "churn=2", RuleChoice.init) }
    return View(asOf: asOf, knownAt: knownAt, rules: rules)
  }

  private func read<R>(_ text: String, _ name: String, _ model: String, _ make: (String) -> R?) throws -> R {
    guard let value = make(text) else {
      throw Trouble(
        .usage, "E-USAGE", Name("\(name) cannot be read: “\(text)”", "无法识别 \(name)：“\(text)”"), unharmed: Unharmed.everything,
        remedy: Name("write it like \(model)", "写法例如 \(model)"))
    }
    return value
  }

  /// Who records, in which capacity: for events that a page records.
  var circumstances: Circumstances {
    var about = Circumstances()
    (about.actor, about.channel, about.role) = (user.name, "ui", user.capacities.first)
    return about
  }

  func say(_ en: String, _ zh: String) -> String { language == .zh ? zh : en }
  func say(_ name: Name) -> String { name[language] }

  /// Which part of a query a page of another address keeps: from where the reader looks, and a language that only the
  /// address names.
  static let kept = ["as_of", "known_at", "rule", "lang"]

  /// The address of a page, seen from where the reader looks now.
  func link(_ path: String, _ query: KeyValuePairs<String, String> = [:]) -> String {
    let kept = self.query.pairs.filter { Asking.kept.contains($0.name) }
    return Address(path, query.map { ($0.key, $0.value) } + kept).text
  }

  /// The address of this page with some parameters changed; empty ones are left out.
  func here(_ changes: KeyValuePairs<String, String>) -> String {
    let names = changes.map(\.key)
    let rest = query.pairs.filter { !names.contains($0.name) }
    return Address(escaped: path, rest + changes.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }).text
  }
}
