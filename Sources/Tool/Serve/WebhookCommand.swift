import Answers
import ArgumentParser
import Engine
import Foundation
import Log
import Projection
import Serve
import Vault
import Vocabulary

/// `keshi webhook …`: where events are sent as they are recorded.
struct WebhookCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "webhook",
      abstract: Name("Say where the server sends events as they are recorded.", "设定服务器把新入账事件发往何处。")[Speech.language],
      discussion: example(
        """
        keshi webhook add --url https://shop.example/keshi --type order.placed
        keshi webhook list
        keshi webhook remove 3f9a12c04d7e
        """),
      subcommands: [WebhookAddCommand.self, WebhookListCommand.self, WebhookRemoveCommand.self])
  }

  static let columns = [
    Column("id", .text, "Id", "编号"), Column("url", .text, "URL", "地址"), Column("types", .text, "Types", "事件类型"), Column("first", .position, "From event", "起始事件"),
  ]

  static func cells(of hook: Webhook) -> [Cell] { [.text(hook.id), .text(hook.url), .text(hook.types.joined(separator: " ")), .integer(hook.first)] }
}

struct WebhookAddCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "add", abstract: Name("Add a webhook and show its secret, this once.", "添加网络钩子并显示其密钥，仅此一次。")[Speech.language],
      discussion: example("keshi webhook add --url https://shop.example/keshi --type order.placed --type order.changed") + "\n\n"
        + Name(
          "Deliveries follow Standard Webhooks 1.0: CloudEvents without personal values, signed with the secret, tried again with growing pauses; what is never taken is listed at /api/v1/webhooks/ID/dead-letters.",
          "投递遵循 Standard Webhooks 1.0：不含个人信息的 CloudEvents，以密钥签名，失败后逐渐加长间隔重试；始终未被接受者列于 /api/v1/webhooks/编号/dead-letters。")[Speech.language])
  }

  @Option(help: help("Where to send; https, or http.", "发送地址，https 或 http。", value: "url"))
  var url: String

  @Option(help: help("Only this type; may be given again.", "只发送此类型；可多次给出。", value: "type"))
  var type: [String] = []

  @Option(help: help("The first event to send; else what is recorded from now on.", "首个发送的事件；缺省为此后新入账者。", value: "seq"))
  var from: Int64?

  @Flag(help: help("It may lead to this machine or into a private network.", "允许指向本机或内部网络。"))
  var allowPrivate = false

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let parts = URLComponents(string: url)
    guard url.utf8.count <= Webhook.urlLimit, ["http", "https"].contains(parts?.scheme), !(parts?.host ?? "").isEmpty, parts?.user == nil else {
      throw ServeCommand.bad("--url", url, "https://shop.example/keshi")
    }
    let folder = session.folder(keys)
    let head = try session.withStore(.read) { Int64($0.head.size) }
    let id = Chance.system.bytes(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let hook = Webhook(
      id: id, url: url, key: Chance.system.bytes(Webhook.secretBytes), types: type, from: min(max(from ?? head, 0), head), mayBePrivate: allowPrivate)
    try WebhookFile(folder: folder.keysPath).add(hook)
    try session.give([Column("secret", .text, "Secret", "密钥")] + WebhookCommand.columns, [.text(hook.secret)] + WebhookCommand.cells(of: hook))
  }
}

struct WebhookListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: Name("List the webhooks, without their secrets.", "列出网络钩子（不含密钥）。")[Speech.language],
      discussion: example("keshi webhook list"))
  }

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let hooks = try WebhookFile(folder: session.folder(keys).keysPath).all()
    try session.rows(WebhookCommand.columns).give(hooks.map(WebhookCommand.cells))
  }
}

struct WebhookRemoveCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "remove", abstract: Name("Send nothing more there.", "停止向其发送。")[Speech.language],
      discussion: example("keshi webhook remove 3f9a12c04d7e"))
  }

  @Argument(help: help("Its id, as the list shows it.", "编号，见列表。", value: "id"))
  var id: String

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let hook = try WebhookFile(folder: session.folder(keys).keysPath).remove(id)
    try session.rows(WebhookCommand.columns).give([WebhookCommand.cells(of: hook)])
  }
}
