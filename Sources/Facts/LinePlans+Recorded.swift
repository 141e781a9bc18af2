public import Projection
public import Vocabulary
public import Wire

/// One event as projections see it, held apart from its line: for a single subject's history.
public struct HeldEvent: Sendable {
  public let type: TypeCode
  /// Business time.
  public var at: Instant
  public let seq: Int64
  /// The name of what it is about.
  public let subject: String
  /// The same by its numbers; `nobody` where the log did not know it then.
  public let own: OwnSubject
  /// The id of the account that it names, without its kind; `nil` where it names none.
  public let account: String?
  /// The name of what it says that its subject belongs with; `nil` where it says nothing of the kind.
  public let leader: String?
  public var slots: [FactSlot]

  public init(
    type: TypeCode, at: Instant, seq: Int64, subject: String, own: OwnSubject = .nobody, account: String?,
    leader: String? = nil, slots: [FactSlot]
  ) {
    (self.type, self.at, self.seq) = (type, at, seq)
    (self.subject, self.own, self.account, self.leader, self.slots) = (subject, own, account, leader, slots)
  }

  /// Shows it to `body` as projections see it.
  public func withRecorded<R>(_ body: (borrowing Recorded) throws -> R) rethrows -> R {
    try body(Recorded(type: type, at: at, seq: seq, subject: own, slots: slots.span))
  }
}

extension LinePlans {
  /// Reads one canonical line as projections see it. For one customer's history this spares the derivation of the whole
  /// stretch.
  /// - Parameter numbering: that of the log at this position, or `Unnumbered` for who looks at no facts.
  /// - Throws: `FactsError` where the line is not one that Keshi writes.
  public func held(_ line: Span<UInt8>, seq: Int64, _ numbering: some Numbering) throws -> HeldEvent {
    var numbers: [LineFact] = []
    do {
      if let facts = try LineReader(plans: self).read(line, facts: &numbers) {
        for fact in facts.named { numbers[fact.place] = numbers[fact.place].numbered(by: numbering, fact, in: line) }
        let subject = fromRawJSON(facts.subject.map { line[$0] })
        return HeldEvent(
          type: plans[facts.plan].code, at: Instant(microseconds: facts.at), seq: seq,
          subject: subject, own: OwnSubject(packed: numbering.subject(named: subject)) ?? .nobody,
          account: facts.account.map { fromRawJSON($0.map { line[$0] }) },
          leader: facts.leader.flatMap { text in plans[facts.plan].leader.map { fromRawJSON($0.prefix + text.map { line[$0] }) } },
          slots: numbers.map { FactSlot(tag: $0.tag, value: $0.value) } + numbering.slots(of: subject))
      }
    } catch {
      throw FactsError.unreadableLine(seq: seq, offset: error.offset)
    }
    return try heldOlder(line, seq: seq, numbering)
  }

  /// A line whose data has an older shape.
  private func heldOlder(_ line: Span<UInt8>, seq: Int64, _ numbering: some Numbering) throws -> HeldEvent {
    let event: Event
    do { event = try Event(reading: line, by: catalogue) } catch {
      throw FactsError.refused(seq: seq, message: error.message(in: .en))
    }
    guard let held = held(event, seq: seq, numbering) else { throw FactsError.unreadableLine(seq: seq, offset: 0) }
    return held
  }

  /// An event that was read already; `nil` where its type is not declared.
  public func held(_ event: Event, seq: Int64, _ numbering: some Numbering) -> HeldEvent? {
    guard let entry = catalogue.entry(named: event.type) else { return nil }
    let account = entry.declaration.fields.first { field in
      if case .reference(catalogue.accountKind) = field.kind { return field.name == catalogue.accountKind.word }
      return false
    }
    let subject = event.subject.description
    return HeldEvent(
      type: entry.code, at: event.occurredAt, seq: seq, subject: subject,
      own: OwnSubject(packed: numbering.subject(named: subject)) ?? .nobody,
      account: account.flatMap { event.data[$0.name]?.string },
      leader: plans.first { $0.code == entry.code }?.leader.flatMap { leader in
        event.data[String(decoding: leader.name, as: UTF8.self)]?.string.map { String(decoding: leader.prefix, as: UTF8.self) + $0 }
      },
      slots: FactEncoder.slots(
        of: event.data, actor: event.about.actor, role: event.about.role, by: entry.declaration, numbering)
        + numbering.slots(of: subject))
  }
}

extension Numbering {
  /// What an event is about, as a fold is shown it.
  fileprivate func slots(of subject: String) -> [FactSlot] {
    thing(subject).map { [FactSlot(tag: EnvelopeFact.thing.rawValue, value: $0)] } ?? []
  }
}

extension LineFact {
  /// The same fact with its number.
  fileprivate func numbered(by numbering: some Numbering, _ fact: NamedFact, in line: Span<UInt8>) -> LineFact {
    let text = fromRawJSON(fact.text.map { line[$0] })
    let value =
      switch fact.of {
      case .word: numbering.name(text)
      case .reference(let prefix):
        numbering.subject(EntityKind(String(decoding: prefix.dropLast(), as: UTF8.self), Name("", "")), text)
      case .subject: numbering.subject(named: text)
      }
    return LineFact(tag: tag, varies: varies, value: value)
  }
}
