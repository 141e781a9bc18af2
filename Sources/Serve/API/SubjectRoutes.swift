import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Wire

/// What befell a customer, a contract, an order.
enum SubjectRoutes {
  static let all: [Route] = [
    Route(.get, "/api/v1/subjects/{subject}/history", needs: .read, "History of a subject", "主体历史", operation: Operation("getHistory")) {
      inquiry in
      let view = try inquiry.view()
      return try inquiry.office.read { snapshot in
        var events: [JSON] = []
        try snapshot.history(of: inquiry["subject"], view: view) { events.append(.object($0.event.json)) }
        return .json(["events": .array(events)]).at(snapshot.size)
      }
    }
  ]
}
