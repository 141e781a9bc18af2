import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Proofs
import Vocabulary
import Wire

/// What somebody outside can hold the log to: checkpoints, proofs, and whether the log is whole.
enum ProofRoutes {
  static let all: [Route] = [checkpoint, newest, growth, event, subject, verify, verification]

  private static let checkpoint = Route(
    .post, "/api/v1/checkpoints", needs: .verify, "Sign what the log is now", "签署日志现状", work: .long, bodyLimit: 1,
    operation: Operation("signCheckpoint", status: 201, replyType: "text/plain", reply: ["type": "string"])
  ) { inquiry in
    let signed = try inquiry.office.signing().issue().signed
    var reply = Reply.note(signed)
    reply.status = .created
    return reply
  }

  private static let newest = Route(
    .get, "/api/v1/checkpoints/newest", needs: .verify, "The newest checkpoint", "最新检查点",
    operation: Operation("getCheckpoint", replyType: "text/plain", reply: ["type": "string"])
  ) { inquiry in
    guard let signed = try inquiry.office.signing().shelf.newest() else { throw Trouble.noCheckpoint }
    return .note(signed)
  }

  private static let growth = Route(
    .get, "/api/v1/checkpoints/growth", needs: .verify, "Proof that the log only grew", "日志只增不改的证明", work: .long,
    operation: Operation(
      "proveGrowth", parameters: [Operation.Parameter("since", "Events of the older checkpoint.", "较早检查点的事件数。", ["type": "integer", "minimum": 0]).required],
      replyType: "text/plain", reply: ["type": "string"])
  ) { inquiry in
    guard let since = try inquiry.number("since") else {
      throw Trouble.usage(Name("since is missing", "缺少 since"), remedy: Name("name the older checkpoint's number of events", "请写明较早检查点的事件数"))
    }
    let (signed, tree) = try inquiry.office.signing().issue()
    return .text(String(decoding: try GrowthProof(since: UInt64(since), in: tree, to: signed).encoded, as: UTF8.self))
  }

  private static let event = Route(
    .get, "/api/v1/proofs/events/{seq}", needs: .audit, "Proof that an event is in the log", "某事件在日志中的证明", work: .long,
    operation: Operation("proveEvent", replyType: "text/plain", reply: ["type": "string"])
  ) { inquiry in
    let seq = try inquiry.read(inquiry["seq"], "seq", { UInt64($0) }, "1200")
    inquiry.noteLines()
    return .proof(try inquiry.office.signing().proof(of: seq), "event-\(seq).tlog-proof")
  }

  private static let subject = Route(
    .get, "/api/v1/proofs/subjects/{subject}", needs: .audit, "Proof of all events that reach a subject", "某主体全部事件的证明", work: .long,
    operation: Operation("proveSubject", replyType: "text/plain", reply: ["type": "string"])
  ) { inquiry in
    let history = try inquiry.office.read { try SubjectHistory(of: inquiry["subject"], in: $0) }
    inquiry.noteLines()
    return .proof(try inquiry.office.signing().proof(ofAll: history), "subject.proof")
  }

  private static let verify = Route(
    .post, "/api/v1/verifications", needs: .verify, "Read every byte of the log and say whether it is whole", "读取日志的每个字节并判断是否完好", work: .quick,
    bodyLimit: 1, operation: Operation("verify", status: 202, reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    .accepted(try inquiry.office.jobs.start(.verify, by: inquiry.principal.name), at: "/api/v1/verifications")
  }

  private static let verification = Route(
    .get, "/api/v1/verifications/{id}", needs: .verify, "A verification, and what it found", "核验及其结果", work: .quick,
    operation: Operation("getVerification", reply: ["$ref": "#/components/schemas/Job"])
  ) { inquiry in
    .json(try inquiry.office.jobs.job(inquiry["id"], "verification").json)
  }
}

extension Inquiry {
  /// Lines were handed out as they are. Personal values that were never sealed stand in them.
  func noteLines() { office.ledger.note(self, .sensitive) }
}

extension Office {
  func signing() -> Signing { Signing(folder) }
}

extension Reply {
  static func note(_ signed: SignedCheckpoint) -> Reply { .text(signed.note.encoded) }

  static func proof(_ proof: MadeProof, _ file: String) -> Reply {
    Reply(
      headers: [.contentType: "text/plain; charset=utf-8", .contentDisposition: "attachment; filename=\"\(file)\""],
      body: .bytes(proof.bytes))
  }

  /// Work that goes on: where to look how far it is.
  static func accepted(_ job: Job, at path: String) -> Reply {
    Reply.json(job.json, status: .accepted).with(.location, path + "/" + job.id)
  }
}

extension Trouble {
  static let noCheckpoint = Trouble(
    .absent, "E-NO-CHECKPOINT", Name("nothing has been signed yet", "尚未签署任何检查点"), unharmed: Unharmed.everything,
    remedy: Name("POST /api/v1/checkpoints signs one", "POST /api/v1/checkpoints 可签署"))
}
