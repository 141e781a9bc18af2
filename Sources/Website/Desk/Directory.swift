public import Engine
import Events
import Foundation
import Log
import ReadModels
import Synchronization
import Vocabulary
import Wire

/// Subjects by their names, and names by subjects: what searches read, the pages' and the API's.
///
/// Kept in a file among what is derived, which follows the log, so that a server of a million customers neither holds their
/// names in memory nor reads them all before its first page. Only fields that tell nothing about a natural person are taken.
/// May be used from any thread.
public final class Directory: Sendable {
  /// Hits that one search gives.
  public static let hitLimit = 50
  /// Events that a question itself looks through where the index lags; more are left to `follow`.
  public static let catchUpMax: Int64 = 20_000
  /// Names that are added at once: whoever asks meanwhile waits for so many.
  static let batch = 1_000

  public struct Hit: Hashable, Sendable {
    public let subject: String
    public let name: String
  }

  /// Types that give a name, with the field that holds it.
  private static let sources: [String: String] = [
    Customer.registered.declaration.name: "name", Lead.created.declaration.name: "company", Task.assigned.declaration.name: "title",
  ]
  private static let change = Customer.updated.declaration.name
  private static let types = Array(sources.keys) + [change]

  private let index: NameIndex
  /// Events that have been looked through: what the index notes, and what gave no name since.
  private let seen: Mutex<Int64>
  /// Held by whoever takes names in, so that nobody takes the same ones.
  private let following = Mutex(())

  /// Opens the index of a store, or begins one.
  public init(_ store: Store) throws {
    try FileManager.default.createDirectory(atPath: store.folder.derived, withIntermediateDirectories: true)
    index = try NameIndex(directory: store.folder.derived, identity: store.log.manifest.id.hex)
    seen = Mutex(try index.position)
  }

  /// Events whose names are known.
  public var position: Int64 { seen.withLock { $0 } }

  /// Takes in what little was recorded since the last time, so that an answer knows the newest names. Complexity: O(events
  /// that are new), at most `catchUpMax`.
  public func catchUp(with snapshot: Snapshot) throws {
    if snapshot.size - position <= Directory.catchUpMax { try follow(snapshot) }
  }

  /// Takes in everything that was recorded since the last time.
  public func follow(_ snapshot: Snapshot) throws {
    guard position < snapshot.size else { return }
    try following.withLock { _ in
      let start = position
      guard start < snapshot.size else { return }
      var entries: [NameIndex.Entry] = []
      _ = try snapshot.showing(only: []) { snapshot in
        try snapshot.forEachEvent(ofTypes: Directory.types, from: start) { stored in
          guard let name = Directory.name(in: stored.event) else { return }
          entries.append(NameIndex.Entry(subject: stored.event.subject.description, name: name, seq: stored.seq))
          guard entries.count >= Directory.batch else { return }
          try add(&entries, upTo: stored.seq + 1)
        }
      }
      // That nothing had a name is not worth a write, until a restart would look through much again.
      if !entries.isEmpty || snapshot.size - start > Directory.catchUpMax / 4 { try add(&entries, upTo: snapshot.size) }
      seen.withLock { $0 = max($0, snapshot.size) }
    }
  }

  private func add(_ entries: inout [NameIndex.Entry], upTo position: Int64) throws {
    try index.add(entries, upTo: position)
    entries = []
    seen.withLock { $0 = max($0, position) }
  }

  private static func name(in event: Event) -> String? {
    let name: String?
    if let field = sources[event.type] {
      name = event.data[field]?.string
    } else {
      name = event.data["changes"]?.array?.compactMap(\.object).last { $0["field"]?.string == "name" }?["after"]?.string
    }
    return name.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The newest name of a subject; `nil` where none is known. Complexity: O(log names); of a kind that never has one, O(1).
  public func name(of subject: String) -> String? {
    guard Directory.kinds.contains(String(subject.prefix { $0 != ":" })) else { return nil }
    return try? index.name(of: subject)
  }

  /// The kinds of what the types that give names are about.
  private static let kinds = Set(types.flatMap { Catalogue.keshi.entry(named: $0)?.declaration.subjects.map(\.word) ?? [] })

  /// Subjects with a name, of now or of before, or an id that holds a text: names that begin with it first, then the shorter.
  /// Letters match in either case, blanks do not count.
  public func search(_ text: String, limit: Int = hitLimit) throws -> [Hit] {
    var found: Set<String> = []
    let hits = try index.find(text, limit: limit).filter { found.insert($0.subject).inserted }
    return hits.map { Hit(subject: $0.subject, name: $0.name) }
  }
}
