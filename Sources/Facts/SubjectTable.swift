public import Projection
public import Vocabulary

/// Every subject that the log has named, with the numbers under which derived columns hold it.
///
/// A subject belongs to an account: a customer is its own account, and an order, contract or complaint belongs to the
/// customer that its first event names. A subject that never names one is an account of its own. Accounts are numbered
/// densely, and so are the subjects of each kind, so that a fold keeps its states in arrays. The numbers depend on the
/// log alone.
public struct SubjectTable: Sendable {
  /// One subject's numbers.
  public struct Entry: Hashable, Sendable, BitwiseCopyable {
    public let account: UInt32
    public let kind: UInt8
    /// Number among the subjects of its kind.
    public let ordinal: UInt32
  }

  /// The word of the kind whose subjects are always accounts.
  public let accountKind: String
  private(set) var names = NameTable()
  /// Texts that facts name by number.
  private(set) var words = NameTable()
  private var entries: [Entry] = []
  /// The subject that stands for each account.
  private var holders: [OwnSubject] = []
  /// Words of the kinds, in the order in which they first appeared.
  public private(set) var kinds: [String] = []
  /// The kinds as subjects begin with them, colon included.
  private var prefixes: [[UInt8]] = []
  /// Kinds that a table may have; a log has as many as are declared. 255 stands for "the account itself" in files.
  static let kindLimit = 255
  /// Subjects of each kind, by ordinal.
  private var members: [[UInt32]] = []
  /// Accounts that turned out to belong to another: a lead that became a customer.
  public private(set) var aliases: [Int: Int] = [:]
  private var joined: [Int: [Int]] = [:]

  public init(accountKind: EntityKind) { self.accountKind = accountKind.word }
  /// A table that nobody fills.
  init() { accountKind = "" }

  public var count: Int { entries.count }
  public var accountCount: Int { holders.count }

  public func entry(_ subject: Int) -> Entry { entries[subject] }
  public func name(of subject: Int) -> String { fromRawJSON(names.bytes(subject)) }
  /// Whether subject `a` comes before subject `b` by the bytes of their names.
  public func precedes(_ a: Int, _ b: Int) -> Bool { names.precedes(a, b) }
  /// A subject's number within its kind, or with its kind, as facts hold it.
  func number(of subject: Int, isWhole: Bool) -> Int64 { isWhole ? own(subject).packed : Int64(entries[subject].ordinal) }
  /// A subject as projections see it.
  public func own(_ subject: Int) -> OwnSubject {
    OwnSubject(kind: entries[subject].kind, ordinal: entries[subject].ordinal)
  }
  /// The number of a subject that a projection saw; `nil` for one that is not known.
  public func subject(_ own: OwnSubject) -> Int? {
    guard Int(own.kind) < members.count, Int(own.ordinal) < members[Int(own.kind)].count else { return nil }
    return subject(ofKind: Int(own.kind), ordinal: Int(own.ordinal))
  }
  /// The subject that stands for an account.
  public func holder(of account: Int) -> Int {
    subject(ofKind: Int(holders[account].kind), ordinal: Int(holders[account].ordinal))
  }
  /// The same as projections see it.
  func own(holderOf account: Int) -> OwnSubject { holders[account] }
  /// The subject of a kind by its ordinal.
  public func subject(ofKind kind: Int, ordinal: Int) -> Int { Int(members[kind][ordinal]) }
  public func kindNumber(_ word: String) -> Int? { kinds.firstIndex(of: word) }
  public func count(ofKind kind: Int) -> Int { members[kind].count }

  /// Builds the index that `find` needs. Complexity: O(subjects), once.
  public mutating func prepareLookup() {
    names.prepareLookup()
    words.prepareLookup()
  }

  /// The number of a subject by its name. Expected complexity: O(length).
  /// - Precondition: `prepareLookup()` was called.
  public func find(_ name: String) -> Int? { names.find(rawJSON(name).span) }
  func find(_ name: Span<UInt8>) -> Int? { names.find(name) }
  /// The number of a word by its text, as `find`.
  func word(_ text: Span<UInt8>) -> Int? { words.find(text) }
  public func word(_ text: String) -> Int? { words.find(rawJSON(text).span) }
  /// The text of a word; `nil` for a number that none has.
  public func text(ofWord number: Int) -> String? {
    words.count > number && number >= 0 ? fromRawJSON(words.bytes(number)) : nil
  }
  public var wordCount: Int { words.count }

  /// The account and all accounts that turned out to be the same customer's.
  public func accounts(joinedTo account: Int) -> [Int] {
    guard let others = joined[account] else { return [account] }
    return [account] + others.sorted()
  }

  /// Adds a subject that is its own account.
  mutating func addAccount(_ name: Span<UInt8>) -> Int {
    let subject = add(name, account: UInt32(holders.count))
    holders.append(own(subject))
    return subject
  }

  /// Adds a subject that belongs to the account of `owner`.
  mutating func add(_ name: Span<UInt8>, ownedBy owner: Int) -> Int { add(name, account: entries[owner].account) }

  mutating func addWord(_ text: Span<UInt8>) -> Int { words.insert(text) }

  mutating func join(_ account: Int, to other: Int) {
    aliases[account] = other
    joined[other, default: []].append(account)
  }

  /// Notes that `account` belongs to `other`, unless it is a customer's or was joined before; says whether it did.
  mutating func join(_ account: Int, toAccountUnlessCustomer other: Int) -> Bool {
    guard kinds[Int(holders[account].kind)] != accountKind, aliases[account] == nil else { return false }
    join(account, to: other)
    return true
  }

  private mutating func add(_ name: Span<UInt8>, account: UInt32) -> Int {
    let subject = names.insert(name)
    let kind = kindNumber(prefix: SubjectTable.prefix(name))
    entries.append(Entry(account: account, kind: UInt8(kind), ordinal: UInt32(members[kind].count)))
    members[kind].append(UInt32(subject))
    return subject
  }

  /// Adds all subjects of a stretch.
  mutating func add(_ new: NewSubjects) {
    let first = count
    words.append(contentsOf: new.words)
    names.append(contentsOf: new.names)
    for run in new.runs {
      let kind = kindNumber(prefix: run.prefix)
      let ordinal = members[kind].count - run.numbers.lowerBound
      members[kind].append(contentsOf: run.numbers.lazy.map { UInt32(first + $0) })
      if run.numbers.lowerBound < new.accountCount {
        let account = holders.count - run.numbers.lowerBound
        holders.append(
          contentsOf: run.numbers.lazy.map { OwnSubject(kind: UInt8(kind), ordinal: UInt32(ordinal + $0)) })
        for number in run.numbers {
          entries.append(Entry(account: UInt32(account + number), kind: UInt8(kind), ordinal: UInt32(ordinal + number)))
        }
      } else {
        for number in run.numbers {
          let account = entries[Int(new.owners[number - new.accountCount])].account
          entries.append(Entry(account: account, kind: UInt8(kind), ordinal: UInt32(ordinal + number)))
        }
      }
    }
  }

  /// How names of a subject's kind begin: with what stands before its first colon, and the colon.
  static func prefix(_ name: Span<UInt8>) -> [UInt8] {
    var prefix: [UInt8] = []
    for place in name.indices {
      prefix.append(name[place])
      if name[place] == UInt8(ascii: ":") { return prefix }
    }
    return prefix + [UInt8(ascii: ":")]
  }

  /// The number of a kind by how its subjects begin, a new one where the kind is new.
  private mutating func kindNumber(prefix: [UInt8]) -> Int {
    if let known = prefixes.firstIndex(of: prefix) { return known }
    // Only a derived file that lies names so many; whoever applied it finds the table full.
    if kinds.count == SubjectTable.kindLimit { return kinds.count - 1 }
    prefixes.append(prefix)
    kinds.append(String(decoding: prefix.dropLast(), as: UTF8.self))
    members.append([])
    return kinds.count - 1
  }
}
