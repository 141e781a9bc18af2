import Engine
import Events
import Synchronization
import Vocabulary
import Wire

/// Subjects by their names, and names by subjects: what the search reads.
///
/// Held in memory and nowhere else: no file of names lies about. Each name is a stretch of one text, `subject`, a tab,
/// the name, a line feed, so that a million names need some tens of megabytes and a search is one pass over them. Only
/// fields that tell nothing about a natural person are taken. May be used from any thread.
public final class Directory: Sendable {
  /// Hits that one search gives.
  public static let hitLimit = 50

  public struct Hit: Hashable, Sendable {
    public let subject: String
    public let name: String
  }

  /// Types that give a name, with the field that holds it.
  private static let sources: [String: String] = [
    "customer.registered": "name", "lead.created": "company", "opportunity.created": "title", "task.assigned": "title",
  ]

  private let names = Mutex(Names())

  public init() {}

  /// Takes what the log has been told since the last time. Complexity: O(names that are new).
  public func catchUp(with snapshot: Snapshot) throws {
    try names.withLock { names in
      guard names.position < snapshot.size else { return }
      try snapshot.forEachEvent(ofTypes: Array(Directory.sources.keys) + ["customer.updated"], from: names.position) { stored in
        guard let name = Directory.name(in: stored.event) else { return }
        names.add(stored.event.subject.description, name)
      }
      names.position = snapshot.size
      names.settle()
    }
  }

  private static func name(in event: Event) -> String? {
    if let field = sources[event.type] { return event.data[field]?.string }
    return event.data["changes"]?.array?.compactMap(\.object).last { $0["field"]?.string == "name" }?["after"]?.string
  }

  /// The newest name of a subject. Complexity: O(log names).
  public func name(of subject: String) -> String? { names.withLock { $0.name(of: subject) } }

  /// Subjects whose name or id holds a text, in the order in which they were entered. Latin letters match in either
  /// case. Complexity: O(bytes of all names).
  public func search(_ text: String, limit: Int = hitLimit) -> [Hit] {
    let wanted = Array(text.utf8.map(Names.folded))
    guard !wanted.isEmpty, !wanted.contains(0x0A), !wanted.contains(0x09) else { return [] }
    return names.withLock { $0.search(wanted, limit: limit) }
  }
}

/// The text of all names, and where each begins.
private struct Names {
  var position: Int64 = 0
  private var text: [UInt8] = []
  private var folded: [UInt8] = []
  private var starts: [Int] = []
  /// Places of `starts` in the order of their subjects, later ones of a subject behind.
  private var order: [UInt32] = []

  static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  mutating func add(_ subject: String, _ name: String) {
    let line = Array((subject + "\t" + name.replacing("\t", with: " ").replacing("\n", with: " ") + "\n").utf8)
    starts.append(text.count)
    text += line
    folded += line.map(Names.folded)
  }

  /// Names up to which each is put in its place; more are sorted together.
  private static let fewNames = 500

  /// Sorts what was added.
  mutating func settle() {
    let new = order.count..<starts.count
    guard new.count > Names.fewNames else {
      for place in new { order.insert(UInt32(place), at: rank(of: subject(at: place))) }
      return
    }
    order = starts.indices.map { UInt32($0) }.sorted { a, b in
      let (left, right) = (subject(at: Int(a)), subject(at: Int(b)))
      return left.elementsEqual(right) ? a < b : left.lexicographicallyPrecedes(right)
    }
  }

  /// How many of the ordered names belong to this subject or one before it.
  private func rank(of wanted: ArraySlice<UInt8>) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if wanted.lexicographicallyPrecedes(subject(at: Int(order[middle]))) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func line(at place: Int) -> ArraySlice<UInt8> {
    text[starts[place]..<(place + 1 < starts.count ? starts[place + 1] : text.count) - 1]
  }

  private func subject(at place: Int) -> ArraySlice<UInt8> { line(at: place).prefix { $0 != 0x09 } }

  private func hit(at place: Int) -> Directory.Hit {
    let parts = line(at: place).split(separator: 0x09, maxSplits: 1)
    return Directory.Hit(
      subject: String(decoding: parts[0], as: UTF8.self), name: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "")
  }

  func name(of subject: String) -> String? {
    let wanted = Array(subject.utf8)
    let rank = rank(of: wanted[...])
    guard rank > 0, self.subject(at: Int(order[rank - 1])).elementsEqual(wanted) else { return nil }
    return hit(at: Int(order[rank - 1])).name
  }

  func search(_ wanted: [UInt8], limit: Int) -> [Directory.Hit] {
    var hits: [Directory.Hit] = []
    var found: Set<String> = []
    var from = 0
    while hits.count < limit, let at = folded.first(wanted, from: from) {
      let place = place(of: at)
      let hit = hit(at: place)
      if found.insert(hit.subject).inserted { hits.append(hit) }
      from = place + 1 < starts.count ? starts[place + 1] : folded.count
    }
    return hits
  }

  /// The line in which a byte stands.
  private func place(of at: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= at { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
