/// Why a line of the workload is not one that its generator writes.
public enum WorkloadError: Error, Hashable, Sendable {
  case cannotOpen(path: String)
  case cannotRead(path: String)
  case notJSON(line: Int, offset: Int)
  case unknownType(String, line: Int)
  case missing(String, line: Int)
  case unexpected(String, line: Int)
}
