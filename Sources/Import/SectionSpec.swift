import Vocabulary
import Wire

/// One kind of file: which names it has, how it is written, and what its rows say.
struct SectionSpec: Sendable {
  let globs: [String]
  let dialect: Dialect
  let quarantine: [QuarantineRule]
  let events: [EventSpec]
  /// Rows that yield no event are counted, not quarantined.
  let allowsIdle: Bool
  let spot: Spot

  static let keys = ["match", "format", "about", "quarantine", "events", "idle"]

  enum Idle: String, CaseIterable { case allow, quarantine }

  init(_ node: YAMLNode, catalogue: Catalogue) throws(MappingError) {
    spot = node.spot
    let keys = try node.members(SectionSpec.keys, required: ["match", "events"])
    var globs: [String] = []
    for item in try keys["match"]?.oneOrMore() ?? [] { globs.append(try item.text()) }
    self.globs = globs
    dialect = try keys["format"].map { node throws(MappingError) in try Dialect(node) } ?? Dialect()
    allowsIdle = try keys["idle"]?.word(Idle.self) == .allow
    var rules: [QuarantineRule] = []
    for item in try keys["quarantine"]?.oneOrMore() ?? [] { rules.append(try QuarantineRule(item)) }
    quarantine = rules
    let about = try keys["about"].map { node throws(MappingError) in try MemberSpec.list(node) } ?? []
    var events: [EventSpec] = []
    for item in try keys["events"]?.items() ?? [] {
      events.append(try EventSpec(item, about: about, catalogue: catalogue))
    }
    guard !events.isEmpty else { throw node.fail(.missingKey("events")) }
    self.events = events
  }

  /// Whether a file of that name belongs here; `.gz` at its end counts for nothing.
  func matches(_ name: String) -> Bool {
    let plain = FilePath.unpacked(name)
    return globs.contains { Glob.matches(name, $0) || Glob.matches(plain, $0) }
  }
}

/// Rows that can be read and must not be used, with the reason in both languages or in the author's own.
struct QuarantineRule: Sendable {
  let condition: Condition
  let reason: Name

  init(_ node: YAMLNode) throws(MappingError) {
    let keys = try node.members(["when", "reason"], required: ["when", "reason"])
    guard let when = keys["when"], let reason = keys["reason"] else { throw node.fail(.missingKey("when")) }
    condition = try Condition(when)
    if reason.isMapping {
      let texts = try reason.members(["en", "zh"], required: ["en", "zh"])
      self.reason = Name(try texts["en"]?.text() ?? "", try texts["zh"]?.text() ?? "")
    } else {
      self.reason = Name(try reason.text(), try reason.text())
    }
  }
}

/// A member of the envelope: actor, reason, …
struct MemberSpec: Sendable {
  let name: String
  let path: any WritableKeyPath<Circumstances, String?> & Sendable
  let value: ValueSpec

  static var names: [String] { Circumstances.members.map(\.name) }

  static func list(_ node: YAMLNode) throws(MappingError) -> [MemberSpec] {
    try list(try node.members(names))
  }

  /// The members among `keys`, in the order of the envelope.
  static func list(_ keys: [String: YAMLNode]) throws(MappingError) -> [MemberSpec] {
    var members: [MemberSpec] = []
    for (name, path) in Circumstances.members {
      guard let node = keys[name] else { continue }
      let value = try ValueSpec(node)
      if let constant = value.template.constant {
        do { try Field.Kind.text(limit: Circumstances.lengthLimit).check(.string(constant), at: name) } catch {
          throw node.fail(.constant(error))
        }
      }
      members.append(MemberSpec(name: name, path: path, value: value))
    }
    return members
  }
}
