public import Vocabulary

/// One stretch of the log as a fold reads it: columns of plain numbers, row by row.
///
/// The machine fills it; projections never see it, only the `Recorded` views that `Fold` makes of its rows. The arrays
/// are kept between stretches, so that a rebuild allocates for its largest stretch and no more.
public struct Batch: Sendable {
  /// What rows of one shape share.
  public struct Layout: Sendable, BitwiseCopyable {
    public let type: TypeCode
    @usableFromInline let slotStart: Int32
    @usableFromInline let slotEnd: Int32
  }
  /// Position of row 0.
  public var first: Int64 = 0
  public private(set) var layouts: [Layout] = []
  @usableFromInline var slots: [FactSlot] = []

  // One element a row.
  /// Business time in microseconds.
  public var times: [Int64] = []
  public var accounts: [UInt32] = []
  public var layoutNumbers: [UInt32] = []
  /// Where the row's varying facts begin in `stream`.
  public var offsets: [UInt32] = []
  /// Kind and number of the row's own subject; filled only where a projection is keyed by subjects.
  public var subjectKinds: [UInt8] = []
  public var ordinals: [UInt32] = []

  /// The rows to fold, in an order in which each account's rows keep theirs.
  public var order: [UInt32] = []
  public var stream: [UInt8] = []

  public init() {}

  public mutating func removeLayouts() {
    layouts.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
  }

  public mutating func addLayout(_ type: TypeCode, _ facts: [FactSlot]) {
    let start = Int32(slots.count)
    slots.append(contentsOf: facts)
    layouts.append(Layout(type: type, slotStart: start, slotEnd: Int32(slots.count)))
  }
}
