/// Two versions of a text, and what became of each part.
public struct Redline: Equatable, Sendable {
  /// One part. `old` and `new` differ in a kept part only by white space.
  public enum Piece: Equatable, Sendable {
    case kept(old: String, new: String)
    case deleted(String)
    case inserted(String)
  }

  /// The parts in reading order; what was deleted stands before what was put in its place. Kept and deleted parts
  /// joined are the old text, kept and inserted ones the new.
  public let pieces: [Piece]
  /// How much of both texts was kept: 1 for the same text, 0 for unlike ones. Punctuation and blanks do not count.
  public let similarity: Double

  /// Texts that have less than this in common are shown as one deletion and one insertion: a reader of a rewritten
  /// clause wants to read it, not to hunt for the words that happen to stand in both.
  public static let rewrittenBelow = 0.35
  /// Insertions and deletions, in tokens, beyond which two texts count as unlike.
  public static let editsMax = 2_000

  /// Compares two texts. Complexity: O(length · edits), edits being at most `editsMax`.
  public init(from old: String, to new: String) {
    let (before, after) = (Token.split(old), Token.split(new))
    guard before != after else {
      pieces = old.isEmpty && new.isEmpty ? [] : [.kept(old: old, new: new)]
      similarity = 1
      return
    }
    let steps = EditScript.between(before, after, limit: Self.editsMax)
    let share = steps.map { Self.share(of: $0, before, after) } ?? 0
    guard let steps, share >= Self.rewrittenBelow else {
      pieces = Self.replaced(old, new)
      similarity = share
      return
    }
    pieces = Runs(steps, before, after).pieces
    similarity = share
  }

  /// Nothing was changed but white space.
  public var isSame: Bool { pieces.allSatisfy { if case .kept = $0 { true } else { false } } }
  /// Nothing of the old text was kept.
  public var isRewritten: Bool { pieces.allSatisfy { if case .kept = $0 { false } else { true } } && !pieces.isEmpty }

  private static func replaced(_ old: String, _ new: String) -> [Piece] {
    (old.isEmpty ? [] : [.deleted(old)]) + (new.isEmpty ? [] : [.inserted(new)])
  }

  /// Dice's coefficient over the weights of the tokens.
  private static func share(of steps: [EditScript.Step], _ before: [Token], _ after: [Token]) -> Double {
    let all = before.reduce(0) { $0 + $1.weight } + after.reduce(0) { $0 + $1.weight }
    guard all > 0 else { return 0 }
    let kept = steps.reduce(0) { sum, step in
      if case .keep(let old, _) = step { sum + before[old].weight } else { sum }
    }
    return Double(2 * kept) / Double(all)
  }
}
