import Engine
import Testing
import Vocabulary
import Wire

@testable import keshi

@Suite struct `Options` {
  @Test(arguments: [
    ("2017-06-30", "2017-06-30T23:59:59.999999Z"), ("2017-06-30T00:00:00Z", "2017-06-30T00:00:00Z"),
    ("2017-06-30T08:00:00+08:00", "2017-06-30T00:00:00Z"), ("9999-12-31", "9999-12-31T23:59:59.999999Z"),
  ]) func `a day means its end`(argument: String, instant: String) {
    #expect(TimePoint(argument: argument)?.instant.description == instant)
  }

  @Test(arguments: ["", "2017-06-31", "2017-06-30T00:00:00", "yesterday", "5"]) func `no other time is guessed`(argument: String) {
    #expect(TimePoint(argument: argument) == nil)
  }

  @Test func `known-at takes a time or the newest event's number`() {
    #expect(LogPoint(argument: "0")?.knownAt == .position(1))
    #expect(LogPoint(argument: "41")?.knownAt == .position(42))
    #expect(LogPoint(argument: "2017-06-30T00:00:00Z")?.knownAt == .recorded(Day("2017-06-30")?.start ?? .distantPast))
    for wrong in ["", "-1", "9223372036854775807", "99999999999999999999", "x"] { #expect(LogPoint(argument: wrong) == nil) }
  }

  @Test func `a rule is a kind and a version`() {
    #expect(RuleChoice(argument: "churn=2").map { [$0.kind: $0.version] } == ["churn": 2])
    for wrong in ["churn", "churn=", "=2", "churn=0", "churn=-1", "churn=x"] { #expect(RuleChoice(argument: wrong) == nil) }
  }

  @Test func `an expectation is a subject and a count, whatever the subject's name`() {
    #expect(ExpectedVersion(argument: "order:a=b=0").map { [$0.subject: $0.version] } == ["order:a=b": 0])
    for wrong in ["customer:4", "customer:4=", "=1", "customer:4=-1"] { #expect(ExpectedVersion(argument: wrong) == nil) }
  }

  @Test(arguments: [
    (["--data", "d", "show", "churn"], ["show", "churn", "--data", "d"]), (["--lang=zh", "rules", "list"], ["rules", "list", "--lang=zh"]),
    (["rules", "--format", "csv", "list"], ["rules", "list", "--format", "csv"]), (["show", "--", "--data"], ["show", "--", "--data"]),
    (["show", "--data"], ["show", "--data"]),
  ]) func `global options may stand anywhere`(given: [String], moved: [String]) {
    #expect(Invocation.globalOptionsLast(given) == moved)
  }

  @Test(arguments: [
    ([:], Language.en), (["LANG": "zh_CN.UTF-8"], .zh), (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .en),
    (["LC_ALL": "", "LANG": "zh-Hans"], .zh), (["LC_ALL": "zh_TW", "LANG": "en_US"], .zh), (["LANG": "fr_FR"], .en),
  ] as [([String: String], Language)]) func `the language follows the locale`(environment: [String: String], language: Language) {
    let run = Run("events", "nothing.such", environment: environment)
    #expect(run.remarks.isChinese == (language == .zh))
  }

  @Test func `--lang comes before the locale`() {
    #expect(!Run("events", "nothing.such", "--lang", "en", environment: ["LC_ALL": "zh_CN"]).remarks.isChinese)
  }

  @Test(arguments: [
    ["events", "--nope"], ["nosuch"], ["events", "--format", "xml"], ["events", "a", "b"], ["events", "--data"], ["--lang", "zh", "events", "--lang", "fr"],
  ]) func `usage errors end with 64 and say so`(arguments: [String]) {
    let run = Run(arguments, source: MemorySource(""))
    #expect(run.status == .usage)
    #expect(run.output == "")
    #expect(run.remarks.hasPrefix("[E-USAGE] "))
  }
}

@Suite struct `Lines of the input` {
  @Test(arguments: [1, 2, 3, 1000]) func `are cut wherever the pieces end`(size: Int) throws {
    let bytes = Array("one\ntwo\r\n\nlast".utf8)
    let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min(bytes.count, $0 + size)]) }
    let source = MemorySource(pieces)
    var reader = LineReader(limit: 10)
    var lines: [LineReader.Line] = []
    while !reader.isAtEnd { lines += try reader.next(from: source) }
    #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one", "two", "", "last"])
    #expect(lines.map(\.number) == [1, 2, 3, 4])
  }

  @Test(arguments: [(4, false), (5, false), (6, true), (7, true), (5_000_000, true)]) func `are bounded`(length: Int, isTooLong: Bool) throws {
    for end in ["\n", "\r\n", ""] {
      let source = MemorySource(String(repeating: "x", count: length) + end)
      var reader = LineReader(limit: 5)
      var lines: [LineReader.Line] = []
      while !reader.isAtEnd { lines += try reader.next(from: source) }
      #expect(lines.count == 1)
      #expect(lines.first?.length == length)
      #expect(lines.first.map { $0.bytes.count <= 5 } == true)
      #expect(lines.first.map { $0.length > 5 } == isTooLong)
    }
  }
}
