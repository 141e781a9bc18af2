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
