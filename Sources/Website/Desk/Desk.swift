import Answers
import Engine
import Events
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

/// What a page is made from: who asks, from where they look, and the log as it stands.
struct Desk {
  let asking: Asking
  let view: View
  let snapshot: Snapshot

  var language: Language { asking.language }
  var shelf: ModelShelf { asking.premises.shelf }
  func say(_ en: String, _ zh: String) -> String { asking.say(en, zh) }
  func say(_ name: Name) -> String { name[language] }
  func link(_ path: String, _ query: KeyValuePairs<String, String> = [:]) -> String { asking.link(path, query) }

  func subjectLink(_ subject: String) -> String { link("/subjects/" + Address.part(subject)) }
  func eventLink(_ seq: Int64) -> String { link("/events/\(seq)") }

  /// The newest events of a type, newest first, as far as the reader's view knows them.
  func newest(_ type: String, limit: Int) throws -> [StoredEvent] {
    let (seen, end) = (try snapshot.eventCount(of: view), view.asOf ?? .distantFuture)
    return try snapshot.newest(type, limit: limit) { $0.seq < seen && $0.event.occurredAt <= end }
  }

  func whyLink(_ model: String, _ subject: String, field: String? = nil) -> String {
    let path = "/why/\(model)/" + Address.part(subject)
    return field.map { link(path, ["field": $0]) } ?? link(path)
  }

  /// The event that the reader has recorded just now, where the address says so: what they are shown knows of it.
  private var recorded: Int64? { asking.query["done"].flatMap { Int64($0) }.flatMap { $0 < snapshot.size ? $0 : nil } }

  /// A read model as the reader's view sees it.
  func model(_ name: String) throws -> ModelShelf.Shelved {
    try shelf.model(name, view: view, knowing: recorded, in: snapshot)
  }

  /// Several; what has to be made is made in one pass.
  @discardableResult func models(_ names: [String]) throws -> [ModelShelf.Shelved] {
    Array(try shelf.models(names.filter(has), view: view, knowing: recorded, in: snapshot).values)
  }

  /// Some rows of one.
  func page(_ model: String, _ query: RowQuery) throws -> ModelPage {
    try ModelPage(model, query, view: view, knowing: recorded, on: shelf, in: snapshot)
  }

  func has(_ model: String) -> Bool { snapshot.projections.contains { $0.name == model } }

  /// The name by which people know a subject, where the log tells one.
  func name(of subject: String) -> String? { asking.premises.directory.name(of: subject) }

  /// The name of a subject's customer, for what has no name of its own.
  func customerName(of subject: String) -> String? {
    (try? snapshot.customer(of: subject)).flatMap { $0 }.flatMap { $0 == subject ? nil : name(of: $0) }
  }

  /// The latest business day that the view knows: what "today" means to everything that is concluded.
  func today() throws -> Day { try snapshot.businessTime(of: view).day }
}

extension Desk {
  /// The cell of a value of a read model: what it says, where it leads, and why it is so.
  func cell(_ cell: Cell, _ column: Column, of line: ModelLine, in projection: AnyProjection, currency: String? = nil) -> SiteCell {
    var shown = SiteCell(text(cell, column, in: projection, currency: currency))
    if column.name == "subject" { shown.href = subjectLink(line.subject) }
    if column.kind == .position, column.name != "position", case .integer(let seq) = cell { shown.href = eventLink(seq) }
    guard case .text(let word) = cell else { return shown }
    shown.mark = column.words.isEmpty ? nil : Mark.of(word)
    switch column.name {
    case "customer" where word.contains(":"): (shown.text, shown.href) = (name(of: word) ?? word, subjectLink(word))
    case "about" where word.contains(":"): shown.href = subjectLink(word)
    default: break
    }
    return shown
  }

  /// A value as people read it here: a time to the minute, a share in percent, the names of conditions.
  private func text(_ cell: Cell, _ column: Column, in projection: AnyProjection, currency: String?) -> String {
    switch cell {
    case .instant(let instant): return instant.short
    case .integer(let number) where column.isShare: return (Double(number) / 100).fixed(2) + " %"
    case .integer(let number) where column.kind == .integer: return number.grouped
    case .text(let text) where column.words.isEmpty && !text.isEmpty:
      let words = text.split(separator: ",").map { part in word(String(part), in: projection, column) }
      return words.contains(nil) ? text : words.compactMap { $0 }.joined(separator: say(", ", "、"))
    default: return cell.text(in: column, language, currency: currency)
    }
  }

  /// A part of a text as people call it: a condition of the projection, a type of event, or a party of a contract where a
  /// column names those.
  private func word(_ part: String, in projection: AnyProjection, _ column: Column) -> String? {
    if let condition = projection.conditions.first(where: { $0.text == part }) { return condition.title[language] }
    if part.contains("."), let entry = Catalogue.keshi.entry(named: part) { return entry.declaration.title[language] }
    guard Desk.partyColumns.contains(column.name) else { return nil }
    let name = part.trimmingPrefix(" ")
    return Contract.Party.allCases.first { $0.word.text == name }?.word.title[language]
  }

  /// Columns that may name parties of a contract by their words.
  private static let partyColumns: Set = ["missingAssent", "who"]

  /// A value that no read model concluded: times to the minute, types of events by their titles.
  func text(_ cell: Cell, _ column: Column) -> String {
    switch cell {
    case .instant(let instant): instant.short
    case .text(let word) where column.name == "eventType": Catalogue.keshi.entry(named: word)?.declaration.title[language] ?? word
    default: cell.text(in: column, language)
    }
  }

  /// What a column is called here.
  func title(of column: Column) -> String {
    guard column.isShare else { return column.title[language] }
    return column.title[language].replacing(" (0.01 %)", with: "").replacing("（万分之一）", with: "").replacing("：万分之一", with: "")
  }

  /// A row of a read model with its subject's name.
  func title(of subject: String) -> String { name(of: subject).map { "\($0) (\(subject))" } ?? subject }
}

extension Column {
  /// Whether it holds hundredths of a percent, which people read as percent.
  var isShare: Bool { kind == .integer && name.hasSuffix("Bp") }
}

extension Instant {
  /// `2026-03-31 08:00 UTC`; the day alone at its beginning.
  var short: String {
    if self == day.start { return day.description }
    return "\(day) \(description.dropFirst(11).prefix(5)) UTC"
  }
}

/// Which words of conclusions weigh how much, for the eye; the word says it to everybody.
enum Mark {
  private static let words: [SiteCell.Mark: Set<String>] = [
    .urgent: ["red", "lost", "overdue", "blacklisted", "flawed", "due", "critical", "urgent"],
    .warning: ["orange", "neglected", "reopened", "major", "high"],
    .watch: ["yellow", "declining", "proposed", "asked", "partly", "waiting", "paused", "reminded", "open", "medium"],
    .good: ["active", "in-force", "won", "met", "approved", "sound", "in-time", "kept"],
    .quiet: ["none", "past", "ended", "rejected", "closed", "withdrawn", "not-started", "abandoned"],
  ]

  static func of(_ word: String) -> SiteCell.Mark? { words.first { $0.value.contains(word) }?.key }
}
