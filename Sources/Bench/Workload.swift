public import Vocabulary
import Wire

/// The benchmark's events, one JSON object a line, as events of our catalogue: one to one, and nothing left out.
///
/// The workload names a stream, `customer-0012345`, where we name a subject. What it says about a contract, an order
/// or a complaint is recorded about that thing, whose first event names the customer. Amounts without a currency are
/// euros.
public enum Workload {
  /// Calls `body` with each event, in the order of the file, up to `limit` events. Nothing is kept.
  ///
  /// - Returns: how many events there were.
  @discardableResult
  public static func forEachEvent(
    at path: String, limit: Int = .max, _ body: (Event) throws -> Void
  ) throws -> Int {
    var lines = try LineFile(path: path)
    let mappings = WorkloadMappings()
    var count = 0
    while count < limit, let range = try lines.next() {
      count += 1
      try body(try mappings.event(lines.bytes.span.extracting(range), line: count))
    }
    return count
  }
}
