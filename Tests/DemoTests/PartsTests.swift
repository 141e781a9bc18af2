import Testing
import Wire

@testable import Demo

@Suite struct PartsTests {
  /// The first numbers of the published generator for seed 1234567.
  @Test func generatorIsSplitMix64() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test func drawsStayInRange() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<2_000 {
      #expect((3...9).contains(random.int(3...9)))
      #expect((60...140).contains(random.around(100, percent: 40)))
      #expect(random.pick([1, 2, 3]) { $0 == 2 ? 1 : 0 } == 2)
    }
    #expect(random.hash().utf8.count == 64)
    #expect(!random.chance(0) && random.chance(1_000))
  }

  @Test func agendaGoesByTimeThenByTurn() {
    var agenda = Agenda()
    var random = SplitMix64(seed: 9)
    for life in 0..<500 { agenda.add(.house(.sellerLeaves(life)), for: life, at: Instant(microseconds: Int64(random.below(40)))) }
    var taken: [(Instant, Int)] = []
    while let entry = agenda.next() { taken.append((entry.at, entry.turn)) }
    #expect(taken.count == 500)
    for (a, b) in zip(taken, taken.dropFirst()) { #expect(a < b) }
    #expect(agenda.next() == nil)
  }

  @Test(arguments: [
    ("2026-11-23", true), ("2026-11-22", false), ("2026-11-21", false), ("2026-02-16", false), ("2026-02-17", false),
    ("2026-02-23", false), ("2026-02-24", true), ("2026-10-01", false), ("2026-10-08", true), ("2026-05-05", false),
    ("2026-01-01", false), ("2025-01-28", false),
  ])
  func workdays(_ text: String, _ works: Bool) throws {
    #expect(WorkCalendar.isWorkday(try #require(Day(text))) == works)
  }

  @Test func demandGathersSlowlyInSpringFestival() throws {
    let winter = try #require(Day("2026-02-08"))
    let autumn = try #require(Day("2026-09-08"))
    #expect(WorkCalendar.day(after: 20, from: winter) - winter > 30)
    #expect(WorkCalendar.day(after: 20, from: autumn) - autumn < 21)
  }

  /// By the weights of GB 32100-2015, in a district that does not exist.
  @Test func creditCodesCarryTheirCheckCharacter() {
    var names: Set<String> = []
    var random = SplitMix64(seed: 4)
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    for index in 0..<40 {
      let code = Profile(id: "C\(index)", since: 2024, taken: &names, &random).creditCode()
      #expect(code.count == 18 && code.hasPrefix("91990000MA"))
      var weight = 1
      var sum = 0
      for character in code.dropLast() {
        sum += (alphabet.firstIndex(of: character) ?? 99) * weight
        weight = weight * 3 % 31
      }
      #expect(code.last == alphabet[(31 - sum % 31) % 31])
    }
    #expect(names.count == 40)
  }
}
