import Answers
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

@Suite struct `The register's numbers` {
  @Test(arguments: [
    ([], []), (["K"], []), (["HT-1", "HT-2", "HT-3"], ["HT-# HT-1 HT-3 3 0  "]),
    (["HT-001", "HT-004", "HT-006", "HT-004"], ["HT-# HT-001 HT-006 4 3 HT-002…HT-003, HT-005 HT-004"]),
    (["A7/24", "A9/24", "B1"], ["A7/# A7/24 A7/24 1 0  ", "A9/# A9/24 A9/24 1 0  ", "B# B1 B1 1 0  "]),
    (["0001AA", "0003AA", "0002AB"], ["#AA 0001AA 0003AA 2 1 0002AA ", "#AB 0002AB 0002AB 1 0  "]),
  ]) func `names what is missing in a row of numbers, and what stands twice`(numbers: [String], rows: [String]) {
    let found = NumberSeries.all(of: numbers).map { $0.cells.map(\.plain).joined(separator: " ") }
    #expect(found == rows)
  }

  @Test func `are what the contracts' events say, else their ids`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    func line(_ id: String, _ number: String) -> String {
      #"{"type":"contract.drafted","subject":"contract:\#(id)","occurredAt":"2025-01-10","data":{"customer":"C1"\#(number)}}"#
    }
    let lines = [line("a", #","number":"HT-2025-001""#), line("b", #","number":"HT-2025-003""#), line("HT-2025-004", "")]
    #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
    let row = try #require(try JSON(parsing: folder.run("contract", "numbers").lines[0]).object)
    #expect(row["contracts"]?.int == 3 && row["missingNumbers"] == "HT-2025-002" && row["series"] == "HT-2025-#")
  }
}

@Suite struct `A contract under review` {
  /// A contract with an obligation that is late, amended by one person without a decision.
  private func reviewed() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    func line(_ type: String, _ at: String, _ data: String) -> String {
      #"{"type":"contract.\#(type)","subject":"contract:K1","occurredAt":"\#(at)","actor":"li","reason":"r","data":\#(data)}"#
    }
    let lines = [
      #"{"type":"customer.registered","subject":"customer:C1","data":{"name":"上海某公司"},"occurredAt":"2025-01-05"}"#,
      line("drafted", "2025-01-10", #"{"customer":"C1","totalMinor":10000000,"cur":"CNY"}"#),
      line("activated", "2025-02-10", #"{"version":1,"effectiveOn":"2025-03-01","endOn":"2026-02-28","noticeDays":60,"obligations":[{"id":"o1","who":"them","what":"pay","dueOn":"2025-05-01"}]}"#),
      line("amended", "2025-06-01", #"{"fromVersion":1,"toVersion":2,"totalMinor":12000000,"cur":"CNY"}"#),
    ]
    let run = folder.run("append", input: lines.joined(separator: "\n"))
    #expect(run.status == .ok, "\(run.remarks)")
    return folder
  }

  @Test func `says where it stands, what runs out and what nobody decided, each with its event`() throws {
    let folder = try reviewed()
    let run = folder.run("contract", "show", "K1", "--as-of", "2025-12-20", "--format", "json")
    let answer = try #require(try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object)
    let register = try #require(answer["register"]?.array?.first?.object)
    #expect(register["daysToEnd"]?.int == 70 && register["unproven"]?.int == 1, "\(register)")
    let approvals = try #require(answer["approvals"]?.array)
    #expect(approvals.contains { $0.object?["objections"]?.string?.contains("no-decision") == true && $0.object?["usedBy"]?.int == 3 })
    let matters = answer["clocks"]?.array?.compactMap { $0.object?["matter"]?.string } ?? []
    #expect(matters.contains("renewal"), "\(matters)")
  }

  @Test(arguments: Language.allCases) func `reads on a terminal without knowing more than the help`(language: Language) throws {
    let folder = try reviewed()
    let run = folder.run("contract", "show", "K1", "--as-of", "2025-12-20", "--lang", language.rawValue, terminal: true)
    #expect(run.output.contains(Name("Register", "台账")[language]) && run.output.contains(Name("Approvals", "审批")[language]))
    #expect(!run.output.contains("null") && run.output.split(separator: "\n").allSatisfy { $0.count <= 200 })
    let one = folder.run("show", "contracts", "contract:K1", "--as-of", "2025-12-20", "--lang", language.rawValue, terminal: true)
    #expect(one.lines.count > 10 && one.lines.allSatisfy { $0.count <= 120 }, "a line for each value")
  }
}

/// The public register of a county: 2,146 contracts, of whose text nothing is known.
@Suite(.enabled(if: RealData.folder != nil, "needs the data")) struct `A county's contracts` {
  @Test func `are reviewed from the terminal`() throws {
    let path = try #require(RealData.folder) + "/county_contracts.csv"
    let folder = try Folder()
    _ = folder.run("init")
    #expect(folder.run("import", "--map", "county-contracts", path).status == .ok)
    let rows = try folder.run("show", "contracts", "--as-of", "2022-09-22").lines.compactMap { try JSON(parsing: $0).object }
    let earlier = rows.filter { $0["movedEarlier"]?.bool == true }
    #expect(rows.count > 1_000 && !earlier.isEmpty)
    for row in [rows[0], try #require(earlier.first)] {
      let id = try #require(row["subject"]?.string)
      let run = folder.run("contract", "show", id, "--as-of", "2022-09-22", "--format", "json")
      let answer = try #require(try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object)
      #expect(answer["register"]?.array?.first?.object?["endOn"] == row["endOn"])
    }
    // Whose end was moved earlier in the register has no proof that both agreed: proposed, not effective.
    let moved = try #require(earlier.first?["subject"]?.string)
    #expect(folder.run("contract", "show", moved, "--format", "table").output.contains("no assent of"))
    #expect(folder.run("contract", "diff", moved, "1", "2", "--format", "table").output.contains("Ends on"))
    #expect(folder.run("contract", "numbers").lines.count > 1)
  }
}
