import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Wire

/// Read models.
enum ModelRoutes {
  static let all: [Route] = [
    Route(.get, "/api/v1/models", needs: .read, "Read models", "读模型", work: .quick, operation: Operation("listModels")) { inquiry in
      .json(["models": .array(Rows.objects(ModelList.columns, ModelList.rows(in: inquiry.language)))])
    },
    Route(.get, "/api/v1/models/{model}/{subject}", needs: .read, "One row of a read model", "读模型的一行", operation: Operation("getRow")) {
      inquiry in
      let view = try inquiry.view()
      return try inquiry.office.read { snapshot in
        let projection = try snapshot.projection(inquiry["model"])
        let rows = ModelRows(projection)
        guard let line = try snapshot.row(of: projection.name, subject: inquiry["subject"], view: view) else {
          throw Trouble.noRow(inquiry["model"], inquiry["subject"])
        }
        return .json(Rows.object(rows.columns, rows.cells(of: line))).at(snapshot.size)
      }
    },
  ]
}
