import AccessControl
import Answers
import Engine
import Events
import HTTPTypes
import Vocabulary
import Wire

/// Who may ask, who looked, and who is asking.
enum AccessRoutes {
  static let all: [Route] = [me, looks, tokens, revoke]

  private static let me = Route(
    .get, "/api/v1/me", needs: nil, "Who is asking, and what they may", "当前访问者及其权限", work: .quick, operation: Operation("getMe")
  ) { inquiry in
    let principal = inquiry.principal
    guard principal.isKnown else { throw Trouble.signIn }
    let capabilities = Capability.allCases.filter(principal.may)
    return .json([
      "name": .string(principal.name), "roles": .array(principal.roles.map(\.rawValue).sorted().map { .string($0) }),
      "capacities": .array(principal.capacities.map { .string($0) }), "capabilities": .array(capabilities.map { .string($0.rawValue) }),
      "clearance": .string(principal.clearance.word),
    ])
  }

  private static let looks = Route(
    .get, "/api/v1/access", needs: .readAccess, "Who looked at personal data, newest first", "个人信息查阅记录（由近及远）",
    operation: Operation(
      "listAccess",
      parameters: [Operation.Parameter("customer", "Only looks at this customer.", "只列对该客户的查阅。"), .limit()])
  ) { inquiry in
    let limit = try inquiry.limit()
    try inquiry.office.ledger.flush()
    return try inquiry.read { snapshot in
      let events = try snapshot.newest(Access.dataAccessed.declaration.name, limit: limit) { stored in
        inquiry.query["customer"].map { stored.event.data["customer"]?.string == $0 } ?? true
      }
      return .json(["looks": .array(events.map(\.shownJSON))]).at(snapshot.size)
    }
  }

  private static let tokens = Route(
    .get, "/api/v1/tokens", needs: .administer, "Tokens, without their secrets", "令牌列表（不含密文）", operation: Operation("listTokens")
  ) { inquiry in
    let tokens = try TokenFile(folder: inquiry.office.folder.keysPath).all()
    return .json(["tokens": .array(tokens.map(\.publicJSON))])
  }

  private static let revoke = Route(
    .delete, "/api/v1/tokens/{id}", needs: .administer, "End a token now", "立即作废令牌", work: .writing, operation: Operation("revokeToken")
  ) { inquiry in
    let file = TokenFile(folder: inquiry.office.folder.keysPath)
    try file.revoke(inquiry["id"], at: inquiry.office.now)
    try inquiry.office.rights.follow(by: inquiry.principal.name, inquiry.office)
    return .json(["tokens": .array(try file.all().filter { $0.id == inquiry["id"] }.map(\.publicJSON))])
  }
}

extension AccessToken {
  var publicJSON: JSON {
    [
      "id": .string(id), "name": .string(name), "roles": .array(roles.map(\.rawValue).sorted().map { .string($0) }),
      "capacities": .array(capacities.map { .string($0) }), "created": .string(created.description),
      "expires": .string(expires.description), "revoked": revoked.map { .string($0.description) } ?? .null,
    ]
  }
}
