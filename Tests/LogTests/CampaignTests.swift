import Log
import LogTestSupport
import Testing

/// A bounded part of what `tools/torture` does for hours. The seed in a failure repeats it there:
/// `tools/torture --only NAME --seed S --cases 1`.
@Suite struct `Whatever happens to the disk` {
  @Test(arguments: Campaign.all.map(\.name))
  func `nothing acknowledged is lost and nothing wrong is read`(_ name: String) throws {
    let campaign = try #require(Campaign.all.first { $0.name == name })
    var verdicts: [String: Int] = [:]
    for seed in 0..<25 as Range<UInt64> { verdicts[try campaign.run(seed), default: 0] += 1 }
    #expect(verdicts.values.reduce(0, +) == 25)
  }
}
