import Answers
import Crypto
import Foundation
import Testing
import Vocabulary
import Wire

@testable import Website

/// The company with an amendment that two people approved, and one that was refused.
private let decided: [String] = {
  func line(_ type: String, _ subject: String, _ at: String, _ actor: String, _ role: String, _ data: String) -> String {
    #"{"type":"\#(type)","subject":"\#(subject)","occurredAt":"\#(at)","actor":"\#(actor)","role":"\#(role)","reason":"r","data":\#(data)}"#
  }
  return [
    #"{"type":"customer.registered","subject":"customer:C1","data":{"name":"Acme"},"occurredAt":"2025-01-05"}"#,
    line("contract.drafted", "contract:K1", "2025-01-10", "li", "LG", #"{"customer":"C1","totalMinor":100,"cur":"CNY"}"#),
    line("contract.activated", "contract:K1", "2025-02-10", "li", "LG", #"{"version":1,"effectiveOn":"2025-03-01"}"#),
    line("approval.requested", "approval:A1", "2025-06-01", "wang", "SR", #"{"about":"contract:K1","eventType":"contract.amended","contentHash":"\#(String(repeating: "ab", count: 32))"}"#),
    line("approval.decided", "approval:A1", "2025-06-02", "zhao", "LG", #"{"verdict":"approve"}"#),
    line("contract.amended", "contract:K1", "2025-06-05", "li", "LG", #"{"approval":"A1","cur":"CNY","fromVersion":1,"toVersion":2,"totalMinor":120}"#),
    line("approval.requested", "approval:A2", "2025-07-01", "wang", "SR", #"{"about":"contract:K1","eventType":"contract.amended"}"#),
    line("approval.decided", "approval:A2", "2025-07-02", "qian", "SM", #"{"verdict":"reject"}"#),
  ]
}()

@Suite struct `The file of a contract` {
  /// A reviewer asks it of the contract, whatever version is shown and whether two are compared.
  @Test(arguments: Language.allCases, ["/contracts/K1", "/contracts/K1?version=1", "/contracts/K1?from=1&to=2"])
  func `says who asked, who decided in which role, by which rule, of what took effect and of what did not`(language: Language, address: String) throws {
    let house = try House(decided)
    let reply = try #require(house.get(address, in: language))
    let table = try #require(reply.main.components(separatedBy: "<table").first { $0.contains("zhao") }, "\(reply.main.suffix(3_000))")
    let rows = table.components(separatedBy: "<tr").dropFirst(2)  // the heads
    #expect(rows.count == 4, "\(table)")
    for word in ["A1", "wang", "LG", "qian", "SM", "approval@1", language == .zh ? "与生效内容不符" : "Another text than took effect"] {
      #expect(table.contains(word), "\(word)")
    }
    for link in ["/subjects/approval%3AA1", "/subjects/approval%3AA2", "/rules/approval", "/events/4", "/events/7"] {
      let isThere = reply.links.contains { $0 == link || $0.hasPrefix(link + "?") || $0.removingPercentEncoding == link.removingPercentEncoding }
      #expect(isThere, "\(link) of \(reply.links)")
    }
    #expect(reply.main.contains(language == .zh ? "A1 批准的是另一文本" : "A1 decided about another text"))
  }

  @Test func `knows of a decision only from where it was made`() throws {
    let house = try House(decided)
    let before = try #require(house.get("/contracts/K1?as_of=2025-06-01")).main
    #expect(before.contains("wang") && !before.contains("zhao") && !before.contains("A2"))
    let none = try #require(house.get("/contracts/K1?as_of=2025-03-01")).main
    #expect(none.contains("Nobody was asked for a decision."))
  }

  /// A browser applies a style that stands in a page only where the answer says its hash.
  @Test func `is printed with a style that a browser may apply`() throws {
    let house = try House(decided)
    let reply = try #require(house.get("/contracts/K1/print?from=1&to=2"))
    let style = try #require(reply.text.components(separatedBy: "<style>").dropFirst().first?.components(separatedBy: "</style>").first)
    #expect(style.contains("@page") && reply.styleHash == Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString())
    #expect(house.get("/contracts/K1")?.styleHash == nil)
  }
}
