import Wire

/// A canonical line with two holes, which only the log can fill: when the event was recorded, and as which.
///
/// The line is `head` · `"recordedAt":"…",` · `middle` · `"seq":…` · `tail`, an RFC 8785 object.
public struct LineParts: Hashable, Sendable {
  /// The three, one behind another.
  public let bytes: [UInt8]
  public let headCount: Int
  public let middleCount: Int

  public var head: [UInt8] { Array(bytes[..<headCount]) }
  public var middle: [UInt8] { Array(bytes[headCount..<headCount + middleCount]) }
  public var tail: [UInt8] { Array(bytes[(headCount + middleCount)...]) }
}

extension Event {
  /// The event's canonical line but for what the log gives.
  public var lineParts: LineParts {
    var line = Text(capacity: 384)
    line.append(UInt8(ascii: "{"))
    // Named one by one: this runs for every event that is recorded, and a loop over key paths cost more than the rest.
    line.append(member: "actor", about.actor)
    line.append(member: "actorName", about.actorName)
    line.append(member: "batch", about.batch)
    line.append(member: "causedBy", about.causedBy)
    line.append(member: "channel", about.channel)
    line.append(member: "correlation", about.correlation)
    line.append("\"data\":" as StaticString)
    line.append(data)
    line.append(UInt8(ascii: ","))
    line.append(member: "id", id)
    line.append("\"occurredAt\":\"" as StaticString)
    line.append(occurredAt)
    line.append("\"," as StaticString)
    line.append(member: "onBehalfOf", about.onBehalfOf)
    if !sealed.isEmpty {
      line.append("\"p\":" as StaticString)
      line.append(sealed)
      line.append(UInt8(ascii: ","))
    }
    line.append(member: "reason", about.reason)
    let headCount = line.bytes.count
    line.append(member: "role", about.role)
    let middleCount = line.bytes.count - headCount
    line.append(UInt8(ascii: ","))
    line.append(member: "sopVersion", about.sopVersion)
    line.append("\"subject\":" as StaticString)
    line.append(quoted: subject.description)
    line.append(",\"type\":" as StaticString)
    line.append(quoted: type)
    line.append(",\"v\":" as StaticString)
    line.append(Int64(version))
    line.append(UInt8(ascii: "}"))
    return LineParts(bytes: line.bytes, headCount: headCount, middleCount: middleCount)
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
