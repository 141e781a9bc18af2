import AccessControl
import Answers
import Engine
import HTTPTypes
import Projection
import ReadModels
import Vocabulary
import Wire

/// Read models.
enum ModelRoutes {
  static let all: [Route] = [list, rows, row, explanation]

  private static let list = Route(
    .get, "/api/v1/models", needs: .read, "Read models", "读模型", work: .quick, operation: Operation("listModels")
  ) { inquiry in
    let positions = inquiry.office.models.positions()
    let rows = zip(Rows.objects(ModelList.columns, ModelList.rows(in: inquiry.language)), ModelList.names).map { row, name in
      guard var object = row.object else { return row }
      object["position"] = positions[name].map { .int($0) } ?? .null
      object["lag"] = inquiry.office.shelf.reach(name).map { .int(max(0, inquiry.office.head - $0)) } ?? .null
      return JSON.object(object)
    }
    return .json(["models": .array(rows), "head": .int(inquiry.office.head - 1)])
  }

  private static let rows = Route(
    .get, "/api/v1/models/{model}", needs: .read, "Rows of a read model", "读模型各行",
    operation: Operation("listRows", parameters: Operation.Parameter.view + [.after, .limit()])
  ) { inquiry in
    let page = try ModelPage(inquiry)
    var object: JSONObject = ["rows": .array(Rows.objects(page.columns, page.rows))]
    object["next"] = page.next.map { .string($0) } ?? .null
    object["position"] = .int(page.position)
    object["lag"] = .int(inquiry.office.head - 1 - page.position)
    var reply = Reply.json(.object(object)).at(page.position + 1)
    if let next = page.next { reply.headers[.known("Link")] = "<\(inquiry.target(with: "after", next))>; rel=\"next\"" }
    return reply
  }

  private static let row = Route(
    .get, "/api/v1/models/{model}/{subject}", needs: .read, "One row of a read model", "读模型的一行",
    operation: Operation("getRow", parameters: Operation.Parameter.view)
  ) { inquiry in
    let view = try inquiry.view()
    return try inquiry.read { snapshot in
      let projection = try snapshot.projection(inquiry["model"])
      let rows = ModelRows(projection)
      guard let line = try line(of: projection, inquiry["subject"], view, inquiry, snapshot) else {
        throw Trouble.noRow(inquiry["model"], inquiry["subject"])
      }
      return .json(Rows.object(rows.columns, rows.cells(of: line))).at(line.position)
    }
  }

  /// The row as it stands now. One that rests on everybody comes from the model in use and says by `position` how much that
  /// knows; everybody is judged for it only where there is none, or where it must rest on a newer event.
  private static func line(
    of projection: AnyProjection, _ subject: String, _ view: View, _ inquiry: Inquiry, _ snapshot: Snapshot
  ) throws -> ModelLine? {
    let minimum = try inquiry.minimumPosition ?? 0
    if projection.needsAll, view == .present, let model = try inquiry.office.models.model(projection), minimum < model.provenance.position {
      let name = (try? snapshot.resolve(subject)) ?? subject
      return try model.row(name).map { ModelLine($0, model.provenance) }
    }
    return try snapshot.row(of: projection.name, subject: subject, view: view)
  }

  private static let explanation = Route(
    .get, "/api/v1/models/{model}/{subject}/explanation", needs: .read, "Why a row is as it is", "某行何以如此",
    operation: Operation(
      "explainRow",
      parameters: Operation.Parameter.view
        + [Operation.Parameter("field", "Also which events this field rests on.", "同时说明该字段所依据的事件。")])
  ) { inquiry in
    let view = try inquiry.view()
    return try inquiry.read { snapshot in
      let answer = try ExplanationAnswer(
        inquiry["model"], inquiry["subject"], view: view, field: inquiry.query["field"], in: snapshot)
      guard !answer.isEmpty else { throw Trouble.noRow(inquiry["model"], inquiry["subject"]) }
      return .json(answer.json).at(snapshot.size)
    }
  }
}

extension Trouble {
  static func noRow(_ model: String, _ subject: String) -> Trouble {
    Trouble(
      .absent, "E-NO-ROW", Name("\(subject) has no row in \(model)", "\(subject) 在 \(model) 中没有行"), unharmed: Unharmed.everything,
      remedy: Name("/api/v1/models/\(model) lists the rows that there are", "全部行见 /api/v1/models/\(model)"))
  }
}
