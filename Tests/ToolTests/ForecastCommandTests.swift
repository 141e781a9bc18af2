import Answers
import Foundation
import Testing

@testable import keshi

private func row(_ run: Run) throws -> [String: Any] {
  #expect(run.status == .ok, "\(run.remarks)")
  return try JSONSerialization.jsonObject(with: Data(try #require(run.lines.first).utf8)) as? [String: Any] ?? [:]
}

private func number(_ row: [String: Any], _ name: String) -> Double { (row[name] as? NSNumber)?.doubleValue ?? .nan }

@Suite struct `A forecast of a column` {
  /// Two seasons of four and a third: naive says the last season again; it grew by 4 each.
  static let file = "q,v\n" + (0..<12).map { "\($0),\([10, 20, 30, 40][$0 % 4] + $0 / 4 * 4)\n" }.joined()

  @Test func `carries the last season on and says how far it missed`() throws {
    let folder = try Folder()
    let path = try folder.file("v.csv", Self.file)
    let answer = try row(folder.run("forecast", path, "--season", "4", "--holdout", "1", "--method", "seasonal-naive"))
    // 48 came where 44 was said; the season before differed by 4 too.
    #expect(number(answer, "mae") == 4 && abs(number(answer, "mape") - 100.0 * 4 / 48) < 1e-6 && number(answer, "mase") == 1)
    #expect(number(answer, "observations") == 11 && number(answer, "compared") == 1)
    let steps = folder.run("forecast", path, "--season", "4", "--steps", "3", "--method", "seasonal-naive", "--each")
    #expect(try row(steps)["forecast"] as? Double == 18 && steps.lines.count == 3 && number(try row(steps), "lower") < 18)
  }

  @Test(arguments: [
    (["--column", "x"], "E-FORECAST-FILE"), (["--season", "4", "--method", "holt-winters-additive"], "E-FORECAST"),
    (["--alpha", "1.5", "--method", "simple"], "E-USAGE"), (["--holdout", "12"], "E-FORECAST"),
  ]) func `is refused with its reason`(options: [String], code: String) throws {
    let folder = try Folder()
    let path = try folder.file("v.csv", Self.file)
    let run = Run(["forecast", path] + options + ["--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status != .ok && run.remarks.contains("[\(code)]"), "\(run.remarks)")
  }

  @Test func `names the line that is no number`() throws {
    let folder = try Folder()
    let path = try folder.file("v.csv", "m,v\n1,2\n2,x\n")
    let run = folder.run("forecast", path)
    #expect(run.status == .badInput && run.remarks.contains("v.csv:3"))
  }
}

@Suite(.enabled(if: RealData.folder != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `Air passengers give the published figures` {
  private func answer(_ options: String...) throws -> [String: Any] {
    let file = try #require(RealData.folder) + "/airpassengers.csv"
    return try row(
      Run(["forecast", file, "--holdout", "24"] + options, source: MemorySource(""), environment: ["LANG": "en"]))
  }

  @Test func `by seasonal naive`() throws {
    let row = try answer("--method", "seasonal-naive")
    #expect(abs(number(row, "mae") - 71.25) < 0.005 && abs(number(row, "mape") - 15.5234) < 0.00006)
    #expect(abs(number(row, "mase") - 2.4935) < 0.00006 && abs(number(row, "scale") - 28.5741) < 0.00006)
    #expect(number(row, "season") == 12 && number(row, "observations") == 120)
  }

  @Test func `by Holt-Winters with given parameters`() throws {
    let given = ["--method", "holt-winters-multiplicative", "--alpha", "0.3", "--beta", "0.1", "--gamma", "0.2"]
    let row = try answer(given[0], given[1], given[2], given[3], given[4], given[5], given[6], given[7])
    #expect(abs(number(row, "level") - 389.839259) < 1e-5 && abs(number(row, "trend") - 1.525412) < 1e-5)
    #expect(abs(number(row, "mape") - 9.0248) < 0.00006)
  }
}
