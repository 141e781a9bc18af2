import Engine
import Foundation
import Projection
import Vocabulary
import Wire

/// The page to print and sign: one HTML file that needs nothing else, no script and no network.
///
/// It says nothing that the comparison does not say, and no time of its making: the same question about the same log
/// gives the same bytes, so that its hash can be checked by asking again.
struct RuleDiffPage {
  private let report: RuleDiffReport
  private let language: Language

  init(_ report: RuleDiffReport, in language: Language) {
    self.report = report
    self.language = language
  }

  static func title(_ report: RuleDiffReport) -> Name {
    let rules = "\(report.comparison.from.label) → \(report.comparison.to.label)"
    return Name("What a change of the rule changes: \(rules)", "规则变更影响：\(rules)")
  }

  /// Writes the page where no file is yet.
  func write(to path: String) throws -> RuleDiffPaper {
    let bytes = Array(html.utf8)
    do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch let error as CocoaError {
      throw error.code == .fileWriteFileExists ? RuleDiffPage.exists(path) : error
    }
    return RuleDiffPaper(path: path, bytes: bytes)
  }

  static func exists(_ path: String) -> Trouble {
    Trouble(
      .cannotCreate, "E-PAGE-EXISTS", Name("the page would replace a file", "页面将覆盖已有文件"), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("give another name", "请换一个文件名"))
  }
}

extension RuleDiffPage {
  var html: String {
    let answer = RuleDiffAnswer(report: report, paper: nil)
    let title = RuleDiffPage.title(report)[language]
    var page = HTMLText()
    page.raw("<!doctype html>\n<html lang=\"\(language == .zh ? "zh-CN" : "en")\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
    page.text(title)
    page.raw("</title>\n<style>\n\(RuleDiffPage.style)</style>\n</head>\n<body>\n<h1>")
    page.text(title)
    page.raw("</h1>\n")
    page.list(about)
    page.section(say("What the rules say differently", "规则的不同之处"), answer.fieldColumns, answer.fieldRows, language)
    page.section(say("From (rows) to (columns)", "由（行）到（列）"), answer.matrixColumns(language), answer.matrixRows(language), language)
    page.section(say("Conditions that hold", "成立的条件"), answer.conditionColumns, answer.conditionRows, language)
    page.section(say("By grade", "按等级"), answer.totalColumns, answer.totalRows(report.totals { $0.grade }, language), language)
    page.section(say("By owner", "按负责人"), answer.totalColumns, answer.totalRows(report.totals { $0.owner }, language), language)
    page.section(
      say("Everyone concerned", "全部相关主体"), answer.columns, report.entries.map { answer.peopleCells($0, language) }, language)
    page.signatures([say("Prepared by", "编制"), say("Reviewed by", "复核"), say("Approved by", "批准")], say("Date", "日期"))
    page.raw("</body>\n</html>\n")
    return page.html
  }

  private func say(_ en: String, _ zh: String) -> String { Name(en, zh)[language] }

  /// What the page rests on, so that anybody can ask the same question again.
  private var about: [(String, String)] {
    let comparison = report.comparison
    return [
      (say("Rule before", "原规则"), "\(comparison.from.label), SHA-256 \(comparison.from.hash)"),
      (say("Rule after", "新规则"), "\(comparison.to.label), SHA-256 \(comparison.to.hash)"),
      (say("As of", "截至"), comparison.asOf.description),
      (say("Newest event", "最新事件"), String(comparison.position - 1)),
      (say("Subjects judged", "判断的主体"), String(comparison.subjects)),
      (say("Outcome changes", "结论改变"), String(comparison.moved)),
      (say("Only particulars change", "仅细节改变"), String(report.entries.count - comparison.moved)),
      (say("Money concerned", "涉及金额"), RuleDiffAnswer.people(report.money, language)),
      (
        say("First differences looked for", "已查找首次分歧"),
        "\(report.searched) / \(report.entries.count)"
      ),
    ]
  }

  private static let style = """
    body { font: 10pt/1.4 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; color: #111; }
    h1 { font-size: 16pt; } h2 { font-size: 12pt; margin-top: 2em; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; } dt { color: #444; } dd { margin: 0; overflow-wrap: anywhere; }
    table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #888; padding: .2em .5em; text-align: left; vertical-align: top; }
    th { background: #eee; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } thead { display: table-header-group; }
    tr { break-inside: avoid; } .sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2em; margin-top: 4em; break-inside: avoid; }
    .sign div { border-top: 1px solid #111; padding-top: .3em; } @page { size: A4 landscape; margin: 15mm; } @media print { body { margin: 0; max-width: none; } }

    """
}
