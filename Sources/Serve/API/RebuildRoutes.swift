import AccessControl
import Answers
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary
import Wire

/// Rebuilds of read models: work that goes on, with progress and cancel.
enum RebuildRoutes {
  static let all: [Route] = [start, list, one, progress, cancel]

  private static let start = Route(
    .post, "/api/v1/rebuilds", needs: .operate, "Rebuild read models from the log", "由日志重建读模型", work: .quick, bodyLimit: 64 << 10,
    operation: Operation(
      "startRebuild", bodies: [("application/json", ["$ref": "#/components/schemas/RebuildOrder"])], status: 202,
      reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    let order: JSONObject
    do { order = inquiry.body.isEmpty ? [:] : try JSON(parsing: inquiry.body).object ?? [:] } catch { throw Trouble.badBody(Name("no JSON: \(error)", "不是 JSON：\(error)")) }
    let names = order["models"]?.array?.compactMap(\.string) ?? []
    for name in names { _ = try inquiry.office.projection(name) }
    let kind = Job.Kind.rebuild(names, fromLog: order["fromLog"]?.bool ?? false)
    return .accepted(try inquiry.office.jobs.start(kind, by: inquiry.principal.name), at: "/api/v1/rebuilds")
  }

  private static let list = Route(
    .get, "/api/v1/rebuilds", needs: .operate, "Rebuilds of this run of the server", "本次运行以来的重建", work: .quick,
    operation: Operation("listRebuilds")
  ) { inquiry in
    .json(["rebuilds": .array(inquiry.office.jobs.all().filter { $0.kind.word == "rebuild" }.map(\.json))])
  }

  private static let one = Route(
    .get, "/api/v1/rebuilds/{id}", needs: .operate, "A rebuild, how far it is and what came of it", "重建的进度与结果", work: .quick,
    operation: Operation("getRebuild", reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    .json(try inquiry.office.jobs.job(inquiry["id"], "rebuild").json)
  }

  private static let progress = Route(
    .get, "/api/v1/rebuilds/{id}/progress", needs: .operate, "How far a rebuild is, as it goes (server-sent events)", "重建进度（服务器推送事件）", work: .quick,
    operation: Operation("watchRebuild", replyType: "text/event-stream", reply: ["type": "string"])
  ) { inquiry in
    let (jobs, id) = (inquiry.office.jobs, inquiry["id"])
    _ = try jobs.job(id, "rebuild")
    return .events { stream in
      var last: JSON?
      while let job = try? jobs.job(id, "rebuild") {
        if job.json != last {
          try await stream.send(job.json, event: job.isOver ? "end" : "progress")
          last = job.json
        }
        if job.isOver { return }
        try await stream.pause(milliseconds: 250)
      }
    }
  }

  private static let cancel = Route(
    .delete, "/api/v1/rebuilds/{id}", needs: .operate, "Cancel a rebuild; the models in use stay", "取消重建；现用读模型不变", work: .quick,
    operation: Operation("cancelRebuild", status: 202, reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    _ = try inquiry.office.jobs.job(inquiry["id"], "rebuild")
    return .json(try inquiry.office.jobs.cancel(inquiry["id"]).json, status: .accepted)
  }
}
