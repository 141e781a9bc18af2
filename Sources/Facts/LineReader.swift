import Projection
import Vocabulary
import Wire

/// What one line gave: ranges into it, and its facts.
struct LineFacts {
  var plan = 0
  var subject = 0..<0
  /// The id of the account that the event names, without its kind.
  var account: Range<Int>?
  /// What the subject belongs with, as `LinePlans.Leader` says.
  var leader: Range<Int>?
  var id: Range<Int>?
  var at: Int64 = 0
  /// Facts whose number the log gives, in the order of the facts.
  var named: [NamedFact] = []
}

/// A fact whose value is the number of a text.
struct NamedFact {
  /// Its place among the line's facts.
  let place: Int
  let text: Range<Int>
  let of: Of

  enum Of {
    /// A name.
    case word
    /// A subject of a known kind; the bytes stand before the text in its name.
    case reference(prefix: [UInt8])
    /// A subject; the text is its whole name.
    case subject
  }
}

/// One number that a line gave: under which tag, and whether its kind is one of few words or of many values.
struct LineFact: Hashable {
  let tag: UInt8
  let varies: Bool
  let value: Int64
}

/// Reads a canonical line in place. No string is made; facts are appended to the caller's array.
struct LineReader {
  let plans: LinePlans

  /// - Throws: `JSONError` at the byte where the line is not canonical.
  func read(_ line: Span<UInt8>, facts: inout [LineFact]) throws(JSONError) -> LineFacts? {
    var result = LineFacts()
    var end = line.count
    let version = try trailingVersion(line, &end)
    let type = try trailingText(line, &end, after: "\"type\":\"")
    guard let plan = plans.plan(line.extracting(type)) else { return nil }
    guard version == plans.plans[plan].version else { return nil }
    result.plan = plan
    result.subject = try trailingText(line, &end, after: ",\"subject\":\"")
    var scanner = JSONScanner(line, at: 1)
    try walk(&scanner, line, &result, &facts)
    return result
  }

  /// The members before the subject: takes `data`, `id` and `occurredAt`, and who recorded it and in which role where
  /// that is a fact.
  private func walk(
    _ scanner: inout JSONScanner, _ line: Span<UInt8>, _ result: inout LineFacts, _ facts: inout [LineFact]
  ) throws(JSONError) {
    while true {
      let name = try scanner.rawString().range
      try scanner.expect(UInt8(ascii: ":"))
      switch (name.count, line[name.lowerBound]) {
      case (5, UInt8(ascii: "a")) where plans.plans[result.plan].tellsActor && line[name.lowerBound + 1] == UInt8(ascii: "c"):
        note(try scanner.rawString().range, EnvelopeFact.actor.rawValue, .word, &result, &facts)
      case (4, UInt8(ascii: "d")):
        try readMembers(plans.plans[result.plan].members, &scanner, line, &result, &facts)
      case (2, UInt8(ascii: "i")): result.id = try scanner.rawString().range
      case (10, UInt8(ascii: "o")) where line[name.lowerBound + 1] == UInt8(ascii: "c"):
        let text = try scanner.rawString().range
        guard let instant = Instant(iso: line.extracting(text)) else {
          throw JSONError(.unexpected(line[text.lowerBound]), at: text.lowerBound)
        }
        result.at = instant.microseconds
        if !plans.plans[result.plan].tellsRole { return }
      case (4, UInt8(ascii: "r")):
        return note(try scanner.rawString().range, EnvelopeFact.role.rawValue, .word, &result, &facts)
      case (3, UInt8(ascii: "s")): return
      default: try scanner.skipValue()
      }
      try scanner.expect(UInt8(ascii: ","))
    }
  }

  /// Walks an object and its plan side by side: both are in the order of their names.
  private func readMembers(
    _ members: [LinePlans.Member], _ scanner: inout JSONScanner, _ line: Span<UInt8>, _ result: inout LineFacts,
    _ facts: inout [LineFact]
  ) throws(JSONError) {
    try scanner.expect(UInt8(ascii: "{"))
    if scanner.accept(UInt8(ascii: "}")) { return }
    var next = 0
    repeat {
      let name = try scanner.rawString().range
      try scanner.expect(UInt8(ascii: ":"))
      let bytes = line.extracting(name)
      while next < members.count, precedes(members[next].name, bytes) { next += 1 }
      if next < members.count, equal(members[next].name, bytes) {
        try takeMember(members[next], &scanner, line, &result, &facts)
        next += 1
      } else {
        try scanner.skipValue()
      }
    } while scanner.accept(UInt8(ascii: ","))
    try scanner.expect(UInt8(ascii: "}"))
  }

  /// A member that is a fact, says where the subject belongs, or both.
  private func takeMember(
    _ member: LinePlans.Member, _ scanner: inout JSONScanner, _ line: Span<UInt8>, _ result: inout LineFacts,
    _ facts: inout [LineFact]
  ) throws(JSONError) {
    let start = scanner.position
    if let take = member.take {
      try self.take(member, take, &scanner, line, &result, &facts)
    } else {
      try scanner.skipValue()
    }
    // Of a text: what stands between its quotes.
    guard let leader = plans.plans[result.plan].leader, leader.name == member.name else { return }
    result.leader = start + 1..<scanner.position - 1
  }

  private func note(
    _ text: Range<Int>, _ tag: UInt8, _ of: NamedFact.Of, _ result: inout LineFacts, _ facts: inout [LineFact]
  ) {
    result.named.append(NamedFact(place: facts.count, text: text, of: of))
    facts.append(LineFact(tag: tag, varies: true, value: 0))
  }

  /// The items of a list, each a fact of its own; none of a list that is too long.
  private func takeList(
    _ member: LinePlans.Member, _ item: LinePlans.Take, _ scanner: inout JSONScanner, _ line: Span<UInt8>,
    _ result: inout LineFacts, _ facts: inout [LineFact]
  ) throws(JSONError) {
    try scanner.expect(UInt8(ascii: "["))
    if scanner.accept(UInt8(ascii: "]")) { return }
    let (before, named) = (facts.count, result.named.count)
    repeat { try take(member, item, &scanner, line, &result, &facts) } while scanner.accept(UInt8(ascii: ","))
    try scanner.expect(UInt8(ascii: "]"))
    guard facts.count - before > Field.factsPerList else { return }
    facts.removeSubrange(before...)
    result.named.removeSubrange(named...)
  }

  /// The records of a list with a mark before each and one at the end, as `FactEncoder` lays them out. A mark is part of
  /// the event's shape and takes no bits.
  private func takeRecords(
    _ member: LinePlans.Member, _ members: [LinePlans.Member], _ scanner: inout JSONScanner, _ line: Span<UInt8>,
    _ result: inout LineFacts, _ facts: inout [LineFact]
  ) throws(JSONError) {
    try scanner.expect(UInt8(ascii: "["))
    if scanner.accept(UInt8(ascii: "]")) { return }
    let (before, named) = (facts.count, result.named.count)
    var count: Int64 = 0
    repeat {
      count += 1
      facts.append(LineFact(tag: member.tag, varies: false, value: count))
      try readMembers(members, &scanner, line, &result, &facts)
    } while scanner.accept(UInt8(ascii: ","))
    try scanner.expect(UInt8(ascii: "]"))
    guard members.isEmpty || count > Field.recordsPerList else {
      return facts.append(LineFact(tag: member.tag, varies: false, value: 0))
    }
    facts.removeSubrange(before...)
    result.named.removeSubrange(named...)
    facts.append(LineFact(tag: member.tag, varies: false, value: -count))
  }

  /// One record, laid out as a list of one.
  private func takeRecord(
    _ member: LinePlans.Member, _ members: [LinePlans.Member], _ scanner: inout JSONScanner, _ line: Span<UInt8>,
    _ result: inout LineFacts, _ facts: inout [LineFact]
  ) throws(JSONError) {
    guard !members.isEmpty else {
      try scanner.skipValue()
      return facts.append(LineFact(tag: member.tag, varies: false, value: -1))
    }
    facts.append(LineFact(tag: member.tag, varies: false, value: 1))
    try readMembers(members, &scanner, line, &result, &facts)
    facts.append(LineFact(tag: member.tag, varies: false, value: 0))
  }

  private func take(
    _ member: LinePlans.Member, _ take: LinePlans.Take, _ scanner: inout JSONScanner, _ line: Span<UInt8>,
    _ result: inout LineFacts, _ facts: inout [LineFact]
  ) throws(JSONError) {
    let start = scanner.position
    var constant = true
    var number: Int64?
    switch take {
    case .name: return note(try scanner.rawString().range, member.tag, .word, &result, &facts)
    case .reference(let prefix):
      return note(try scanner.rawString().range, member.tag, .reference(prefix: prefix), &result, &facts)
    case .subject: return note(try scanner.rawString().range, member.tag, .subject, &result, &facts)
    case .list(let item): return try takeList(member, item, &scanner, line, &result, &facts)
    case .records(let members): return try takeRecords(member, members, &scanner, line, &result, &facts)
    case .record(let members): return try takeRecord(member, members, &scanner, line, &result, &facts)
    case .whole:
      number = try scanner.integer()
      constant = false
    case .presence:
      number = 1
      try scanner.skipValue()
    case .flag:
      number = try scanner.peek() == UInt8(ascii: "t") ? 1 : 0
      try scanner.skipValue()
    case .account:
      let text = try scanner.rawString().range
      result.account = text
      if member.tag != 0 { note(text, member.tag, .reference(prefix: plans.accountPrefix), &result, &facts) }
      return
    case .decimal:
      // One beyond what a fact holds is none; the line is right all the same.
      let text = try scanner.rawString().range
      guard let millionths = FactEncoder.number(ofDecimal: line.extracting(text)) else { return }
      number = millionths
      constant = false
    case .day:
      number = Day(iso: line.extracting(try scanner.rawString().range)).map { Int64($0.number) }
      constant = false
    case .instant:
      number = Instant(iso: line.extracting(try scanner.rawString().range))?.microseconds
      constant = false
    case .hash:
      number = FactEncoder.number(ofHash: line.extracting(try scanner.rawString().range))
      constant = false
    case .currency:
      number = currency(line.extracting(try scanner.rawString().range))
    case .code(let codes):
      let text = line.extracting(try scanner.rawString().range)
      for code in codes where equal(code.text, text) { number = code.number }
    }
    guard let number else { throw JSONError(.unexpected(line[start]), at: start) }
    facts.append(LineFact(tag: member.tag, varies: !constant, value: number))
  }

  private func currency(_ text: Span<UInt8>) -> Int64? {
    guard text.count == 3 else { return nil }
    var number: Int64 = 0
    for place in 0..<3 {
      guard (0x41...0x5A).contains(text[place]) else { return nil }
      number = number * 26 + Int64(text[place] - 0x41)
    }
    return number
  }

  private func precedes(_ a: [UInt8], _ b: Span<UInt8>) -> Bool {
    let shared = min(a.count, b.count)
    for place in 0..<shared where a[place] != b[place] { return a[place] < b[place] }
    return a.count < b.count
  }

  /// Reads `,"v":n}` off the end.
  private func trailingVersion(_ line: Span<UInt8>, _ end: inout Int) throws(JSONError) -> Int {
    guard end > 12, line[end - 1] == UInt8(ascii: "}") else { throw JSONError(.ended, at: end) }
    var digit = end - 2
    var value = 0
    var scale = 1
    while digit > 8, line[digit] &- 0x30 <= 9, scale < 1_000_000 {
      value += Int(line[digit] - 0x30) * scale
      scale *= 10
      digit -= 1
    }
    let key: StaticString = ",\"v\":"
    end = digit + 1 - key.utf8CodeUnitCount
    guard value > 0, end > 0, matches(line, at: end, key) else { throw JSONError(.unexpected(line[digit]), at: digit) }
    return value
  }

  /// Reads a string value off the end, which must follow `key`. A raw quote inside a string is always escaped, so the
  /// last place where `key` stands is the member itself.
  private func trailingText(
    _ line: Span<UInt8>, _ end: inout Int, after key: StaticString
  ) throws(JSONError) -> Range<Int> {
    let close = line[end - 1] == UInt8(ascii: ",") ? end - 2 : end - 1
    guard close > 0, line[close] == UInt8(ascii: "\"") else { throw JSONError(.unexpected(line[max(0, close)]), at: max(0, close)) }
    var start = close - key.utf8CodeUnitCount
    while start > 0 {
      if matches(line, at: start, key) {
        let text = start + key.utf8CodeUnitCount..<close
        end = start
        return text
      }
      start -= 1
    }
    throw JSONError(.ended, at: close)
  }

  @inline(__always)
  private func matches(_ line: Span<UInt8>, at start: Int, _ key: StaticString) -> Bool {
    guard line[start] == key.utf8Start[0] else { return false }
    for place in 1..<key.utf8CodeUnitCount where line[start + place] != key.utf8Start[place] { return false }
    return true
  }
}
