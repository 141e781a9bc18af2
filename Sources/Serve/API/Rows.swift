import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Wire

/// Rows of answers as JSON.
enum Rows {
  static func object(_ columns: [Column], _ cells: [Cell]) -> JSON {
    .object(JSONObject(zip(columns, cells).filter { $1 != .absent }.map { ($0.name, $1.asJSON) }))
  }

  static func objects(_ columns: [Column], _ rows: [[Cell]]) -> [JSON] { rows.map { object(columns, $0) } }
}

extension Reply {
  /// Says on how many events the answer rests.
  func at(_ size: Int64) -> Reply { with(.position, String(size - 1)) }
}
