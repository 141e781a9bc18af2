import Engine
import Foundation
import Projection
import ProjectionCatalogue
import Vocabulary

/// One run of `rules diff` or `rules whatif`: compares, finds first differences, writes the page, gives the answer.
struct RuleDiffRun {
  let options: RuleDiffOptions
  let session: Session

  /// - Parameter rules: the rule before and the rule after.
  func run(of kind: String, _ rules: (Snapshot) throws -> (PublishedRule, PublishedRule)) throws {
    try options.validate()
    if let page = options.page, FileManager.default.fileExists(atPath: page) { throw RuleDiffPage.exists(page) }
    let report = try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      _ = try snapshot.projection(ofRule: kind)
      let (from, to) = try rules(snapshot)
      return try compare(from, to, snapshot)
    }
    var paper: RuleDiffPaper?
    if let page = options.page {
      paper = try RuleDiffPage(report, in: session.language).write(to: page)
      if options.issue { paper = try paper?.issue(report, in: session) }
    }
    try RuleDiffAnswer(report: report, paper: paper).give(in: session)
    if let paper { session.console.remark(paper.remark) }
  }

  private func compare(_ from: PublishedRule, _ to: PublishedRule, _ snapshot: Snapshot) throws -> RuleDiffReport {
    let bar = ProgressBar(RebuildStep.folding.title, on: session.console)
    var comparing = ComparisonOptions()
    comparing.beside = ProjectionCatalogue.stakes
    comparing.progress = { bar.update($0, of: $1) }
    let comparison = try snapshot.compare(from, with: to, view: options.view, options: comparing)
    bar.finish()
    let search = ProgressBar(Name("First differences", "首次分歧"), on: session.console)
    defer { search.finish() }
    return try RuleDiffReport(
      comparison, snapshot, view: options.view, firstDifferences: options.firstDifferences
    ) { search.update($0, of: $1) }
  }

  /// The rule of a file as the version that it would be.
  func draft(
    _ file: String, _ kind: String, version: Int?, after book: RuleBook, in snapshot: Snapshot
  ) throws -> PublishedRule {
    let projection = try snapshot.projection(ofRule: kind)
    guard let rules = projection.rules else { throw EngineError.unknownRuleKind(kind, known: book.kinds) }
    return try RuleDraft.read(file, of: rules, as: version ?? book.nextNumber(kind), in: session)
  }
}
