import Wire

/// What one stretch added to the subject table, in the order of adding: accounts first, then what belongs to accounts,
/// both in the order of their names. One buffer holds all names.
struct NewSubjects: Sendable {
  /// As they stand in lines, escapes included.
  private(set) var names = NameTable()
  private(set) var accountCount = 0
  /// Of those that are no accounts, the subject whose account each belongs to.
  private(set) var owners: [UInt32] = []

  init() {}

  var count: Int { names.count }

  mutating func addAccount(_ name: Span<UInt8>) {
    _ = names.insert(name)
    accountCount += 1
  }

  /// - Precondition: all accounts have been added.
  mutating func add(_ name: Span<UInt8>, ownedBy owner: Int) {
    _ = names.insert(name)
    owners.append(UInt32(owner))
  }
}

// In a file: the number of names and of accounts; each name as what it drops of the one before, what it adds, and this;
// the owners as a packed column.

extension NewSubjects {
  /// Two lengths share a byte; what a length has beyond this follows as a varint.
  static let inByte = 15

  func encode(into bytes: inout [UInt8]) {
    bytes.append(varint: UInt64(count))
    bytes.append(varint: UInt64(accountCount))
    var previous: [UInt8] = []
    for number in 0..<count {
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
    PackedColumn(owners).encode(into: &bytes)
  }

  /// - Parameter owners: one for each name that is no account.
  init(names: NameTable, accountCount: Int, owners: [UInt32]) {
    self.names = names
    self.accountCount = accountCount
    self.owners = owners
  }
}
