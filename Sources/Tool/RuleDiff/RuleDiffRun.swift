import Answers
import Engine
import Foundation
import Pages
import Projection
import RuleFiles
import Vocabulary

/// One run of `rules diff` or `rules whatif`: compares, finds first differences, writes the page, gives the answer.
struct RuleDiffRun {
  let options: RuleDiffOptions
  let session: Session

  /// - Parameter rules: the rule before and the rule after.
  func run(of kind: String, _ rules: (Snapshot) throws -> (PublishedRule, PublishedRule)) throws {
    try options.validate()
    if let page = options.page, FileManager.default.fileExists(atPath: page) { throw RuleDiffRun.exists(page) }
    let report = try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      _ = try snapshot.projection(ofRule: kind)
      let (from, to) = try rules(snapshot)
      return try compare(from, to, snapshot)
    }
    let page = try options.page.map { try write(report, to: $0) }
    try RuleDiffAnswer(report, page: page).give(in: session)
    if let page { session.console.remark(page.remark) }
  }

  private func compare(_ from: PublishedRule, _ to: PublishedRule, _ snapshot: Snapshot) throws -> RuleDiffReport {
    let bar = ProgressBar(RebuildStep.folding.title, on: session.console)
    let comparison = try RuleDiffReport.comparison(from: from, to: to, view: options.view, in: snapshot) { bar.update($0, of: $1) }
    bar.finish()
    let search = ProgressBar(Name("First differences", "首次分歧"), on: session.console)
    defer { search.finish() }
    return try RuleDiffReport(
      comparison, view: options.view, firstDifferences: options.firstDifferences, in: snapshot
    ) { search.update($0, of: $1) }
  }

  /// Writes the page where no file is yet, and records that it was issued where that is asked for.
  private func write(_ report: RuleDiffReport, to path: String) throws -> IssuedPage {
    let bytes = Array(Page.ruleDifference(report, in: session.language).html.utf8)
    do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch let error as CocoaError {
      throw error.code == .fileWriteFileExists ? RuleDiffRun.exists(path) : error
    }
    var page = IssuedPage(path: path, bytes: bytes)
    guard options.issue else { return page }
    let event = try report.issued(page, at: session.console.clock.millisecond, in: session.language)
    try session.withStore(.write) { store in
      try page.record(event, by: Recorder(store, about: session.circumstances(channel: "cli")))
    }
    return page
  }

  private static func exists(_ path: String) -> Trouble {
    Trouble(
      .cannotCreate, "E-PAGE-EXISTS", Name("the page would replace a file", "页面将覆盖已有文件"), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("give another name", "请换一个文件名"))
  }
}

extension Session {
  /// The rule of a file that a person names; `-` is standard input.
  func draft(
    _ path: String, of kind: String, as version: Int? = nil, after book: RuleBook, in snapshot: Snapshot
  ) throws -> PublishedRule {
    let bytes = try InputFile.read(path, limit: RuleFileLimit.bytes, in: self)
    let name = path == "-" ? "stdin" : (path as NSString).lastPathComponent
    return try RuleDraft.read(bytes, name: name, of: kind, as: version, after: book, in: snapshot)
  }
}
