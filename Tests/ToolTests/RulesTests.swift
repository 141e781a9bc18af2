import Answers
import Foundation
import Projection
import ProjectionCatalogue
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import keshi

@Suite struct `keshi rules` {
  /// A log, and a file with one value changed.
  private func given(_ old: String = "silenceDays: 182", _ new: String = "silenceDays: 120") throws -> (folder: Folder, file: String) {
    let folder = try Folder.filled()
    let text = folder.run("rules", "show", "churn", "--format", "yaml").output
    try #require(text.contains(old))
    return (folder, try folder.file("churn.yaml", text.replacing(old, with: new)))
  }

  private func events(_ folder: Folder) -> Int { folder.run("history", "rule:churn").lines.count }

  @Test func `gives a file that publishes what was edited in it`() throws {
    let (folder, file) = try given()
    let run = folder.run("rules", "publish", "churn", file, "--from", "2026-01-01", "--why", "came too late", "--approved-by", "Li Na", "--actor", "ann")
    #expect(run.status == .ok && run.output.contains(#""version":2,"event":"rule.published","effective":"2026-01-01T00:00:00Z""#), "\(run.remarks)")
    let list = folder.run("rules", "list", "churn").lines
    #expect(list.count == 2)
    #expect(list[0].contains(#""version":1,"state":"past""#) && list[0].contains(#""until":"2026-01-01T00:00:00Z""#))
    #expect(list[1].contains(#""state":"in-force""#) && list[1].contains(#""author":"ann","approvedBy":"Li Na","why":"came too late""#))
    let show = folder.run("rules", "show", "churn")
    #expect(show.output.contains(#""silenceDays":120"#) && show.output.contains(#""supersedes":1"#))
    #expect(folder.run("history", "rule:churn").output.contains(#""reason":"came too late""#))
  }

  @Test func `waits for a second person`() throws {
    let (folder, file) = try given()
    let run = folder.run("rules", "publish", "churn", file, "--from", "2026-01-01", "--why", "w", "--actor", "ann")
    #expect(run.status == .ok && run.output.contains("rule.proposed") && run.remarks.contains("keshi rules approve churn"))
    #expect(folder.run("rules", "list", "churn").lines.last?.contains(#""version":2,"state":"proposed""#) == true)
    #expect(folder.run("rules", "show", "churn", "2").output.contains(#""silenceDays":120"#))
    #expect(folder.run("rules", "list", "--at", "2027-01-01").output.contains(#"{"kind":"churn","version":1"#))
    let own = folder.run("rules", "approve", "churn", "--actor", "ANN")
    #expect(own.status == .notPermitted && own.remarks.hasPrefix("[E-RULE-APPROVAL]") && events(folder) == 1)
    #expect(folder.run("rules", "approve", "churn", "3", "--actor", "bo").status == .usage)
    let other = folder.run("rules", "approve", "churn", "--actor", "bo")
    #expect(other.status == .ok && other.output.contains("rule.published") && events(folder) == 2)
    #expect(folder.run("rules", "list", "churn", "--at", "2027-01-01").output.contains(#""author":"ann","approvedBy":"bo""#))
    #expect(folder.run("rules", "approve", "churn", "--actor", "bo").remarks.hasPrefix("[E-RULE-PROPOSAL]"))
  }

  @Test func `turns a proposal down`() throws {
    let (folder, file) = try given()
    _ = folder.run("rules", "publish", "churn", file, "--why", "w", "--actor", "ann")
    #expect(folder.run("rules", "reject", "churn", "--why", "too many warnings", "--actor", "bo").status == .ok)
    #expect(folder.run("rules", "list", "churn").lines.count == 1)
    #expect(folder.run("rules", "approve", "churn", "2", "--actor", "bo").status == .usage)
  }

  @Test(arguments: [
    (["--from", "2026-01-01", "--why", "w", "--approved-by", "ann", "--actor", "Ann"], keshi.ExitStatus.notPermitted, "[E-RULE-APPROVAL]"),
    (["--from", "2026-01-01", "--why", "", "--approved-by", "bo"], .usage, "[E-USAGE]"), (["--from", "2026-01-01"], .usage, "[E-USAGE]"),
    (["--from", "tomorrow", "--why", "w"], .usage, "[E-USAGE]"), (["--from", "0001-01-01", "--why", "w", "--approved-by", "bo"], .badInput, "[E-RULE-DATE]"),
    (["--why", "w", "--approved-by", ""], .usage, "[E-RULE-ACTOR]"),
  ]) func `writes nothing where it refuses`(options: [String], status: keshi.ExitStatus, code: String) throws {
    let (folder, file) = try given()
    let run = Run(["rules", "publish", "churn", file] + options + ["--data", folder.path], source: MemorySource(""))
    #expect(run.status == status && run.remarks.hasPrefix(code) && run.output == "", "\(run.remarks)")
    #expect(folder.run("verify").output.contains(#""events":4"#))
    let chinese = Run(["rules", "publish", "churn", file] + options + ["--data", folder.path, "--lang", "zh"], source: MemorySource(""))
    #expect(chinese.remarks.isChinese)
  }

  @Test func `refuses what says the same, with a hint`() throws {
    let (folder, file) = try given()
    let publish = { (from: String, more: [String], file: String) in
      Run(["rules", "publish", "churn", file, "--from", from, "--why", "w", "--approved-by", "bo", "--actor", "ann", "--data", folder.path] + more, source: MemorySource(""))
    }
    #expect(publish("2026-01-01", [], file).status == .ok)
    #expect(publish("2026-01-02", [], file).remarks.contains("churn@2 says the same already"))
    #expect(publish("2025-12-31", [], file).remarks.hasPrefix("[E-RULE-DATE]"))
    #expect(publish("2026-01-01", [], file).remarks.hasPrefix("[E-RULE-DATE]"), "the same day would overlap")
    let first = try folder.file("first.yaml", folder.run("rules", "show", "churn", "1", "--format", "yaml").output)
    #expect(publish("2026-01-02", [], first).remarks.contains("--again"))
    #expect(publish("2026-01-02", ["--again", "--dry-run"], first).status == .ok && events(folder) == 1)
    #expect(publish("2026-01-02", ["--again"], first).output.contains(#""version":3"#))
  }

  @Test func `tells every fault of a file with its line`() throws {
    let (folder, file) = try given("silenceDays: 182", "silenceDays: 5000\nsilenceDay: 1")
    let run = folder.run("rules", "publish", "churn", file, "--why", "w", "--approved-by", "bo")
    #expect(run.status == .badInput && run.remarks.hasPrefix("[E-RULE-FILE]"))
    #expect(run.remarks.contains("\(file):") && run.remarks.contains(#"silenceDays: "5000" is not allowed here; allowed: 1 to 3,650 days"#))
    #expect(run.remarks.contains("silenceDay: there is no such field; perhaps silenceDays"))
    #expect(run.remarks.split(separator: "\n").count { $0.contains("churn.yaml:") } == 2, "a line each")
    #expect(folder.run("rules", "publish", "churn", folder.path + "/none", "--why", "w").status == .noInput)
    #expect(folder.run("rules", "publish", "churn", folder.path, "--why", "w").status == .inputOutput, "a folder is no file")
    #expect(folder.run("rules", "publish", "nosuch", file, "--why", "w").status == .usage)
  }

  @Test func `reads a file from standard input`() throws {
    let (folder, file) = try given()
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(folder.run("rules", "publish", "churn", "-", "--why", "w", "--approved-by", "bo", input: text).status == .ok)
  }

  @Test func `carries what a comparison found`() throws {
    let (folder, file) = try given()
    let dry = folder.run("rules", "publish", "churn", file, "--why", "w", "--approved-by", "bo", "--dry-run")
    let hash = try #require(dry.output.firstMatch(of: /"hash":"([0-9a-f]{64})"/)).1
    let report = #"{"kind":"churn","from":{"version":1},"to":{"hash":"\#(hash)"},"asOf":"2026-01-01T00:00:00Z","position":3,"subjects":2,"moved":1,"matrix":[{"from":"none","to":"red","count":1},{"from":"red","to":"red","count":1}],"money":[{"measure":"revenue","cur":"CNY","minor":5}]}"#
    let path = try folder.file("impact.json", report)
    let publish = { (path: String) in
      folder.run("rules", "publish", "churn", file, "--from", "2026-01-01", "--why", "w", "--approved-by", "bo", "--actor", "ann", "--impact", path)
    }
    for (name, text) in [("other", report.replacing(hash, with: String(repeating: "0", count: 64))), ("kind", report.replacing(#""kind":"churn""#, with: #""kind":"tier""#)), ("no", "[]"), ("bad", "{")] {
      #expect(publish(try folder.file(name, text)).remarks.hasPrefix("[E-RULE-IMPACT]"), "\(name)")
    }
    #expect(events(folder) == 0)
    #expect(publish(path).status == .ok)
    let show = folder.run("rules", "show", "churn").output
    #expect(show.contains(#""changed":1"#) && show.contains(#""moves":[{"count":1,"from":"none","to":"red"}]"#) && show.contains(#""reportHash":""#))
    #expect(show.contains(#""amountMinor":5"#) && show.contains(#""position":4"#))
  }

  @Test func `lists what was in force, as it was known`() throws {
    let (folder, file) = try given()
    _ = folder.run("rules", "publish", "churn", file, "--from", "2026-01-01", "--why", "w", "--approved-by", "bo", "--actor", "ann")
    let at = { (arguments: [String]) in
      Run(["rules", "list", "churn"] + arguments + ["--data", folder.path], source: MemorySource("")).output
    }
    #expect(at(["--at", "2025-12-31"]).contains(#""version":1,"state":"in-force""#))
    #expect(at(["--at", "2026-01-01"]).contains(#""version":2"#))
    #expect(at(["--at", "2026-01-01", "--known-at", "3"]).contains(#""version":1"#))
    #expect(at(["--at", "2026-01-01", "--known-at", "4"]).contains(#""version":2"#))
  }

  @Test func `is a condition in both languages that explains itself`() throws {
    let signal = """

      signals:
        - id: big-and-quiet
          title: {en: Large customer gone quiet, zh: 大客户沉默}
          when: 距上次购买天数 > 1 天 且 收入 近 3650 天 >= 1000 CNY
          weight: 90
      """
    let (folder, file) = try given("kind: churn", "kind: churn" + signal)
    let run = folder.run("rules", "publish", "churn", file, "--from", "2025-01-01", "--why", "w", "--approved-by", "bo", "--actor", "ann")
    #expect(run.status == .ok, "\(run.remarks)")
    #expect(folder.run("rules", "show", "churn", "--format", "yaml").output.contains("when: days since last purchase > 1 day and revenue in last 3650 days >= 1000 CNY"))
    #expect(folder.run("rules", "show", "churn").output.contains(#""cost":3"#), "one look, and one with a pass")
    let chinese = folder.run("rules", "show", "churn", "--format", "yaml", "--lang", "zh").output
    #expect(chinese.contains("when: 距上次购买天数 > 1 天 且 收入 近 3650 天 >= 1000 CNY"))
    let why = folder.run("explain", "churn", "customer:1", "--as-of", "2025-06-01").output
    #expect(why.contains(#""id":"big-and-quiet""#) && why.contains(#""value":"1299.05""#) == false && why.contains(#""rule":"churn@2""#), "\(why)")
    #expect(folder.run("show", "churn", "customer:1", "--as-of", "2025-06-01").output.contains("big-and-quiet"))
  }

  @Test(arguments: ProjectionCatalogue.rules.map(\.name)) func `shows every kind in every form and language`(kind: String) throws {
    let folder = try Folder.filled()
    for language in ["en", "zh"] {
      for format in ["table", "json", "ndjson", "csv", "yaml"] {
        let run = folder.run("rules", "show", kind, "--format", format, "--lang", language)
        #expect(run.status == .ok && !run.output.isEmpty && run.remarks == "")
      }
      let file = try folder.file("r.yaml", folder.run("rules", "show", kind, "--format", "yaml", "--lang", language).output)
      let same = folder.run("rules", "publish", kind, file, "--why", "w", "--approved-by", "bo")
      #expect(same.remarks.hasPrefix("[E-RULE-SAME]"), "as it is, it says the same: \(same.remarks)")
    }
    #expect(folder.run("rules", "schema", kind).output.hasPrefix(#"{"$id":"urn:keshi:rule:\#(kind)""#))
  }

  @Test func `speaks YAML nowhere else`() throws {
    let folder = try Folder.filled()
    for command in [["rules", "list"], ["show", "churn"], ["events"]] {
      let run = Run(command + ["--format", "yaml", "--data", folder.path], source: MemorySource(""))
      #expect(run.status == .usage && run.output == "")
    }
  }

  @Test func `without a log shows what ships`() throws {
    let folder = try Folder()
    let run = folder.run("rules", "list")
    #expect(run.status == .ok && run.lines.count > 11 && run.remarks.contains("no log"))
    #expect(folder.run("rules", "publish", "churn", "-", "--why", "w", input: "").status == .badInput)
  }
}
