import Wire
import XML

/// Reads OCEL 2.0 in XML, one object or event after another.
public struct OCELXMLReader {
  public init() {}

  /// - Parameter next: the next bytes of the file, none at its end.
  public func read(_ next: ByteFeed, _ take: TakeReading) throws {
    let scanner = try XMLScanner.opened()
    let builder = OCELBuilder(scanner)
    while true {
      let block = try next()
      try scanner.take(block)
      for item in builder.found { try item.give(take) }
      builder.found.removeAll(keepingCapacity: true)
      if block.isEmpty { return }
    }
  }
}

/// Puts the elements of OCEL together.
private final class OCELBuilder {
  var found: [OCELItem] = []
  private unowned let scanner: XMLScanner
  private var types = OCELTypes()
  /// The object-type or event-type that is open.
  private var type: (isEvent: Bool, name: String)?
  private var item: OCELItem?
  /// Elements that are open within the item: an `object` among them refers to one.
  private var inner = 0
  private var attribute: [String: String] = [:]

  init(_ scanner: XMLScanner) {
    self.scanner = scanner
    scanner.onStart = { [unowned self] name, attributes in start(name, attributes) }
    scanner.onEnd = { [unowned self] name, text in end(name, text) }
  }

  private func start(_ name: String, _ attributes: [String: String]) {
    if item != nil {
      inner += 1
      if name == "attribute" { attribute = attributes }
      if let id = attributes["object-id"] { item?.relations.append(Relation(id, attributes["qualifier"] ?? "")) }
      return
    }
    switch name {
    case "object-type", "event-type": type = (name == "event-type", attributes["name"] ?? "")
    case "object", "event":
      item = OCELItem(
        isEvent: name == "event", id: attributes["id"], type: attributes["type"], time: attributes["time"],
        line: scanner.line)
    case "attribute":
      guard let type, let name = attributes["name"], let kind = attributes["type"] else { break }
      types.declare(name, kind, of: type.name, isEvent: type.isEvent)
    default: break
    }
  }

  private func end(_ name: String, _ text: String) {
    guard let open = item else {
      if name == "object-type" || name == "event-type" { type = nil }
      return
    }
    guard inner > 0 else {
      found.append(open)
      item = nil
      return
    }
    inner -= 1
    guard name == "attribute", let key = attribute["name"] else { return }
    let kind = types.kind(of: key, in: open.type, isEvent: open.isEvent)
    item?.values.append((Attribute(key, kind, text), attribute["time"]))
  }
}
