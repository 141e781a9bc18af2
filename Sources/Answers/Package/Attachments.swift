import Engine
import Events
import Foundation
import Projection
import Vocabulary
import Wire

/// The documents that events name by their hash, and those of them that are at hand.
public struct Attachments {
  public struct Item: Hashable, Sendable {
    public let hash: String
    public let seq: Int64
    /// The field that names it, `clauseChanges.textHash`.
    public let field: String
    public let title: Name

    public static func == (a: Item, b: Item) -> Bool { a.hash == b.hash && a.seq == b.seq && a.field == b.field }
    public func hash(into hasher: inout Hasher) { hasher.combine(seq) }
  }
  public let items: [Item]
  /// By hash.
  public let found: [String: [UInt8]]

  /// - Parameter folder: where files may lie, under any names; they are known by their hash. `nil`: none are looked for.
  public init(_ events: [StoredEvent], from folder: String?) throws {
    let items = events.flatMap(Attachments.items)
    self.items = items
    found = try folder.map { try Attachments.look(for: Set(items.map(\.hash)), in: $0) } ?? [:]
  }

  private static func items(of stored: StoredEvent) -> [Item] {
    guard let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration else { return [] }
    return declaration.fields.flatMap { field in
      hashes(stored.event.data[field.name], field, field.name).map { hash, path, title in
        Item(hash: hash, seq: stored.seq, field: path, title: title)
      }
    }
  }

  /// The hashes in a value, also those in records and lists.
  private static func hashes(_ value: JSON?, _ field: Field, _ path: String) -> [(String, String, Name)] {
    func inside(_ value: JSON?, _ kind: Field.Kind) -> [(String, String, Name)] {
      switch (kind, value) {
      case (.hash, .string(let hash)): [(hash, path, field.title)]
      case (.list(let kind, _), .array(let values)): values.flatMap { inside($0, kind) }
      case (.record(let fields), .object(let object)):
        fields.flatMap { hashes(object[$0.name], $0, path + "." + $0.name) }
      default: []
      }
    }
    return inside(value, field.kind)
  }

  private static func look(for wanted: Set<String>, in folder: String) throws -> [String: [UInt8]] {
    guard FileManager.default.fileExists(atPath: folder), let names = FileManager.default.enumerator(atPath: folder) else {
      throw Trouble.file(folder, errno: ENOENT)
    }
    var found: [String: [UInt8]] = [:]
    for case let name as String in names {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? .max
      guard size <= PackageLimit.attachmentBytes else { continue }
      let bytes = try OutsideFile.read(path, limit: PackageLimit.attachmentBytes)
      let hash = bytes.sha256Text
      if wanted.contains(hash) { found[hash] = bytes }
    }
    return found
  }

  static func path(_ hash: String) -> String { "attachments/" + hash }

  var files: [PackedFile] { found.map { PackedFile(Attachments.path($0.key), $0.value) } }

  var json: JSON {
    .array(
      items.map { item in
        [
          "sha256": .string(item.hash), "event": .int(item.seq), "field": .string(item.field),
          "file": found[item.hash] == nil ? .null : .string(Attachments.path(item.hash)),
        ]
      })
  }

  /// Documents that are named and not in the package.
  public var absent: Int { Set(items.map(\.hash)).count - found.count }

  public static let columns = [
    Column("event", .position, "Event", "事件"), Column("what", .text, "What", "内容"),
    Column("sha256", .text, "SHA-256", "SHA-256"), Column("file", .text, "In this package", "是否收录"),
  ]

  public func rows(in language: Language) -> [[Cell]] {
    items.map { item in
      let isHere = found[item.hash] != nil
      return [
        .integer(item.seq), .text(item.title[language]), .text(item.hash),
        .text(isHere ? Attachments.path(item.hash) : Name("absent", "未收录")[language]),
      ]
    }
  }
}
