/// Why a timeline pack could not be read. It is derived: the lines themselves are in the log.
public enum TimelineError: Error, Hashable, Sendable {
  case damaged(file: String, what: String)
  case disk(file: String, errno: Int32)
}
