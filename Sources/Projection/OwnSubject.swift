/// A subject by the numbers that the log gave to its kind and to itself: what an event is about, or what a field of any
/// subject names.
public struct OwnSubject: Hashable, Sendable, BitwiseCopyable {
  /// The kind, as the log numbers kinds: two subjects are of one kind where these agree.
  public let kind: UInt8
  /// The number within the kind.
  public let ordinal: UInt32

  @inlinable public init(kind: UInt8, ordinal: UInt32) {
    self.kind = kind
    self.ordinal = ordinal
  }

  /// Where nobody asked, and nothing is known.
  public static let nobody = OwnSubject(kind: .max, ordinal: .max)

  /// The same as one number, as facts hold it.
  @inlinable public var packed: Int64 { Int64(kind) << 32 | Int64(ordinal) }

  /// - Parameter packed: `nil` below zero, which stands for a subject that the log did not know.
  @inlinable public init?(packed: Int64) {
    guard packed >= 0 else { return nil }
    self.init(kind: UInt8(truncatingIfNeeded: packed >> 32), ordinal: UInt32(truncatingIfNeeded: packed))
  }
}
