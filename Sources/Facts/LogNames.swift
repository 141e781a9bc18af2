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
  private let extra = Mutex(Numbered())
  /// Subjects that only events behind the facts name, by kind; they are numbered behind those of the log.
  private let extraSubjects = Mutex(ExtraSubjects())
  /// Holders of accounts that only events behind the facts name.
  private let extraAccounts = Mutex(Numbered())

  /// Texts with a number each, in the order in which they came.
  private struct Numbered {
    private(set) var texts: [String] = []
    private var places: [String: Int] = [:]

    func place(of text: String) -> Int? { places[text] }

    mutating func adding(_ text: String) -> Int {
      if let place = places[text] { return place }
      places[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }
  }

  private struct ExtraSubjects {
    /// Kinds that the log did not have.
    var kinds: [String] = []
    var ids: [String: Numbered] = [:]
  }

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
    return extra.withLock { $0.texts.indices.contains(place) ? $0.texts[place] : nil }
  }

  public func number(_ text: String) -> Int64? {
    if let known = lookup.word(text) { return Int64(known) }
    return extra.withLock { $0.place(of: text).map { Int64(table.wordCount + $0) } }
  }

  public func id(_ kind: EntityKind, _ number: Int64) -> String? {
    let known = table.kindNumber(kind.word).map { table.count(ofKind: $0) } ?? 0
    if number >= known { return extraSubjects.withLock { $0.ids[kind.word]?.texts.dropFirst(Int(clamping: number) - known).first } }
    guard let place = table.kindNumber(kind.word), number >= 0 else { return nil }
    return String(table.name(of: table.subject(ofKind: place, ordinal: Int(number))).dropFirst(kind.word.count + 1))
  }

  public func subject(_ kind: EntityKind, _ number: Int64) -> OwnSubject? {
    guard number >= 0 else { return nil }
    if let place = table.kindNumber(kind.word), number < table.count(ofKind: place) {
      return table.own(table.subject(ofKind: place, ordinal: Int(number)))
    }
    return id(kind, number).flatMap { _ in OwnSubject(packed: Int64(kindNumber(kind.word)) << 32 | number) }
  }

  public func name(of subject: OwnSubject) -> String? {
    if let known = table.subject(subject) { return table.name(of: known) }
    return extraSubjects.withLock { extra in
      let (kind, kinds) = (Int(subject.kind), table.kinds + extra.kinds)
      guard kind < kinds.count, subject != .nobody else { return nil }
      let known = kind < table.kinds.count ? table.count(ofKind: kind) : 0
      return extra.ids[kinds[kind]]?.texts.dropFirst(Int(subject.ordinal) - known).first.map { kinds[kind] + ":" + $0 }
    }
  }

  /// The number of a kind; one that the log did not have is numbered behind its kinds.
  private func kindNumber(_ word: String) -> Int {
    if let known = table.kindNumber(word) { return known }
    return extraSubjects.withLock { extra in
      if let place = extra.kinds.firstIndex(of: word) { return table.kinds.count + place }
      extra.kinds.append(word)
      return table.kinds.count + extra.kinds.count - 1
    }
  }

  public func holder(ofAccount account: Int) -> OwnSubject? {
    if (0..<table.accountCount).contains(account) { return table.own(holderOf: account) }
    guard account >= table.accountCount else { return nil }
    let holder = extraAccounts.withLock { $0.texts.dropFirst(account - table.accountCount).first }
    return holder.flatMap { adding(subject: $0) }
  }

  /// The number of an account that only events behind the facts name, by its holder.
  public func account(heldBy holder: String) -> Int { extraAccounts.withLock { table.accountCount + $0.adding(holder) } }

  /// The numbers of an event at a position, as the derivation of its stretch gave them.
  public func numbering(at seq: Int64) -> some Numbering {
    let place = Int(clamping: seq / stretch)
    return EventNumbering(names: self, known: place < subjectCounts.count ? subjectCounts[place] : table.count)
  }

  /// The numbers of an event behind the facts.
  /// - Parameter holder: the holder's name of the account of a subject that some event behind the facts is about or names;
  ///   `nil` for one that none does.
  public func numbering(behind holder: @escaping (String) -> String?) -> some Numbering { RecentNumbering(names: self, holder: holder) }

  fileprivate func adding(subject name: String) -> OwnSubject? {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    let (kind, id) = (String(name[..<colon]), String(name[name.index(after: colon)...]))
    let (number, known) = (kindNumber(kind), table.kindNumber(kind).map { table.count(ofKind: $0) } ?? 0)
    let place = extraSubjects.withLock { $0.ids[kind, default: Numbered()].adding(id) }
    return OwnSubject(packed: Int64(number) << 32 | Int64(known + place))
  }

  fileprivate func adding(_ text: String) -> Int64 {
    extra.withLock { Int64(table.wordCount + $0.adding(text)) }
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
  let holder: (String) -> String?

  func name(_ text: String) -> Int64 { names.number(text) ?? names.adding(text) }

  func subject(_ kind: EntityKind, _ id: String) -> Int64 { own(kind.word + ":" + id).map { Int64($0.ordinal) } ?? -1 }
  func subject(named name: String) -> Int64 { own(name)?.packed ?? -1 }

  private func own(_ name: String) -> OwnSubject? {
    let lookup = names.lookup
    if let subject = lookup.find(name) { return lookup.own(subject) }
    return holder(name).flatMap { _ in names.adding(subject: name) }
  }

  func thing(_ subject: String) -> Int64? {
    let lookup = names.lookup
    if let number = lookup.find(subject) {
      return lookup.holder(of: Int(lookup.entry(number).account)) == number ? nil : Int64(lookup.entry(number).ordinal)
    }
    guard let holder = holder(subject), holder != subject else { return nil }
    return own(subject).map { Int64($0.ordinal) }
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
