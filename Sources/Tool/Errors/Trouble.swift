import Vocabulary

/// An error as a person is told it: what, where, what is unharmed, what to do; in both languages.
struct Trouble: Error, Equatable {
  let status: ExitStatus
  /// Stable, for programs: `E-LOG-DAMAGED`.
  let code: String
  let what: Name
  /// A file with line or offset, a segment, a position; `nil` where the sentence says it all.
  let place: Name?
  let unharmed: Name
  let remedy: Name
  /// Lines below the sentence: each fault of a file.
  private(set) var details: [Name] = []

  init(_ status: ExitStatus, _ code: String, _ what: Name, at place: Name? = nil, unharmed: Name, remedy: Name) {
    self.status = status
    self.code = code
    self.what = what
    self.place = place
    self.unharmed = unharmed
    self.remedy = remedy
  }

  /// The same trouble at a place that only the caller knows.
  func at(_ place: Name) -> Trouble {
    var copy = Trouble(status, code, what, at: place, unharmed: unharmed, remedy: remedy)
    copy.details = details
    return copy
  }

  /// The same trouble with lines of its own for its parts.
  func listing(_ details: [Name]) -> Trouble {
    var copy = self
    copy.details = details
    return copy
  }

  /// The lines for standard error.
  func text(in language: Language) -> String {
    var lines = ["[\(code)] " + what[language].withoutControls]
    lines += details.map { "  " + $0[language].withoutControls }
    if let place { lines.append(Name("  where: ", "  位置：")[language] + place[language].withoutControls) }
    lines.append(Name("  unharmed: ", "  未受影响：")[language] + unharmed[language].withoutControls)
    lines.append(Name("  to do: ", "  处理：")[language] + remedy[language].withoutControls)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Name {
  /// For what is the same in every language: a path, a number.
  init(same text: String) { self.init(text, text) }

  static func + (a: Name, b: Name) -> Name { Name(a.en + b.en, a.zh + b.zh) }
}

/// Sentences about what is unharmed that several troubles share.
enum Unharmed {
  static let everything = Name("the log and the read models; nothing was written", "日志和读模型均未改动，没有写入任何内容")
  static let log = Name("the log: every acknowledged event is in it", "日志：所有已确认的事件都在其中")
}
