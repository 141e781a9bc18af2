public import Vocabulary
import Wire
import XML

/// Writes XES (IEEE 1849): a trace for each case, its events in the order of business time.
///
/// A record that came from XES gives back its attributes as they were, times in their own zone; an event of ours has
/// its type's name as `concept:name`, its actor as `org:resource`, and its data as attributes. The root stands in no
/// namespace, because the standard's schema has none.
public struct XESWriter {
  private let write: (String) throws -> Void
  private let catalogue: Catalogue

  /// - Parameter write: takes the next piece of the file.
  public init(catalogue: Catalogue, _ write: @escaping (String) throws -> Void) {
    self.catalogue = catalogue
    self.write = write
  }

  public func begin() throws {
    try write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <log xes.version="1849.2016" xes.features="nested-attributes">
        <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
        <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
        <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
        <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
        <global scope="trace">
          <string key="concept:name" value="case"/>
        </global>
        <global scope="event">
          <string key="concept:name" value="activity"/>
          <date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
        </global>
        <classifier name="Activity" keys="concept:name"/>

      """)
  }

  public func end() throws { try write("</log>\n") }

  /// Writes the events of one case. A case without events is left out.
  public func trace(_ name: String, _ events: [Event]) throws {
    guard !events.isEmpty else { return }
    var own: [Attribute] = []
    var rest: [Event] = []
    for event in events {
      // What a trace says of itself has no kind of object; what OCEL says of one has.
      if event.isObjectChange, event.data["kind"] == nil { own += event.sourceAttributes } else { rest.append(event) }
    }
    if own.text("concept:name") == nil { own.insert(Attribute("concept:name", .text, Event.sourceName(name)), at: 0) }
    var text = "  <trace>\n"
    XESWriter.append(own, indent: 4, to: &text)
    for event in rest.sorted(by: { ($0.occurredAt, $0.seq ?? 0) < ($1.occurredAt, $1.seq ?? 0) }) {
      text += "    <event>\n"
      XESWriter.append(attributes(of: event), indent: 6, to: &text)
      text += "    </event>\n"
    }
    try write(text + "  </trace>\n")
  }

  private func attributes(of event: Event) -> [Attribute] {
    let own = event.isActivity || event.isObjectChange ? event.sourceAttributes : []
    var head: [Attribute] = []
    func add(_ name: String, _ kind: Attribute.Kind, _ value: String?) {
      if let value, own.text(name) == nil { head.append(Attribute(name, kind, value)) }
    }
    add("concept:name", .text, event.isActivity ? event.data["activity"]?.string : event.type)
    add("time:timestamp", .time, event.occurredAt.description)
    guard !event.isActivity || own.text("time:timestamp") == nil else { return head + own }
    add("lifecycle:transition", .text, "complete")
    add("org:resource", .text, event.about.actor)
    if event.isActivity { return head + own }
    add("subject", .text, event.subject.description)
    add("seq", .integer, event.seq.map { String($0) })
    for value in FlatData.values(of: event, by: catalogue)
    where !["attributes", "relations"].contains(value.name) || own.isEmpty {
      head.append(Attribute("data." + value.name, value.kind, value.text))
    }
    return head + own
  }
}

extension XESWriter {
  private static let elements: [Attribute.Kind: String] = [
    .text: "string", .time: "date", .integer: "int", .decimal: "float", .flag: "boolean", .id: "id", .list: "list",
    .container: "container",
  ]

  /// Writes attributes, those of a deeper level within the one before them.
  private static func append(_ attributes: [Attribute], indent: Int, to text: inout String) {
    var open: [(level: Int, close: String)] = []
    for (place, attribute) in attributes.enumerated() {
      while let last = open.last, last.level >= attribute.level { text += open.removeLast().close + "\n" }
      let kind = isFit(attribute) ? attribute.kind : .text
      let element = elements[kind] ?? "string"
      let blanks = String(repeating: " ", count: indent + 2 * open.count)
      text += blanks + "<\(element) key=\"\(XES.key(attribute.name))\""
      if kind != .list && kind != .container { text += " value=\"\(XMLText.escaped(value(attribute, kind)))\"" }
      let hasChildren = place + 1 < attributes.count && attributes[place + 1].level > attribute.level
      // The schema wants a list's items within `values`, also where there are none, and a key there too.
      let inner = kind == .list ? "<values key=\"values\">" : ""
      let close = (inner.isEmpty ? "" : "</values>") + "</\(element)>"
      text += hasChildren ? ">" + inner + "\n" : kind == .list ? ">" + inner + close + "\n" : "/>\n"
      if hasChildren { open.append((attribute.level, blanks + close)) }
    }
    while !open.isEmpty { text += open.removeLast().close + "\n" }
  }

  /// Whether the value is one that the kind may have; otherwise it is written as a text.
  private static func isFit(_ attribute: Attribute) -> Bool {
    switch attribute.kind {
    case .time: NoteTime.read(attribute.value) != nil
    case .integer: Int64(attribute.value) != nil
    case .decimal: Double(attribute.value) != nil
    case .flag: ["true", "false", "1", "0"].contains(attribute.value.lowercased())
    case .text, .id, .list, .container: true
    }
  }

  /// Times that are no `xs:dateTime` as they stand are written in UTC.
  private static func value(_ attribute: Attribute, _ kind: Attribute.Kind) -> String {
    switch kind {
    case .time:
      let text = attribute.value
      let isWhole = Instant(text) != nil && !text.contains(" ")
      return isWhole ? text : NoteTime.read(text)?.description ?? text
    case .flag: return attribute.value.lowercased()
    default: return attribute.value
    }
  }
}

/// Names within XES.
enum XES {
  /// A key as XES allows it, an `xs:Name`: other letters become `_`.
  static func key(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      let isStart = scalar.properties.isAlphabetic || scalar == "_" || scalar == ":"
      let isInner = scalar.properties.numericType != nil && scalar.value < 0x80 || scalar == "-" || scalar == "."
      if isStart || (isInner && !result.isEmpty) { result.unicodeScalars.append(scalar) } else { result += "_" }
    }
    return result.isEmpty ? "_" : result
  }
}
