/// What is read and searched at most. Beyond each of these stands a refusal that names it.
public enum ConformanceLimit {
  /// Bytes of a PNML file.
  public static let netBytes = 4 << 20
  public static let places = 2_000
  public static let transitions = 2_000
  public static let arcs = 20_000
  /// Tokens in one place, and the weight of one arc.
  public static let tokens = 255
  /// Bytes of an activity's name.
  public static let nameBytes = 500

  /// Events of one case that are replayed or aligned.
  public static let events = 10_000
  /// Markings of a net that are looked at before anything is aligned: beyond, soundness is not decided, and alignments
  /// are searched for without knowing what is still to come.
  public static let markings = 200_000
  /// Markings that one search may come to, and bytes of their tokens.
  public static let searchedMarkings = 1_000_000
  public static let searchedBytes = 256 << 20
  /// Pairs of marking and place in the case that one alignment may look at: about 100 MB.
  public static let states = 2_000_000
  /// Markings among which a replay chooses its way through silent transitions at one event.
  public static let silentMarkings = 10_000

  /// Cases of one log, and different activities in it.
  public static let cases = 5_000_000
  public static let activities = 10_000

  /// Bytes, depth and values of a procedure's file; faults that are told of one.
  public static let procedureBytes = 262_144
  public static let procedureDepth = 32
  public static let procedureNodes = 20_000
  public static let problems = 20
  /// Steps of one procedure, and blocks inside one another.
  public static let steps = 500
  public static let blockDepth = 8
}
