public import Projection
public import Vocabulary

/// The facts of one stretch of the log, column by column in the order of the lines.
///
/// Derived from the lines and from nothing else, so it may be thrown away at any time. `README.md` beside this file
/// gives the bytes.
public struct SegmentFacts: Sendable {
  /// What events of one shape have in common, so that a row needs only a number for it.
  public struct Layout: Hashable, Sendable {
    public let type: TypeCode
    /// Kind of the subject where the subject is not the account itself.
    public let kind: UInt8?
    public let slots: [FactSlot]
    var varying: Int { slots.count(where: \.varies) }
  }

  /// Position of the first event.
  public let first: Int64
  public let count: Int
  var layouts: [Layout]
  var times: PackedTimes
  var accounts: PackedColumn
  var layoutColumn: PackedColumn
  /// Per row: the subject's ordinal where its layout has a kind, then the varying facts, as varints.
  var stream: [UInt8]
  /// What this stretch added to the subject table, in the order of adding.
  var newSubjects: [NewSubject]
  var joins: [Join]
  var ids: IDColumn

  struct NewSubject: Hashable, Sendable {
    /// As it stands in a line, escapes included.
    let name: [UInt8]
    /// The subject whose account it belongs to; `nil` where it is an account.
    let owner: Int?
  }
  struct Join: Hashable, Sendable {
    let from: Int
    let to: Int
  }

  public var byteCount: Int { encoded(fingerprint: 0).count }

  /// Repeats on `table` what deriving this stretch did to it.
  public func apply(to table: inout SubjectTable) {
    for subject in newSubjects {
      if let owner = subject.owner {
        _ = table.add(subject.name.span, ownedBy: owner)
      } else {
        _ = table.addAccount(subject.name.span)
      }
    }
    for join in joins { table.join(join.from, to: join.to) }
  }
}

/// Numbers of one width each.
struct PackedColumn: Sendable {
  let width: Int
  let bytes: [UInt8]

  init(_ numbers: [UInt32]) {
    width = BitPacking.width(for: UInt64(numbers.max() ?? 0))
    var packed: [UInt8] = []
    packed.reserveCapacity(BitPacking.byteCount(numbers.count, width: width))
    BitPacking.pack(numbers.count, width: width, into: &packed) { UInt64(numbers[$0]) }
    bytes = packed
  }

  init(width: Int, bytes: [UInt8]) {
    self.width = width
    self.bytes = bytes
  }
}

/// Business times: the first, then differences in the largest unit that loses nothing, in groups of their own width.
struct PackedTimes: Sendable {
  /// Rows whose differences share one width.
  static let group = 128
  /// Microseconds of one step.
  let unit: Int64
  let base: Int64
  let widths: [UInt8]
  let bytes: [UInt8]

  init(_ times: [Int64]) {
    base = times.first ?? 0
    let unit: Int64 = [1_000_000, 1000].first { step in times.allSatisfy { $0 % step == 0 } } ?? 1
    self.unit = unit
    var widths: [UInt8] = []
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: times.count, by: PackedTimes.group) {
      let steps = (start..<min(start + PackedTimes.group, times.count)).map { place -> UInt64 in
        let step = (times[place] - (place == 0 ? times[0] : times[place - 1])) / unit
        return UInt64(bitPattern: (step << 1) ^ (step >> 63))
      }
      let width = BitPacking.width(for: steps.max() ?? 0)
      widths.append(UInt8(width))
      if width > BitPacking.widthLimit {
        for step in steps { bytes.append(contentsOf: withUnsafeBytes(of: step.littleEndian, Array.init)) }
      } else {
        BitPacking.pack(steps.count, width: width, into: &bytes) { steps[$0] }
        bytes.removeLast(BitPacking.slack)
      }
    }
    bytes.append(contentsOf: repeatElement(0, count: BitPacking.slack))
    self.widths = widths
    self.bytes = bytes
  }

  init(unit: Int64, base: Int64, widths: [UInt8], bytes: [UInt8]) {
    self.unit = unit
    self.base = base
    self.widths = widths
    self.bytes = bytes
  }

  /// Bytes that the groups must have, slack included.
  static func byteCount(_ count: Int, widths: [UInt8]) -> Int {
    var total = BitPacking.slack
    for (number, width) in widths.enumerated() {
      let rows = min(group, count - number * group)
      total += width > BitPacking.widthLimit ? rows * 8 : (rows * Int(width) + 7) / 8
    }
    return total
  }

  /// Unpacks all times, in microseconds.
  func unpack(_ count: Int, into times: inout [Int64]) {
    let raw = bytes.span.bytes
    var time = base
    var offset = 0
    for (number, width) in widths.enumerated() {
      let start = number * PackedTimes.group
      let rows = min(PackedTimes.group, count - start)
      let wide = Int(width) > BitPacking.widthLimit
      let mask = BitPacking.mask(min(Int(width), 63))
      let group = raw.extracting(offset..<raw.byteCount)
      for row in 0..<rows {
        let step =
          wide
          ? UInt64(littleEndian: group.unsafeLoadUnaligned(fromByteOffset: row * 8, as: UInt64.self))
          : BitPacking.number(row, width: Int(width), mask: mask, in: group)
        time &+= (Int64(bitPattern: step >> 1) ^ -Int64(bitPattern: step & 1)) &* unit
        times[start + row] = time
      }
      offset += wide ? rows * 8 : (rows * Int(width) + 7) / 8
    }
  }
}

/// The ids that sources chose, as sorted hashes with the row of each: enough to find the one line worth comparing.
struct IDColumn: Sendable {
  var hashes: [UInt32] = []
  var rows: [UInt16] = []

  init() {}

  init(_ found: [(hash: UInt32, row: UInt16)]) {
    let sorted = found.sorted { ($0.hash, $0.row) < ($1.hash, $1.row) }
    hashes = sorted.map(\.hash)
    rows = sorted.map(\.row)
  }

  /// Rows whose id has this hash.
  func rows(_ hash: UInt32) -> [Int] {
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return (low..<hashes.count).prefix { hashes[$0] == hash }.map { Int(rows[$0]) }
  }
}
