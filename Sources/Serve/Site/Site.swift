import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Log
import NIOCore
import Projection
import Vocabulary
import Website
import Wire

/// The pages for people, as routes: `Website` makes them, this module carries them.
enum Site {
  static let routes: [Route] = [assets] + Website.routes.map(route)

  private static func route(_ page: PageRoute) -> Route {
    let needs = Capability(rawValue: page.need.rawValue)
    let answer: @Sendable (Inquiry) throws -> Reply = { inquiry in Reply(page.answer(Asking(inquiry))) }
    switch page.method {
    case .get: return .page(page.path, needs: needs ?? .administer, page.title.en, page.title.zh, answer: answer)
    case .post: return .form(page.path, needs: needs ?? .administer, page.title.en, page.title.zh, answer: answer)
    }
  }

  /// Style and scripts: no secret, so that the page for signing in has them too.
  private static let assets = Route(.get, "/assets/{file}", needs: nil, "Style and scripts", "样式与脚本") { inquiry in
    guard let file = Assets.file(inquiry["file"]) else {
      throw Trouble(
        .absent, "E-NO-ASSET", Name("there is no such file", "没有此文件"), unharmed: Unharmed.everything,
        remedy: Name("pages name those that there are", "页面会列出现有文件"))
    }
    return Reply(headers: [.contentType: file.mediaType, .cacheControl: "public, max-age=3600"], body: .bytes(file.bytes))
  }
}

extension Asking {
  fileprivate init(_ inquiry: Inquiry) {
    let principal = inquiry.principal
    let user = User(name: principal.name, capacities: principal.capacities) { need in
      Capability(rawValue: need.rawValue).map { principal.may($0) } ?? false
    }
    self.init(
      user: user, language: inquiry.language, path: String(inquiry.target.prefix { $0 != "?" }), parts: inquiry.parameters,
      query: Parameters(inquiry.query.all), form: Parameters(inquiry.form.all), token: inquiry.formToken,
      premises: InquiryPremises(inquiry: inquiry))
  }
}

/// The open store as one asker sees it.
private struct InquiryPremises: Premises {
  let inquiry: Inquiry

  var folder: DataFolder { inquiry.office.folder }
  var store: Store { inquiry.office.store }
  var now: Instant { inquiry.office.now }
  var shelf: ModelShelf { inquiry.office.shelf }
  var directory: Directory { inquiry.office.directory }
  var workshop: any Workshop { inquiry.office.jobs }

  func read<R>(_ body: (Snapshot) throws -> R) throws -> R { try inquiry.read(body) }
  func perform(_ command: Command, rehearse: Bool) throws -> CommandResult { try inquiry.office.perform(command, rehearse: rehearse) }
  func noteLines() { inquiry.noteLines() }
}

extension Jobs: Workshop {
  var works: [Work] { all().map(Jobs.work) }

  func start(_ kind: Work.Kind, by user: String) throws -> Work {
    switch kind {
    case .rebuild(let fromLog): Jobs.work(try start(.rebuild([], fromLog: fromLog), by: user))
    case .verification: Jobs.work(try start(.verify, by: user))
    case .evidence(let request, let about): Jobs.work(try start(.evidence(request, about), by: user))
    }
  }

  func file(of id: String, for user: String) throws -> [UInt8] { try archive(id, for: user).bytes }

  func cancel(_ id: String) throws { let _: Job = try cancel(id) }

  private static func work(_ job: Job) -> Work {
    let kind: Work.Kind =
      switch job.kind {
      case .rebuild(_, let fromLog): .rebuild(fromLog: fromLog)
      case .verify: .verification
      case .evidence(let request, let about): .evidence(request, about)
      }
    let state: Work.State =
      switch job.state {
      case .waiting: .underWay(Name("Waiting", "等待中"), done: 0, total: 1)
      case .running: .underWay(job.step, done: job.done, total: job.total)
      case .done: .finished(job.sentences)
      case .cancelled: .cancelled
      case .failed: .failed(job.sentences.first ?? Name("failed", "失败"))
      }
    return Work(id: job.id, kind: kind, by: job.by, state: state, file: job.file)
  }
}

extension Reply {
  fileprivate init(_ page: PageReply) {
    if let location = page.location {
      self = .redirect(to: location)
      return
    }
    var headers: HTTPFields = [.contentType: page.mediaType]
    // Beside the style in files, the one that stands in a page to print.
    if let hash = page.styleHash { headers[.contentSecurityPolicy] = Door.contentPolicy(style: "'self' 'sha256-\(hash)'") }
    if let name = page.fileName { headers[.contentDisposition] = "attachment; filename=\"\(name)\"" }
    self.init(.init(code: page.status), headers: headers, body: .bytes(page.body))
  }
}
