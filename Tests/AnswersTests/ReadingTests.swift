import Backtest
import Engine
import Testing
import Vocabulary
import Wire

@testable import Answers

@Suite struct `What is written at a door` {
  @Test(arguments: [
    ("2017-06-30", "2017-06-30T23:59:59.999999Z"), ("2017-06-30T00:00:00Z", "2017-06-30T00:00:00Z"),
    ("2017-06-30T08:00:00+08:00", "2017-06-30T00:00:00Z"), ("9999-12-31", "9999-12-31T23:59:59.999999Z"),
  ]) func `a day means its end`(text: String, instant: String) {
    #expect(TimePoint(text)?.instant.description == instant)
  }

  @Test(arguments: ["", "2017-06-31", "2017-06-30T00:00:00", "yesterday", "5"]) func `no other time is guessed`(text: String) {
    #expect(TimePoint(text) == nil)
  }

  @Test func `known-at takes a time or the newest event's number`() {
    #expect(LogPoint("0")?.knownAt == .position(1))
    #expect(LogPoint("41")?.knownAt == .position(42))
    #expect(LogPoint("2017-06-30T00:00:00Z")?.knownAt == .recorded(Day("2017-06-30")?.start ?? .distantPast))
    for wrong in ["", "-1", "9223372036854775807", "99999999999999999999", "x"] { #expect(LogPoint(wrong) == nil) }
  }

  @Test func `a rule is a kind and a version`() {
    #expect(RuleChoice("churn=2").map { [$0.kind: $0.version] } == ["churn": 2])
    for wrong in ["churn", "churn=", "=2", "churn=0", "churn=-1", "churn=x"] { #expect(RuleChoice(wrong) == nil) }
  }

  @Test func `an expectation is a subject and a count, whatever the subject's name`() {
    #expect(ExpectedVersion("order:a=b=0").map { [$0.subject: $0.version] } == ["order:a=b": 0])
    for wrong in ["customer:4", "customer:4=", "=1", "customer:4=-1"] { #expect(ExpectedVersion(wrong) == nil) }
  }

  @Test func `a view is put together from what is written`() {
    let view = View(asOf: TimePoint("2017-06-30"), knownAt: LogPoint("3"), rules: ["churn=2", "churn=3"].compactMap { RuleChoice($0) })
    #expect(view.asOf?.description == "2017-06-30T23:59:59.999999Z" && view.knownAt == .position(4) && view.rules == ["churn": 3])
    #expect(View(asOf: nil) == .present)
  }

  @Test(arguments: [("1d", 1), ("90d", 90), ("13w", 91), ("3650d", 3650)]) func `a span is in days or weeks`(text: String, days: Int) {
    #expect(DaySpan(text)?.days == days)
  }

  @Test(arguments: ["", "0d", "3651d", "522w", "90", "d", "-1d", "1m"]) func `no other span is guessed`(text: String) {
    #expect(DaySpan(text) == nil)
  }

  @Test(arguments: [("day", .days(1)), ("week", .days(7)), ("quarter", .months(3)), ("10d", .days(10)), ("fortnight", nil)] as [(String, Cadence?)])
  func `a step is a word or a span`(text: String, cadence: Cadence?) { #expect(Cadence(text) == cadence) }

  @Test(arguments: [("zh_CN.UTF-8", .zh), ("zh-Hans", .zh), ("EN", .en), ("fr_FR", nil), ("", nil)] as [(String, Language?)])
  func `a locale names a language`(locale: String, language: Language?) { #expect(Language(locale: locale) == language) }
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
