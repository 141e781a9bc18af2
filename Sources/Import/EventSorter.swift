import Glibc
import Vocabulary
import Wire

/// Puts events in the order of business time; equal times keep the order in which they came.
///
/// Up to `limit` events of together `byteLimit` bytes wait in memory. Beyond it, sorted runs go to temporary files, which
/// are merged at the end: the memory needed is then what waits and one event for each run.
final class EventSorter {
  private let limit: Int
  private let byteLimit: Int
  private let scratch: String?
  /// The events in memory, as they came; `places` alone is sorted, which moves 16 bytes and not an event.
  private var pages: [WrittenEvents] = []
  private var places: [EventPlace] = []
  private var bytes = 0
  /// Pages before those in memory.
  private var spilled = 0
  private var runs: [SortedRun] = []

  init(limit: Int, byteLimit: Int, scratch: String?) {
    (self.limit, self.byteLimit, self.scratch) = (max(1, limit), max(1, byteLimit), scratch)
  }

  /// Sorted runs that lie in temporary files.
  var runCount: Int { runs.count }

  func add(_ page: WrittenEvents) throws(ImportError) {
    if !places.isEmpty, places.count + page.count > limit || bytes + page.byteCount > byteLimit { try spill() }
    let number = UInt32(truncatingIfNeeded: spilled + pages.count)
    for row in page.indices {
      places.append(EventPlace(time: page.occurredAt(row).microseconds, page: number, row: UInt32(truncatingIfNeeded: row)))
    }
    pages.append(page)
    bytes += page.byteCount
  }

  private func event(at place: EventPlace) -> WrittenEvent { pages[Int(place.page) - spilled][Int(place.row)] }

  private func spill() throws(ImportError) {
    places.sort()
    let run = try SortedRun(folder: scratch ?? EventSorter.systemScratch)
    for place in places { try run.append(place, event(at: place)) }
    try run.finish()
    runs.append(run)
    spilled += pages.count
    forget()
  }

  /// Hands out all events, so many at once, and forgets them.
  func drain(by count: Int, _ emit: ([WrittenEvent]) throws -> Void) throws {
    guard !runs.isEmpty else {
      places.sort()
      for start in stride(from: 0, to: places.count, by: count) {
        try emit(places[start..<min(start + count, places.count)].map { event(at: $0) })
      }
      return forget()
    }
    try spill()
    var heads: [(place: EventPlace, event: WrittenEvent)?] = []
    for run in runs { heads.append(try run.next()) }
    var batch: [WrittenEvent] = []
    while let least = EventSorter.least(of: heads), let head = heads[least] {
      batch.append(head.event)
      heads[least] = try runs[least].next()
      if batch.count == count {
        try emit(batch)
        batch.removeAll(keepingCapacity: true)
      }
    }
    if !batch.isEmpty { try emit(batch) }
    runs = []
  }

  private func forget() { (pages, places, bytes) = ([], [], 0) }

  /// The run whose head comes first. Runs are few: `limit` events each.
  private static func least(of heads: [(place: EventPlace, event: WrittenEvent)?]) -> Int? {
    var least: Int?
    for place in heads.indices {
      guard let head = heads[place] else { continue }
      if let found = least, let best = heads[found], best.place < head.place { continue }
      least = place
    }
    return least
  }

  private static var systemScratch: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
}

/// Where an event stands in the whole import: by its time, then as it came.
struct EventPlace: Comparable, BitwiseCopyable {
  let time: Int64
  let page: UInt32
  let row: UInt32

  static func < (a: EventPlace, b: EventPlace) -> Bool { (a.time, a.page, a.row) < (b.time, b.page, b.row) }
}

/// Events in order, in a temporary file that has no name and vanishes with its last reader.
///
/// Each record is the event's place in the import, where its parts end, and its bytes, in the machine's own order.
private final class SortedRun {
  private let file: UnsafeMutablePointer<FILE>

  init(folder: String) throws(ImportError) {
    var path = Array((folder + "/keshi-import-XXXXXX").utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw SortedRun.failure(folder) }
    unlink(path)
    guard let file = fdopen(descriptor, "w+b") else { throw SortedRun.failure(folder) }
    self.file = file
  }

  deinit { fclose(file) }

  private static func failure(_ folder: String) -> ImportError {
    ImportError(.cannotSpill(String(cString: strerror(errno))), file: folder)
  }

  private static let placeCount = 2

  func append(_ place: EventPlace, _ event: WrittenEvent) throws(ImportError) {
    let head = [place.time, Int64(place.page) << 32 | Int64(place.row)] + event.packed.parts
    let isWritten = head.withUnsafeBytes { fwrite($0.baseAddress, $0.count, 1, file) } == 1
      && event.packed.bytes.withUnsafeBytes { fwrite($0.baseAddress, $0.count, 1, file) } == 1
    guard isWritten else { throw SortedRun.failure("") }
  }

  func finish() throws(ImportError) {
    guard fflush(file) == 0, fseek(file, 0, SEEK_SET) == 0 else { throw SortedRun.failure("") }
  }

  /// The next event and its place, or `nil` at the end.
  func next() throws(ImportError) -> (place: EventPlace, event: WrittenEvent)? {
    var head = [Int64](repeating: 0, count: SortedRun.placeCount + WrittenEvent.packedParts)
    guard head.withUnsafeMutableBytes({ fread($0.baseAddress, $0.count, 1, file) }) == 1 else {
      if feof(file) != 0 { return nil }
      throw SortedRun.failure("")
    }
    let parts = Array(head[SortedRun.placeCount...])
    var bytes = [UInt8](repeating: 0, count: WrittenEvent.packedCount(parts))
    guard bytes.withUnsafeMutableBytes({ fread($0.baseAddress, $0.count, 1, file) }) == 1 else { throw SortedRun.failure("") }
    let place = EventPlace(
      time: head[0], page: UInt32(truncatingIfNeeded: head[1] >> 32), row: UInt32(truncatingIfNeeded: head[1]))
    return (place, WrittenEvent(parts: parts, bytes: bytes))
  }
}
