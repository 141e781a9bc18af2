import AccountHistory
import ContractsProjection
import Events
import Projection
import Testing
import Vocabulary
import Wire

@Suite struct `Contracts: the register` {
  func given(_ record: (inout Timeline) -> Void) -> Timeline {
    var timeline = Timeline()
    record(&timeline)
    return timeline
  }

  @Test func `draft, signed, in force, lapsed`() {
    let contract = given {
      $0.add(0, Contract.drafted, ["customer": "c", "startOn": .day(20), "endOn": .day(100)])
      $0.add(5, Contract.signed, ["party": "them"])
    }
    let expected: [(Int, ContractState, Int, Int64)] = [
      (0, .draft, 0, 0), (4, .draft, 0, 0), (5, .signed, 5, 1), (19, .signed, 5, 1), (20, .inForce, 20, 0),
      (99, .inForce, 20, 0), (100, .lapsed, 100, 0), (101, .lapsed, 100, 0),
    ]
    for (day, state, since, because) in expected {
      let row = contract.conclude(Contracts.self, day)
      #expect(row?.state == state, "day \(day)")
      #expect(row?.since == .day(since), "day \(day)")
      #expect(row?.because == because, "day \(day)")
    }
    #expect(given { _ in }.conclude(Contracts.self, 0) == nil)
    #expect(
      given { $0.add(0, Contract.drafted, ["customer": "c", "startOn": .day(2)]) }.conclude(Contracts.self, 5)?.state
        == .draft)
  }

  @Test(arguments: [
    ("fulfilled", ContractState.fulfilled), ("expired", .expired), ("rescinded", .rescinded), ("terminated", .terminated),
    ("cancelled", .cancelled),
  ])
  func `an ending takes effect on its day`(cause: String, state: ContractState) {
    let contract = given {
      $0.activate(0, until: 300)
      $0.add(80, Contract.ended, ["cause": .string(cause), "endedOn": .day(100)])
    }
    #expect(contract.conclude(Contracts.self, 99)?.state == .inForce)
    #expect(contract.conclude(Contracts.self, 99)?.endOn == Day.of(100))
    #expect(contract.conclude(Contracts.self, 100)?.state == state)
    #expect(contract.conclude(Contracts.self, 100)?.movedEarlier == true)
  }

  @Test func `alive only by extension`() {
    let contract = given {
      $0.activate(0, until: 100)
      $0.renew(90, until: 200)
      $0.add(150, Contract.amended, ["endOn": .day(180)])
    }
    let rows = [99, 100, 149, 150, 179, 180].map { contract.conclude(Contracts.self, $0) }
    #expect(rows.map { $0?.byExtension } == [false, true, true, true, true, false])
    #expect(rows.map { $0?.state } == [.inForce, .inForce, .inForce, .inForce, .inForce, .lapsed])
    #expect(rows[2]?.extensions == 1 && rows[2]?.endOn == Day.of(200) && rows[2]?.originalEndOn == Day.of(100))
    #expect(rows[3]?.endOn == Day.of(180) && rows[3]?.movedEarlier == false)
    let earlier = given {
      $0.activate(0, until: 100); $0.add(10, Contract.amended, ["endOn": .day(50)])
    }
    #expect(earlier.conclude(Contracts.self, 20)?.movedEarlier == true)
    #expect(earlier.conclude(Contracts.self, 50)?.state == .lapsed)
  }

  @Test(arguments: [(209, false), (210, true), (299, true), (300, false)])
  func `due within 90 days`(day: Int, due: Bool) {
    let row = given { $0.activate(0, until: 300) }.conclude(Contracts.self, day)
    #expect(row?.dueWithin90 == due)
    #expect(row?.daysToEnd == (day < 300 ? 300 - day : nil))
  }

  @Test func `money and notice by the latest word`() {
    let contract = given {
      $0.add(0, Contract.drafted, ["customer": "c", "totalMinor": 100, "cur": "CNY", "mrrMinor": 8, "noticeDays": 30])
      $0.add(5, Contract.activated, ["totalMinor": 120, "autoRenew": true])
    }
    let row = contract.conclude(Contracts.self, 6)
    #expect(row?.totalMinor == 120 && row?.mrrMinor == 8 && row?.currency?.description == "CNY")
    #expect(row?.noticeDays == 30 && row?.autoRenew == true && row?.startOn == Day.of(5) && row?.endOn == nil)
    #expect(contract.conclude(Contracts.self, 4)?.totalMinor == 100, "as of a day before the activation")
  }
}
