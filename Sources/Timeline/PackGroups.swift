import Wire

/// Where each account's lines stand in a pack, in few bytes: a server keeps the packs of a whole log open.
///
/// Groups follow one another, and a block begins with a group: so of each the account and the length tell the rest, about three
/// bytes. Every 32nd is noted whole, and found by halving; from there the groups are stepped through.
struct PackGroups: Sendable {
  struct Group: Hashable, Sendable {
    let block: Int
    let offset: Int
    let length: Int
  }

  private struct Mark: BitwiseCopyable {
    /// The account of the group before.
    let account: UInt32
    /// Where the group is noted.
    let place: UInt32
    let block: UInt32
    let offset: UInt32
  }

  private static let step = 32
  /// Of each group: how much its account is above the one before, and twice its length, and one more where it begins a block.
  private var bytes: [UInt8] = []
  private var marks: [Mark] = []
  private var count = 0
  private var last: (account: UInt32, block: Int, end: Int) = (0, 0, 0)

  /// Blocks that groups stand in.
  var blockCount: Int { count == 0 ? 0 : last.block + 1 }

  /// Adds a group; says whether it may stand there.
  mutating func add(_ account: UInt32, block: Int, offset: Int, length: Int) -> Bool {
    let begins = count > 0 && block == last.block + 1 && offset == 0
    let follows = block == last.block && offset == last.end
    guard begins || follows, length > 0, account > last.account || count == 0 else { return false }
    if count.isMultiple(of: PackGroups.step) {
      // The block that it is counted from: where it begins one, the one before.
      marks.append(
        Mark(
          account: last.account, place: UInt32(truncatingIfNeeded: bytes.count), block: UInt32(truncatingIfNeeded: last.block),
          offset: UInt32(truncatingIfNeeded: last.end)))
    }
    bytes.append(varint: UInt64(account - last.account))
    bytes.append(varint: UInt64(length) << 1 | (begins ? 1 : 0))
    last = (account, block, offset + length)
    count += 1
    return true
  }

  /// The group of an account; `nil` where it has none. Complexity: O(log groups).
  func find(_ account: UInt32) -> Group? {
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      // The first group of all may be of account 0, which no group is before.
      if middle == 0 || marks[middle].account < account { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let mark = marks[low - 1]
    var reader = ByteReader(bytes.span.bytes, at: Int(mark.place))
    var (here, block, end) = (mark.account, Int(mark.block), Int(mark.offset))
    for _ in 0..<PackGroups.step {
      guard let step = reader.varint(), let word = reader.varint() else { return nil }
      here += UInt32(truncatingIfNeeded: step)
      if word & 1 == 1 { (block, end) = (block + 1, 0) }
      let length = Int(word >> 1)
      if here >= account { return here == account ? Group(block: block, offset: end, length: length) : nil }
      end += length
    }
    return nil
  }
}
