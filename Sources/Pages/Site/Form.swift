/// A form that a person fills in. It works without a script: every field is one of HTML's own.
public struct Form: Sendable {
  public struct Field: Sendable {
    public enum Kind: Sendable {
      case line(type: String)
      case lines(rows: Int)
      case choice([(word: String, title: String)])
      case tick
      case hidden
    }
    public var name: String
    public var title: String
    public var kind: Kind
    public var value: String
    /// What its name leaves open.
    public var hint: String
    /// Why what was written was refused.
    public var faults: [String]
    public var isRequired: Bool
    public var limit: Int?

    public init(
      _ name: String, _ title: String, _ kind: Kind, value: String = "", hint: String = "", faults: [String] = [],
      isRequired: Bool = false, limit: Int? = nil
    ) {
      (self.name, self.title, self.kind, self.value, self.hint) = (name, title, kind, value, hint)
      (self.faults, self.isRequired, self.limit) = (faults, isRequired, limit)
    }
  }

  public enum Method: String, Sendable {
    case get, post
  }

  public var heading: String
  public var method: Method
  public var action: String
  public var fields: [Field]
  public var submit: String
  /// Several fields in a line, for what is asked often.
  public var isCompact: Bool
  /// Whether its answer is a file: the page stays, and the form may be sent again.
  public var isFile = false

  public init(
    _ heading: String, _ method: Method, _ action: String, _ fields: [Field], submit: String, isCompact: Bool = false
  ) {
    (self.heading, self.method, self.action, self.fields) = (heading, method, action, fields)
    (self.submit, self.isCompact) = (submit, isCompact)
  }

  var value: PageValue {
    let name = action.unicodeScalars.reduce(into: "f") { if $1.properties.isAlphabetic && $1.isASCII { $0.unicodeScalars.append($1) } }
    return .values([
      "heading": heading.isEmpty ? .flag(false) : .text(heading), "method": .text(method.rawValue), "action": .text(action),
      "isPost": .flag(method == .post), "fields": .list(fields.map { $0.value(in: name) }), "submit": .text(submit),
      "isCompact": .flag(isCompact), "isFile": .flag(isFile),
    ])
  }
}

extension Form.Field {
  fileprivate func value(in form: String) -> PageValue {
    // Line by line: a text on a page has no ends of lines, which the template writes.
    let lines = value.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var values: [String: PageValue] = [
      "name": .text(name), "id": .text(form + "-" + name), "title": .text(title), "value": .text(value),
      "hint": hint.isEmpty ? .flag(false) : .text(hint), "isRequired": .flag(isRequired),
      "limit": limit.map { .text(String($0)) } ?? .flag(false), "faults": .list(faults.map { .text($0) }),
      "isWide": .flag(false), "isTickless": .flag(true), "shown": .flag(true),
      "isFaulty": .flag(!faults.isEmpty), "isDescribed": .flag(!faults.isEmpty || !hint.isEmpty),
      "text": .list(lines.dropLast().map { .text($0) }), "last": .text(lines.last ?? ""), "line": .flag(false), "lines": .flag(false), "choice": .flag(false), "tick": .flag(false), "hidden": .flag(false),
    ]
    switch kind {
    case .line(let type): values["line"] = .list([.values(["type": .text(type)])])
    case .lines(let rows):
      values["lines"] = .list([.values(["count": .text(String(rows))])])
      values["isWide"] = .flag(true)
    case .choice(let words):
      values["choice"] = .list([
        .values([
          "words": .list(
            words.map { word in
              .values(["word": .text(word.word), "label": .text(word.title), "isChosen": .flag(word.word == value)])
            })
        ])
      ])
    case .tick:
      values["isTickless"] = .flag(false)
      values["tick"] = .list([.values(["isTicked": .flag(value == "true")])])
    case .hidden:
      (values["hidden"], values["shown"]) = (.flag(true), .flag(false))
    }
    return .values(values)
  }
}
