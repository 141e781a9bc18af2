import Foundation
import Testing
import Vocabulary
import Wire

@testable import AccessControl

private let now = Instant(microseconds: 1_800_000_000_000_000)

/// A folder that is gone when the test is over.
private final class Place {
  let path = FileManager.default.temporaryDirectory.path + "/keshi-tokens-\(UUID().uuidString)"
  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

private func made(_ name: String = "Li Na", days: Int = 1, secret: UInt8 = 7) throws -> (token: AccessToken, text: String) {
  try AccessToken.make(
    name: name, roles: [.manager], capacities: ["SM"], from: now, until: now.adding(days: days), secret: [UInt8](repeating: secret, count: 32))
}

@Suite struct `A token` {
  @Test func `opens for who has the whole secret, and for nobody else`() throws {
    let place = try Place()
    let file = TokenFile(folder: place.path)
    let (token, text) = try made()
    try file.add(token)
    #expect(try file.token(opening: text, at: now) == token)
    for wrong in ["", "keshi_", String(text.dropLast()), text + "0", text.uppercased(), String(text.dropLast()) + "0", token.id, token.sha256] {
      #expect(try file.token(opening: wrong, at: now) == nil, "\(wrong)")
    }
  }

  @Test func `is over at its time, and not a microsecond before`() throws {
    let place = try Place()
    let file = TokenFile(folder: place.path)
    let (token, text) = try made(days: 1)
    try file.add(token)
    let end = now.adding(days: 1)
    #expect(try file.token(opening: text, at: Instant(microseconds: end.microseconds - 1)) != nil)
    #expect(try file.token(opening: text, at: end) == nil)
  }

  @Test func `is known to another process at once, and unknown once revoked`() throws {
    let place = try Place()
    let (server, tool) = (TokenFile(folder: place.path), TokenFile(folder: place.path))
    let (token, text) = try made()
    #expect(try server.token(opening: text, at: now) == nil)
    try tool.add(token)
    #expect(try server.token(opening: text, at: now) == token)
    try tool.revoke(token.id, at: now)
    #expect(try server.token(opening: text, at: now) == nil)
    #expect(try server.all().first?.revoked == now)
    #expect(throws: AccessError.unknownToken("nobody")) { try tool.revoke("nobody", at: now) }
  }

  @Test func `leaves no secret on the disk`() throws {
    let place = try Place()
    let (token, text) = try made()
    try TokenFile(folder: place.path).add(token)
    let secret = String(text.dropFirst(6))
    for name in try FileManager.default.contentsOfDirectory(atPath: place.path) {
      let bytes = try #require(FileManager.default.contents(atPath: place.path + "/" + name))
      #expect(!String(decoding: bytes, as: UTF8.self).contains(secret))
      let mode = try FileManager.default.attributesOfItem(atPath: place.path + "/" + name)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
  }

  @Test func `in a file that others may read lets nobody in`() throws {
    let place = try Place()
    let file = TokenFile(folder: place.path)
    let (token, text) = try made()
    try file.add(token)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    #expect(throws: AccessError.openFile(path: file.path)) { try file.token(opening: text, at: now) }
  }

  @Test(arguments: ["no json\n", "[]\n", "{}\n", #"{"id":"a","sha256":"b"}"# + "\n"])
  func `file with a line that is none lets nobody in`(line: String) throws {
    let place = try Place()
    let file = TokenFile(folder: place.path)
    let (token, text) = try made()
    try file.add(token)
    let handle = try #require(FileHandle(forWritingAtPath: file.path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(line.utf8))
    try handle.close()
    #expect(throws: AccessError.badLine(path: file.path, line: 2)) { try file.token(opening: text, at: now) }
  }

  @Test func `is made only with a name, a role, a future of a year at most and 256 random bits`() throws {
    func make(_ name: String = "a", _ roles: Set<AccessRole> = [.viewer], until end: Instant, _ bytes: Int = 32) throws(AccessError) {
      _ = try AccessToken.make(name: name, roles: roles, capacities: [], from: now, until: end, secret: [UInt8](repeating: 1, count: bytes))
    }
    let day = now.adding(days: 1)
    try make(until: now.adding(days: 366))
    try make(String(repeating: "客", count: 66), until: day)
    #expect(throws: AccessError.badExpiry) { try make(until: Instant(microseconds: now.adding(days: 366).microseconds + 1)) }
    #expect(throws: AccessError.badExpiry) { try make(until: now) }
    #expect(throws: AccessError.noRole) { try make("a", [], until: day) }
    #expect(throws: AccessError.weakSecret) { try make(until: day, 31) }
    for name in ["", "a\nb", String(repeating: "a", count: 201)] { #expect(throws: AccessError.badName(name)) { try make(name, until: day) } }
  }

  @Test func `and its neighbours survive many who write at once`() async throws {
    let place = try Place()
    let path = place.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask { try TokenFile(folder: path).add(try made("p\(number)", secret: UInt8(number)).token) }
      }
      try await group.waitForAll()
    }
    #expect(Set(try TokenFile(folder: path).all().map(\.name)).count == 20)
  }
}

@Suite struct `A session` {
  private let sessions = Sessions(key: [UInt8](repeating: 9, count: 32))

  @Test func `is what its cookie says while the signature holds`() throws {
    let token = try made(days: 30).token
    let cookie = sessions.open(token, at: now, nonce: [UInt8](repeating: 5, count: 16))
    let session = try #require(sessions.read(cookie, at: now))
    #expect(session.tokenID == token.id && session.expires.microseconds == now.microseconds + Sessions.length)
    for place in cookie.indices where cookie[place] != "." {
      var changed = cookie
      changed.replaceSubrange(place...place, with: cookie[place] == "0" ? "1" : "0")
      #expect(sessions.read(changed, at: now) == nil, "\(changed)")
    }
    #expect(Sessions(key: [UInt8](repeating: 8, count: 32)).read(cookie, at: now) == nil)
  }

  @Test func `ends after its length, and with its token`() throws {
    let nonce = [UInt8](repeating: 5, count: 16)
    let long = sessions.open(try made(days: 30).token, at: now, nonce: nonce)
    let end = Instant(microseconds: now.microseconds + Sessions.length)
    #expect(sessions.read(long, at: Instant(microseconds: end.microseconds - 1)) != nil && sessions.read(long, at: end) == nil)
    let soon = Instant(microseconds: now.microseconds + 1_000_000)
    let brief = try AccessToken.make(name: "a", roles: [.viewer], capacities: [], from: now, until: soon, secret: [UInt8](repeating: 1, count: 32)).token
    #expect(sessions.read(sessions.open(brief, at: now, nonce: nonce), at: soon) == nil)
  }

  @Test func `has a form token of its own, which is not its cookie's signature`() throws {
    let token = try made().token
    let one = try #require(sessions.read(sessions.open(token, at: now, nonce: [UInt8](repeating: 1, count: 16)), at: now))
    let cookie = sessions.open(token, at: now, nonce: [UInt8](repeating: 2, count: 16))
    let two = try #require(sessions.read(cookie, at: now))
    #expect(sessions.accepts(sessions.formToken(one), for: one) && !sessions.accepts(sessions.formToken(one), for: two))
    #expect(!sessions.accepts("", for: one) && !cookie.contains(sessions.formToken(two)))
  }

  @Test func `outlives the server, by a key that is made once`() throws {
    let place = try Place()
    let first = try Sessions.inFolder(place.path) { [UInt8](repeating: 3, count: 32) }
    let cookie = first.open(try made().token, at: now, nonce: [1])
    let second = try Sessions.inFolder(place.path) { [UInt8](repeating: 4, count: 32) }
    #expect(second.read(cookie, at: now) != nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: place.path + "/sessions.key")
    #expect(throws: AccessError.openFile(path: place.path + "/sessions.key")) { _ = try Sessions.inFolder(place.path) { [] } }
  }
}
