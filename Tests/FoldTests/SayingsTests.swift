import Projection
import Testing
import Wire

private enum Step: Int64, SaidKind {
  static let bits: Int64 = 2

  case begun = 0
  case amount = 1
  case noted = 3
}

@Suite struct `What events say` {
  private func moment(_ day: Int32, _ seq: Int64) -> Moment { Moment(at: Day(number: day).start, seq: seq) }

  /// Numbers of each event, by kind, as of a day.
  private func said(asOf day: Int32, _ fill: (inout Sayings<Step>, inout SeriesStore) -> Void) -> [[Int64: Int64]] {
    var store = SeriesStore()
    var sayings = Sayings<Step>()
    #expect(sayings.isEmpty)
    fill(&sayings, &store)
    return sayings.events(in: store, asOf: Day(number: day).start) { $0 == .begun }.map { event in
      event.reduce(into: [:]) { $0[$1.kind.rawValue] = $1.number }
    }
  }

  @Test func `stands together, in the order of recording`() {
    let all = said(asOf: 9) { sayings, store in
      sayings.say(.begun, 7, moment(5, 1), &store)
      sayings.say(.amount, -3, moment(5, 1), &store)
      sayings.say(.begun, 8, moment(2, 2), &store)
      sayings.say(.noted, 1, moment(2, 2), &store)
    }
    #expect(all == [[0: 7, 1: -3], [0: 8, 3: 1]])
  }

  @Test(arguments: [(4, 1), (5, 2)] as [(Int32, Int)]) func `is left out before its day`(day: Int32, events: Int) {
    let all = said(asOf: day) { sayings, store in
      sayings.say(.begun, 1, moment(4, 1), &store)
      sayings.say(.begun, 2, moment(5, 2), &store)
      sayings.say(.amount, 2, moment(5, 2), &store)
    }
    #expect(all.count == events && all[0] == [0: 1])
  }

  @Test func `is nothing where there is no number, and nothing before the first beginning`() {
    let all = said(asOf: 9) { sayings, store in
      sayings.say(.amount, 1, moment(1, 1), &store)
      sayings.say(.begun, 1, moment(1, 2), &store)
      sayings.say(.amount, nil, moment(1, 2), &store)
    }
    #expect(all == [[0: 1]])
  }

  @Test(arguments: [Int64.min >> 2, -1, 0, Int64.max >> 2]) func `keeps every number that its bits leave room for`(number: Int64) {
    let all = said(asOf: 9) { sayings, store in
      sayings.say(.begun, number, moment(1, 1), &store)
    }
    #expect(all == [[0: number]])
  }

  @Test func `gives the first number of a kind`() {
    let event = [Saying(kind: Step.begun, number: 1, moment: moment(1, 1)), Saying(kind: .begun, number: 2, moment: moment(1, 1))]
    #expect(event.number(of: .begun) == 1 && event.number(of: .noted) == nil)
  }
}
