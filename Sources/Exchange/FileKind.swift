import Wire

/// The kinds of file that are no tables.
public enum FileKind: String, CaseIterable, Sendable {
  case xes
  case ocelJSON = "ocel-json"
  case ocelXML = "ocel-xml"
  case ocelDatabase = "ocel-sqlite"
  case cloudEvents = "cloudevents"

  /// Bytes from which a kind is told.
  public static let prefixSize = 1 << 16

  /// The kind that the first bytes of a file, unpacked, show; `nil` where they look like a table. The name decides only
  /// between kinds whose beginnings may be alike.
  public init?(_ prefix: ArraySlice<UInt8>, name: String) {
    if prefix.starts(with: Array("SQLite format 3\0".utf8)) {
      self = .ocelDatabase
      return
    }
    var text = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? prefix.dropFirst(3) : prefix
    text = text.drop { [0x20, 0x09, 0x0D, 0x0A].contains($0) }
    switch text.first {
    case UInt8(ascii: "<"): self = FileKind.isOCEL(text, name) ? .ocelXML : .xes
    case UInt8(ascii: "["): self = .cloudEvents
    case UInt8(ascii: "{"): self = FileKind.isCloudEvent(text, name) ? .cloudEvents : .ocelJSON
    default: return nil
    }
  }

  private static func isOCEL(_ text: ArraySlice<UInt8>, _ name: String) -> Bool {
    if ["<object-types", "<event-types", "<objects"].contains(where: { contains(text, $0) }) { return true }
    return !contains(text, "<trace") && !contains(text, "xes") && name.lowercased().contains("ocel")
  }

  private static func isCloudEvent(_ text: ArraySlice<UInt8>, _ name: String) -> Bool {
    if contains(text, "\"specversion\"") { return true }
    let known = ["\"objectTypes\"", "\"eventTypes\"", "\"objects\"", "\"events\"", "\"ocel:"]
    if known.contains(where: { contains(text, $0) }) { return false }
    return !name.lowercased().contains("ocel")
  }

  private static func contains(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
    let word = Array(word.utf8)
    guard let first = word.first else { return true }
    var rest = text
    while let place = rest.firstIndex(of: first) {
      if rest[place...].starts(with: word) { return true }
      rest = rest[(place + 1)...]
    }
    return false
  }
}

/// Reads a file of any of these kinds.
public struct NoteReader {
  public let kind: FileKind
  private let path: String

  public init(_ kind: FileKind, path: String) {
    self.kind = kind
    self.path = path
  }

  /// Hands out what the file says, one note after another.
  ///
  /// Throws `ExchangeError` where the file as a whole cannot be read on, and what `next` and `take` throw.
  public func read(_ next: @escaping ByteFeed, _ take: TakeReading) throws {
    switch kind {
    case .xes: try XESReader().read(next, take)
    case .ocelJSON: try OCELJSONReader().read(next, take)
    case .ocelXML: try OCELXMLReader().read(next, take)
    case .ocelDatabase: try OCELDatabaseReader(path: path).read(take)
    case .cloudEvents: try CloudEventsReader().read(next, take)
    }
  }
}
