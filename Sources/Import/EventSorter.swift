import Glibc
import Vocabulary
import Wire

/// Puts events in the order of business time; equal times keep the order in which they came.
///
/// Up to `limit` events wait in memory. Beyond it, sorted runs go to temporary files, which are merged at the end: the
/// memory needed is then `limit` events and one event for each run.
final class EventSorter {
  private let limit: Int
  private let scratch: String?
  private let catalogue: Catalogue
  /// The events in memory, as they came; `places` alone is sorted, which moves 16 bytes and not an event.
  private var waiting: [Event] = []
  private var places: [EventPlace] = []
  /// Events before those in memory.
  private var spilled = 0
  private var runs: [SortedRun] = []

  init(limit: Int, scratch: String?, catalogue: Catalogue) {
    self.limit = max(1, limit)
    self.scratch = scratch
    self.catalogue = catalogue
  }

  /// Sorted runs that lie in temporary files.
  var runCount: Int { runs.count }

  func add(_ event: Event) throws(ImportError) {
    if waiting.count == limit { try spill() }
    places.append(EventPlace(time: event.occurredAt.microseconds, number: Int64(spilled + waiting.count)))
    waiting.append(event)
  }

  private func spill() throws(ImportError) {
    places.sort()
    let run = try SortedRun(folder: scratch ?? EventSorter.systemScratch)
    for place in places { try run.append(place, waiting[Int(place.number) - spilled]) }
    try run.finish()
    runs.append(run)
    spilled += waiting.count
    forget()
  }

  /// Hands out all events and forgets them.
  func drain(_ emit: (Event) throws -> Void) throws {
    guard !runs.isEmpty else {
      places.sort()
      for place in places { try emit(waiting[Int(place.number)]) }
      forget()
      return
    }
    try spill()
    var heads: [(place: EventPlace, line: [UInt8])?] = []
    for run in runs { heads.append(try run.next()) }
    while let least = EventSorter.least(of: heads), let head = heads[least] {
      try emit(try Event(reading: head.line.span, by: catalogue))
      heads[least] = try runs[least].next()
    }
    runs = []
  }

  private func forget() {
    waiting = []
    places = []
  }

  /// The run whose head comes first. Runs are few: `limit` events each.
  private static func least(of heads: [(place: EventPlace, line: [UInt8])?]) -> Int? {
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

/// Where an event stands in the whole import.
struct EventPlace: Comparable {
  let time: Int64
  let number: Int64

  static func < (a: EventPlace, b: EventPlace) -> Bool { (a.time, a.number) < (b.time, b.number) }
}

/// Events in order, in a temporary file that has no name and vanishes with its last reader.
///
/// Each record is three native integers (time, number, bytes) and the event's JSON.
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

  func append(_ place: EventPlace, _ event: Event) throws(ImportError) {
    var text = Text(capacity: 512)
    text.append(event.json)
    let head = [place.time, place.number, Int64(text.bytes.count)]
    let isWritten = head.withUnsafeBytes { fwrite($0.baseAddress, $0.count, 1, file) } == 1
      && text.bytes.withUnsafeBytes { fwrite($0.baseAddress, $0.count, 1, file) } == 1
    guard isWritten else { throw SortedRun.failure("") }
  }

  func finish() throws(ImportError) {
    guard fflush(file) == 0, fseek(file, 0, SEEK_SET) == 0 else { throw SortedRun.failure("") }
  }

  /// The next event's place and JSON, or `nil` at the end.
  func next() throws(ImportError) -> (place: EventPlace, line: [UInt8])? {
    var head: [Int64] = [0, 0, 0]
    guard head.withUnsafeMutableBytes({ fread($0.baseAddress, $0.count, 1, file) }) == 1 else {
      if feof(file) != 0 { return nil }
      throw SortedRun.failure("")
    }
    var line = [UInt8](repeating: 0, count: Int(head[2]))
    guard line.withUnsafeMutableBytes({ fread($0.baseAddress, $0.count, 1, file) }) == 1 else { throw SortedRun.failure("") }
    return (EventPlace(time: head[0], number: head[1]), line)
  }
}
