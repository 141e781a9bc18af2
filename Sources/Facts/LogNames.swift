public import Projection
import Synchronization
public import Vocabulary

/// The names and subjects of one log by the numbers under which its facts hold them, and the numbers by their texts.
public final class LogNames: Names, Sendable {
  /// Not prepared for looking up.
  private let table: SubjectTable
  /// Subjects that the log knew by the end of each stretch.
  private let subjectCounts: [Int]
  private let stretch: Int64
  private let prepared = Mutex<SubjectTable?>(nil)
  /// Names that only corrections use, or events behind the facts; they are numbered behind those of the log.
  private let extra = Mutex<[String]>([])
  /// Subjects that only events behind the facts name, by kind; they are numbered behind those of the log.
  private let extraSubjects = Mutex<[String: [String]]>([:])

  /// - Parameter stretch: events of one stretch.
  public init(_ table: SubjectTable, subjectCounts: [Int], stretch: Int64) {
    (self.table, self.subjectCounts, self.stretch) = (table, subjectCounts, stretch)
  }

  /// The table with the index that finding by text needs; it is made once.
  public var lookup: SubjectTable {
    prepared.withLock { prepared in
      if let prepared { return prepared }
      var table = table
      table.prepareLookup()
      prepared = table
      return table
    }
  }

  public func text(_ number: Int64) -> String? {
    if let text = table.text(ofWord: Int(clamping: number)) { return text }
    let place = Int(clamping: number) - table.wordCount
    return extra.withLock { $0.indices.contains(place) ? $0[place] : nil }
  }

  public func number(_ text: String) -> Int64? {
    if let known = lookup.word(text) { return Int64(known) }
    return extra.withLock { $0.firstIndex(of: text).map { Int64(table.wordCount + $0) } }
  }

  public func id(_ kind: EntityKind, _ number: Int64) -> String? {
    let known = table.kindNumber(kind.word).map { table.count(ofKind: $0) } ?? 0
    if number >= known { return extraSubjects.withLock { $0[kind.word]?.dropFirst(Int(clamping: number) - known).first } }
    guard let place = table.kindNumber(kind.word), number >= 0 else { return nil }
    return String(table.name(of: table.subject(ofKind: place, ordinal: Int(number))).dropFirst(kind.word.count + 1))
  }

  public func subject(_ kind: EntityKind, _ number: Int64) -> OwnSubject? {
    guard let place = table.kindNumber(kind.word), number >= 0, number < table.count(ofKind: place) else { return nil }
    return table.own(table.subject(ofKind: place, ordinal: Int(number)))
  }

  public func name(of subject: OwnSubject) -> String? { table.subject(subject).map { table.name(of: $0) } }

  public func holder(ofAccount account: Int) -> OwnSubject? {
    (0..<table.accountCount).contains(account) ? table.own(table.holder(of: account)) : nil
  }

  /// The numbers of an event at a position, as the derivation of its stretch gave them.
  public func numbering(at seq: Int64) -> some Numbering {
    let place = Int(clamping: seq / stretch)
    return EventNumbering(names: self, known: place < subjectCounts.count ? subjectCounts[place] : table.count)
  }

  /// The numbers of an event behind the facts.
  /// - Parameter isKnown: whether some event behind the facts is about the subject of that name, or names it.
  public func numbering(behind isKnown: @escaping (String) -> Bool) -> some Numbering { RecentNumbering(names: self, isKnown: isKnown) }

  fileprivate func adding(subject id: String, of kind: String) -> Int64 {
    let known = table.kindNumber(kind).map { table.count(ofKind: $0) } ?? 0
    return extraSubjects.withLock { extra in
      if let place = extra[kind]?.firstIndex(of: id) { return Int64(known + place) }
      extra[kind, default: []].append(id)
      return Int64(known + (extra[kind]?.count ?? 1) - 1)
    }
  }

  fileprivate func adding(_ text: String) -> Int64 {
    extra.withLock { extra in
      if let place = extra.firstIndex(of: text) { return Int64(table.wordCount + place) }
      extra.append(text)
      return Int64(table.wordCount + extra.count - 1)
    }
  }
}

/// The numbers as the derivation of one stretch gave them: it knew no subject that came later.
private struct EventNumbering: Numbering {
  let names: LogNames
  let known: Int

  func name(_ text: String) -> Int64 { names.number(text) ?? names.adding(text) }

  func subject(_ kind: EntityKind, _ id: String) -> Int64 { number(kind.word + ":" + id, isWhole: false) }
  func subject(named name: String) -> Int64 { number(name, isWhole: true) }

  private func number(_ name: String, isWhole: Bool) -> Int64 {
    let lookup = names.lookup
    guard let subject = lookup.find(name), subject < known else { return -1 }
    return lookup.number(of: subject, isWhole: isWhole)
  }

  func thing(_ subject: String) -> Int64? {
    let lookup = names.lookup
    guard let number = lookup.find(subject) else { return nil }
    let entry = lookup.entry(number)
    return lookup.holder(of: Int(entry.account)) == number ? nil : Int64(entry.ordinal)
  }
}

/// The numbers of events that nothing was derived from yet.
private struct RecentNumbering: Numbering {
  let names: LogNames
  let isKnown: (String) -> Bool

  func name(_ text: String) -> Int64 { names.number(text) ?? names.adding(text) }

  func subject(_ kind: EntityKind, _ id: String) -> Int64 {
    let (lookup, name) = (names.lookup, kind.word + ":" + id)
    if let subject = lookup.find(name) { return Int64(lookup.entry(subject).ordinal) }
    return isKnown(name) ? names.adding(subject: id, of: kind.word) : -1
  }
}

/// For who looks at an event's subject and account, and at none of its facts.
public struct Unnumbered: Numbering {
  public init() {}
  public func name(_ text: String) -> Int64 { 0 }
  public func subject(_ kind: EntityKind, _ id: String) -> Int64 { -1 }
  public func thing(_ subject: String) -> Int64? { nil }
  public func subject(named name: String) -> Int64 { -1 }
}
