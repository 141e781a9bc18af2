import Answers
import Crypto
import Engine
import Events
import Log
import Pages
import Proofs
import Projection
import Vocabulary
import Wire

/// What an auditor asks for: is every byte there, what was signed, a proof to take along, who looked at what.
enum AuditPages {
  static let routes = [
    PageRoute(.get, "/audit", .audit, "Audit", "审计") { asking in try asking.page(overview) },
    PageRoute(.post, "/audit/verify", .verify, "Verify the log", "核验日志") { asking in try verify(asking) },
    PageRoute(.post, "/audit/checkpoint", .audit, "Sign a checkpoint", "签署检查点") { asking in try checkpoint(asking) },
    PageRoute(.get, "/audit/checkpoints/{size}", .audit, "A checkpoint to keep", "可存档的检查点") { asking in try note(asking) },
    PageRoute(.get, "/audit/proof", .audit, "A proof to take along", "可携带的证明") { asking in try proof(asking) },
    PageRoute(.get, "/audit/evidence", .audit, "Evidence for an auditor", "审计证据") { asking in try evidence(asking) },
    PageRoute(.get, "/audit/access", .readAccess, "Who looked at what", "访问记录") { asking in try asking.page(access) },
  ]

  private static func overview(in desk: Desk) throws -> Content {
    let signing = Signing(desk.asking.premises.folder)
    let sizes = try signing.shelf.sizes()
    let rows = try sizes.reversed().prefix(30).map { size -> [SiteCell] in
      let signed = try signing.shelf.load(size)
      return [
        SiteCell(Int64(size).grouped, href: desk.link("/audit/checkpoints/\(size)")), SiteCell(signed?.checkpoint.root.hex ?? ""),
        SiteCell(signed?.checkpoint.origin ?? ""),
      ]
    }
    var blocks: [Block] = [
      .paragraph(
        desk.say(
          "You need not believe this page: what it hands out is checked with the log's public key and a short program, without Keshi.",
          "您不必相信本页：此处交付的内容均可用日志公钥与一个简短程序核验，无需客史。")),
    ]
    if desk.asking.user.may(.verify) {
      blocks.append(.form(Form("", .post, "/audit/verify", [], submit: desk.say("Read every byte and compare", "逐字节核验"), isCompact: true)))
    }
    blocks += desk.asking.premises.workshop.works.filter { !$0.kind.isRebuild }.prefix(1).map { work in
      .links([Link(desk.say("The last verification", "最近一次核验"), desk.link("/works/" + Address.part(work.id)))])
    }
    blocks.append(.form(Form("", .post, "/audit/checkpoint", [], submit: desk.say("Sign a checkpoint now", "立即签署检查点"), isCompact: true)))
    blocks.append(
      .table(
        SiteTable(
          desk.say("Signed checkpoints", "已签署的检查点"),
          [.init(desk.say("Events", "事件数"), isNumber: true), .init(desk.say("Root", "根哈希")), .init(desk.say("Log", "日志"))], Array(rows),
          nothing: desk.say("None has been signed yet.", "尚未签署。"))))
    blocks.append(
      .form(
        Form(
          desk.say("Evidence to hand over", "交付证据"), .get, "/audit/evidence",
          [
            Form.Field(
              "subject", desk.say("Subject", "主体"), .line(type: "text"), hint: desk.say("Such as customer:C00042 or contract:HT-000001.", "例如 customer:C00042 或 contract:HT-000001。"),
              isRequired: true, limit: 220)
          ], submit: desk.say("Make the package", "生成证据包"), isCompact: true)))
    if desk.asking.user.may(.readAccess) { blocks.append(.links([Link(desk.say("Who looked at what", "访问记录"), desk.link("/audit/access"))])) }
    return Content(desk.say("Audit", "审计"), blocks)
  }

  private static func verify(_ asking: Asking) throws -> PageReply {
    .see(asking.link("/works/" + Address.part(try asking.premises.workshop.start(.verification, by: asking.user.name).id)))
  }

  private static func checkpoint(_ asking: Asking) throws -> PageReply {
    let signed = try Signing(asking.premises.folder).issue().signed
    return .see(asking.link("/audit/checkpoints/\(signed.checkpoint.size)"))
  }

  private static func note(_ asking: Asking) throws -> PageReply {
    guard let size = UInt64(asking["size"]), let signed = try Signing(asking.premises.folder).shelf.load(size) else {
      throw Trouble(
        .absent, "E-NO-CHECKPOINT", Name("no checkpoint of that size was kept", "没有该大小的检查点"), unharmed: Unharmed.everything,
        remedy: Name("choose one of the list", "请从列表中选择"))
    }
    let text = signed.note.encoded
    if asking.query["format"] == "note" { return .file("checkpoint-\(size).note", "text/plain; charset=utf-8", Array(signed.note.encoded.utf8)) }
    return try asking.page { desk in
      Content(
        desk.say("Checkpoint of \(size) events", "\(size) 个事件的检查点"),
        [
          .paragraph(desk.say("Keep it elsewhere: next year the log can be held to it.", "请另行保存：来年可据此核对日志。")), .code(text),
          .links([Link(desk.say("As a file", "下载"), desk.asking.here(["format": "note"]), isButton: true)]),
        ])
    }
  }

  private static func proof(_ asking: Asking) throws -> PageReply {
    guard let seq = asking.query["event"].flatMap({ UInt64($0) }) else {
      throw Trouble.unreadable(asking.query["event"] ?? "", Name("number of an event", "事件序号"))
    }
    asking.premises.noteLines()
    let proof = try Signing(asking.premises.folder).proof(of: seq)
    return .file("event-\(seq).tlog-proof", "application/octet-stream", proof.bytes)
  }

  /// Everything about a subject in one file that verifies elsewhere: proof, verifier, key, and how to use them.
  private static func evidence(_ asking: Asking) throws -> PageReply {
    let subject = asking.query["subject"]?.trimmed ?? ""
    let signing = Signing(asking.premises.folder)
    let history = try asking.premises.read { try SubjectHistory(of: subject, in: $0) }
    asking.premises.noteLines()
    let proof: MadeProof
    do { proof = try signing.proof(ofAll: history) } catch let error where Trouble(explaining: error).code == "E-PROOF-RANGE" {
      return try asking.page { tooNew(history, in: $0) }
    }
    let hash = SHA256.hash(data: proof.bytes).reduce(into: Text()) { $0.append(hex: $1) }.string
    let name = history.name.replacing(":", with: "-").replacing("/", with: "-")
    let safe = name.unicodeScalars.allSatisfy { $0.isASCII } && name.utf8.count < 60 ? name : "subject-" + String(hash.prefix(12))
    guard asking.query["format"] == "tar" else {
      return try asking.page { page(history, proof, hash, safe, try signing.policy()?.logs.map(\.text) ?? [], in: $0) }
    }
    var archive = Archive(at: asking.now)
    archive.add("README.txt", Array(readme(history, proof, hash, safe, asking).utf8))
    archive.add("\(safe).proof", proof.bytes)
    archive.add("verify.py", AuditorFiles.verifier)
    for key in try signing.policy()?.logs ?? [] { archive.add("log.vkey", Array((key.text + "\n").utf8)) }
    return .file("evidence-\(safe).tar", "application/x-tar", archive.finished)
  }

  /// The log's own bytes say that a group of events is durable once the next one follows, and only then it is signed. That
  /// somebody looked is recorded, so the next follows soon.
  private static func tooNew(_ history: SubjectHistory, in desk: Desk) -> Content {
    let notice = Notice(
      .hint, desk.say("The newest event is signed with the one that follows it, in a few seconds. This page asks again by itself.", "最新事件将在下一事件入账后签署，需数秒；本页会自动重新查询。"))
    return Content(desk.say("Evidence: ", "证据：") + desk.title(of: history.name), [.notice(notice)], refresh: 3)
  }

  private static func page(
    _ history: SubjectHistory, _ proof: MadeProof, _ hash: String, _ file: String, _ keys: [String], in desk: Desk
  ) -> Content {
    Content(
      desk.say("Evidence: ", "证据：") + desk.title(of: history.name),
      [
        .facts([
          Fact(desk.say("Subject", "主体"), SiteCell(desk.title(of: history.name), href: desk.subjectLink(history.name))),
          Fact(desk.say("Events proved", "所证明事件数"), String(proof.count)),
          Fact(desk.say("By the checkpoint of", "依据检查点"), desk.say("\(proof.size) events", "\(proof.size) 个事件")),
          Fact(desk.say("SHA-256 of the proof", "证明文件 SHA-256"), hash), Fact(desk.say("Key of the log", "日志公钥"), keys.joined(separator: " ")),
        ]),
        .links([Link(desk.say("Download the package", "下载证据包"), desk.asking.here(["format": "tar"]), isButton: true)]),
        .heading(desk.say("How it is checked elsewhere", "如何在他处核验")),
        .paragraph(
          desk.say(
            "On any machine with Python 3; no Keshi, no network. The key must come to the auditor on another way than the package.",
            "任何装有 Python 3 的机器即可，无需客史与网络。公钥应通过其他途径交给审计员。")),
        .code("tar -xf evidence-\(file).tar\npython3 verify.py --proof \(file).proof --key log.vkey"),
      ])
  }

  private static func readme(_ history: SubjectHistory, _ proof: MadeProof, _ hash: String, _ file: String, _ asking: Asking) -> String {
    """
    Evidence about \(history.name) · 关于 \(history.name) 的证据
    Made at \(asking.now) for \(asking.user.name) · 生成时间与查询人

    \(file).proof  \(proof.count) events, proved by the checkpoint of \(proof.size) events
    SHA-256          \(hash)

    Check it · 核验:   python3 verify.py --proof \(file).proof --key log.vkey

    log.vkey must be the key that the operator gave you on another way. That no event is missing a proof cannot show.
    log.vkey 应与运营方通过其他途径给您的公钥一致。证明无法说明没有遗漏事件。

    """
  }

  private static func access(in desk: Desk) throws -> Content {
    let found = try ["data.accessed", "access.changed"].flatMap { try desk.snapshot.newest($0, limit: 200) }
    let rows = found.sorted { $0.seq > $1.seq }.prefix(200).map { stored in
      [
        SiteCell(stored.event.occurredAt.description, href: desk.eventLink(stored.seq)),
        SiteCell(Catalogue.keshi.entry(named: stored.event.type)?.declaration.title[desk.language] ?? ""),
        SiteCell(stored.event.about.actor ?? ""), SiteCell(desk.text(of: stored)),
      ]
    }
    var blocks: [Block] = [
      .table(
        SiteTable(
          desk.say("Who looked at what, newest first", "访问记录（最近在前）"),
          [.init(desk.say("When", "时间")), .init(desk.say("What", "事项")), .init(desk.say("Who", "何人")), .init(desk.say("Details", "内容"))],
          Array(rows), nothing: desk.say("Nothing is on record.", "没有记录。")))
    ]
    blocks += try desk.section(
      "access", Name("By person and month", "按人与月"), columns: ["person", "month", "views", "exports", "rows", "sensitive", "highlySensitive", "toApprove"],
      limit: 25, nothing: Name("Nothing is on record.", "没有记录。"))
    blocks += try desk.section(
      "access-rights", Name("Rights", "权限"), columns: ["state", "person", "role", "scope", "by", "givenOn", "until", "dueOn"], limit: 25,
      nothing: Name("Nothing is on record.", "没有记录。"))
    return Content(desk.say("Who looked at what", "访问记录"), blocks)
  }
}
