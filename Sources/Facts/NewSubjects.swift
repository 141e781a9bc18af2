import Wire

/// What one stretch added to the subject table, in the order of adding: accounts first, then what belongs to accounts,
/// both in the order of their names. One buffer holds all names.
struct NewSubjects: Sendable {
  /// As they stand in lines, escapes included.
  private(set) var names = NameTable()
  private(set) var accountCount = 0
  /// Of those that are no accounts, the subject whose account each belongs to.
  private(set) var owners: [UInt32] = []
  /// Texts that facts name by number, in their order.
  private(set) var words = NameTable()
  /// Stretches of subjects of one kind, where they were found beforehand.
  private var kindRuns: [KindRun]?

  /// Subjects that follow one another, are of one kind, and are all accounts or none.
  struct KindRun: Sendable {
    /// How their names begin, colon included.
    let prefix: [UInt8]
    var numbers: Range<Int>
  }

  init() {}

  var count: Int { names.count }

  mutating func addAccount(_ name: Span<UInt8>) {
    _ = names.insert(name)
    accountCount += 1
  }

  mutating func addWord(_ text: Span<UInt8>) { _ = words.insert(text) }

  /// - Precondition: all accounts have been added.
  mutating func add(_ name: Span<UInt8>, ownedBy owner: Int) {
    _ = names.insert(name)
    owners.append(UInt32(owner))
  }
}

extension NewSubjects {
  /// The subjects kind by kind. Names come in order, so there are few runs; a file that lies may have as many as names.
  var runs: [KindRun] { kindRuns ?? findRuns() }

  private func findRuns() -> [KindRun] {
    var runs: [KindRun] = []
    for number in 0..<count {
      let goesOn = number != accountCount && runs.last.map { names.begins(number, with: $0.prefix) } ?? false
      if goesOn {
        runs[runs.count - 1].numbers = runs[runs.count - 1].numbers.lowerBound..<number + 1
      } else {
        runs.append(KindRun(prefix: names.withBytes(number, SubjectTable.prefix), numbers: number..<number + 1))
      }
    }
    return runs
  }
}

// In a file: the number of names and of accounts; each name as what it drops of the one before, what it adds, and this;
// the owners as a packed column; the number of words, each as a name.

extension NewSubjects {
  /// Two lengths share a byte; what a length has beyond this follows as a varint.
  static let inByte = 15

  func encode(into bytes: inout [UInt8]) {
    bytes.append(varint: UInt64(count))
    bytes.append(varint: UInt64(accountCount))
    NewSubjects.encode(names, into: &bytes)
    PackedColumn(owners).encode(into: &bytes)
    bytes.append(varint: UInt64(words.count))
    NewSubjects.encode(words, into: &bytes)
  }

  private static func encode(_ names: NameTable, into bytes: inout [UInt8]) {
    var previous: [UInt8] = []
    for number in 0..<names.count {
      let name = names.bytes(number)
      let shared = zip(previous, name).prefix { $0 == $1 }.count
      let (dropped, added) = (previous.count - shared, name.count - shared)
      bytes.append(UInt8(min(dropped, NewSubjects.inByte) << 4 | min(added, NewSubjects.inByte)))
      for length in [dropped, added] where length >= NewSubjects.inByte {
        bytes.append(varint: UInt64(length - NewSubjects.inByte))
      }
      bytes.append(contentsOf: name[shared...])
      previous = name
    }
  }

  /// - Parameter owners: one for each name that is no account.
  init(names: NameTable, accountCount: Int, owners: [UInt32], words: NameTable) {
    (self.names, self.accountCount, self.owners, self.words) = (names, accountCount, owners, words)
    kindRuns = findRuns()
  }
}
