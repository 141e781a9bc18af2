import Foundation
import JWTKit
import Testing
import Vocabulary
import Wire

@testable import AccessControl

private let now = Instant(microseconds: 1_800_000_000_000_000)
private let seconds = 1_800_000_000

private struct Claims: JWTPayload {
  var iss = "https://id.example"
  var sub = "li.na"
  var aud = ["keshi"]
  var exp = seconds + 60
  var nbf: Int? = nil
  var roles = ["manager", "nonsense"]
  func verify(using algorithm: some JWTAlgorithm) throws {}
}

/// A provider with one key, in a file.
private struct Provider {
  let key: ES256PrivateKey
  let signer: JWTKeyCollection
  let path: String

  init() async throws {
    key = ES256PrivateKey()
    signer = JWTKeyCollection()
    await signer.add(ecdsa: key, kid: "one")
    path = FileManager.default.temporaryDirectory.path + "/keshi-jwks-\(UUID().uuidString).json"
    let parameters = try #require(key.parameters)
    let jwks = #"{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","kid":"one","x":"\#(url(parameters.x))","y":"\#(url(parameters.y))"}]}"#
    try Data(jwks.utf8).write(to: URL(fileURLWithPath: path))
  }

  func token(_ claims: Claims) async throws -> String { try await signer.sign(claims, kid: "one") }
  var settings: IdentityProvider.Settings { IdentityProvider.Settings(issuer: "https://id.example", audience: "keshi", keysPath: path) }
}

private func url(_ base64: String) -> String {
  base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
}

@Suite struct `A token of the identity provider` {
  @Test func `tells who asks and in which known roles`() async throws {
    let provider = try await Provider()
    let door = try await IdentityProvider(provider.settings)
    let principal = try #require(await door.principal(try await provider.token(Claims()), at: now))
    #expect(principal.name == "li.na" && principal.roles == [.manager] && principal.proof == .identity(issuer: "https://id.example"))
  }

  @Test(arguments: [
    "issuer", "audience", "expired", "early", "nameless", "strange key", "broken", "none",
  ])
  func `is not believed when`(it: String) async throws {
    let provider = try await Provider()
    let door = try await IdentityProvider(provider.settings)
    var claims = Claims()
    switch it {
    case "issuer": claims.iss = "https://other.example"
    case "audience": claims.aud = ["others"]
    case "expired": claims.exp = seconds
    case "early": claims.nbf = seconds + 1
    case "nameless": claims.sub = ""
    default: break
    }
    var token = try await provider.token(claims)
    if it == "strange key" { token = try await Provider().token(claims) }
    if it == "broken" { token = String(token.dropLast(4)) + "AAAA" }
    if it == "none" {
      let body = token.split(separator: ".")[1]
      token = url(Data(#"{"alg":"none","typ":"JWT"}"#.utf8).base64EncodedString()) + "." + body + "."
    }
    #expect(await door.principal(token, at: now) == nil)
  }

  @Test func `is not made by who only checks it: shared secrets are refused as keys`() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/keshi-jwks-\(UUID().uuidString).json"
    try Data(#"{"keys":[{"kty":"oct","alg":"HS256","k":"AAAA","kid":"x"}]}"#.utf8).write(to: URL(fileURLWithPath: path))
    await #expect(throws: AccessError.badKeys(path: path, what: "a shared secret (kty oct)")) {
      _ = try await IdentityProvider(IdentityProvider.Settings(issuer: "i", audience: "a", keysPath: path))
    }
  }
}
