import Projection
import ProjectionCatalogue
import RuleFiles
import Testing
import Vocabulary
import Wire

extension RuleKind: CustomTestStringConvertible {
  public var testDescription: String { name }
}

func kind(_ name: String) throws -> RuleKind { try #require(ProjectionCatalogue.rules.first { $0.name == name }) }

func read(_ text: String, _ kind: RuleKind) throws(RuleFileError) -> RuleVersion {
  try RuleFile.read(Array(text.utf8), kind: kind, file: "f.yaml")
}

/// The faults of a text that must have some.
func faults(_ text: String, _ kind: RuleKind, sourceLocation: SourceLocation = #_sourceLocation) -> [RuleFileError.Problem] {
  do {
    _ = try read(text, kind)
    Issue.record("was read: \(text.prefix(200))", sourceLocation: sourceLocation)
    return []
  } catch {
    return error.problems
  }
}

extension String {
  /// Whether a text has at least one Chinese character.
  var isChinese: Bool { unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
}

/// A sequence of numbers that a seed repeats: SplitMix64 (Steele, Lea & Flood 2014).
struct Dice: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }
}
