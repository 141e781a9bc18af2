import Foundation
import Synchronization
import Testing
import Wire

@testable import keshi

/// How often the server is killed; `KESHI_KILLS` asks for more.
private let kills = ProcessInfo.processInfo.environment["KESHI_KILLS"].flatMap { Int($0) } ?? 4

@Suite(.serialized) struct `The server as a process` {
  private func prepared() throws -> (folder: Folder, token: String) {
    let folder = try Folder()
    _ = folder.run("init")
    let made = folder.run("token", "create", "--name", "test", "--access", "admin", "--format", "json")
    let token = try #require(try JSON(parsing: made.output).object?["token"]?.string)
    return (folder, token)
  }

  private func order(_ id: String) -> String {
    #"{"type":"order.placed","id":"\#(id)","subject":"order:\#(id)","data":{"customer":"\#(id.hashValue % 50)","totalMinor":1,"cur":"CNY"}}"#
  }

  /// Writers that never stop, until their server is gone; the ids that were acknowledged to them.
  private func load(_ server: ServerProcess, _ token: String, round: Int, while isRunning: @escaping @Sendable () -> Bool) -> Mutexed<[String]> {
    let acknowledged = Mutexed<[String]>([])
    let (port, writers) = (server.port, 8)
    let process = Unchecked(server)
    let group = DispatchGroup()
    for writer in 0..<writers {
      Thread.detachNewThread(in: group) {
        var number = 0
        while isRunning() {
          let id = "r\(round)w\(writer)n\(number)"
          number += 1
          guard port > 0, let answer = process.value.ask("POST", "/api/v1/events?guards=record", token: token, body: order(id)) else { continue }
          if answer.status == 201 { acknowledged.with { $0.append(id) } }
        }
      }
    }
    acknowledged.group = group
    return acknowledged
  }

  @Test func `killed under load, has recorded everything that it acknowledged`() throws {
    let (folder, token) = try prepared()
    var all: [String] = []
    for round in 0..<kills {
      let server = try ServerProcess(folder)
      #expect(server.port > 0, "\((try? String(contentsOfFile: server.log, encoding: .utf8)) ?? "")")
      let running = Mutexed(true)
      let acknowledged = load(server, token, round: round) { running.get() }
      usleep(UInt32.random(in: 300_000...1_200_000))
      _ = server.stop(SIGKILL)
      running.with { $0 = false }
      acknowledged.group?.wait()
      all += acknowledged.get()
    }
    #expect(!all.isEmpty)
    #expect(folder.run("verify").output.contains(#""verdict":"clean""#) || folder.run("verify").output.contains(#""verdict":"torn""#))
    let exported = folder.run("export", "events").output
    let known = Set(exported.split(separator: "\n").compactMap { try? JSON(parsing: String($0)).object?["id"]?.string })
    for id in all { #expect(known.contains(id), "\(id) was acknowledged and is gone") }
  }

  @Test func `told to end, answers what is under way, and ends in order`() throws {
    let (folder, token) = try prepared()
    let server = try ServerProcess(folder)
    let running = Mutexed(true)
    let acknowledged = load(server, token, round: 0) { running.get() }
    usleep(700_000)
    // A reader of the stream must not keep the server from ending.
    let stream = try #require(Connection(port: server.port))
    stream.send("GET /api/v1/events/stream HTTP/1.1\r\nHost: k\r\nAuthorization: Bearer \(token)\r\n\r\n")
    usleep(200_000)
    #expect(server.stop() == 0)
    running.with { $0 = false }
    acknowledged.group?.wait()
    #expect(folder.run("verify").output.contains(#""verdict":"clean""#))
    let known = Set(folder.run("export", "events").output.split(separator: "\n").compactMap { try? JSON(parsing: String($0)).object?["id"]?.string })
    #expect(!acknowledged.get().isEmpty)
    for id in acknowledged.get() { #expect(known.contains(id), "\(id) was acknowledged and is gone") }
    #expect(try !String(contentsOfFile: server.log, encoding: .utf8).contains(token.dropFirst(6)), "a secret stands in the log")
  }

  @Test func `is stopped by no hostile client, and goes on answering the others`() throws {
    let (folder, token) = try prepared()
    let server = try ServerProcess(folder)
    defer { _ = server.stop(SIGKILL) }
    let slow = (0..<100).compactMap { _ in Connection(port: server.port) }
    for connection in slow { connection.send("POST /api/v1/events HTTP/1.1\r\nHost: k\r\nX-Slow: ") }
    let waiting = try #require(Connection(port: server.port))
    waiting.send("POST /api/v1/events HTTP/1.1\r\nHost: k\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r\nContent-Length: 8000000\r\n\r\n[")
    var seed = SystemRandomNumberGenerator()
    let noise = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &seed) }
    let hostile: [[UInt8]] = [
      noise, Array("GET / HTTP/9.9\r\n\r\n".utf8), Array("GET /\0 HTTP/1.1\r\nHost: k\r\n\r\n".utf8),
      Array("GET / HTTP/1.1\r\nHost: k\r\nA: \(String(repeating: "x", count: 1 << 20))\r\n\r\n".utf8),
      Array(("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 100_000) + "\r\n").utf8),
      Array("POST /api/v1/events HTTP/1.1\r\nHost: k\r\nContent-Length: -1\r\n\r\n".utf8),
      Array("POST /api/v1/events HTTP/1.1\r\nHost: k\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n".utf8),
      Array("POST /login HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n".utf8),
      Array("GET /\(String(repeating: "a/", count: 40_000)) HTTP/1.1\r\nHost: k\r\n\r\n".utf8),
    ]
    for bytes in hostile {
      guard let connection = Connection(port: server.port, seconds: 2) else { continue }
      connection.send(bytes)
      let answer = connection.readAll()
      #expect(!answer.hasPrefix("HTTP/1.1 2"), "\(bytes.prefix(60).map { Character(UnicodeScalar($0)) }) \(answer.prefix(80))")
      let other = server.ask("GET", "/api/v1/me", token: token)
      #expect(other?.status == 200)
    }
    #expect(server.ask("POST", "/api/v1/events?guards=record", token: token, body: order("after"))?.status == 201)
    #expect(server.ask("GET", "/livez", token: nil)?.status == 200)
    _ = (slow, waiting)
    #expect(server.stop() == 0)
    // The order, and that the token was made.
    #expect(folder.run("verify").output.contains(#""verdict":"clean","events":2"#))
  }

  @Test func `speaks TLS with a certificate, and then says so to browsers`() throws {
    let (folder, token) = try prepared()
    let made = try Binary.shell(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost -keyout $d/key.pem -out $d/cert.pem",
      environment: ["d": folder.path])
    guard made.status == 0 else { return print("SKIPPED: openssl makes no certificate here") }
    let server = try ServerProcess(folder, ["--tls-cert", folder.path + "/cert.pem", "--tls-key", folder.path + "/key.pem"])
    let asked = try Binary.shell(
      #"printf 'POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s' ${#b} "$b" | timeout 20 openssl s_client -quiet -connect 127.0.0.1:$p -CAfile $d/cert.pem 2>/dev/null"#,
      environment: ["d": folder.path, "p": String(server.port), "b": "token=\(token)"])
    #expect(asked.output.contains("HTTP/1.1 303") && asked.output.contains("Strict-Transport-Security") && asked.output.contains("; Secure"), "\(asked.output)")
    #expect(server.stop() == 0)
  }

  @Test func `says what is wrong where it cannot listen, and who else writes`() throws {
    let (folder, _) = try prepared()
    let server = try ServerProcess(folder)
    let second = try Binary.shell("$keshi serve --data $d --listen 127.0.0.1:0", environment: ["d": folder.path])
    #expect(second.status == 75 && second.remarks.contains("[E-LOG-LOCKED]"), "\(second.remarks)")
    let (other, _) = try prepared()
    let taken = try Binary.shell("$keshi serve --data $d --listen 127.0.0.1:$p", environment: ["d": other.path, "p": String(server.port)])
    #expect(taken.status == 69 && taken.remarks.contains("[E-LISTEN]"), "\(taken.remarks)")
    #expect(server.stop() == 0)
  }
}

/// A value that threads share.
private final class Mutexed<Value: Sendable>: Sendable {
  private let value: Mutex<Value>
  nonisolated(unsafe) var group: DispatchGroup?  // set before the value is shared

  init(_ value: Value) { self.value = Mutex(value) }
  func get() -> Value { value.withLock { $0 } }
  func with(_ body: (inout Value) -> Void) { value.withLock { body(&$0) } }
}

/// Each thread opens connections of its own; nothing else of the process is touched.
private struct Unchecked<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

extension Thread {
  fileprivate static func detachNewThread(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    Thread.detachNewThread {
      body()
      group.leave()
    }
  }
}
