import Answers
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
    blocks += desk.asking.premises.workshop.works.filter { $0.kind.isVerification }.prefix(1).map { work in
      .links([Link(desk.say("The last verification", "最近一次核验"), desk.link("/works/" + Address.part(work.id)))])
    }
    blocks.append(.form(Form("", .post, "/audit/checkpoint", [], submit: desk.say("Sign a checkpoint now", "立即签署检查点"), isCompact: true)))
    blocks.append(
      .table(
        SiteTable(
          desk.say("Signed checkpoints", "已签署的检查点"),
          [.init(desk.say("Events", "事件数"), isNumber: true), .init(desk.say("Root", "根哈希")), .init(desk.say("Log", "日志"))], Array(rows),
          nothing: desk.say("None has been signed yet.", "尚未签署。"))))
    blocks.append(.form(EvidencePages.form("", in: desk)))
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

  private static func access(in desk: Desk) throws -> Content {
    let found = try ["data.accessed", "access.changed"].flatMap { try desk.newest($0, limit: 200) }
    let rows = found.sorted { $0.seq > $1.seq }.prefix(200).map { stored in
      [
        SiteCell(stored.event.occurredAt.short, href: desk.eventLink(stored.seq)),
        SiteCell(Catalogue.keshi.entry(named: stored.event.type)?.declaration.title[desk.language] ?? ""),
        SiteCell(stored.event.about.actorName ?? stored.event.about.actor ?? ""), SiteCell(desk.text(of: stored)),
      ]
    }
    var blocks: [Block] = [
      .table(
        SiteTable(
          desk.say("Who looked at what, newest first", "访问记录（最近在前）"),
          [.init(desk.say("When", "时间"), isShort: true), .init(desk.say("What", "事项")), .init(desk.say("Who", "何人")), .init(desk.say("Details", "内容"))],
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
