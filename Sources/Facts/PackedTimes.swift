import Projection

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

  /// Asks for the width of the group of a row. Only a hint.
  func willNeedWidth(of row: Int) { PrefetchHints(of: widths).willNeed(row / PackedTimes.group) }

  /// Asks for the time of a row, by where its group begins. Only a hint.
  func willNeed(_ row: Int, groupAt offset: Int) {
    let width = Int(widths[row / PackedTimes.group])
    PrefetchHints(of: bytes).willNeed(offset + row % PackedTimes.group * width / 8)
  }

  /// The times of one group, in microseconds.
  typealias Group = InlineArray<128, Int64>
  var reader: Reader { @_lifetime(borrow self) get { Reader(self) } }

  /// Unpacks group after group.
  struct Reader: ~Escapable {
    private let widths: Span<UInt8>
    private let bytes: RawSpan
    private let unit: Int64
    private var time: Int64
    private var number = 0
    /// Where the next group begins.
    private(set) var offset = 0

    @_lifetime(borrow times)
    fileprivate init(_ times: borrowing PackedTimes) {
      widths = times.widths.span
      bytes = times.bytes.span.bytes
      unit = times.unit
      time = times.base
    }

    /// The time of one row, by where its group begins and the time of a row before it.
    /// - Precondition: `row` is behind `known`, in the same group or the first of it.
    func time(of row: Int, from known: Int, at time: Int64, groupAt offset: Int) -> Int64 {
      let width = Int(widths[row / PackedTimes.group])
      let group = bytes.extracting(offset..<bytes.byteCount)
      let mask = BitPacking.mask(width)
      var steps: Int64 = 0
      for place in (known + 1) % PackedTimes.group...row % PackedTimes.group {
        let step =
          width > BitPacking.widthLimit
          ? UInt64(littleEndian: group.unsafeLoadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
          : BitPacking.number(place, width: width, mask: mask, in: group)
        steps &+= Int64(bitPattern: step >> 1) ^ -Int64(bitPattern: step & 1)
      }
      return time &+ steps &* unit
    }

    /// Unpacks the next group, which has `count` rows.
    mutating func next(_ count: Int, into times: inout Group) {
      let width = Int(widths[number])
      let group = bytes.extracting(offset..<bytes.byteCount)
      if width > BitPacking.widthLimit {
        for row in 0..<count {
          add(UInt64(littleEndian: group.unsafeLoadUnaligned(fromByteOffset: row * 8, as: UInt64.self)))
          times[row] = time
        }
        offset += count * 8
      } else {
        let mask = BitPacking.mask(width)
        for row in 0..<count {
          add(BitPacking.number(row, width: width, mask: mask, in: group))
          times[row] = time
        }
        offset += (count * width + 7) / 8
      }
      number += 1
    }

    @inline(__always) private mutating func add(_ step: UInt64) {
      time &+= (Int64(bitPattern: step >> 1) ^ -Int64(bitPattern: step & 1)) &* unit
    }
  }
}
