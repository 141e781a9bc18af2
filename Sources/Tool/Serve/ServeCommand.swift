import AccessControl
import Answers
import ArgumentParser
import Logging
import Serve
import Vocabulary

/// `keshi serve [--listen 127.0.0.1:8080]`: the HTTP API and the web pages.
struct ServeCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "serve",
      abstract: Name("Answer by HTTP: the API and the web pages.", "以 HTTP 提供接口与网页。")[Speech.language],
      discussion: example(
        """
        keshi token create --name "Li Na" --access manager --capacity SM
        keshi serve --data ./try
        keshi serve --listen 127.0.0.1:0
        keshi serve --listen 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem
        """) + "\n\n"
        + Name(
          "The address stands on standard output when the server listens. SIGTERM or Ctrl-C ends it after what is under way has been answered. While it runs it is the log's one writer: other commands read.",
          "开始监听后，地址输出到标准输出。SIGTERM 或 Ctrl-C 在答复完进行中的请求后结束。运行期间日志只由它写入，其他命令只读。")[Speech.language])
  }

  @Option(help: help("Address and port; port 0 takes any that is free.", "地址与端口；端口 0 表示任选空闲端口。", value: "host:port"))
  var listen = "127.0.0.1:8080"

  @Option(help: help("Certificate chain, PEM; with --tls-key.", "证书链（PEM），与 --tls-key 同用。", value: "file"))
  var tlsCert: String?

  @Option(help: help("Private key, PEM; with --tls-cert.", "私钥（PEM），与 --tls-cert 同用。", value: "file"))
  var tlsKey: String?

  @Option(help: help("Issuer of the identity provider whose tokens are believed (OpenID Connect).", "所信任的身份提供方（OpenID Connect）的 issuer。", value: "url"))
  var oidcIssuer: String?

  @Option(help: help("For whom its tokens must be made out.", "其令牌须指定的 audience。", value: "name"))
  var oidcAudience: String?

  @Option(help: help("Its public keys (JWKS).", "其公钥（JWKS）。", value: "file"))
  var oidcKeys: String?

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let options = try options()
    let (folder, console) = (session.folder(keys), session.console)
    let logger = Logger(label: "keshi") { _ in JSONLogHandler(console.remarks) }
    try Waiting.run {
      let server = try await Server(folder, options: options, logger: logger)
      try await server.run { address in
        try? console.output.write(address + "\n")
        try? console.output.flush()
      }
    }
  }

  private func options() throws -> ServeOptions {
    var options = ServeOptions()
    options.program = "keshi \(Keshi.version)"
    guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]), (0...65_535).contains(port), colon > listen.startIndex
    else { throw ServeCommand.bad("--listen", listen, "127.0.0.1:8080") }
    options.host = String(listen[..<colon].trimmingPrefix("[").prefix { $0 != "]" })
    options.port = port
    guard (tlsCert == nil) == (tlsKey == nil) else {
      throw Trouble.usage(Name("--tls-cert and --tls-key belong together", "--tls-cert 与 --tls-key 须同时给出"), remedy: Name("give both", "请同时给出"))
    }
    (options.certificate, options.privateKey) = (tlsCert, tlsKey)
    switch (oidcIssuer, oidcAudience, oidcKeys) {
    case (nil, nil, nil): break
    case (let issuer?, let audience?, let path?):
      options.provider = IdentityProvider.Settings(issuer: issuer, audience: audience, keysPath: path)
    default:
      throw Trouble.usage(
        Name("--oidc-issuer, --oidc-audience and --oidc-keys belong together", "--oidc-issuer、--oidc-audience、--oidc-keys 须同时给出"),
        remedy: Name("give all three", "请同时给出三项"))
    }
    return options
  }

  static func bad(_ option: String, _ value: String, _ example: String) -> Trouble {
    .usage(Name("\(option) cannot be read: \"\(value)\"", "无法识别 \(option)：“\(value)”"), remedy: Name("write it like \(example)", "请按 \(example) 的形式书写"))
  }
}
