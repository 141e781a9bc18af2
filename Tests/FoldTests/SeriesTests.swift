import Projection
import Testing
import Wire

@Suite struct `A series is a queue` {
  private func moment(_ seq: Int) -> Moment { Moment(at: Instant(microseconds: Int64(seq) * 10), seq: Int64(seq)) }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 63, 64, 65, 200], [0, 1, 2, 8, 9, 63, 64, 65, 255])
  func `that holds what was appended last, however it is filled and emptied`(kept: Int, expected: UInt8) {
    var store = SeriesStore()
    var series = Series(expecting: expected)
    var other = Series()
    var model: [Int] = []
    for number in 0..<1_000 {
      store.append(moment(number), Int64(number), to: &series)
      if number % 3 == 0 { store.append(moment(number), -1, to: &other) }
      model.append(number)
      while model.count > (number % 7 == 0 ? 0 : kept) {
        #expect(store.front(of: series)?.value == Int64(model.removeFirst()))
        store.dropFront(of: &series)
      }
      #expect(Int(series.count) == model.count)
      #expect(store.array(series).map { Int($0.value) } == model)
    }
    #expect(store.array(other).allSatisfy { $0.value == -1 })
    #expect(other.count == 334)
  }

  @Test func `that is empty at first`() {
    let store = SeriesStore()
    #expect(store.front(of: Series()) == nil)
    #expect(store.array(Series()).isEmpty)
  }

  /// The last that fit a cell and the first that do not, of times, positions and numbers, in both directions.
  @Test func `that gives back times, positions and numbers of any size`() {
    let top = Int64(UInt32.max)
    let times: [Int64] = [0, -1, (1 << 55) - 1, 1 << 55, -(1 << 55), -(1 << 55) - 1, .max, .min]
    let seqs: [Int64] = [0, 1, top - 1, top, top + 1, .max, -1, .min]
    let values: [Int64] = [0, -1, top, (1 << 39) - 1, 1 << 39, -(1 << 39), -(1 << 39) - 1, .max, .min]
    var store = SeriesStore()
    var series = Series()
    var model: [SeriesStore.Entry] = []
    for (time, seq) in times.flatMap({ time in seqs.map { (time, $0) } }) {
      for value in values {
        let moment = Moment(at: Instant(microseconds: time), seq: seq)
        store.append(moment, value, to: &series)
        model.append(SeriesStore.Entry(moment: moment, value: value))
      }
    }
    #expect(store.array(series) == model)
    for place in stride(from: 0, to: model.count, by: 5) {
      // A wide entry gives way to another, to a narrow one, and that to a wide one again.
      for value in [Int64.max - 1, 5, Int64.min + 1] + (place % 2 == 0 ? [-5] : []) {
        let entry = SeriesStore.Entry(moment: model[place].moment, value: value)
        var number = -1
        #expect(store.replace(in: series) { _ in
          number += 1
          return number == place ? entry : nil
        })
        model[place] = entry
      }
    }
    #expect(store.array(series) == model)
    while !model.isEmpty {
      #expect(store.front(of: series) == model.removeFirst())
      store.dropFront(of: &series)
    }
    #expect(store.front(of: series) == nil)
  }
}
