import Engine
import Vocabulary
import Wire

extension StoredEvent {
  /// The event as `append` takes it.
  public func exported(from log: String, sealed isSealed: Bool) -> JSONObject { carried(from: log, sealed: isSealed).json }

  /// The event as it leaves this log: with the id that it has here, and every personal value either in clear or as a
  /// commitment that was carried over.
  public func carried(from log: String, sealed isSealed: Bool) -> Event {
    var event = self.event
    if event.id == nil { event.id = "\(log.prefix(8))-\(seq)" }
    let closed = event.sealed.members.filter { isSealed || event.data[$0.name] == nil }
    for member in closed { event.data[member.name] = nil }
    event.sealed = Commitment.carriedOver(JSONObject(closed.map { ($0.name, $0.value) }))
    return event
  }
}
