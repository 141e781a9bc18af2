import Answers
import Documents
import Engine
import Vocabulary
import Wire

extension Page {
  /// The timeline of an evidence package: its events by business time, then what is withheld, which documents they name,
  /// and which rules were in force.
  public static func timeline(_ package: EvidencePackage, in language: Language) -> Page {
    let selection = package.selection
    let subject = selection.request.subject
    return Page(
      record: Name("Evidence: \(subject)", "证据：\(subject)"),
      facts: [
        (Name("Events", "事件数"), String(selection.events.count)), (Name("As of", "截至"), selection.asOf.description),
        (Name("Known at", "知悉至"), knownAt(package)), (Name("Log", "日志"), package.origin),
        (Name("Proved in its first", "所证范围（前若干事件）"), String(package.covered)),
        (Name("Root", "根哈希"), package.root),
      ],
      warnings: package.attachments.absent == 0 ? [] : [
        Name(
          "\(package.attachments.absent) documents are named by their hash and are not in this package",
          "\(package.attachments.absent) 份文件仅以哈希指明，未收录于本证据包")
      ],
      tables: [
        RecordTable(Name("Timeline", "时间线"), EvidencePackage.eventColumns, package.eventRows(in: language)),
        RecordTable(Name("What is withheld", "未说明的内容"), Withholdings.columns, package.withholdings.rows(in: language)),
        RecordTable(Name("Documents", "文件"), Attachments.columns, package.attachments.rows(in: language)),
        RecordTable(Name("Rules in force", "有效规则"), EvidencePackage.ruleColumns, package.ruleRows),
      ],
      notes: [
        Name(
          "This page was made from the events; the events are the evidence. README.md says how to check them.",
          "本页由事件生成，事件本身才是证据；核验方法见 README.md。")
      ], in: language)
  }

  private static func knownAt(_ package: EvidencePackage) -> String {
    let known = package.about["knownAt"]
    return known?.int.map(String.init) ?? known?.string ?? ""
  }

  /// The pages of an evidence package, as files of it: the timeline, each contract, and what changed from each of its
  /// versions to the next.
  public static func papers(of package: EvidencePackage, in snapshot: Snapshot) throws -> [PackedFile] {
    var papers: [PackedFile] = []
    let readings = try package.selection.readings(in: snapshot)
    for language in Language.allCases {
      func add(_ name: String, _ page: Page) {
        papers.append(PackedFile("pages/\(name).\(language.rawValue).html", text: page.html))
      }
      add("timeline", timeline(package, in: language))
      for (place, reading) in readings.enumerated() {
        let name = "contract-\(place + 1)-\(reading.id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }.prefix(60))"
        add(name, contract(ContractAnswer(reading, try reading.version(nil)), in: language))
        let numbers = reading.file.versions.map(\.number)
        for (from, to) in zip(numbers, numbers.dropFirst()) {
          add("\(name)-changes-\(from)-\(to)", redline(try RedlineAnswer(reading, from: from, to: to), in: language))
        }
      }
    }
    return papers
  }
}
