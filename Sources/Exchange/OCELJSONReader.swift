import Wire

/// Reads OCEL 2.0 in JSON. Objects come before events, whatever their order in the file.
///
/// The file is held in memory, because its parts may come in any order; its objects and events are read one by one.
public struct OCELJSONReader {
  public init() {}

  /// - Parameter next: the next bytes of the file, none at its end.
  public func read(_ next: ByteFeed, _ take: TakeReading) throws {
    let bytes = try WholeFile.read(next)
    let parts = try JSONElements.members(of: bytes)
    if parts.contains(where: { $0.name.hasPrefix("ocel:") }) { throw ExchangeError(.oldVersion("OCEL 1.0")) }
    guard let events = parts.first(where: { $0.name == "events" }) else {
      throw ExchangeError(.notProcessLog("no events"))
    }
    var types = OCELTypes()
    for (name, isEvent) in [("objectTypes", false), ("eventTypes", true)] {
      guard let part = parts.first(where: { $0.name == name }) else { continue }
      try JSONElements.forEachItem(of: bytes, from: part.range.lowerBound) { range, line in
        OCELJSONReader.declare(try OCELJSONReader.value(bytes, range, line), isEvent: isEvent, &types)
      }
    }
    if let objects = parts.first(where: { $0.name == "objects" }) {
      try read(bytes, objects.range.lowerBound, isEvent: false, types, take)
    }
    try read(bytes, events.range.lowerBound, isEvent: true, types, take)
  }

  private func read(_ bytes: [UInt8], _ start: Int, isEvent: Bool, _ types: OCELTypes, _ take: TakeReading) throws {
    try JSONElements.forEachItem(of: bytes, from: start) { range, line in
      let value: SourceJSON
      do throws(JSONError) { value = try SourceJSON(parsing: bytes.span.extracting(range)) } catch {
        return try take(.broken(.json(error)), NotePlace(line: line, name: ""))
      }
      try OCELJSONReader.item(value, isEvent: isEvent, line: line, types).give(take)
    }
  }

  private static func value(_ bytes: [UInt8], _ range: Range<Int>, _ line: Int) throws -> SourceJSON {
    do throws(JSONError) { return try SourceJSON(parsing: bytes.span.extracting(range)) } catch {
      throw ExchangeError(.json(error), line: line)
    }
  }

  private static func declare(_ value: SourceJSON, isEvent: Bool, _ types: inout OCELTypes) {
    let type = value["name"]?.scalar ?? ""
    for attribute in value["attributes"]?.array ?? [] {
      guard let name = attribute["name"]?.scalar, let kind = attribute["type"]?.scalar else { continue }
      types.declare(name, kind, of: type, isEvent: isEvent)
    }
  }

  private static func item(_ value: SourceJSON, isEvent: Bool, line: Int, _ types: OCELTypes) -> OCELItem {
    var item = OCELItem(
      isEvent: isEvent, id: value["id"]?.scalar, type: value["type"]?.scalar, time: value["time"]?.scalar, line: line)
    for attribute in value["attributes"]?.array ?? [] {
      guard let name = attribute["name"]?.scalar, let found = attribute["value"], found != .null else { continue }
      let kind = types.kind(of: name, in: item.type, isEvent: isEvent)
      item.values.append((Attribute(name, kind, found.scalar ?? found.text), attribute["time"]?.scalar))
    }
    for relation in value["relationships"]?.array ?? [] {
      item.relations.append(Relation(relation["objectId"]?.scalar ?? "", relation["qualifier"]?.scalar ?? ""))
    }
    return item
  }
}
