import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Wire

/// Events into the log.
enum EventRoutes {
  static let all: [Route] = []
}
