import Vocabulary
import Wire

/// What stands around an event's data in its line, ready to be written.
///
/// A line's members are in the order of their names, so the envelope is a list of pieces: texts that are the same for all
/// events of the plan, and between them what a row gives.
struct EnvelopePlan {
  /// What the event itself has.
  struct Own {
    let data: [UInt8]
    let id: Range<Int>
    let time: Instant
    let subject: Range<Int>
  }

  private enum Piece {
    /// A stretch of `fixed`.
    case fixed(Range<Int>)
    case member(Int)
    case data, id, time, subject, headEnd, middleEnd
  }

  /// A member that the mapping fills from rows.
  private struct Member {
    let name: String
    /// `"role":`
    let prefix: Range<Int>
    let text: TextPlan
    let isOptional: Bool
    /// What the envelope says where the row does not: `"role":"SR",`.
    let standIn: Range<Int>?
  }

  private var fixed: [UInt8] = []
  private var pieces: [Piece] = []
  private var members: [Member] = []
  /// The place of the reason among the members, where it is one and the type needs it.
  private var reason: Int?

  init(
    _ specs: [MemberSpec], of declaration: Declaration, _ binder: Binder, about: Circumstances
  ) throws(MappingError) {
    for spec in specs {
      let text = try TextPlan(spec.value, binder)
      let standIn = about[keyPath: spec.path].map { fix(member: spec.name, $0) }
      if spec.name == "reason", declaration.needsReason, standIn == nil { reason = members.count }
      members.append(
        Member(
          name: spec.name, prefix: fix(Array("\"\(spec.name)\":".utf8)), text: text, isOptional: spec.value.isOptional,
          standIn: standIn))
    }
    arrange(declaration, about)
  }

  private mutating func fix(_ bytes: [UInt8]) -> Range<Int> {
    fixed += bytes
    return fixed.count - bytes.count..<fixed.count
  }

  private mutating func fix(member name: String, _ value: String) -> Range<Int> {
    var text = Text()
    text.append("\"\(name)\":")
    text.append(quoted: value)
    text.append(UInt8(ascii: ","))
    return fix(text.bytes)
  }

  /// The order of `Event.lineParts`.
  private mutating func arrange(_ declaration: Declaration, _ about: Circumstances) {
    add("{")
    for name in ["actor", "actorName", "batch", "causedBy", "channel", "correlation"] { add(member: name, about) }
    add("\"data\":")
    pieces.append(.data)
    add(",\"id\":")
    pieces.append(.id)
    add(",\"occurredAt\":\"")
    pieces.append(.time)
    add("\",")
    for name in ["onBehalfOf", "reason"] { add(member: name, about) }
    pieces.append(.headEnd)
    add(member: "role", about)
    pieces.append(.middleEnd)
    add(",")
    add(member: "sopVersion", about)
    add("\"subject\":")
    pieces.append(.subject)
    add(",\"type\":\(JSON.string(declaration.name).canonical),\"v\":\(declaration.version)}")
  }

  private mutating func add(_ text: String) { add(fix(Array(text.utf8))) }

  /// Stretches that follow each other are one.
  private mutating func add(_ range: Range<Int>) {
    if case .fixed(let before)? = pieces.last, before.upperBound == range.lowerBound {
      pieces[pieces.count - 1] = .fixed(before.lowerBound..<range.upperBound)
    } else {
      pieces.append(.fixed(range))
    }
  }

  private mutating func add(member name: String, _ about: Circumstances) {
    if let place = members.firstIndex(where: { $0.name == name }) {
      pieces.append(.member(place))
    } else if let value = Circumstances.members.first(where: { $0.name == name }).flatMap({ about[keyPath: $0.path] }) {
      add(fix(member: name, value))
    }
  }

  /// The texts of the members that come from the row, in their order; an empty one is left out.
  func ranges(in row: Row) throws(RowProblem) -> [Range<Int>] {
    guard !members.isEmpty else { return [] }
    var ranges: [Range<Int>] = []
    for place in members.indices {
      let range: Range<Int>
      do { range = try members[place].text.range(in: row) } catch { throw error.at(members[place].name) }
      if range.isEmpty, members[place].isOptional {
        if reason == place { throw RowProblem(.refused(EventError(.reasonNeeded, at: "reason"))) }
      } else {
        try EventPlan.check(range.count, limit: Circumstances.lengthLimit, at: members[place].name)
      }
      ranges.append(range)
    }
    return ranges
  }

  /// Writes the whole line and ends the event.
  func write(_ ranges: [Range<Int>], of row: Row, _ own: Own, into page: inout WrittenEvents) {
    for place in pieces.indices {
      switch pieces[place] {
      case .fixed(let range): page.text.bytes.append(contentsOf: fixed[range])
      case .member(let member): write(member, ranges[member], of: row, into: &page.text)
      case .data: page.text.bytes.append(contentsOf: own.data)
      case .id: page.text.append(quoted: own.id, of: row)
      case .time: page.text.append(own.time)
      case .subject: page.text.append(quoted: own.subject, of: row)
      case .headEnd: page.cutHead()
      case .middleEnd: page.cutMiddle()
      }
    }
    page.cutTail()
    page.text.bytes.append(contentsOf: row.bytes[own.subject])
    page.cutSubject()
    page.text.bytes.append(contentsOf: row.bytes[own.id])
    page.end()
  }

  private func write(_ member: Int, _ range: Range<Int>, of row: Row, into text: inout Text) {
    guard !range.isEmpty else {
      if let standIn = members[member].standIn { text.bytes.append(contentsOf: fixed[standIn]) }
      return
    }
    text.bytes.append(contentsOf: fixed[members[member].prefix])
    text.append(quoted: range, of: row)
    text.append(UInt8(ascii: ","))
  }
}

extension Text {
  /// A stretch of a row as a JSON string.
  fileprivate mutating func append(quoted range: Range<Int>, of row: Row) {
    row.bytes.withUnsafeBufferPointer { append(quoted: UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
