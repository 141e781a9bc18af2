import AccessControl
import Answers
import ArgumentParser
import Foundation
import Projection
import Serve
import Vault
import Vocabulary
import Wire

/// `keshi token …`: who may use the server.
struct TokenCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "token",
      abstract: Name("Make, list and revoke the tokens by which the server knows who asks.", "生成、列出与撤销服务器据以识别访问者的令牌。")[Speech.language],
      discussion: example(
        """
        keshi token create --name "Li Na" --access manager --capacity SM
        keshi token list
        keshi token revoke 3f9a12c04d7e
        """),
      subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
  }

  static let columns = [
    Column("id", .text, "Id", "编号"), Column("name", .text, "Name", "姓名"), Column("access", .text, "Access", "权限"),
    Column("capacities", .text, "Acts as", "业务角色"), Column("created", .instant, "Created", "生成时间"),
    Column("expires", .instant, "Expires", "到期时间"), Column("revoked", .instant, "Revoked", "撤销时间"),
  ]

  static func cells(of token: AccessToken) -> [Cell] {
    [
      .text(token.id), .text(token.name), .text(token.roles.map(\.rawValue).sorted().joined(separator: " ")),
      .text(token.capacities.joined(separator: " ")), .instant(token.created), .instant(token.expires), Cell(token.revoked),
    ]
  }
}

struct TokenCreateCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "create",
      abstract: Name("Make a token and show it, this once.", "生成令牌并显示，仅此一次。")[Speech.language],
      discussion: example("keshi token create --name \"Li Na\" --access manager --capacity SM --lasts 90d") + "\n\n"
        + Name(
          "Only a hash of the token is kept. A running server knows the token at once.",
          "只保存令牌的哈希。运行中的服务器立即认得新令牌。")[Speech.language])
  }

  @Option(help: help("Who acts with it; the actor of events.", "使用者姓名，即事件的操作人。", value: "name"))
  var name: String

  @Option(help: help("What it may do: \(words); may be given again.", "权限：\(words)；可多次给出。", value: "role"))
  var access: [AccessRole]

  @Option(help: help("Handbook role in which its owner acts, such as SM; may be given again.", "使用者的业务角色，例如 SM；可多次给出。", value: "role"))
  var capacity: [String] = []

  @Option(help: help("How long it lasts, at most 366d.", "有效期，最长 366d。", value: "span"))
  var lasts = DaySpan(days: 90)

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  private static let words = AccessRole.allCases.map(\.rawValue).joined(separator: ", ")

  func run(in session: Session) throws {
    let now = session.console.clock.millisecond
    let (token, text) = try AccessToken.make(
      name: name, roles: Set(access), capacities: capacity, from: now, until: now.adding(days: lasts.days),
      secret: Chance.system.bytes(AccessToken.secretBytes))
    let folder = session.folder(keys).keysPath
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try TokenFile(folder: folder).add(token)
    try session.give([Column("token", .text, "Token", "令牌")] + TokenCommand.columns, [.text(text)] + TokenCommand.cells(of: token))
    session.console.remark(Name("The token is shown this once; keep it like a password.", "令牌仅显示这一次；请像密码一样保管。"))
  }
}

struct TokenListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: Name("List the tokens, without their secrets.", "列出令牌（不含密文）。")[Speech.language],
      discussion: example("keshi token list"))
  }

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let tokens = try TokenFile(folder: session.folder(keys).keysPath).all()
    try session.rows(TokenCommand.columns).give(tokens.map(TokenCommand.cells))
  }
}

struct TokenRevokeCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "revoke", abstract: Name("End a token now, and the sessions that it opened.", "立即作废令牌及其会话。")[Speech.language],
      discussion: example("keshi token revoke 3f9a12c04d7e"))
  }

  @Argument(help: help("Its id, as the list shows it.", "令牌编号，见列表。", value: "id"))
  var id: String

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let file = TokenFile(folder: session.folder(keys).keysPath)
    try file.revoke(id, at: session.console.clock.millisecond)
    let token = try file.all().first { $0.id == id }
    try session.rows(TokenCommand.columns).give(token.map { [TokenCommand.cells(of: $0)] } ?? [])
  }
}

extension AccessRole: ExpressibleByArgument {}
