import Answers
import Engine
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

/// Rebuilding read models and watching it.
enum WorkPages {
  static let routes = [
    PageRoute(.get, "/rebuild", .operate, "Rebuild", "重建") { asking in try asking.page(overview) },
    PageRoute(.post, "/rebuild", .operate, "Start a rebuild", "启动重建") { asking in try rebuild(asking) },
    PageRoute(.post, "/works/{id}/cancel", .operate, "Cancel work", "取消工作") { asking in try cancel(asking) },
    PageRoute(.get, "/works/{id}", .read, "Work under way", "进行中的工作") { asking in try asking.page { try work(asking["id"], in: $0) } },
  ]

  private static func overview(in desk: Desk) throws -> Content {
    let models = desk.asking.premises.store.models
    let rows = desk.snapshot.projections.map { projection -> [SiteCell] in
      let model = try? models.open(projection.name)
      let behind = model.map { desk.snapshot.size - $0.provenance.position }
      return [
        SiteCell(projection.title[desk.language], href: desk.link("/models/" + projection.name)), SiteCell(model.map { Int64($0.count).grouped } ?? ""),
        SiteCell(model?.provenance.asOf.description ?? ""), SiteCell(model?.provenance.rule?.description ?? ""),
        SiteCell(behind.map { $0 == 0 ? desk.say("up to date", "最新") : $0.grouped } ?? desk.say("not built", "未建立"), mark: behind == 0 ? .good : .watch),
        SiteCell(model.map { String($0.contentHash.prefix(16)) } ?? ""),
      ]
    }
    let heads = [("Read model", "读模型"), ("Rows", "行数"), ("As of", "截至"), ("Rule", "规则"), ("Events behind", "落后事件数"), ("Hash", "哈希")]
    var blocks: [Block] = [
      .paragraph(
        desk.say("A rebuild reads the log and puts each read model in the place of the one in use; that one serves until then.", "重建由日志重新得出各读模型并替换现用模型；此前由现用模型继续服务。")),
      .form(
        Form(
          "", .post, "/rebuild",
          [Form.Field("fromLog", desk.say("Derive everything anew from the log's own lines", "完全由日志原文重新派生"), .tick)],
          submit: desk.say("Rebuild all", "全部重建"), isCompact: true)),
    ]
    let works = desk.asking.premises.workshop.works
    if !works.isEmpty {
      blocks.append(
        .table(
          SiteTable(
            desk.say("Work", "工作"), [.init(desk.say("What", "内容")), .init(desk.say("By", "启动人")), .init(desk.say("State", "状态"))],
            works.map { [SiteCell($0.kind.title[desk.language], href: desk.link("/works/" + Address.part($0.id))), SiteCell($0.by), SiteCell(state(of: $0, in: desk))] },
            nothing: "")))
    }
    blocks.append(.table(SiteTable(desk.say("Read models in use", "现用读模型"), heads.map { .init(desk.say($0.0, $0.1)) }, rows, nothing: "")))
    return Content(desk.say("Rebuild", "重建"), blocks)
  }

  private static func state(of work: Work, in desk: Desk) -> String {
    switch work.state {
    case .underWay: desk.say("under way", "进行中")
    case .finished: desk.say("finished", "已完成")
    case .cancelled: desk.say("cancelled", "已取消")
    case .failed(let what): what[desk.language]
    }
  }

  private static func rebuild(_ asking: Asking) throws -> PageReply {
    let work = try asking.premises.workshop.start(.rebuild(fromLog: asking.form["fromLog"] == "true"), by: asking.user.name)
    return .see(asking.link("/works/" + Address.part(work.id)))
  }

  private static func cancel(_ asking: Asking) throws -> PageReply {
    try asking.premises.workshop.cancel(asking["id"])
    return .see(asking.link("/works/" + Address.part(asking["id"])))
  }

  private static func work(_ asked: String, in desk: Desk) throws -> Content {
    guard let work = desk.asking.premises.workshop.works.first(where: { $0.id == asked }) else {
      throw Trouble(
        .absent, "E-NO-WORK", Name("this work is not remembered", "已无此工作的记录"), unharmed: Unharmed.everything,
        remedy: Name("look at what there is now", "请查看当前情况"))
    }
    let title = work.kind.title[desk.language]
    switch work.state {
    case .underWay(let step, let done, let total):
      let address = "/works/" + Address.part(work.id)
      let progress = Progress(
        step[desk.language], done: done, total: total, note: "\(done.grouped) / \(total.grouped)", href: desk.link(address))
      let stop = Form("", .post, address + "/cancel", [], submit: desk.say("Cancel", "取消"), isCompact: true)
      return Content(title, [.progress(progress)] + (desk.asking.user.may(.operate) ? [.form(stop)] : []), refresh: 3)
    case .finished(let sentences):
      let notice = Block.notice(Notice(.done, desk.say("Finished.", "已完成。"), details: sentences.map { $0[desk.language] }))
      guard case .evidence = work.kind else { return Content(title, [notice]) }
      return Content(title, [notice] + (try EvidencePages.made(work, in: desk)))
    case .cancelled: return Content(title, [.notice(Notice(.caution, desk.say("Cancelled. What was in use stays in use.", "已取消，现用内容不变。")))])
    case .failed(let what): return Content(title, [.notice(Notice(.refusal, what[desk.language].asSentence))])
    }
  }
}
