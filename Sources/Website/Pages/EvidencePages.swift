import Answers
import Engine
import Events
import Pages
import Projection
import Proofs
import Vocabulary
import Wire

/// Evidence to hand over: the same package as the command line makes, asked for, waited for and fetched.
enum EvidencePages {
  static let routes = [
    PageRoute(.get, "/audit/evidence", .audit, "Evidence for an auditor", "审计证据") { asking in try asking.page(offer) },
    PageRoute(.post, "/audit/evidence", .audit, "Make an evidence package", "生成证据包") { asking in try make(asking) },
    PageRoute(.get, "/works/{id}/file", .audit, "An evidence package", "证据包") { asking in try file(asking) },
  ]

  static func form(_ subject: String, in desk: Desk) -> Form {
    Form(
      desk.say("Evidence to hand over", "交付证据"), .post, desk.link("/audit/evidence"),
      [
        Form.Field(
          "subject", desk.say("Subject", "主体"), .line(type: "text"), value: subject,
          hint: desk.say("A customer, a contract or a dispute: customer:C00042, contract:HT-000001.", "客户、合同或纠纷：customer:C00042、contract:HT-000001。"),
          isRequired: true, limit: 220),
        Form.Field(
          "reason", desk.say("What it is for", "用途"), .line(type: "text"), hint: desk.say("Stands in the log and in the package.", "写入日志与证据包。"),
          limit: Circumstances.lengthLimit),
      ], submit: desk.say("Make the package", "生成证据包"), isCompact: true)
  }

  private static func offer(in desk: Desk) throws -> Content {
    let subject = desk.asking.query["subject"]?.trimmed ?? ""
    let name = subject.isEmpty ? subject : try desk.snapshot.resolve(subject)
    let words: [(String, String)] = [
      ("The lines of the log with a proof for each, the signed checkpoint, the rules that were in force, and pages to read.", "日志原文及逐条证明、已签署的检查点、当时有效的规则，以及可读页面。"),
      ("No personal value: what is withheld is listed with the reason.", "不含个人信息：未收录者逐项列明理由。"),
      ("A verifier of one file, which needs Python 3 and nothing else.", "一个单文件核验程序，仅需 Python 3。"),
      ("That you take it is recorded before you get it.", "交付之前，您的领取即已入账。"),
    ]
    return Content(
      desk.say("Evidence for an auditor", "审计证据") + (name.isEmpty ? "" : desk.say(": ", "：") + desk.title(of: name)),
      [.form(form(name, in: desk)), .notice(Notice(.hint, desk.say("What is in the package", "证据包的内容"), details: words.map { desk.say($0.0, $0.1) }))])
  }

  private static func make(_ asking: Asking) throws -> PageReply {
    let (subject, view) = (asking.form["subject"]?.trimmed ?? "", try asking.view())
    let request = try asking.premises.read { snapshot in try EvidenceRequest(about: try snapshot.resolve(subject), view: view) }
    asking.premises.noteLines()
    var about = asking.circumstances
    about.reason = asking.form["reason"]?.trimmed
    let work = try asking.premises.workshop.start(.evidence(request, about), by: asking.user.name)
    return .see(asking.link("/works/" + Address.part(work.id)))
  }

  private static func file(_ asking: Asking) throws -> PageReply {
    let bytes = try asking.premises.workshop.file(of: asking["id"], for: asking.user.name)
    let name = asking.premises.workshop.works.first { $0.id == asking["id"] }?.file
    return .file(name ?? "evidence.zip", "application/zip", bytes)
  }

  /// What a package that is made says of itself, and how a stranger checks it.
  static func made(_ work: Work, in desk: Desk) throws -> [Block] {
    guard let name = work.file, work.by == desk.asking.user.name else { return [] }
    let keys = try Signing(desk.asking.premises.folder).policy()?.logs.map(\.text) ?? []
    return [
      .links([Link(desk.say("Download the package", "下载证据包"), desk.link("/works/" + Address.part(work.id) + "/file"), isButton: true)]),
      .heading(desk.say("How it is checked elsewhere", "如何在他处核验")),
      .paragraph(
        desk.say(
          "On any machine with Python 3; no Keshi, no network. Give the auditor the log's public key on another way than the package: by telephone, on paper.",
          "任何装有 Python 3 的机器即可，无需客史与网络。日志公钥请通过证据包以外的途径（电话、纸质）交给审计员。")),
      .code(
        keys.map { "echo '\($0)' > log.vkey\n" }.joined() + "python3 -m zipfile -e \(name) package\npython3 package/verify.py --package \(name) --key log.vkey"),
    ]
  }
}
