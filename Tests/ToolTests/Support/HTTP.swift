import Foundation
import Glibc

/// One connection to a server on loopback, byte by byte: what a well-behaved library would not let a test do.
final class Connection {
  private let descriptor: Int32

  /// `nil` where nobody listens.
  init?(port: Int, seconds: Int = 10) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    // What was opened is closed by `deinit`, which runs here too: a second close could meet another thread's file.
    guard connected == 0 else { return nil }
  }

  deinit { close(descriptor) }

  @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult func send(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Everything until the server closes, or until nothing comes for the limit of seconds.
  func readAll() -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { break }
      bytes += chunk[0..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// `keshi serve` as a process of its own.
final class ServerProcess {
  let binary: Binary
  let port: Int
  let log: String

  /// - Parameter folder: has a log and a token for `admin`.
  init(_ folder: Folder, _ more: [String] = []) throws {
    let address = folder.path + "/address"
    log = folder.path + "/serve.log"
    binary = Binary(["serve", "--data", folder.path, "--listen", "127.0.0.1:0"] + more, output: address, remarks: log)
    try binary.process.run()
    var text = ""
    for _ in 0..<1_200 where !text.hasSuffix("\n") {
      usleep(25_000)
      text = (try? String(contentsOfFile: address, encoding: .utf8)) ?? ""
    }
    port = text.split(separator: ":").last.flatMap { Int($0.trimmingCharacters(in: .newlines)) } ?? 0
  }

  func stop(_ signal: Int32 = SIGTERM) -> Int32 {
    kill(binary.process.processIdentifier, signal)
    binary.process.waitUntilExit()
    return binary.process.terminationStatus
  }

  /// One request on a connection of its own; `nil` where it was not answered whole.
  func ask(_ method: String = "GET", _ path: String, token: String?, body: String = "") -> (status: Int, text: String)? {
    guard let connection = Connection(port: port, seconds: 60) else { return nil }
    let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    connection.send(
      "\(method) \(path) HTTP/1.1\r\nHost: keshi\r\nConnection: close\r\n\(authorization)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    let answer = connection.readAll()
    guard let end = answer.range(of: "\r\n\r\n"), answer.hasPrefix("HTTP/1.1 "), let status = Int(answer.dropFirst(9).prefix(3)) else { return nil }
    let text = String(answer[end.upperBound...])
    let length = answer[..<end.lowerBound].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    guard length.map({ Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) == text.utf8.count }) ?? true else { return nil }
    return (status, text)
  }
}
