/// In which capacity somebody acts: sales rep, finance, auditor. The word stands in an event's `role`.
public struct Role: Hashable, Sendable {
  public let word: String
  public let title: Name

  public init(_ word: String, _ title: Name) {
    self.word = word
    self.title = title
  }

  public static func == (a: Role, b: Role) -> Bool { a.word == b.word }
  public func hash(into hasher: inout Hasher) { hasher.combine(word) }
}
