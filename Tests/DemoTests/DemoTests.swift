import Events
import Testing
import Vocabulary
import Wire

@testable import Demo

/// The invented company: the same for the same seed, valid, in order, and like a company.
@Suite struct DemoTests {
  static let ending = Day(date: 2026, 10, 31)

  private func events(_ customers: Int, seed: UInt64) -> [Event] {
    var events: [Event] = []
    DemoCompany(customers: customers, seed: seed, ending: DemoTests.ending).forEachEvent { events.append($0) }
    return events
  }

  /// FNV-1a over the canonical lines.
  private func fingerprint(_ events: [Event]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for event in events {
      for byte in JSON.object(event.json).canonical.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return hash
  }

  @Test func theSameSeedGivesTheSameEvents() {
    let first = fingerprint(events(40, seed: 7))
    #expect(first == fingerprint(events(40, seed: 7)))
    #expect(first != fingerprint(events(40, seed: 8)))
  }

  @Test(arguments: [1, 2, 60]) func everyEventIsValid(_ customers: Int) throws {
    let events = events(customers, seed: 3)
    #expect(!events.isEmpty)
    for event in events {
      let entry = try #require(Catalogue.keshi.entry(named: event.type))
      try event.check(against: entry.declaration)
      #expect(event.id == nil && event.seq == nil && event.recordedAt == nil)
      #expect(event.about.actor != nil && event.about.actorName != nil)
    }
  }

  @Test func timeOnlyPasses() {
    var last = Instant.distantPast
    var late = 0
    DemoCompany(customers: 150, seed: 1, ending: DemoTests.ending).forEachEntry { entry in
      #expect(entry.enteredAt >= last && entry.event.occurredAt <= entry.enteredAt)
      last = entry.enteredAt
      late += entry.event.occurredAt.day < last.day ? 1 : 0
      #expect(WorkCalendar.isWorkday(last.day), "\(entry.event.type) on \(last.day)")
      let minute = (last.microseconds - last.day.start.microseconds) / 60_000_000
      #expect((29...720).contains(minute), "\(entry.event.type) at \(last)")
    }
    #expect(last.day <= DemoTests.ending && late > 0)
    #expect(DemoTests.ending - last.day < 7)
  }

  /// An event of a contract or an order names a thing that was opened before, and a customer who was registered.
  @Test func storiesHang() throws {
    var known: Set<Subject> = []
    // What the company lays down for itself (teams, strategies, papers, archives) is opened by its first event.
    let told: Set<String> = [
      "customer", "lead", "opportunity", "order", "quote", "invoice", "contract", "complaint", "task", "approval", "dispute", "risk", "improvement",
      "employee",
    ]
    let openers: Set<String> = [
      "approval.requested", "dispute.opened", "risk.identified", "improvement.proposed", "employee.joined",
      "customer.registered", "lead.created", "opportunity.opened", "order.placed", "quote.issued", "invoice.issued",
      "contract.drafted", "contract.activated", "complaint.filed", "task.assigned",
    ]
    for event in events(150, seed: 2) {
      if openers.contains(event.type) { known.insert(event.subject) }
      if told.contains(event.subject.kind) {
        let isKnown = known.contains(event.subject)
        #expect(isKnown, "\(event.type) of \(event.subject)")
      }
      if let customer = event.data["customer"]?.string {
        let isKnown = known.contains(.of(.customer, customer))
        #expect(isKnown, "\(event.type) names \(customer)")
      }
    }
  }

  @Test func aThrowEndsIt() {
    struct Enough: Error {}
    var count = 0
    #expect(throws: Enough.self) {
      try DemoCompany(customers: 20, seed: 1, ending: DemoTests.ending).forEachEvent { _ in
        count += 1
        if count == 10 { throw Enough() }
      }
    }
    #expect(count == 10)
  }
}
