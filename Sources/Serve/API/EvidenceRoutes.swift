import AccessControl
import Answers
import Engine
import Events
import HTTPTypes
import Projection
import Vocabulary
import Wire

/// Evidence packages: work that goes on, and an archive when it is done.
enum EvidenceRoutes {
  static let all: [Route] = [make, one, archive]

  private static let make = Route(
    .post, "/api/v1/evidence", needs: .audit, "Make an evidence package; recorded as an export", "生成证据包；作为导出入账", bodyLimit: 64 << 10,
    operation: Operation(
      "makeEvidence", parameters: [.asOf, .knownAt], bodies: [("application/json", ["$ref": "#/components/schemas/EvidenceOrder"])], status: 202,
      reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    let order: JSONObject
    do { order = try JSON(parsing: inquiry.body).object ?? [:] } catch { throw Trouble.badBody(Name("no JSON: \(error)", "不是 JSON：\(error)")) }
    guard let subject = order["subject"]?.string else {
      throw Trouble.badBody(Name("subject is missing", "缺少 subject"))
    }
    let view = try inquiry.view()
    let name = try inquiry.office.read { try $0.resolve(subject) }
    var about = inquiry.office.circumstances(for: inquiry)
    about.reason = order["reason"]?.string
    let request = try EvidenceRequest(about: name, view: view)
    inquiry.noteLines()
    return .accepted(try inquiry.office.jobs.start(.evidence(request, about), by: inquiry.principal.name), at: "/api/v1/evidence")
  }

  private static let one = Route(
    .get, "/api/v1/evidence/{id}", needs: .audit, "A package's making, and where it can be fetched", "证据包的生成进度与领取地址", work: .quick,
    operation: Operation("getEvidence", reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    .json(try inquiry.office.jobs.job(inquiry["id"], "evidence").json)
  }

  private static let archive = Route(
    .get, "/api/v1/evidence/{id}/archive", needs: .audit, "The package, for who had it made", "证据包（仅限申请人领取）",
    operation: Operation("getEvidenceArchive", replyType: "application/zip", reply: ["type": "string", "format": "binary"])
  ) { inquiry in
    let (name, bytes) = try inquiry.office.jobs.archive(inquiry["id"], for: inquiry.principal.name)
    return Reply(
      headers: [.contentType: "application/zip", .contentDisposition: "attachment; filename=\"\(name)\""], body: .bytes(bytes))
  }
}
