import CChecksum
import Projection
import Vocabulary
import Wire

// One stretch's facts ↔ the bytes of its file. README.md beside this file describes them.

extension SegmentFacts {
  static let magic = Array("KFACTS03".utf8)
  /// Sections that one file may claim to have bytes for: a bound against lying lengths.
  static let sectionLimit = 1 << 30

  /// The file's bytes. `fingerprint` names the declarations by which the facts were derived.
  public func encoded(fingerprint: UInt64) -> [UInt8] {
    var bytes = SegmentFacts.magic
    bytes.append(contentsOf: withUnsafeBytes(of: fingerprint.littleEndian, Array.init))
    bytes.append(varint: UInt64(first))
    bytes.append(varint: UInt64(count))
    encodeLayouts(into: &bytes)
    bytes.append(varint: UInt64(times.unit))
    bytes.append(zigzag: times.base)
    bytes.append(section: times.widths)
    bytes.append(section: times.bytes)
    accounts.encode(into: &bytes)
    layoutColumn.encode(into: &bytes)
    bytes.append(section: stream)
    newSubjects.encode(into: &bytes)
    encodeJoins(into: &bytes)
    bytes.append(varint: UInt64(ids.hashes.count))
    for hash in ids.hashes { bytes.append(contentsOf: withUnsafeBytes(of: hash.littleEndian, Array.init)) }
    for row in ids.rows { bytes.append(contentsOf: withUnsafeBytes(of: row.littleEndian, Array.init)) }
    let checksum = bytes.withUnsafeBytes { keshi_crc32c(0, $0.baseAddress, $0.count) }
    bytes.append(contentsOf: withUnsafeBytes(of: checksum.littleEndian, Array.init))
    return bytes
  }

  private func encodeLayouts(into bytes: inout [UInt8]) {
    bytes.append(varint: UInt64(layouts.count))
    for layout in layouts {
      bytes.append(contentsOf: [layout.type.family, layout.type.type, layout.kind ?? 255])
      if let subject = layout.subject { append(subject, to: &bytes) }
      bytes.append(UInt8(layout.slots.count))
      for slot in layout.slots {
        bytes.append(slot.tag)
        append(slot, to: &bytes)
      }
    }
  }

  private func append(_ slot: FactSlot, to bytes: inout [UInt8]) {
    bytes.append(slot.width)
    bytes.append(zigzag: slot.base)
  }

  private func encodeJoins(into bytes: inout [UInt8]) {
    bytes.append(varint: UInt64(joins.count))
    for join in joins {
      bytes.append(varint: UInt64(join.from))
      bytes.append(varint: UInt64(join.to))
    }
  }

  /// Reads a file's bytes. What a fold relies on is checked here, once: widths, counts, lengths, and that every row
  /// names a known layout and has its bytes in the stream. What depends on the stretches before is left for `follow`,
  /// so that files can be read side by side.
  ///
  /// - Returns: `nil` where other declarations made the file: it must be derived again.
  public init?(decoding bytes: [UInt8], fingerprint: UInt64, file: String) throws(FactsError) {
    var decoder = FactsDecoder(bytes, file: file)
    guard try decoder.header() == fingerprint else { return nil }
    var decoded = try decoder.facts()
    try decoded.check(file: file)
    self = decoded
  }

  /// The same for a stretch whose table before it is at hand.
  public init?(
    decoding bytes: [UInt8], fingerprint: UInt64, table: SubjectTable, file: String
  ) throws(FactsError) {
    try self.init(decoding: bytes, fingerprint: fingerprint, file: file)
    var after = table
    guard follows(table), applyIfItFits(to: &after) else { throw .damaged(file: file, what: "a number points nowhere") }
  }

  /// Whether every account and owner that this stretch names is known once `table` has this stretch's subjects.
  public func follows(_ table: SubjectTable) -> Bool {
    let known = table.count + newSubjects.accountCount
    let accounts = table.accountCount + newSubjects.accountCount
    return reach < accounts && newSubjects.owners.enumerated().allSatisfy { $1 < known + $0 }
      && joins.allSatisfy { $0.from < accounts && $0.to < accounts }
  }

  /// Repeats on `table` what deriving this stretch did to it, and says whether every kind and every subject that a row
  /// names is then known. Where not, the file lies and the table is spoilt: both must be thrown away.
  /// - Precondition: `follows(table)`.
  public func applyIfItFits(to table: inout SubjectTable) -> Bool {
    apply(to: &table)
    return table.kinds.count < SubjectTable.kindLimit
      && ordinalReach.allSatisfy { kind, ordinal in
        Int(kind) < table.kinds.count && Int(ordinal) < table.count(ofKind: Int(kind))
      }
  }
}

extension [UInt8] {
  fileprivate mutating func append(section: [UInt8]) {
    append(varint: UInt64(section.count))
    append(contentsOf: section)
  }
}
