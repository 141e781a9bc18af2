import CChecksum
import Projection
import Vocabulary
import Wire

/// Reads a file of facts step by step; every length is checked before it is believed.
struct FactsDecoder {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var end: Int

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    end = bytes.count - 4
  }

  private func damaged(_ what: String) -> FactsError { .damaged(file: file, what: what) }

  /// Checks magic and checksum and gives the fingerprint of the declarations.
  mutating func header() throws(FactsError) -> UInt64 {
    guard bytes.count > 24, bytes.starts(with: SegmentFacts.magic) else { throw damaged("no file of facts") }
    let stored = bytes.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: end, as: UInt32.self)) }
    let actual = bytes.withUnsafeBytes { keshi_crc32c(0, $0.baseAddress, end) }
    guard stored == actual else { throw damaged("the checksum is wrong") }
    position = 16
    return bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
  }

  mutating func facts() throws(FactsError) -> SegmentFacts {
    let first = try number(limit: 1 << 53)
    let count = try number(limit: SegmentDeriver.rowLimit)
    let layouts = try layouts()
    let unit = try number(limit: 1_000_000)
    let base = try zigzag()
    let widths = try section()
    let timeBytes = try section()
    let accounts = try column()
    let layoutColumn = try column()
    let stream = try section()
    let subjects = try subjects()
    let joins = try joins()
    let ids = try ids()
    guard position == end else { throw damaged("something follows the facts") }
    return SegmentFacts(
      first: Int64(first), count: count, layouts: layouts,
      times: PackedTimes(unit: Int64(unit), base: base, widths: widths, bytes: timeBytes), accounts: accounts,
      layoutColumn: layoutColumn, stream: stream, newSubjects: subjects, joins: joins, ids: ids)
  }

  private mutating func layouts() throws(FactsError) -> [SegmentFacts.Layout] {
    var list: [SegmentFacts.Layout] = []
    for _ in 0..<(try number(limit: LayoutTable.limit)) {
      let type = TypeCode(family: try byte(), type: try byte())
      let kind = try byte()
      var bit = 0
      let subject = kind == 255 ? nil : try slot(tag: 0, at: &bit)
      var slots: [FactSlot] = []
      for _ in 0..<(try byte()) { slots.append(try slot(tag: try byte(), at: &bit)) }
      list.append(
        SegmentFacts.Layout(type: type, kind: kind == 255 ? nil : kind, subject: subject, slots: slots, bitCount: bit))
    }
    return list
  }

  private mutating func slot(tag: UInt8, at bit: inout Int) throws(FactsError) -> FactSlot {
    let width = Int(try byte())
    guard width <= 64 else { throw damaged("a field is too wide") }
    defer { bit += width }
    return FactSlot(tag: tag, base: try zigzag(), bit: bit, width: width)
  }

  private mutating func column() throws(FactsError) -> PackedColumn {
    PackedColumn(width: Int(try byte()), bytes: try section())
  }

  private mutating func subjects() throws(FactsError) -> NewSubjects {
    let count = try number(limit: SegmentDeriver.rowLimit * 2)
    let accounts = try number(limit: count)
    let names = try names(count)
    let owners = try column()
    guard owners.holds(count - accounts) else { throw damaged("the owners are cut") }
    let reader = owners.reader
    let words = try self.names(try number(limit: SegmentDeriver.wordLimit))
    return NewSubjects(
      names: names, accountCount: accounts, owners: (0..<count - accounts).map { reader[$0] }, words: words)
  }

  private mutating func names(_ count: Int) throws(FactsError) -> NameTable {
    var names = NameTable()
    var before = 0
    for _ in 0..<count {
      let lengths = try byte()
      let dropped = try length(lengths >> 4)
      let added = try length(lengths & 15)
      guard dropped <= before, position + added <= end else { throw damaged("a name is cut") }
      names.insert(keeping: before - dropped, then: bytes[position..<position + added])
      position += added
      before += added - dropped
    }
    return names
  }

  private mutating func length(_ nibble: UInt8) throws(FactsError) -> Int {
    nibble < NewSubjects.inByte ? Int(nibble) : Int(NewSubjects.inByte) + (try number(limit: 10_000))
  }

  private mutating func joins() throws(FactsError) -> [SegmentFacts.Join] {
    var list: [SegmentFacts.Join] = []
    for _ in 0..<(try number(limit: SegmentDeriver.rowLimit)) {
      list.append(SegmentFacts.Join(from: try number(limit: 1 << 32), to: try number(limit: 1 << 32)))
    }
    return list
  }

  private mutating func ids() throws(FactsError) -> IDColumn {
    let count = try number(limit: SegmentDeriver.rowLimit)
    guard position + count * 6 <= end else { throw damaged("the ids are cut") }
    var ids = IDColumn()
    bytes.withUnsafeBytes { raw in
      ids.hashes = (0..<count).map { raw.loadUnaligned(fromByteOffset: position + $0 * 4, as: UInt32.self).littleEndian }
      let rows = position + count * 4
      ids.rows = (0..<count).map { raw.loadUnaligned(fromByteOffset: rows + $0 * 2, as: UInt16.self).littleEndian }
    }
    position += count * 6
    return ids
  }

  private mutating func byte() throws(FactsError) -> UInt8 {
    guard position < end else { throw damaged("it ends early") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func varint() throws(FactsError) -> UInt64 {
    var reader = ByteReader(bytes.span.bytes.extracting(0..<end), at: position)
    guard let value = reader.varint() else { throw damaged("a number is cut") }
    position = reader.position
    return value
  }

  private mutating func number(limit: Int) throws(FactsError) -> Int {
    let value = try varint()
    guard value <= UInt64(limit) else { throw damaged("a number is beyond its limit") }
    return Int(value)
  }

  private mutating func zigzag() throws(FactsError) -> Int64 {
    let raw = try varint()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  private mutating func section() throws(FactsError) -> [UInt8] {
    let length = try number(limit: SegmentFacts.sectionLimit)
    guard position + length <= end else { throw damaged("a section is cut") }
    defer { position += length }
    return Array(bytes[position..<position + length])
  }
}

extension SegmentFacts {
  /// What a fold relies on without looking again.
  mutating func check(file: String) throws(FactsError) {
    func fail(_ what: String) -> FactsError { .damaged(file: file, what: what) }
    for column in [accounts, layoutColumn] {
      guard column.holds(count) else { throw fail("a column is too short") }
    }
    guard times.unit > 0, times.widths.count == (count + PackedTimes.group - 1) / PackedTimes.group,
      times.widths.allSatisfy({ $0 <= 64 }), times.bytes.count == PackedTimes.byteCount(count, widths: times.widths)
    else { throw fail("the times are too short") }
    guard ids.rows.allSatisfy({ $0 < count }) else { throw fail("a number points nowhere") }
    let rows = try countRows(file: file)
    reach = greatestAccount
    familyCounts = families(of: rows)
    ordinalReach = greatestOrdinals()
    self.rows = StretchRows(of: self)
  }

  /// The greatest subject number that a row names, by kind. The rows must have been checked.
  private func greatestOrdinals() -> [UInt8: UInt32] {
    guard layouts.contains(where: { $0.subject != nil }) else { return [:] }
    // Apart from the layouts, whose lists would be counted at each row.
    let slots = layouts.map(\.subject)
    let bitCounts = layouts.map(\.bitCount)
    var greatest = [UInt32?](repeating: nil, count: layouts.count)
    let layoutNumbers = layoutColumn.reader
    let bytes = stream.span.bytes
    var bit = 0
    for row in 0..<count {
      let number = Int(layoutNumbers[row])
      if let slot = slots[number] { greatest[number] = max(greatest[number] ?? 0, slot.ordinal(in: bytes, at: bit)) }
      bit += bitCounts[number]
    }
    var byKind: [UInt8: UInt32] = [:]
    for (layout, ordinal) in zip(layouts, greatest) {
      if let kind = layout.kind, let ordinal { byKind[kind] = max(byKind[kind] ?? 0, ordinal) }
    }
    return byKind
  }

  /// The greatest account that a row names, -1 where there are none.
  private var greatestAccount: Int {
    let accounts = accounts.reader
    var greatest: UInt32 = 0
    for row in 0..<count { greatest = max(greatest, accounts[row]) }
    return count == 0 ? -1 : Int(greatest)
  }

  /// Checks the rows and gives how many there are of each layout.
  private func countRows(file: String) throws(FactsError) -> [Int] {
    let layoutNumbers = layoutColumn.reader
    var rows = [Int](repeating: 0, count: layouts.count)
    for row in 0..<count {
      let layout = Int(layoutNumbers[row])
      guard layout < rows.count else { throw .damaged(file: file, what: "row \(row) points nowhere") }
      rows[layout] += 1
    }
    let bits = zip(rows, layouts).reduce(0) { $0 + $1.0 * $1.1.bitCount }
    guard stream.count == (bits + 7) / 8 + BitPacking.slack else {
      throw .damaged(file: file, what: "the stream has another length")
    }
    return rows
  }

  private func families(of rows: [Int]) -> [UInt8: Int] {
    zip(rows, layouts).reduce(into: [:]) { $0[$1.1.type.family, default: 0] += $1.0 }
  }
}
