import Answers
import Events
import Vocabulary
import Wire

/// Asks a person at a terminal for what a command still lacks.
struct DoForm {
  /// How often a value that does not fit is asked for again.
  static let attempts = 3
  /// Bytes that an answer may have.
  static let answerBytes = 64 << 10

  private let console: Console
  private let answers: Answers

  init(_ console: Console) {
    self.console = console
    answers = Answers(console)
  }

  func complete(_ words: inout DoWords, role: String?) throws {
    let declaration = words.declaration
    if words.subject == nil {
      let kinds = declaration.subjects.map(\.word).joined(separator: ", ")
      words.subject = try ask(Name("What it is about (\(kinds))", "主体（\(kinds)）")) { answer in
        guard let subject = Subject(answer) ?? Subject(kind: declaration.subjects[0], id: answer) else {
          throw EventError(.badSubject(answer))
        }
        return subject
      }
    }
    for field in declaration.fields where field.isRequired && words.data[field.name] == nil {
      let hint = field.kind.summary(Speech.language)
      var data = words.data
      words.data = try ask(Name("\(field.title.en) [\(hint)]", "\(field.title.zh)［\(hint)］")) { answer in
        try FieldWord.add(answer, to: &data, field)
        return data
      }
    }
    if declaration.needsReason, words.reason == nil {
      words.reason = try ask(Name("Reason", "原因")) { $0 }
    }
  }

  /// Asks until the answer fits, a few times; an end of the input leaves it to the checks that follow.
  private func ask<R>(_ question: Name, _ take: (String) throws -> R) throws -> R {
    var last: any Error = EventError(.missing)
    for _ in 0..<DoForm.attempts {
      try console.remarks.write(question[Speech.language] + ": ")
      try console.remarks.flush()
      guard let answer = try answers.next() else { break }
      guard !answer.isEmpty else { continue }
      do { return try take(answer) } catch {
        last = error
        console.remark(Trouble(explaining: error).what)
      }
    }
    throw last
  }

  /// Lines from the terminal, one at a time.
  private final class Answers {
    private let console: Console
    private var reader = LineReader(limit: DoForm.answerBytes)
    private var waiting: [String] = []

    init(_ console: Console) { self.console = console }

    func next() throws -> String? {
      while waiting.isEmpty, !reader.isAtEnd {
        waiting += try reader.next(from: console.input).map { String(decoding: $0.bytes, as: UTF8.self) }
      }
      return waiting.isEmpty ? nil : waiting.removeFirst()
    }
  }
}
