import Engine
import Events
import Foundation
import Log
import ReadModels
import Vocabulary
import Wire

/// The names of customers and of the companies behind leads, findable by any part of them.
final class Names: Sendable {
  /// Events that a question itself looks through where the index lags.
  static let catchUpMax: Int64 = 20_000
  /// Names that are added at once.
  static let batch = 5_000

  private let index: NameIndex

  init(_ store: Store) throws {
    try FileManager.default.createDirectory(atPath: store.folder.derived, withIntermediateDirectories: true)
    index = try NameIndex(directory: store.folder.derived, identity: store.log.manifest.id.hex)
  }

  var position: Int64 { (try? index.position) ?? 0 }

  /// - Returns: what was found, and the newest event on which that rests.
  func find(_ words: String, limit: Int, of office: Office) throws -> (hits: [NameIndex.Entry], position: Int64) {
    if office.head - (try index.position) <= Names.catchUpMax { try follow(office) }
    return (try index.find(words, limit: limit), try index.position - 1)
  }

  /// Takes in the names that were recorded since.
  func follow(_ office: Office) throws {
    guard try index.position < office.head else { return }
    try office.read { snapshot in
      var entries: [NameIndex.Entry] = []
      try snapshot.forEachEvent(ofTypes: Names.types, from: try index.position) { stored in
        entries += Names.entries(of: stored)
        guard entries.count >= Names.batch else { return }
        try index.add(entries, upTo: stored.seq + 1)
        entries = []
      }
      try index.add(entries, upTo: snapshot.size)
    }
  }

  private static let types = [
    Customer.registered.declaration.name, Customer.updated.declaration.name, Lead.created.declaration.name,
  ]

  private static func entries(of stored: StoredEvent) -> [NameIndex.Entry] {
    let event = stored.event
    let changed = event.data["changes"]?.array?.filter { $0.object?["field"]?.string == "name" }.compactMap { $0.object?["after"]?.string }
    let names = [event.data["name"]?.string, event.data["company"]?.string].compactMap { $0 } + (changed ?? [])
    return names.map { NameIndex.Entry(subject: event.subject.description, name: $0) }
  }
}
