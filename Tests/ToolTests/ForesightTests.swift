import Answers
import Foundation
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import keshi

/// A company of three: A bought once, B buys every month, C has a contract that runs out.
private func company() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  var lines = [
    #"{"type":"order.placed","subject":"order:A1","data":{"customer":"A","totalMinor":100,"cur":"CNY"},"occurredAt":"2024-01-10"}"#,
    #"{"type":"contract.activated","subject":"contract:C1","data":{"customer":"C","effectiveOn":"2024-01-01","endOn":"2024-09-30"},"occurredAt":"2024-01-01"}"#,
  ]
  for month in 1...18 {
    let day = String(format: "%d-%02d-15", 2024 + (month - 1) / 12, (month - 1) % 12 + 1)
    lines.append(
      #"{"type":"order.placed","subject":"order:B\#(month)","data":{"customer":"B","totalMinor":100,"cur":"CNY"},"occurredAt":"\#(day)"}"#
    )
  }
  let run = folder.run("append", input: lines.joined(separator: "\n"))
  #expect(run.status == .ok, "\(run.remarks)")
  return folder
}

private func rows(_ run: Run) throws -> [[String: Any]] {
  #expect(run.status == .ok, "\(run.remarks)")
  return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
}

private func numbers(_ row: [String: Any], _ names: String...) -> [Double?] {
  names.map { (row[$0] as? NSNumber)?.doubleValue }
}

@Suite struct `keshi rules backtest` {
  @Test func `silence, month by month and in total`() throws {
    let folder = try company()
    let draft = try Drafts.file("draft.json", ["silenceDays": 60, "silenceWeight": 60], in: folder)
    let all = try rows(folder.run("rules", "backtest", "churn", draft, "--from", "2024-02-29", "--to", "2024-05-31"))
    #expect(all.map { $0["asOf"] as? String } == ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31", nil])
    #expect(all.map { $0["scope"] as? String } == ["day", "day", "day", "day", "total"])
    // On 29 February A has been silent for 50 days: not yet a warning, and the outcome all the same.
    #expect(
      numbers(all[0], "customers", "outcomes", "flagged", "caught", "precision", "recall", "auc", "leadDays") == [
        2, 1, 0, 0, nil, 0, 0.5, nil,
      ])
    // Warned of since 11 March, the 61st day of silence; the horizon ends on 29 June.
    #expect(
      numbers(all[1], "customers", "outcomes", "flagged", "caught", "precision", "recall", "auc", "leadDays") == [
        2, 1, 1, 1, 1, 1, 1, 110,
      ])
    #expect(numbers(all[2], "leadDays") == [140])
    // The run of warnings counts once in the total, by the first outcome that it caught.
    #expect(
      numbers(all[4], "customers", "outcomes", "flagged", "caught", "precision", "recall", "auc", "leadDays") == [
        8, 4, 3, 3, 1, 0.75, 0.875, 110,
      ])
  }

  @Test func `a contract that ended, and a customer who was lost by it`() throws {
    let folder = try company()
    let draft = try Drafts.file("draft.json", ["renewalDays": 90, "renewalWeight": 60], in: folder)
    let ended = try rows(
      folder.run(
        "rules", "backtest", "churn", draft, "--outcome", "ended", "--from", "2024-05-31", "--to", "2024-08-31"))
    // On 31 May and 30 June the contract outlives the horizon; the warning begins on 3 July, less than 90 days before the end.
    #expect(
      ended.map { numbers($0, "customers", "outcomes", "flagged") } == [
        [1, 0, 0], [1, 0, 0], [1, 1, 1], [1, 1, 1], [4, 2, 2],
      ])
    #expect(
      numbers(ended[2], "leadDays", "auc") == [89, nil] && numbers(ended[4], "leadDays", "auc", "recall") == [89, 1, 1])
    let lost = try rows(
      folder.run("rules", "backtest", "churn", draft, "--outcome", "lost", "--from", "2024-09-29", "--to", "2024-12-31")
    )
    // Lost 90 days after the end, on 29 December: nobody is left to lose after that.
    #expect(lost.map { numbers($0, "customers", "outcomes", "flagged", "caught") }.first == [3, 0, 1, 0])
    #expect(
      lost.first { $0["asOf"] as? String == "2024-10-29" }.map { numbers($0, "customers", "outcomes", "flagged") } == [
        3, 1, 0,
      ])
    #expect(
      lost.first { $0["asOf"] as? String == "2024-11-29" }.map { numbers($0, "customers", "outcomes") } == [3, 1])
    #expect(
      lost.first { $0["asOf"] as? String == "2024-12-29" }.map { numbers($0, "customers", "outcomes") } == [2, 0])
  }

  @Test func `what was entered later was not known then`() throws {
    let folder = try company()
    let run = folder.run(
      "rules", "backtest", "churn", "1", "--known-then", "--from", "2024-03-31", "--to", "2024-03-31")
    // Everything was recorded today.
    #expect(
      try rows(run).map { numbers($0, "customers", "flagged", "baseRate", "auc") } == [
        [0, 0, nil, nil], [0, 0, nil, nil],
      ])
  }

  @Test func `twelve month ends without further words`() throws {
    let all = try rows(try company().run("rules", "backtest", "churn"))
    // The log ends on 15 June 2025; the last month end with 90 days behind it is 28 February.
    #expect(all.count == 13 && all[11]["asOf"] as? String == "2025-02-28" && all[0]["asOf"] as? String == "2024-03-31")
    #expect(all[0]["rule"] as? String == "churn" && all[0]["outcome"] as? String == "silence")
  }

  @Test(arguments: [("day", 31), ("week", 5), ("10d", 4), ("quarter", 1), ("year", 1)])
  func `steps`(every: String, count: Int) throws {
    let run = try company().run(
      "rules", "backtest", "churn", "1", "--every", every, "--from", "2024-03-01", "--to", "2024-03-31", "--horizon",
      "2w")
    #expect(try rows(run).count == count + 1)
  }

  @Test func `models that the data do not carry are left out, and that is said`() throws {
    let run = try company().run(
      "rules", "backtest", "churn", "1", "--scores", "--to", "2024-06-30", "--from", "2024-06-30")
    #expect(try rows(run).map { $0["score"] as? String } == ["health", "silence", "health", "silence"])
    #expect(run.remarks.contains("2024-06-30 BG/NBD: a fit needs 30 customers") && run.remarks.contains("P(alive)"))
  }

  @Test func `in every form, in both languages`() throws {
    let folder = try company()
    let ask = ["rules", "backtest", "churn", "1", "--from", "2024-03-31", "--to", "2024-03-31", "--data", folder.path]
    func give(_ more: String...) -> Run { Run(ask + more, source: MemorySource(""), environment: ["LANG": "en"]) }
    let csv = give("--format", "csv").output.components(separatedBy: "\r\n")
    #expect(
      csv[0]
        == "scope,asOf,score,customers,outcomes,baseRate,flagged,caught,precision,recall,auc,leadDays,outcome,horizonDays,rule"
    )
    #expect(
      csv[1] == "day,2024-03-31,health,2,1,0.5000,0,0,,0.0000,0.5000,,silence,90,churn@1"
        && csv[2].hasPrefix("total,,health,2,"))
    #expect(
      give("--format", "table").output.contains("Precision")
        && give("--format", "table").remarks.contains("no purchase"))
    let zh = give("--format", "table", "--lang", "zh")
    #expect(zh.output.contains("精确率") && zh.output.contains("规则健康度") && zh.remarks.contains("观察期内没有购买"))
  }

  @Test(arguments: [
    (["tier", "1"], keshi.ExitStatus.usage, "E-USAGE"), (["churn", "9"], .usage, "E-RULE"),
    (["churn", "none.json"], .noInput, "E-FILE"),
    (["churn", "1", "--to", "2025-06-15"], .usage, "E-USAGE"), (["churn", "1", "--horizon", "0d"], .usage, "E-USAGE"),
    (["churn", "1", "--horizon", "3651d"], .usage, "E-USAGE"), (["churn", "1", "--horizon", "90"], .usage, "E-USAGE"),
    (["churn", "1", "--horizon", "600d"], .usage, "E-USAGE"),
    (["churn", "1", "--from", "2025-02-29"], .usage, "E-USAGE"),
    (["churn", "1", "--from", "2025-01-02", "--to", "2025-01-01"], .usage, "E-USAGE"),
    (["churn", "1", "--every", "day", "--from", "2023-01-01", "--to", "2025-01-01"], .usage, "E-USAGE"),
    (["churn", "1", "--every", "fortnight"], .usage, "E-USAGE"),
    (["churn", "1", "--rule", "lifecycle=9", "--outcome", "lost"], .usage, "E-RULE"),
  ])
  func `what cannot be answered`(arguments: [String], status: keshi.ExitStatus, code: String) throws {
    let folder = try company()
    let run = Run(
      ["rules", "backtest"] + arguments + ["--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"]
    )
    #expect(run.status == status && run.remarks.hasPrefix("[\(code)]"), "\(run.remarks)")
  }

  @Test(arguments: [
    ("[]", "draft.json:1"), ("{", "draft.json"), (#"{"kind":"tier"}"#, "kind"), ("{}", "draft.json"),
  ])
  func `a draft that is none`(text: String, said: String) throws {
    let folder = try company()
    let run = folder.run("rules", "backtest", "churn", try folder.file("draft.json", text))
    #expect(
      run.status == .badInput && run.remarks.hasPrefix("[E-RULE-") && run.remarks.contains(said), "\(run.remarks)")
  }

  @Test func `an empty log has no days`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    #expect(folder.run("rules", "backtest", "churn", "1").remarks.hasPrefix("[E-LOG-EMPTY]"))
    #expect(
      folder.run("rules", "fit", "churn", "--model", "bg-nbd", "--until", "2024-01-01").remarks.hasPrefix("[E-FIT-FEW]")
    )
  }
}

@Suite struct `keshi rules fit` {
  @Test func `too few customers are refused`() throws {
    for model in ["bg-nbd", "pareto-nbd", "gamma-gamma"] {
      let run = try company().run("rules", "fit", "churn", "--model", model, "--until", "2024-12-31", "--lang", "zh")
      #expect(
        run.status == .badInput && run.remarks.hasPrefix("[E-FIT-FEW]") && run.remarks.isChinese,
        "\(model): \(run.remarks)")
      #expect(run.output == "")
    }
  }

  @Test(arguments: [
    ["tier", "--model", "bg-nbd", "--until", "2024-12-31"], ["churn", "--model", "none", "--until", "2024-12-31"],
    ["churn", "--model", "bg-nbd", "--until", "2024-12-31", "--holdout", "2024-12-31"],
    ["churn", "--model", "bg-nbd", "--until", "2024-12-31", "--holdout", "2025-06-16"], ["churn", "--model", "bg-nbd"],
  ])
  func `what cannot be asked`(arguments: [String]) throws {
    let folder = try company()
    let run = Run(
      ["rules", "fit"] + arguments + ["--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .usage && run.remarks.hasPrefix("[E-USAGE]"), "\(run.remarks)")
  }
}
