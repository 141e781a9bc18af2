import Projection
import Testing
import Wire

@Suite struct `A series is a queue` {
  private func moment(_ seq: Int) -> Moment { Moment(at: Instant(microseconds: Int64(seq) * 10), seq: Int64(seq)) }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 63, 64, 65, 200])
  func `that holds what was appended last, however it is filled and emptied`(kept: Int) {
    var store = SeriesStore()
    var series = Series()
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
}
