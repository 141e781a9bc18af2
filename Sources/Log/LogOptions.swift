/// How a log is run. The defaults are for service; tests choose smaller sizes and do by hand what threads do else.
public struct LogOptions: Sendable {
  /// Who does the work that no append should wait for.
  public enum Housekeeping: Sendable {
    /// Threads of the log's own: one seals, one sets the marker after a silence.
    case background
    /// The append that fills a segment seals it. Markers as by hand.
    case inline
    /// Only `seal()` and `mark()`, when called.
    case manual
  }

  public var housekeeping = Housekeeping.background
  /// Silence after which a marker is written, in milliseconds. Until it is there, a fault in the last group cannot be
  /// told from a torn write.
  public var markerAfterMilliseconds = 100
  /// Space made ahead of the active file at a time, in bytes; a multiple of 4,096 from 16,384 up.
  public var preallocatedBytes = 4 << 20
  /// Decoded blocks kept for random access, in bytes.
  public var cacheBytes = 16 << 20
  /// Full segments that may wait to be sealed before appending has to wait too. Bounds disk space and opening time.
  public var sealingBacklogMax = 16
  /// Silence after which full segments are sealed, in milliseconds.
  public var sealAfterMilliseconds = 200
  /// Full segments that may wait for such a silence; one more is sealed beside the appends. At most
  /// `sealingBacklogMax`.
  public var sealingPatience = 12
  /// LZ4 effort for sealed segments: 1 fast … 12. From 10 on the compressor looks for the best parse; 11 and 12 save
  /// half a percent more for another third of the time.
  public var sealingEffort = 10
  /// Says what the log is, in somebody's name: while events come, after each sealing, before and after an erasure, and
  /// at the end.
  public var notary: (any Notary)?
  /// Time from an event to the next such statement, in milliseconds.
  public var attestAfterMilliseconds = 1_000
  /// Knows the older events, so that the writer need not remember all ids and subjects.
  public var index: any EventIndex = NoIndex()

  public init() {}
}
