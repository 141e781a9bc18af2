import Engine
import Events
import Projection
import Vocabulary
import Wire

/// A report about a period: read models as of its end, figures with a published definition, and everything on which
/// they rest.
///
/// It tells no time of its making, and events that only say that reports were issued change nothing of it: the same
/// question about the same log gives the same bytes, so that its hash can be checked by asking again.
public struct ReportAnswer {
  public let name: ReportName
  public let period: Period
  /// The period is not over in the log.
  public let isPartial: Bool
  public let asOf: Instant
  /// The newest event on which it rests; −1 of an empty log.
  public let position: Int64
  public let models: [(name: String, rule: String?)]
  /// The rules by which was judged: `tier@1`, and the hash of what it says.
  public let rules: [(label: String, hash: String)]
  public let figures: [ReportFigure]
  public let sections: [ReportSection]
  /// Whom the ids in the sections mean.
  private let names: [String: String]
  /// The sections as people read them: names beside ids.
  public var namedSections: [ReportSection] { sections.map { $0.named(by: names) } }

  /// - Throws: `E-REPORT-EARLY` for a period that begins after the log's last business day; `EngineError`,
  ///   `FigureRefusal`.
  /// - Parameter naming: whether pages will be made of it, which name people and customers beside their ids.
  public init(_ name: ReportName, _ period: Period, view: View = .present, naming: Bool = true, of store: Store) throws {
    let snapshot = try store.snapshot()
    let count = try ReportAnswer.position(view, in: snapshot)
    var view = view
    view.knownAt = .position(count)
    let latest = try snapshot.businessTime(of: view)
    guard count > 0, period.first <= latest.day else { throw ReportAnswer.tooEarly(period, count > 0 ? latest.day : nil) }
    let desk = ReportDesk(period, view: view, latest: latest, of: store)
    let contents = try name.sections(at: desk)
    (self.name, self.period, isPartial, asOf) = (name, period, desk.isPartial, desk.asOf)
    (position, models, figures, sections) = (count - 1, desk.models, contents.figures, contents.sections)
    names = naming ? try desk.names(in: contents.sections) : [:]
    view.asOf = desk.asOf
    rules = try desk.models.compactMap { try snapshot.projection($0.name).ruleKind }.distinct.map { kind in
      let rule = try snapshot.rule(of: kind, in: view)
      return (rule.label, rule.hash)
    }
  }

  public var title: Name { name.title + Name(", \(period)", "（\(period)）") }

  /// How many events the report rests on: behind the last of them only reports were issued.
  private static func position(_ view: View, in snapshot: Snapshot) throws -> Int64 {
    var count = try snapshot.eventCount(of: view)
    while count > 0, try snapshot.event(at: count - 1)?.event.type == "report.issued" { count -= 1 }
    return count
  }

  private static func tooEarly(_ period: Period, _ latest: Day?) -> Trouble {
    Trouble(
      .usage, "E-REPORT-EARLY",
      latest.map {
        Name("\(period) begins after \($0), the last day of which the log tells", "\(period) 晚于日志所载的最后一日 \($0)")
      } ?? Name("the log has no event to report on", "日志中没有可供出具报告的事件"), unharmed: Unharmed.everything, remedy: Name("ask for an earlier period", "请改问更早的期间"))
  }
}

extension ReportAnswer {
  /// The event that says that a page of this report was issued.
  public func issued(_ page: IssuedPage, at now: Instant, in language: Language) throws -> Event {
    guard let subject = Subject(kind: .report, id: "\(name.rawValue)-\(period)-\(page.hash.prefix(16))") else {
      throw EventError(.badSubject(name.rawValue), at: "subject")
    }
    let rules: [JSON] = rules.map { ["rule": .string($0.label), "hash": .string($0.hash)] }
    return Event(
      Report.issued, subject, at: now,
      [
        "kind": .string(Report.Kind.report.word.text), "title": .string(title[language]),
        "fileHash": .string(page.hash), "fileBytes": .int(Int64(page.byteCount)), "mediaType": "text/html",
        "language": .string(language.rawValue), "position": .int(max(0, position)), "asOf": .string(asOf.description),
        "report": .string(name.rawValue), "period": .string(period.description),
        "models": .array(models.map { .string($0.name) }), "rules": .array(rules),
      ], id: "report:\(page.hash)")
  }
}
