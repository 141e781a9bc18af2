import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Wire

/// The pages for people. Each is a `Route.page` or a `Route.form`.
enum Site {
  static let routes: [Route] = []
}
