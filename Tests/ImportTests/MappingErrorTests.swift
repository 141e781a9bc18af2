import Events
import Foundation
import Import
import Testing
import Vocabulary

/// A mapping that is right; each test makes one thing in it wrong.
private let sound = """
  title: t
  lookups:
    teams: {file: teams.csv, key: agent, format: {columns: [agent, manager]}}
  files:
    - match: rows*.csv
      format: {columns: [account, agent, day, amount], dates: yyyy-MM-dd}
      quarantine:
        - when: day is blank
          reason: no day
      events:
        - type: payment.received
          when: amount > 0
          subject: "customer:{account}"
          at: day
          id: "p:{account}:{row}"
          actor: "{teams.manager}"
          data:
            amountMinor: {column: amount, scale: 2}
            cur: USD
            method: wire
  """

@Suite struct `Every mistake in a mapping is named with its place` {
  @Test func `the sound mapping loads`() throws {
    _ = try Mapping.load(sound, name: "m.yaml", catalogue: .keshi)
  }

  @Test(arguments: [
    ("title: t", "titel: t", "E-MAPPING-KEY", 1, 1),
    ("title: t", "title: [", "E-MAPPING-YAML", 3, 8),
    ("title: t", "order: random", "E-MAPPING-VALUE", 1, 8),
    ("title: t", "title: t\ntitle: u", "E-MAPPING-VALUE", 1, 1),
    ("files:", "file:", "E-MAPPING-KEY", 4, 1),
    ("match: rows*.csv", "macth: rows*.csv", "E-MAPPING-KEY", 5, 5),
    ("dates: yyyy-MM-dd", "dates: YYYY-MM-dd", "E-MAPPING-VALUE", 6, 61),
    ("dates: yyyy-MM-dd", "dates: yyyy-MM", "E-MAPPING-VALUE", 6, 61),
    ("dates: yyyy-MM-dd", "zone: Mars/Olympus", "E-MAPPING-VALUE", 6, 60),
    ("dates: yyyy-MM-dd", "encoding: utf-9", "E-MAPPING-VALUE", 6, 64),
    ("dates: yyyy-MM-dd", "delimiter: \"::\"", "E-MAPPING-VALUE", 6, 65),
    ("dates: yyyy-MM-dd", "recordLimit: 0", "E-MAPPING-VALUE", 6, 67),
    ("columns: [account, agent, day, amount]", "header: no", "E-MAPPING-VALUE", 6, 13),
    ("columns: [account, agent, day, amount]", "columns: [account, agent, day, day]", "E-MAPPING-COLUMN", 6, 45),
    ("when: day is blank", "when: day is black", "E-MAPPING-CONDITION", 8, 22),
    ("when: day is blank", "when: days is blank", "E-MAPPING-COLUMN", 8, 15),
    ("type: payment.received", "type: payment.recieved", "E-MAPPING-TYPE", 11, 15),
    ("when: amount > 0", "when: amount > zero", "E-MAPPING-CONDITION", 12, 24),
    ("when: amount > 0", "when: amount > 0 and", "E-MAPPING-CONDITION", 12, 29),
    ("when: amount > 0", "when: (amount > 0", "E-MAPPING-CONDITION", 12, 26),
    ("when: amount > 0", "when: amount ~ 0", "E-MAPPING-CONDITION", 12, 22),
    ("when: amount > 0", "when: amount = 'a", "E-MAPPING-CONDITION", 12, 24),
    ("customer:{account}", "order:{account}", "E-MAPPING-SUBJECT", 13, 18),
    ("customer:{account}", "customer:{acount}", "E-MAPPING-COLUMN", 13, 29),
    ("customer:{account}", "customer:{account", "E-MAPPING-TEMPLATE", 13, 28),
    ("at: day", "at: date", "E-MAPPING-COLUMN", 14, 13),
    ("at: day", "at: {value: yesterday}", "E-MAPPING-VALUE", 14, 13),
    ("at: day", "att: day", "E-MAPPING-KEY", 14, 9),
    ("p:{account}:{row}", "p", "E-MAPPING-VALUE", 15, 13),
    ("{teams.manager}", "{team.manager}", "E-MAPPING-LOOKUP", 16, 18),
    ("{teams.manager}", "{teams.boss}", "E-MAPPING-COLUMN", 16, 18),
    ("key: agent", "key: agnet", "E-MAPPING-COLUMN", 3, 33),
    ("amountMinor: {column: amount, scale: 2}", "amount: {column: amount}", "E-MAPPING-FIELD", 18, 11),
    ("amountMinor: {column: amount, scale: 2}", "bankRef: x", "E-MAPPING-FIELD", 18, 11),
    ("scale: 2", "scale: two", "E-MAPPING-VALUE", 18, 48),
    ("scale: 2", "round: sometimes", "E-MAPPING-VALUE", 18, 48),
    ("scale: 2", "optional: yes", "E-MAPPING-FIELD", 18, 24),
    ("scale: 2", "value: x", "E-MAPPING-VALUE", 18, 24),
    ("{column: amount, scale: 2}", "12.50", "E-MAPPING-VALUE", 18, 24),
    ("cur: USD", "cur: USD\n          invoices: {column: agent, split: \"\"}", "E-MAPPING-VALUE", 20, 44),
    ("cur: USD", "cur: dollars", "E-MAPPING-VALUE", 19, 16),
    ("method: wire", "method: {column: agent, default: \"\(String(repeating: "x", count: 101))\"}", "E-MAPPING-VALUE", 20, 19),
  ]) func `places`(_ right: String, _ wrong: String, _ code: String, _ line: Int, _ column: Int) throws {
    let yaml = sound.replacingOccurrences(of: right, with: wrong)
    #expect(yaml != sound)
    let error = try #require(throws: MappingError.self) { try Mapping.load(yaml, name: "m.yaml", catalogue: .keshi) }
    #expect(error.code == code, "\(error.message(in: .en))")
    #expect("\(error.line):\(error.column)" == "\(line):\(column)", "\(error.message(in: .en))")
    #expect(error.message(in: .en).hasPrefix("m.yaml:\(line):\(column): "))
    #expect(error.message(in: .zh).hasPrefix("m.yaml:\(line):\(column): ") && error.message(in: .zh) != error.message(in: .en))
  }

  @Test func `a reason is demanded where the type needs one`() throws {
    let yaml = sound.replacingOccurrences(of: "payment.received", with: "receivable.adjusted")
    let error = try #require(throws: MappingError.self) { try Mapping.load(yaml, name: "m.yaml", catalogue: .keshi) }
    #expect(error.reason == .missingKey("reason"))
  }

  @Test func `what is allowed is said`() throws {
    let yaml = sound.replacingOccurrences(of: "cur: USD", with: "currency: USD")
    let error = try #require(throws: MappingError.self) { try Mapping.load(yaml, name: "m.yaml", catalogue: .keshi) }
    #expect(error.message(in: .en).contains("amountMinor, cur"))
  }

  @Test func `columns of a header are checked before any row`() throws {
    let workspace = try Workspace()
    let rows = try workspace.write("rows.csv", "account,agent,date,amount\na,b,2026-01-01,1\n")
    _ = try workspace.write("teams.csv", "b,c\n")
    let yaml = sound.replacingOccurrences(of: "columns: [account, agent, day, amount], ", with: "")
    var emitted = 0
    let run = try ImportRun(try Mapping.load(yaml, name: "m.yaml", catalogue: .keshi), files: [rows])
    let error = try #require(throws: MappingError.self) { try run.run(quarantine: { _ in }, emit: { _ in emitted += 1 }) }
    #expect(error.reason == .unknownColumn("day", allowed: ["account", "agent", "date", "amount"]))
    #expect(emitted == 0)
  }

  @Test(arguments: [nil, "b,c\nb,d\n", "b,\"c\n"]) func `a look-up table must be there and whole`(_ table: String?) throws {
    let workspace = try Workspace()
    let rows = try workspace.write("rows.csv", "a,b,2026-01-01,1\n")
    if let table { _ = try workspace.write("teams.csv", table) }
    let error = try #require(throws: MappingError.self) { try importing(sound, [rows]) }
    #expect(error.code == "E-MAPPING-LOOKUP" && error.line == 3)
  }
}

@Suite struct `The mappings of this product` {
  @Test(arguments: Mappings.names) func `compile against the catalogue`(_ name: String) throws {
    _ = try Mapping.load(try Mappings.text(name), name: name, catalogue: .keshi)
  }
}
