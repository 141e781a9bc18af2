import Events
import Testing
import Vocabulary
import Wire

@testable import Demo

/// A company of the usual size looks like one: how much happens, when, to whom.
@Suite struct FiguresTests {
  static let ending = Day(date: 2026, 10, 31)

  /// What one run comes to.
  struct Figures {
    var all = 0
    var types: [String: Int] = [:]
    var perCustomer: [String: Int] = [:]
    var ordersByMonth = [Int](repeating: 0, count: 13)
    var region: [String: String] = [:]
    var lost: [(region: String, on: Day)] = []
    var scores: [Int64] = []
    var late = 0

    init(_ company: DemoCompany) {
      company.forEachEvent { count($0) }
    }

    private mutating func count(_ event: Event) {
      all += 1
      types[event.type, default: 0] += 1
      if let customer = event.subject.kind == "customer" ? event.subject.id : event.data["customer"]?.string {
        perCustomer[customer, default: 0] += 1
      }
      switch event.type {
      case "customer.registered": region[event.subject.id] = event.data["region"]?.string
      case "order.placed": ordersByMonth[event.occurredAt.day.civil.month] += 1
      case "customer.status_changed" where event.data["to"] == "lost":
        lost.append((region[event.subject.id] ?? "", event.occurredAt.day))
      case "survey.answered" where event.data["kind"] == "nps": scores.append(event.data["score"]?.int ?? -1)
      case "delivery.accepted":
        late += event.data["acceptedOn"]?.string ?? "" > event.data["promisedOn"]?.string ?? "" ? 1 : 0
      default: break
      }
    }
  }

  static let company = DemoCompany(ending: ending)
  static let figures = Figures(company)

  @Test func asMuchHappensAsInACompanyOfThisSize() {
    let figures = FiguresTests.figures
    #expect((130_000...190_000).contains(figures.all), "\(figures.all)")
    #expect((2_300...2_420).contains(figures.region.count))
    let counts = figures.perCustomer.values.sorted()
    #expect((35...65).contains(counts[counts.count / 2]))
    #expect((80...120).contains(counts[counts.count * 9 / 10]))
    #expect(counts[counts.count - 1] < 260)
  }

  /// What befalls a log, what programs record of themselves and what people ask of the log is not part of the story; nor,
  /// where nobody says how the rules read that ship, what the company lays down instead of them.
  @Test func almostEveryTypeOccurs() {
    let missing = Catalogue.keshi.entries.map(\.declaration.name).filter { FiguresTests.figures.types[$0] == nil }
    #expect(
      Set(missing) == [
        "approval.withdrawn", "erasure.requested", "erasure.approved", "erasure.executed", "log.recovered", "log.repaired", "log.lost", "log.checkpointed",
        "payment.refunded", "projection.rebuilt", "record.noted", "record.object_changed", "report.issued", "rule.proposed", "rule.published",
        "rule.rejected",
      ])
  }

  /// A list of what is to be done would else begin with what somebody forgot in the first year.
  @Test func nothingThatWasDueStaysOpenForLong() throws {
    var tasks: [String: Day] = [:]
    var duties: [String: Day] = [:]
    var ended: Set<String> = []
    FiguresTests.company.forEachEvent { event in
      switch event.type {
      case "task.assigned": tasks[event.subject.id] = event.data["dueOn"]?.string.flatMap { Day($0) }
      case "task.completed": tasks[event.subject.id] = nil
      case "contract.activated":
        for duty in event.data["obligations"]?.array ?? [] {
          guard let id = duty.object?["id"]?.string, let due = duty.object?["dueOn"]?.string.flatMap({ Day($0) }) else { continue }
          duties["\(event.subject.id) \(id)"] = due
        }
      case "contract.obligation_met": duties["\(event.subject.id) \(event.data["obligation"]?.string ?? "")"] = nil
      case "contract.ended": ended.insert(event.subject.id)
      default: break
      }
    }
    let (month, year) = (FiguresTests.ending + -OpenTask.patience + -35, FiguresTests.ending + -365)
    #expect(!tasks.isEmpty && tasks.values.allSatisfy { $0 >= month }, "\(tasks.filter { $0.value < month })")
    let old = duties.filter { $0.value < year && !ended.contains(String($0.key.prefix { $0 != " " })) }
    #expect(!duties.isEmpty && old.isEmpty, "\(old)")
  }

  @Test func seasonsShow() {
    let orders = FiguresTests.figures.ordersByMonth
    #expect(orders[2] * 3 < orders[12] * 2, "\(orders)")
    #expect(orders[11] + orders[12] > orders[6] + orders[7], "\(orders)")
  }

  @Test func troubleIsRareButReal() throws {
    let figures = FiguresTests.figures
    let deliveries = try #require(figures.types["delivery.accepted"])
    #expect((15...35).contains(figures.late * 100 / deliveries), "late deliveries in a hundred")
    #expect(
      (2...9).contains((figures.types["complaint.filed"] ?? 0) * 100 / deliveries), "complaints for a hundred deliveries")
    #expect((150...600).contains(figures.lost.count), "\(figures.lost.count) lost")
    #expect((40...500).contains(figures.types["complaint.reopened"] ?? 0))
    let detractors = figures.scores.filter { $0 <= 6 }.count
    #expect((15...50).contains(detractors * 100 / figures.scores.count), "detractors in a hundred")
  }

  /// Where deliveries failed, more customers were lost in the year and a half that followed.
  @Test func theBadQuarterIsPaidFor() {
    var random = SplitMix64(seed: FiguresTests.company.seed)
    let world = World(customers: FiguresTests.company.customers, ending: FiguresTests.ending, &random)
    let figures = FiguresTests.figures
    let after = world.badQuarter.lowerBound + 60...world.badQuarter.upperBound + 500
    func share(_ isBad: Bool) -> Int {
      let customers = figures.region.values.filter { ($0 == world.badRegion.text) == isBad }.count
      let lost = figures.lost.filter { ($0.region == world.badRegion.text) == isBad && after.contains($0.on) }.count
      return lost * 10_000 / customers
    }
    #expect(share(true) * 2 > share(false) * 3, "\(share(true)) against \(share(false)) in ten thousand")
  }
}
