import Answers
import Events
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import keshi

/// `keshi do`: what a person types, and what comes of it.
@Suite struct `A command of the catalogue` {
  private func company() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("do", "customer.register", "4", "--name", "Acme", "--role", "SR", "--actor", "ann")
    #expect(run.status == .ok, "\(run.remarks)")
    return folder
  }

  @Test func `records an event and gives its receipt`() throws {
    let folder = try company()
    let run = folder.run("do", "visit.log", "customer:4", "--duration-min", "45", "--contacts", "Li", "--contacts", "Wu", "--role", "SR")
    #expect(run.status == .ok && run.output.hasPrefix(#"{"seq":1,"#), "\(run.remarks)")
    let history = folder.run("history", "customer:4").output
    #expect(history.contains(#""contacts":["Li","Wu"],"durationMin":45"#), "\(history)")
  }

  @Test func `is known by its type's name, too, and takes a bare id`() throws {
    let folder = try company()
    for (word, subject) in [("visit.logged", "4"), ("visit.log", "customer:4")] {
      #expect(folder.run("do", word, subject, "--role", "SR").status == .ok)
    }
  }

  @Test func `rehearses without a trace`() throws {
    let folder = try company()
    let run = folder.run("do", "visit.log", "4", "--role", "SR", "--dry-run", "--purpose", "renewal")
    #expect(run.status == .ok && run.output.contains(#""data":{"purpose":"renewal"}"#) && !run.output.contains("leaf"))
    #expect(folder.run("verify").output.contains(#""events":1"#))
  }

  /// Words, the status and the code that they end with.
  private static let refusals: [(String, keshi.ExitStatus, String)] = [
    ("visit.log 5 --role SR", .notPermitted, "E-GUARD-UNKNOWN-SUBJECT"),
    ("visit.log 4 --role FN", .notPermitted, "E-GUARD-ROLE"),
    ("visit.log 4", .notPermitted, "E-GUARD-ROLE"),
    ("customer.register 4 --name Other --role SR", .notPermitted, "E-GUARD-ID-REUSED"),
    ("visit.log 4 --role SR --expect customer:4=7", .tryAgain, "E-CONDITION"),
    ("visit.log 4 --role SR --unless customer.registered@customer:4>-1", .tryAgain, "E-CONDITION"),
    ("visit.log 4 --role SR --unless nothing", .usage, "E-USAGE"),
    ("visit.log 4 --bogus 1", .usage, "E-USAGE"),
    ("visit.log 4 5", .usage, "E-USAGE"),
    ("visit.log --role SR", .usage, "E-USAGE"),
    ("visit.log 4 --purpose", .usage, "E-USAGE"),
    ("visit.dream 4", .usage, "E-USAGE"),
    ("--bogus", .usage, "E-USAGE"),
    ("visit.log 4 --role", .usage, "E-USAGE"),
    ("visit.log 4 --role SR --duration-min long", .badInput, "E-EVENT-KIND"),
    ("visit.log 4 --role SR --duration-min 525601", .badInput, "E-EVENT-RANGE"),
    ("visit.log 4 --role SR --position latitudeE6=1", .badInput, "E-EVENT-MISSING"),
    ("visit.log 4 --role SR --position here", .usage, "E-USAGE"),
    ("visit.log 4 --role SR --position {", .badInput, "E-EVENT-JSON"),
    ("visit.log 4 --role SR --occurred-at now", .usage, "E-USAGE"),
    ("visit.log 4 --role SR --occurred-at 2999-01-01", .notPermitted, "E-GUARD-LATE-ENTRY"),
    ("visit.log 4 --role SR --occurred-at 2001-01-01", .notPermitted, "E-GUARD-LATE-ENTRY"),
    ("customer.change-status 4 --to closed --role AM", .badInput, "E-EVENT-REASON"),
    ("contract.amend K --reason r --role LG", .notPermitted, "E-GUARD-UNKNOWN-SUBJECT"),
  ]

  @Test(arguments: refusals)
  func `is refused with status and code, and nothing is written`(line: String, status: keshi.ExitStatus, code: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let folder = try company()
    for language in ["en", "zh"] {
      let run = Run(["do"] + words + ["--data", folder.path, "--lang", language], source: MemorySource(""))
      #expect(run.status == status && run.remarks.hasPrefix("[\(code)]"), "\(words): \(run.remarks)")
      #expect(run.remarks.isChinese == (language == "zh"), "\(run.remarks)")
    }
    #expect(folder.run("verify").output.contains(#""events":1"#))
  }

  @Test func `with a field of an option's name takes it under another`() throws {
    let folder = try company()
    let run = folder.run(
      "do", "owner.change", "4", "--its-role", "owner", "--to", "bo", "--cause", "assign", "--reason", "holiday", "--role", "SM")
    #expect(run.status == .ok, "\(run.remarks)")
    #expect(folder.run("history", "4").output.contains(#""role":"owner""#))
  }

  @Test func `answers the same id with the first receipt`() throws {
    let folder = try company()
    for expected in ["\"size\":2}", "\"duplicate\":true"] {
      let run = folder.run("do", "visit.log", "4", "--role", "SR", "--id", "v-1")
      #expect(run.output.contains(expected), "\(run.output)")
    }
    #expect(folder.run("verify").output.contains(#""events":2"#))
  }

  @Test func `tells how late an entry is`() throws {
    let folder = try company()
    let run = folder.run("do", "visit.log", "4", "--role", "SR", "--occurred-at", "2026-01-01", "--reason", "found a note")
    #expect(run.status == .ok && run.output.contains("\"lateDays\":"), "\(run.remarks)")
  }

  /// Every command has a help in both languages that names each of its flags.
  @Test(arguments: Language.allCases) func `explains its flags`(language: Language) {
    for declaration in Catalogue.keshi.entries.map(\.declaration) {
      let run = Run(["do", declaration.command, "--help", "--lang", language.rawValue], source: MemorySource(""))
      #expect(run.status == .ok && run.output.contains("keshi do \(declaration.command) "))
      var flags: Set<String> = []
      for field in declaration.fields {
        #expect(run.output.contains("  --\(DoWords.flag(of: field)) "), "\(declaration.name) \(field.name)")
        #expect(flags.insert(DoWords.flag(of: field)).inserted, "\(declaration.name) has two --\(DoWords.flag(of: field))")
      }
      #expect(run.output.isChinese == (language == .zh), "\(declaration.name): \(run.output)")
    }
  }

  @Test func `are listed`() {
    let run = Run("do")
    #expect(run.status == .ok && run.lines.count == Catalogue.keshi.entries.count)
  }
}

@Suite struct `On a terminal what is missing is asked for` {
  /// Runs with a keyboard that types these lines.
  private func run(_ words: [String], typing lines: [String], in folder: Folder, language: String = "en") -> (keshi.ExitStatus, asked: String) {
    let remarks = MemorySink()
    var console = Console(
      input: MemorySource(lines.map { $0 + "\n" }.joined()), output: MemorySink(), remarks: remarks, environment: [:],
      remarksAreTerminal: true, userName: "ann")
    console.inputIsTerminal = true
    let status = Invocation(["do"] + words + ["--data", folder.path, "--lang", language], on: console).run()
    return (status, remarks.text)
  }

  @Test func `field by field, and again where an answer does not fit`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let (status, asked) = run(
      ["customer.assess", "--role", "FN"], typing: ["4", "credit?", "credit", "sound"], in: folder)
    #expect(status == .notPermitted, "\(asked)")
    #expect(asked.contains("What it is about (customer): ") && asked.contains("Kind [") && asked.contains("Result ["))
    #expect(asked.components(separatedBy: "Kind [").count == 3, "asked twice: \(asked)")
    #expect(asked.contains("E-GUARD-UNKNOWN-SUBJECT"))
    #expect(run(["customer.register", "4", "--role", "SR"], typing: ["Acme"], in: folder).0 == .ok)
    let (again, words) = run(["customer.change-status", "4", "--role", "AM"], typing: ["closed", "moved away"], in: folder, language: "zh")
    #expect(again == .ok && words.contains("原因: "), "\(words)")
  }

  @Test func `and no more where the input ends or nothing fits`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    #expect(run(["customer.register", "4", "--role", "SR"], typing: [], in: folder).0 == .badInput)
    let (status, asked) = run(["customer.assess", "4", "--role", "FN"], typing: ["x", "y", "z", "credit"], in: folder)
    #expect(status == .badInput && asked.components(separatedBy: "Kind [").count == DoForm.attempts + 1)
  }

  @Test func `but never elsewhere`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("do", "customer.register", "4", "--role", "SR", input: "Acme\n")
    #expect(run.status == .badInput && run.remarks.contains("E-EVENT-MISSING"))
  }
}

@Suite struct `What was recorded unasked` {
  @Test func `is told with the guard that objects`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let lines = [
      #"{"type":"customer.registered","subject":"customer:1","data":{"name":"A"},"role":"SR"}"#,
      #"{"type":"customer.registered","subject":"customer:2","data":{"name":"B"},"role":"SR"}"#,
      #"{"type":"visit.logged","subject":"customer:1","role":"SR"}"#,
      #"{"type":"visit.logged","subject":"customer:1","role":"FN"}"#,
      #"{"type":"visit.logged","subject":"customer:2","role":"SR","occurredAt":"2020-01-01"}"#,
    ]
    #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
    let one = folder.run("guards", "customer:1")
    #expect(one.status == .differs && one.lines.count == 1 && one.output.contains(#""seq":3"#), "\(one.output)")
    let all = folder.run("guards", "--all")
    #expect(all.status == .differs && all.lines.count == 2, "\(all.output) \(all.remarks)")
    #expect(folder.run("guards", "--all", "--only", "late-entry").lines.count == 1)
    #expect(folder.run("guards", "--all", "--only", "hold").status == .ok)
    #expect(folder.run("guards", "customer:1", "--all").status == .usage)
    #expect(folder.run("guards", "--all", "--only", "luck").status == .usage)
  }

  @Test func `and the guards are listed in both languages`() {
    for language in Language.allCases {
      let run = Run("guards", "--lang", language.rawValue)
      #expect(run.lines.count == Guards.all.count && run.output.isChinese == (language == .zh))
    }
  }
}

/// `append` and `import` take history as it was, unless they are told to be strict.
@Suite struct `Guards bind lines where they are asked to` {
  private let lines = [
    #"{"type":"customer.registered","subject":"customer:1","data":{"name":"A"},"role":"SR"}"#,
    #"{"type":"customer.registered","subject":"customer:1","data":{"name":"B"},"role":"SR"}"#,
    #"{"type":"visit.logged","subject":"customer:1","role":"SR"}"#,
  ].joined(separator: "\n")

  @Test(arguments: [([], keshi.ExitStatus.ok, 3), (["--guards", "record"], .ok, 3), (["--guards", "strict"], .badInput, 2)] as [([String], keshi.ExitStatus, Int)])
  func `line by line`(policy: [String], status: keshi.ExitStatus, recorded: Int) throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = Run(["append", "--data", folder.path] + policy, source: MemorySource(lines))
    #expect(run.status == status && run.lines.count == recorded, "\(run.remarks)")
    if recorded == 2 { #expect(run.remarks.contains("line 2: [E-GUARD-ID-REUSED]"), "\(run.remarks)") }
    #expect(folder.run("verify").output.contains("\"events\":\(recorded)"))
  }

  @Test func `and a batch as a whole`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("append", "--batch", "--guards", "strict", input: lines)
    #expect(run.status == .notPermitted && run.remarks.contains("E-GUARD-ID-REUSED"), "\(run.remarks)")
    #expect(folder.run("verify").output.contains(#""events":0"#))
  }
}

@Suite struct `Late entries` {
  private let lines = [
    #"{"type":"customer.registered","subject":"customer:1","data":{"name":"A"},"role":"SR","actor":"ann"}"#,
    #"{"type":"visit.logged","subject":"customer:1","role":"SR","actor":"ann","occurredAt":"2020-01-01","reason":"found a note"}"#,
    #"{"type":"visit.logged","subject":"customer:1","role":"SR","actor":"ann","occurredAt":"2020-01-02","data":{"purpose":"\"recordedAt\":\"2020-01-02\""}}"#,
    #"{"type":"visit.logged","subject":"customer:1","role":"SR","channel":"import","occurredAt":"2020-01-03"}"#,
    #"{"type":"customer.registered","subject":"customer:2","data":{"name":"B"},"role":"SR","occurredAt":"2020-01-04"}"#,
  ]

  @Test func `are listed with rule and reason; what an import took over is counted`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
    let run = folder.run("late")
    #expect(run.status == .ok && run.lines.count == 3, "\(run.output)")
    #expect(run.lines[0].contains(#""seq":1"#) && run.lines[0].contains(#""rule":"approval@1""#) && run.lines[0].contains("found a note"))
    #expect(run.lines.allSatisfy { $0.contains("\"lateDays\":2") && $0.contains("\"allowed\":") }, "\(run.output)")
    #expect(run.remarks.contains("not listed: 1"))
    #expect(folder.run("late", "--imports").lines.count == 4)
    #expect(folder.run("late", "customer:2").lines.count == 1)
    #expect(folder.run("late", "customer:9").status == .noInput)
    let zh = folder.run("late", "--format", "table", "--lang", "zh", terminal: true)
    #expect(zh.output.contains("补录天数") && zh.remarks.isChinese)
  }

  @Test func `are judged by the version in force at their hour, on the day on which the next begins too`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let now = folder.run("rules", "show", "approval", "--format", "yaml").output
    let next = try folder.file("next.yaml", now.replacing(/valueRiseBp: \d+/, with: "valueRiseBp: 77"))
    let published = folder.run(
      "rules", "publish", "approval", next, "--from", "2020-01-02T12:00:00Z", "--why", "x", "--approved-by", "Li Na", "--actor", "wang")
    #expect(published.status == .ok, "\(published.remarks)")
    let visits = ["2020-01-02T11:59:59Z", "2020-01-02T12:00:00Z"].map {
      #"{"type":"visit.logged","subject":"customer:1","role":"SR","actor":"ann","occurredAt":"\#($0)","reason":"found a note"}"#
    }
    #expect(folder.run("append", input: ([lines[0]] + visits).joined(separator: "\n")).status == .ok)
    let late = folder.run("late", "customer:1")
    #expect(late.lines.map { $0.contains(#""rule":"approval@2""#) } == [false, true], "\(late.output)")
  }

  @Test func `are none where everything came in time`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    #expect(folder.run("append", input: lines[0]).status == .ok)
    let run = folder.run("late")
    #expect(run.status == .ok && run.output.isEmpty && run.remarks.contains("No late entries."))
  }
}

@Suite struct `A sale without a certificate` {
  private func company() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    for words in [
      ["customer.register", "4", "--name", "Acme", "--role", "SR"],
      ["employee.join", "ann", "--person", "Ann", "--position", "rep", "--role", "HR"],
    ] {
      let run = Run(["do"] + words + ["--data", folder.path, "--actor", "boss"], source: MemorySource(""))
      #expect(run.status == .ok, "\(run.remarks)")
    }
    return folder
  }

  @Test func `is taken, and the deviation recorded with it`() throws {
    let folder = try company()
    let run = folder.run(
      "do", "order.place", "9", "--customer", "4", "--total-minor", "5", "--cur", "CNY", "--lines", "sku=X1,qty=1", "--role", "SR", "--actor", "ann")
    #expect(run.status == .ok && run.lines.count == 2, "\(run.output) \(run.remarks)")
    #expect(run.lines.last?.contains("sop.deviation_recorded") == true)
    #expect(folder.run("guards", "--all").status == .ok)
  }

  @Test func `that came in unasked is told as a deviation that is missing`() throws {
    let folder = try company()
    let line = #"{"type":"order.placed","subject":"order:9","role":"SR","actor":"ann","data":{"customer":"4","totalMinor":5,"cur":"CNY","lines":[{"sku":"X1","qty":"1"}]}}"#
    #expect(folder.run("append", input: line).status == .ok)
    let run = folder.run("guards", "--all")
    #expect(run.status == .differs && run.lines.count == 1 && run.output.contains(#""guard":"certificate""#), "\(run.output)")
  }
}
