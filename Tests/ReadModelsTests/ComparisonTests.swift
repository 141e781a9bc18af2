import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@Suite struct `A build says what changed` {
  /// Subjects with their stage, before and after; added, removed, changed, unchanged.
  @Test(arguments: [
    (["a": "x", "b": "x"], ["a": "x", "b": "x"], [0, 0, 0, 2]),
    (["a": "x", "b": "x"], ["a": "x", "b": "y"], [0, 0, 1, 1]),
    (["b": "x"], ["a": "x", "b": "x", "c": "x"], [2, 0, 0, 1]),
    (["a": "x", "b": "x", "c": "x"], ["b": "x"], [0, 2, 0, 1]),
    (["a": "x", "c": "x"], ["b": "x", "d": "x"], [2, 2, 0, 0]),
    ([:], ["a": "x"], [1, 0, 0, 0]), (["a": "x"], [:], [0, 1, 0, 0]), ([:], [:], [0, 0, 0, 0]),
    (["a": "x", "ab": "x"], ["ab": "x", "abc": "x"], [1, 1, 0, 1]), (["ab": "x"], ["a": "x"], [1, 1, 0, 0]),
    // Equal for Unicode, other bytes: another subject, another value.
    (["\u{E9}": "x"], ["e\u{301}": "x"], [1, 1, 0, 0]), (["a": "\u{E9}"], ["a": "e\u{301}"], [0, 0, 1, 0]),
    (["a": "\""], ["a": "\""], [0, 0, 0, 1]), (["a": "a\u{0}b"], ["a": "a\u{0}c"], [0, 0, 1, 0]),
  ] as [(KeyValuePairs<String, String>, KeyValuePairs<String, String>, [Int])])
  func `added, removed, changed, unchanged`(
    before: KeyValuePairs<String, String>, after: KeyValuePairs<String, String>, expected: [Int]
  ) throws {
    let (one, two) = (try Folder(), try Folder())
    try one.store.build(before.map { Sample.row($0.key, stage: $0.value) })
    let old = try one.store.open("lifecycle")
    let rows = after.map { Sample.row($0.key, stage: $0.value) }
    let found = try #require(try one.store.build(rows).comparison)
    #expect([found.added, found.removed, found.changed, found.unchanged] == expected)
    #expect(found.changes.count == found.differences)
    try two.store.build(rows)
    #expect(try two.store.open("lifecycle").compared(with: old) == found)
  }

  @Test func `a change is listed with both rows, in order, as many as asked for`() throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(30, stage: "active"))
    let options = BuildOptions(listedChanges: 3)
    let built = try folder.store.build(Sample.rows(20, stage: "lost"), options: options)
    let found = try #require(built.comparison)
    #expect(built.changed == 30)
    #expect(found.changed == 20 && found.removed == 10)
    #expect(found.changes.map(\.subject) == ["customer:0000000", "customer:0000001", "customer:0000002"])
    #expect(found.changes.first?.old?.values.first == .text("active"))
    #expect(found.changes.first?.new?.values.first == .text("lost"))
  }

  @Test func `since and because belong to a row`() throws {
    let folder = try Folder()
    var row = Sample.row("a")
    try folder.store.build([row])
    row.because = 43
    #expect(try folder.store.build([row]).changed == 1)
    row.since = nil
    #expect(try folder.store.build([row]).changed == 1)
    #expect(try folder.store.build([row]).changed == 0)
  }

  @Test func `other columns make every common subject changed`() throws {
    let folder = try Folder()
    let (text, flag) = ([Column("x", .text, "", "")], [Column("x", .day, "", "")])
    let rows = [ModelRow(subject: "a", values: [.null])]
    _ = try folder.store.write(Sample.provenance(), columns: text, rows: rows)
    let built = try folder.store.write(Sample.provenance(), columns: flag, rows: rows)
    let found = try #require(built.comparison)
    #expect(found.changed == 1 && !found.hasSameColumns)
  }

  @Test func `nothing before, nothing asked`() throws {
    let folder = try Folder()
    let first = try folder.store.build(Sample.rows(5))
    #expect(first.previous == .none && first.changed == 5)
    let second = try folder.store.build(Sample.rows(5), options: BuildOptions(isCompared: false))
    #expect(second.previous == .ignored && second.changed == 5)
  }
}
