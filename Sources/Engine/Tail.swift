import Events
import Facts
import Projection
import Vocabulary
import Wire

/// Events behind the facts of a snapshot, by the accounts that they belong to: few, held in memory, so that one subject's
/// answers are fresh without deriving anything anew.
///
/// Which account a subject belongs to follows here as `SegmentDeriver` makes it follow: a customer is its own account,
/// another subject belongs to the account that its first event names, or to that of what it belongs with.
struct Tail {
  private let base: FactsStore
  /// The base's subjects, to be found by name; asked of it anew they are copied under a lock.
  private let table: SubjectTable
  /// The number of the next event.
  private(set) var next: Int64
  /// Subjects that the facts do not know, with the names of their accounts' holders.
  private var holders: [String: String] = [:]
  /// By the name of the account's holder.
  private var positions: [String: [Int64]] = [:]
  /// Accounts that turned out to belong to another's holder.
  private var joins: [String: [String]] = [:]
  private var joined: Set<String> = []
  private var byType: [TypeCode: [Int64]] = [:]
  /// For each event of a family that tells the time: its position and the latest business time up to it.
  private var latest: [(position: Int64, time: Int64)] = []

  init(behind base: FactsStore) {
    self.base = base
    table = base.lookupTable
    next = base.size
  }

  var count: Int { Int(next - base.size) }

  func holder(of subject: String) -> String? { holders[subject] }
  func positions(ofAccount holder: String) -> [Int64] { positions[holder] ?? [] }
  func positions(of type: TypeCode) -> [Int64] { byType[type] ?? [] }
  /// Holders of accounts that turned out to be the same as `holder`'s.
  func joins(of holder: String) -> [String] { joins[holder] ?? [] }

  /// The latest business time of the events before `position`.
  func latest(before position: Int64) -> Instant? {
    latest.last { $0.position < position }.map { Instant(microseconds: $0.time) }
  }

  /// Whether one of the types has an event at or behind a position.
  func has(_ types: Set<TypeCode>, from position: Int64) -> Bool {
    types.contains { (byType[$0]?.last ?? -1) >= position }
  }

  /// Whether one of the types that are `wanted` has an event in a range of positions.
  func has(in range: Range<Int64>, _ wanted: (TypeCode) -> Bool) -> Bool {
    byType.contains { type, positions in
      positions.last { $0 < range.upperBound }.map { $0 >= range.lowerBound } ?? false && wanted(type)
    }
  }

  mutating func add(_ seq: Int64, _ line: Span<UInt8>) throws {
    defer { next = seq + 1 }
    guard !line.isRedaction else { return }
    let event = try base.plans.held(line, seq: seq, Unnumbered())
    let named = event.account.map { base.plans.accountKind.word + ":" + $0 }
    let namedHolder = named.map { take($0, naming: nil) }
    let holder = take(event.subject, naming: named ?? event.leader.flatMap(known))
    positions[holder, default: []].append(seq)
    byType[event.type, default: []].append(seq)
    if let other = namedHolder, other != holder { join(holder, to: other) }
    if !base.plans.timeless.contains(event.type.family) {
      latest.append((seq, max(latest.last?.time ?? .min, event.at.microseconds)))
    }
  }

  /// The holder of the account of a subject that is known.
  private func known(_ subject: String) -> String? {
    if let number = table.find(subject) { return table.name(of: table.holder(of: Int(table.entry(number).account))) }
    return holders[subject]
  }

  /// The holder of a subject's account; a subject that nobody knows yet gets one.
  private mutating func take(_ subject: String, naming account: String?) -> String {
    if let known = known(subject) { return known }
    let isAccount = subject.hasPrefix(base.plans.accountKind.word + ":")
    let holder = isAccount ? subject : account.map { take($0, naming: nil) } ?? subject
    holders[subject] = holder
    return holder
  }

  /// A lead that became a customer, unless it was joined before.
  private mutating func join(_ holder: String, to other: String) {
    guard !holder.hasPrefix(base.plans.accountKind.word + ":"), !joined.contains(holder) else { return }
    if let number = table.find(holder), table.aliases[Int(table.entry(number).account)] != nil { return }
    joined.insert(holder)
    joins[other, default: []].append(holder)
  }
}

/// An account as a snapshot knows it: by its holder's name, and by its number where the facts know it.
struct Account: Hashable {
  let holder: String
  let number: Int?
}

// Behind the facts.
extension Snapshot {
  /// Takes in what was recorded since, so that single subjects are answered from it too; folds load the facts anew.
  ///
  /// - Returns: `false` where what was recorded changes what is known of older events, so that a new snapshot is needed.
  func grow(to source: any LineSource, _ makeFacts: @escaping (_ fresh: Bool, Progress) throws -> FactsStore) throws -> Bool {
    guard source.size > size else { return true }
    let base = try base()
    var tail = tail ?? Tail(behind: base)
    let start = tail.next
    try source.forEachLine(in: start..<source.size) { seq, line in try tail.add(seq, line) }
    guard !tail.has([TypeCode(Correction.corrected)], from: start) else { return false }
    adopt(source, tail, makeFacts)
    if tail.has(RuleBook.types, from: start) { forgetRules() }
    if tail.has(PrivacyBook.types, from: start) { forgetPrivacy() }
    return true
  }

  /// The account of a subject by its whole name; `nil` where nothing is known of it.
  func account(of name: String) throws -> Account? {
    let table = try table()
    if let number = table.find(name) {
      let account = Int(table.entry(number).account)
      return Account(holder: table.name(of: table.holder(of: account)), number: account)
    }
    guard let holder = tail?.holder(of: name) else { return nil }
    return Account(holder: holder, number: table.find(holder).map { Int(table.entry($0).account) })
  }

  /// The account and all that turned out to be the same customer's, its own first.
  func accounts(joinedTo account: Account) throws -> [Account] {
    let table = try table()
    let known = account.number.map { table.accounts(joinedTo: $0).dropFirst() } ?? []
    let new = try (tail?.joins(of: account.holder) ?? []).compactMap { try self.account(of: $0) }
    return [account] + known.map { Account(holder: table.name(of: table.holder(of: $0)), number: $0) } + new
  }
}
