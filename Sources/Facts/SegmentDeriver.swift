import Projection
import Vocabulary
import Wire

/// Lines → facts, for one stretch of at most 65,536 events.
///
/// Two steps: `add` reads line after line; `finish` numbers the new subjects in the order of their names and packs the
/// columns. So the numbers do not depend on anything but which lines form the stretch.
public struct SegmentDeriver: ~Copyable {
  /// Events of one stretch: a row number has 16 bits.
  public static let rowLimit = 65_536
  /// Names that one stretch may bring.
  static let wordLimit = rowLimit * 32

  private struct Row {
    var at: Int64
    var layout: UInt32
    var subject: Int
    var account: Int?
    var varyingStart: Int
  }

  private let first: Int64
  private let reader: LineReader
  private var table: SubjectTable
  private var pending = NameTable()
  /// The account that a new subject's first event names, or to which it belongs by what that event says.
  private var owners: [Int?] = []
  private var rows: [Row] = []
  private var layouts = LayoutTable()
  private var varying: [Int64] = []
  private var words = PendingWords()
  private var slots: [LineFact] = []
  private var ids: [(hash: UInt32, row: UInt16)] = []

  /// - Precondition: `table.prepareLookup()` was called.
  public init(first: Int64, plans: LinePlans, table: SubjectTable) {
    self.first = first
    self.reader = LineReader(plans: plans)
    self.table = table
    pending.prepareLookup()
    words.prepare()
    rows.reserveCapacity(SegmentDeriver.rowLimit)
  }

  public var count: Int { rows.count }

  /// Reads one canonical line.
  /// - Precondition: fewer than `rowLimit` lines were added.
  public mutating func add(_ line: Span<UInt8>) throws(FactsError) {
    precondition(rows.count < SegmentDeriver.rowLimit)
    slots.removeAll(keepingCapacity: true)
    if line.isRedaction { return try keepRedaction() }
    do {
      if let facts = try reader.read(line, facts: &slots) {
        try keep(facts, line)
      } else {
        try addOlder(line)
      }
    } catch let error as FactsError {
      throw error
    } catch let error as JSONError {
      throw .unreadableLine(seq: first + Int64(rows.count), offset: error.offset)
    } catch let error as EventError {
      throw .refused(seq: first + Int64(rows.count), message: error.message(in: .en))
    } catch {
      throw .unreadableLine(seq: first + Int64(rows.count), offset: 0)
    }
  }

  /// A line that gave place to its hash keeps its row, so that rows stay positions, and says nothing: no projection
  /// knows its type, and its subject is nobody's.
  private mutating func keepRedaction() throws(FactsError) {
    guard let layout = layouts.number(of: TypeCode.redacted, []) else {
      throw .tooManyLayouts(seq: first + Int64(rows.count))
    }
    let nobody = number(Array("redacted:line".utf8).span, account: nil)
    rows.append(
      Row(at: rows.last?.at ?? 0, layout: layout, subject: nobody, account: nil, varyingStart: varying.count))
  }

  /// An older version of a type is brought to the newest one, and everything is taken from the line that it would
  /// have had: id, subject and facts, and the account, which an older shape may have named otherwise.
  private mutating func addOlder(_ line: Span<UInt8>) throws {
    let event = try Event(reading: line, by: reader.plans.catalogue)
    let parts = event.lineParts
    let newest = parts.head + parts.middle + Array("\"seq\":0".utf8) + parts.tail
    slots.removeAll(keepingCapacity: true)
    guard let facts = try reader.read(newest.span, facts: &slots) else {
      throw EventError(.unknownType(event.type), at: "type")
    }
    try keep(facts, newest.span)
  }

  private mutating func keep(_ facts: LineFacts, _ line: Span<UInt8>) throws(FactsError) {
    let account = facts.account.map { number(prefixed: line.extracting($0)) }
    let owner = account ?? owner(facts, line)
    let subject = number(line.extracting(facts.subject), account: owner)
    guard let layout = layouts.number(of: reader.plans.plans[facts.plan].code, slots) else {
      throw .tooManyLayouts(seq: first + Int64(rows.count))
    }
    if let id = facts.id {
      ids.append((SegmentDeriver.idHash(line.extracting(id)), UInt16(rows.count)))
    }
    rows.append(
      Row(at: facts.at, layout: layout, subject: subject, account: account, varyingStart: varying.count))
    var named = facts.named.makeIterator()
    var next = named.next()
    for (place, slot) in slots.enumerated() where slot.varies {
      if let fact = next, fact.place == place {
        varying.append(words.number(of: fact, in: line, table, at: varying.count))
        next = named.next()
      } else {
        varying.append(slot.value)
      }
    }
  }

  /// Known subjects keep their number; new ones are numbered below zero until `finish`.
  private mutating func number(_ name: Span<UInt8>, account: Int?) -> Int {
    if let known = table.find(name) { return known }
    if let new = pending.find(name) { return ~new }
    owners.append(account)
    return ~pending.insert(name)
  }

  /// The account of what the event says that its subject belongs with; `nil` where the log does not know that yet.
  private func owner(_ facts: LineFacts, _ line: Span<UInt8>) -> Int? {
    guard let leader = reader.plans.plans[facts.plan].leader, let text = facts.leader else { return nil }
    let id = line.extracting(text)
    var name = leader.prefix
    for place in id.indices { name.append(id[place]) }
    if let known = table.find(name.span) { return table.holder(of: Int(table.entry(known).account)) }
    return pending.find(name.span).map { owners[$0] ?? ~$0 }
  }

  private mutating func number(prefixed id: Span<UInt8>) -> Int {
    var name = reader.plans.accountPrefix
    for place in id.indices { name.append(id[place]) }
    return number(name.span, account: nil)
  }

  /// The hash under which an id is looked up.
  static func idHash(_ id: Span<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: NameTable.hash(id)) }
  public static func idHash(_ id: String) -> UInt32 {
    Array(rawJSON(id)).withUnsafeBufferPointer { idHash(Span(_unsafeElements: $0)) }
  }

  /// Numbers the new subjects, adds them to `table` and gives the packed columns.
  public consuming func finish(into table: inout SubjectTable) -> SegmentFacts {
    self.table = SubjectTable()  // the caller's may now grow where it stands, without a copy of all names
    var newSubjects = NewSubjects()
    let numbers = place(into: &table, &newSubjects)
    words.place(into: &table, &newSubjects, &varying)
    func resolve(_ subject: Int) -> Int { subject >= 0 ? subject : numbers[~subject] }
    var joins: [SegmentFacts.Join] = []
    var accounts: [UInt32] = []
    var kinds: [UInt8?] = []
    var ordinals: [UInt32] = []
    for row in rows {
      let entry = table.entry(resolve(row.subject))
      accounts.append(entry.account)
      let isAccount = table.holder(of: Int(entry.account)) == resolve(row.subject)
      kinds.append(isAccount ? nil : entry.kind)
      ordinals.append(entry.ordinal)
      guard let named = row.account.map({ table.entry(resolve($0)).account }), named != entry.account else { continue }
      if table.join(Int(entry.account), toAccountUnlessCustomer: Int(named)) {
        joins.append(SegmentFacts.Join(from: Int(entry.account), to: Int(named)))
      }
    }
    return pack(accounts, kinds, ordinals, newSubjects, joins)
  }

  /// Adds the new subjects in the order of their names, accounts first, so that an owner has a number before what it owns.
  private func place(into table: inout SubjectTable, _ added: inout NewSubjects) -> [Int] {
    var numbers = [Int](repeating: 0, count: pending.count)
    let sorted = (0..<pending.count).sorted { pending.precedes($0, $1) }
    let prefix = reader.plans.accountPrefix
    func isAccount(_ new: Int) -> Bool {
      owners[new] == nil || owners[new] == ~new || pending.withBytes(new) { starts($0, with: prefix) }
    }
    for new in sorted where isAccount(new) {
      numbers[new] = pending.withBytes(new) { table.addAccount($0) }
      pending.withBytes(new) { added.addAccount($0) }
    }
    for new in sorted where !isAccount(new) {
      guard let named = owners[new] else { continue }
      let owner = named >= 0 ? named : numbers[~named]
      numbers[new] = pending.withBytes(new) { table.add($0, ownedBy: owner) }
      pending.withBytes(new) { added.add($0, ownedBy: owner) }
    }
    return numbers
  }

  private func starts(_ name: Span<UInt8>, with prefix: [UInt8]) -> Bool {
    name.count > prefix.count && equal(prefix, name.extracting(0..<prefix.count))
  }

  private func pack(
    _ accounts: [UInt32], _ kinds: [UInt8?], _ ordinals: [UInt32], _ newSubjects: NewSubjects,
    _ joins: [SegmentFacts.Join]
  ) -> SegmentFacts {
    var final = FinalLayouts(layouts.list)
    let column = rows.indices.map { final.number(rows[$0].layout, kinds[$0]) }
    var packer = RowPacker(final.list)
    func forEachRow(_ body: (Int, UInt32, ArraySlice<Int64>) -> Void) {
      for (place, row) in rows.enumerated() {
        let end = place + 1 < rows.count ? rows[place + 1].varyingStart : varying.count
        body(Int(column[place]), ordinals[place], varying[row.varyingStart..<end])
      }
    }
    forEachRow { packer.measure($0, $1, $2) }
    let packed = packer.layouts
    var stream = BitWriter()
    forEachRow { packer.pack($0, packed[$0], $1, $2, into: &stream) }
    var facts = SegmentFacts(
      first: first, count: rows.count, layouts: packed, times: PackedTimes(rows.map(\.at)),
      accounts: PackedColumn(accounts), layoutColumn: PackedColumn(column), stream: stream.finish(),
      newSubjects: newSubjects,
      joins: joins, ids: IDColumn(ids))
    facts.rows = StretchRows(of: facts)
    return facts
  }
}
