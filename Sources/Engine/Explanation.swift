import Projection
import Vocabulary
import Wire

/// The answer to "why this row".
public struct Explanation: Sendable {
  public let line: ModelLine?
  public let findings: [Finding]
  /// The events that the findings name, with the corrections of them that the view knows, in the log's order.
  public let events: [StoredEvent]
  /// What becomes of the outcome if nothing happens; `nil` where it stays over the whole horizon.
  public let next: Foresight?
  /// Where one field was asked for.
  public let field: FieldCause?

  /// Of a subject that has no row.
  static let nothing = Explanation(line: nil, findings: [], events: [], next: nil, field: nil)
}

/// The events on which one field of a row rests.
public struct FieldCause: Hashable, Sendable {
  /// One event without which the field would be another.
  public struct Decisive: Hashable, Sendable {
    public let seq: Int64
    /// The field's value without it; `nil` where there would be no row.
    public let without: Value?
  }
  public let name: String
  /// `nil` where there is no row.
  public let value: Value?
  /// In the log's order. Empty where no single event decides: each has another that would do as well.
  public let decisive: [Decisive]
  /// Whether the subject has too many events to try each of them; then only those that findings name were tried.
  public let isPartial: Bool

  /// Events of a subject that are left out one by one.
  public static let eventLimit = 2_000
}
