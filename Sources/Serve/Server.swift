public import AccessControl
public import Answers
import Engine
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Log
public import Logging
import NIOCore
import NIOSSL
import Projection
import ServiceLifecycle
import UnixSignals
import Vault
import Vocabulary
import Wire

/// Where and how a server listens.
public struct ServeOptions: Sendable {
  public var host = "127.0.0.1"
  /// 0: any that is free.
  public var port = 8080
  /// Certificate and key in PEM; both or neither.
  public var certificate: String?
  public var privateKey: String?
  public var provider: IdentityProvider.Settings?
  /// Connections at a time; more wait to be accepted.
  public var connections = 1_000
  /// Seconds after which a connection that says nothing is closed.
  public var idleSeconds: Int64 = 30

  /// What says in evidence that it made it, with its version.
  public var program = "keshi"

  /// Seconds between two looks whether the read models must follow the log.
  public var refreshSeconds = 2.0

  public init() {}
}

extension Trouble {
  fileprivate static func cannotListen(_ options: ServeOptions, _ errno: Int32) -> Trouble {
    let address = "\(options.host):\(options.port)"
    return Trouble(
      .unavailable, "E-LISTEN", Name("cannot listen on \(address): \(systemText(errno))", "无法监听 \(address)：\(systemText(errno))"),
      unharmed: Unharmed.everything,
      remedy: Name("name another address with --listen; port 0 takes any that is free", "用 --listen 指定其他地址；端口 0 表示任选空闲端口"))
  }
}

/// The server: one process, one writer, API and pages.
public struct Server: Sendable {
  private let options: ServeOptions
  let office: Office
  private let logger: Logger
  let door: Door

  public init(
    _ folder: DataFolder, options: ServeOptions, clock: any LogClock = WallClock(), chance: Chance = .system, logger: Logger
  ) async throws {
    try await self.init(folder, options: options, clock: clock, chance: chance, limits: Rates.Limits(), logger: logger)
  }

  init(
    _ folder: DataFolder, options: ServeOptions, clock: any LogClock, chance: Chance = .system, limits: Rates.Limits, logger: Logger
  ) async throws {
    Memory.keepTogether()
    (self.options, self.logger) = (options, logger)
    let provider: IdentityProvider?
    if let settings = options.provider { provider = try await IdentityProvider(settings) } else { provider = nil }
    office = try Office(folder, clock: clock, workers: Workers(), rates: Rates(limits, clock: clock), program: options.program, logger: logger)
    let gate = Gatekeeper(
      tokens: TokenFile(folder: folder.keysPath),
      sessions: try Sessions.inFolder(folder.keysPath) { chance.bytes(Sessions.keyBytes) }, provider: provider, clock: clock)
    door = Door(routes: Routes.all(gate, chance), office: office, gate: gate, isSecure: options.certificate != nil)
  }

  /// Runs until SIGTERM or SIGINT; what is under way is answered first.
  ///
  /// - Parameter started: told the address when it listens.
  public func run(started: @escaping @Sendable (_ address: String) -> Void) async throws {
    let scheme = options.certificate == nil ? "http" : "https"
    let host = options.host
    let application = Application(
      responder: door.responder(), server: try serverBuilder(),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(options.connections)),
      onServerRunning: { channel in
        started("\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(channel.localAddress?.port ?? 0)")
      }, logger: logger)
    // Ended in the reverse order: first what streams wait for, then the connections.
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [application, Upkeep(office: office, refreshSeconds: options.refreshSeconds)], gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger))
    do { try await group.run() } catch let error as IOError {
      try? await office.close()
      throw Trouble.cannotListen(options, error.errnoCode)
    } catch {
      try? await office.close()
      throw error
    }
    try await office.close()
  }

  private func serverBuilder() throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder.http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(options.idleSeconds)))
    guard let certificate = options.certificate, let key = options.privateKey else { return plain }
    let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    tls.minimumTLSVersion = .tlsv12
    return try .tls(plain, tlsConfiguration: tls)
  }
}
