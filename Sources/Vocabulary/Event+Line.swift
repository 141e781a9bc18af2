import Wire

/// A canonical line with two holes, which only the log can fill: when the event was recorded, and as which.
///
/// The line is `head` · `"recordedAt":"…",` · `middle` · `"seq":…` · `tail`, an RFC 8785 object.
public struct LineParts: Hashable, Sendable {
  public let head: [UInt8]
  public let middle: [UInt8]
  public let tail: [UInt8]
}

extension Event {
  /// The event's canonical line but for what the log gives.
  public var lineParts: LineParts {
    var head = Text(capacity: 256)
    head.append(UInt8(ascii: "{"))
    // Named one by one: this runs for every event that is recorded, and a loop over key paths cost more than the rest.
    head.append(member: "actor", about.actor)
    head.append(member: "actorName", about.actorName)
    head.append(member: "batch", about.batch)
    head.append(member: "causedBy", about.causedBy)
    head.append(member: "channel", about.channel)
    head.append(member: "correlation", about.correlation)
    head.append("\"data\":" as StaticString)
    head.append(data)
    head.append(UInt8(ascii: ","))
    head.append(member: "id", id)
    head.append("\"occurredAt\":\"" as StaticString)
    head.append(occurredAt)
    head.append("\"," as StaticString)
    head.append(member: "onBehalfOf", about.onBehalfOf)
    if !sealed.isEmpty {
      head.append("\"p\":" as StaticString)
      head.append(sealed)
      head.append(UInt8(ascii: ","))
    }
    head.append(member: "reason", about.reason)
    var middle = Text()
    middle.append(member: "role", about.role)
    var tail = Text(capacity: 96)
    tail.append(UInt8(ascii: ","))
    tail.append(member: "sopVersion", about.sopVersion)
    tail.append("\"subject\":" as StaticString)
    tail.append(quoted: subject.description)
    tail.append(",\"type\":" as StaticString)
    tail.append(quoted: type)
    tail.append(",\"v\":" as StaticString)
    tail.append(Int64(version))
    tail.append(UInt8(ascii: "}"))
    return LineParts(head: head.bytes, middle: middle.bytes, tail: tail.bytes)
  }
}

extension Text {
  /// `"name":"value",`, or nothing.
  fileprivate mutating func append(member name: StaticString, _ value: String?) {
    guard let value else { return }
    append(UInt8(ascii: "\""))
    append(name)
    append("\":" as StaticString)
    append(quoted: value)
    append(UInt8(ascii: ","))
  }
}
