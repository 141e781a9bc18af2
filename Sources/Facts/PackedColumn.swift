import Wire

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

  /// Width, length, bytes.
  func encode(into file: inout [UInt8]) {
    file.append(UInt8(width))
    file.append(varint: UInt64(bytes.count))
    file.append(contentsOf: bytes)
  }

  /// Whether there are bytes for so many numbers.
  func holds(_ count: Int) -> Bool { width <= 32 && bytes.count >= BitPacking.byteCount(count, width: width) }

  var reader: Reader { @_lifetime(borrow self) get { Reader(self) } }

  /// Gives the numbers by their places.
  struct Reader: ~Escapable {
    private let bytes: RawSpan
    private let width: Int
    private let mask: UInt64

    @_lifetime(borrow column)
    fileprivate init(_ column: borrowing PackedColumn) {
      bytes = column.bytes.span.bytes
      width = column.width
      mask = BitPacking.mask(column.width)
    }

    subscript(place: Int) -> UInt32 {
      @inline(__always) get {
        UInt32(truncatingIfNeeded: BitPacking.number(place, width: width, mask: mask, in: bytes))
      }
    }
  }
}
