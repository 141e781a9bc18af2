import Answers
import Crypto
import Foundation
import Projection
import Testing
import TestSupport
import Vocabulary
import Wire

@testable import keshi

private func object(_ run: Run) throws -> JSONObject {
  #expect(run.status == .ok, "\(run.remarks)")
  return try #require(try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object)
}

/// Opportunities around the third quarter of 2025: won on its last day, lost on its first, and just outside of it; an
/// invoice that is late, complaints in time and late, answers, and somebody with an awkward name.
private enum Quarter {
  static let events =
    [
      #"{"type":"customer.registered","subject":"customer:1","data":{"name":"上海某公司"},"occurredAt":"2023-01-05"}"#,
      #"{"type":"owner.changed","subject":"customer:1","data":{"role":"owner","to":"ann <b>","cause":"assign"},"occurredAt":"2025-01-01","reason":"r"}"#,
    ] + deal("A", "2025-01-01", "2025-07-10", "won", 10_000_000) + deal("B", "2025-06-01", "2025-07-01", "lost", 7_000_000)
    + deal("C", "2025-08-01", "2025-09-30", "won", 5_000_000) + deal("D", "2025-09-01", nil, "", 1_000_000)
    + deal("E", "2025-09-15", "2025-10-01", "won", 3_000_000) + deal("F", "2025-01-01", "2025-06-30", "won", 4_000_000)
    + [
      #"{"type":"order.placed","subject":"order:1","data":{"customer":"1","totalMinor":100000,"cur":"CNY"},"occurredAt":"2024-02-01"}"#,
      #"{"type":"order.placed","subject":"order:2","data":{"customer":"1","totalMinor":80000,"cur":"CNY"},"occurredAt":"2025-02-01"}"#,
      #"{"type":"order.placed","subject":"order:3","data":{"customer":"2","totalMinor":50000,"cur":"CNY"},"occurredAt":"2024-03-01"}"#,
      #"{"type":"order.placed","subject":"order:4","data":{"customer":"3","totalMinor":9000,"cur":"CNY"},"occurredAt":"2025-03-01"}"#,
      #"{"type":"invoice.issued","subject":"invoice:1","data":{"customer":"1","netMinor":36500,"taxMinor":0,"cur":"CNY","dueOn":"2025-08-31"},"occurredAt":"2025-08-01"}"#,
      #"{"type":"survey.answered","subject":"customer:1","data":{"kind":"nps","score":9},"occurredAt":"2025-07-01"}"#,
      #"{"type":"survey.answered","subject":"customer:2","data":{"kind":"nps","score":6},"occurredAt":"2025-09-30"}"#,
      #"{"type":"survey.answered","subject":"customer:3","data":{"kind":"nps","score":10},"occurredAt":"2025-09-30"}"#,
      #"{"type":"complaint.filed","subject":"complaint:1","data":{"customer":"1","category":"delivery"},"occurredAt":"2025-09-30T01:00:00Z"}"#,
      #"{"type":"complaint.filed","subject":"complaint:2","data":{"customer":"1","category":"<i>"},"occurredAt":"2025-10-01T01:00:00Z"}"#,
      #"{"type":"order.placed","subject":"order:5","data":{"customer":"1","totalMinor":1,"cur":"CNY"},"occurredAt":"2025-12-31"}"#,
    ]

  static func deal(_ id: String, _ opened: String, _ closed: String?, _ outcome: String, _ minor: Int) -> [String] {
    let start = #"{"type":"opportunity.opened","subject":"opportunity:\#(id)","data":{"customer":"1","amountMinor":\#(minor),"cur":"CNY","stage":"first"},"occurredAt":"\#(opened)"}"#
    guard let closed else { return [start] }
    return [
      start,
      #"{"type":"opportunity.closed","subject":"opportunity:\#(id)","data":{"outcome":"\#(outcome)","finalMinor":\#(minor),"reasonCodes":["price","spec"]},"occurredAt":"\#(closed)","reason":"r"}"#,
    ]
  }

  static func folder() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("append", input: events.joined(separator: "\n"))
    #expect(run.status == .ok, "\(run.remarks)")
    return folder
  }
}

@Suite struct `A report about a period` {
  private func figures(_ folder: Folder, _ report: String, _ period: String) throws -> [String: JSONObject] {
    let answer = try object(folder.run("report", report, "--period", period))
    let all = try #require(answer["figures"]?.array).compactMap(\.object)
    return Dictionary(all.map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
  }

  @Test func `counts what closed from its first day to its last`() throws {
    let folder = try Quarter.folder()
    let all = try figures(folder, "sales", "2025Q3")
    #expect(all["won"]?["value"]?.int == 2 && all["won"]?["before"]?.int == 1)
    #expect(all["won-amount"]?["value"]?.int == 15_000_000 && all["won-amount"]?["unit"]?.string == "CNY")
    #expect(all["win-rate"]?["value"]?.string == "66.6667" && all["win-rate"]?["before"]?.string == "100.0000")
    #expect(all["mean-won"]?["value"]?.int == 7_500_000)
    #expect(all["cycle"]?["value"]?.string == "125.0000", "190 and 60 days")
    // Two open at the end × 2/3 × 75,000 ÷ 125 days.
    #expect(all["velocity"]?["value"]?.int == 80_000)
    let whole = try figures(folder, "sales", "2025")
    #expect(whole["won"]?["value"]?.int == 4 && whole["won"]?["before"]?.int == 0)
    #expect(whole["win-rate"]?["before"]?.string == nil, "a rate of nobody is undefined")
  }

  @Test func `tells receivables, retention, recommendation and complaints as of its end`() throws {
    let folder = try Quarter.folder()
    let money = try figures(folder, "receivables", "2025Q3")
    #expect(money["open"]?["value"]?.int == 36_500 && money["overdue"]?["value"]?.int == 36_500)
    #expect(money["dso"]?["value"]?.string == "365.0000" && money["best-dso"]?["value"]?.string == "0.0000")
    #expect(try figures(folder, "receivables", "2025-08")["overdue"]?["value"]?.int == 0, "on the due day nothing is late")
    // From twelve months before the last twelve: 1 bought 100,000, then 80,000; 2 bought 50,000, then nothing; 3 is new.
    let kept = try figures(folder, "customers", "2025Q3")
    #expect(kept["logo-retention"]?["value"]?.string == "50.0000" && kept["grr"]?["value"]?.string == "53.3333")
    #expect(kept["nrr"]?["value"]?.string == "53.3333" && kept["gained"]?["value"]?.int == 1)
    let said = try figures(folder, "satisfaction", "2025Q3")
    #expect(said["nps"]?["value"]?.string == "33.3333" && said["answers"]?["value"]?.int == 3)
    #expect(try figures(folder, "complaints", "2025Q3")["filed"]?["value"]?.int == 1)
    #expect(try figures(folder, "complaints", "2025Q4")["filed"]?["value"]?.int == 1)
  }

  @Test(arguments: ReportName.allCases) func `gives the same data as JSON and CSV, and each section by itself`(name: ReportName) throws {
    let folder = try Quarter.folder()
    let answer = try object(folder.run("report", name.rawValue, "--period", "2025Q3"))
    let sections = try #require(answer["sections"]?.array).compactMap(\.object)
    let cells = sections.reduce(0) { $0 + ($1["rows"]?.array?.count ?? 0) * ($1["columns"]?.array?.count ?? 0) }
    let figures = answer["figures"]?.array?.count ?? 0
    let csv = folder.run("report", name.rawValue, "--period", "2025Q3", "--format", "csv")
    #expect(csv.output.split(separator: "\r\n").count == 1 + cells + figures * 6)
    for section in sections {
      let id = try #require(section["id"]?.string)
      let rows = folder.run("report", name.rawValue, "--period", "2025Q3", "--section", id, "--format", "ndjson")
      #expect(rows.status == .ok && rows.lines.count == section["rows"]?.array?.count, "\(id): \(rows.remarks)")
    }
    #expect(Set(sections.map { $0["id"]?.string }).count == sections.count, "ids are not given twice")
    let unknown = folder.run("report", name.rawValue, "--period", "2025Q3", "--section", "x")
    #expect(unknown.status == .usage && unknown.remarks.contains("[E-REPORT-SECTION]"))
  }

  @Test func `speaks of whole periods and flags one that is not over`() throws {
    let folder = try Quarter.folder()
    #expect(try object(folder.run("report", "sales", "--period", "2025-12"))["partial"]?.bool == false, "its last day is told")
    #expect(try object(folder.run("report", "sales", "--period", "2025"))["asOf"]?.string == "2025-12-31T00:00:00Z")
    #expect(try object(folder.run("report", "sales", "--period", "2025Q3"))["asOf"]?.string == "2025-09-30T23:59:59.999999Z")
    let early = folder.run("report", "sales", "--period", "2026-01")
    #expect(early.status == .usage && early.remarks.contains("[E-REPORT-EARLY]"))
    #expect(folder.run("report", "sales").status == .usage)
    #expect(folder.run("report", "sales", "--period", "2025Q5").status == .usage)
    #expect(folder.run("report", "sales", "--period", "2025Q3", "--issue").status == .usage)
    #expect(folder.run("report").lines.count == ReportName.allCases.count)
  }

  @Test func `of a log with nothing to tell says so and has no figures out of nothing`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    #expect(folder.run("report", "sales", "--period", "2025").remarks.contains("[E-REPORT-EARLY]"))
    _ = folder.run(
      "append", input: #"{"type":"customer.registered","subject":"customer:1","data":{"name":"x"},"occurredAt":"2025-01-05"}"#)
    for name in ReportName.allCases {
      let run = folder.run("report", name.rawValue, "--period", "2025Q1", "--page", folder.path + "/\(name).html")
      #expect(run.status == .ok, "\(name): \(run.remarks)")
    }
    #expect(try figures(folder, "sales", "2025Q1")["win-rate"]?["value"]?.string == nil)
  }
}

@Suite struct `The page of a report` {
  @Test(arguments: ReportName.allCases) func `is the same in bytes when it is issued again`(name: ReportName) throws {
    let folder = try Quarter.folder()
    let ask = { (file: String) in
      try object(folder.run("report", name.rawValue, "--period", "2025Q3", "--page", folder.path + "/" + file, "--issue"))
    }
    let (first, second) = (try ask("1.html"), try ask("2.html"))
    let bytes = try #require(FileManager.default.contents(atPath: folder.path + "/1.html"))
    #expect(FileManager.default.contents(atPath: folder.path + "/2.html") == bytes)
    let page = try #require(first["page"]?.object)
    #expect(page["sha256"]?.string == SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined())
    #expect(second["page"]?.object?["issued"] == page["issued"], "the same page is not recorded twice")
    let subject = "report:\(name.rawValue)-2025Q3-" + (page["sha256"]?.string ?? "").prefix(16)
    #expect(page["issued"]?.object?["seq"]?.int != nil)
    let data = try #require(try object(folder.run("history", subject))["data"]?.object)
    #expect(data["kind"]?.string == "report" && data["report"]?.string == name.rawValue && data["period"]?.string == "2025Q3")
    #expect(data["position"] == first["position"] && data["rules"]?.array?.count == first["rules"]?.array?.count)
    let shown = try object(folder.run("show", "integrity", subject, "--as-of", "2100-01-01"))
    #expect(shown["reportKind"]?.string == "report" && shown["times"]?.int == 1)
    // An event that came later changes the report, and --known-at brings the old one back.
    _ = folder.run("append", input: Quarter.deal("Z", "2025-07-01", "2025-07-02", "won", 99).joined(separator: "\n"))
    let position = String(try #require(first["position"]?.int))
    _ = folder.run("report", name.rawValue, "--period", "2025Q3", "--page", folder.path + "/3.html", "--known-at", position)
    #expect(FileManager.default.contents(atPath: folder.path + "/3.html") == bytes)
    _ = folder.run("report", name.rawValue, "--period", "2025Q3", "--page", folder.path + "/4.html")
    #expect(FileManager.default.contents(atPath: folder.path + "/4.html") != bytes)
  }

  @Test func `escapes what people wrote, and says everything in the reader's language`() throws {
    let folder = try Quarter.folder()
    for name in ReportName.allCases {
      for language in ["en", "zh"] {
        let file = folder.path + "/\(name)-\(language).html"
        let run = folder.run("report", name.rawValue, "--period", "2025", "--page", file, "--lang", language)
        #expect(run.status == .ok, "\(run.remarks)")
        let html = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
        #expect(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<script"))
        let headings = html.components(separatedBy: "<h2>").dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(headings.count > 3)
        for heading in headings { #expect(String(heading).isChinese == (language == "zh"), "\(name): \(heading)") }
      }
    }
  }
}
