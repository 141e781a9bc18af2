import Events
import Testing
import Vocabulary

@testable import AccessControl

/// The table as it is meant, written down a second time and the other way round: who may, by capability.
private let meant: [Capability: Set<AccessRole>] = [
  .read: [.viewer, .writer, .manager, .compliance, .auditor, .admin],
  .readRules: [.viewer, .writer, .manager, .compliance, .auditor, .admin],
  .tryRules: [.manager, .compliance, .auditor, .admin],
  .record: [.writer, .manager, .compliance, .admin],
  .recordHistory: [.operator, .admin],
  .decide: [.manager, .compliance, .admin],
  .changeRules: [.manager, .compliance, .admin],
  .audit: [.compliance, .auditor, .admin],
  .verify: [.compliance, .auditor, .operator, .admin],
  .readAccess: [.compliance, .auditor, .admin],
  .operate: [.operator, .admin],
  .readMetrics: [.operator, .admin],
  .administer: [.admin],
]

@Suite struct `Who may do what` {
  @Test(arguments: Capability.allCases) func `is as the table says`(capability: Capability) {
    for role in AccessRole.allCases {
      let may = Principal(name: "x", roles: [role], proof: .token("t")).may(capability)
      #expect(may == meant[capability]?.contains(role), "\(role) \(capability)")
    }
  }

  @Test func `nobody may nothing`() {
    for capability in Capability.allCases { #expect(!Principal.nobody.may(capability)) }
    #expect(Principal.nobody.visible.isEmpty)
  }

  @Test func `an auditor never writes`() {
    #expect(Permissions.capabilities(of: .auditor).isDisjoint(with: Permissions.writing))
    #expect(Permissions.capabilities(of: .viewer).isDisjoint(with: Permissions.writing))
  }

  @Test func `two roles may what either may`() {
    let both = Principal(name: "x", roles: [.viewer, .operator], proof: .token("t"))
    #expect(both.may(.read) && both.may(.operate) && !both.may(.record))
    #expect(both.clearance == .internal)
  }

  private static let seen: [AccessRole: Set<PersonalCategory>] = [
    .operator: [], .viewer: [], .writer: [.identity, .reach], .manager: [.identity, .reach],
    .compliance: Set(PersonalCategory.allCases), .auditor: Set(PersonalCategory.allCases), .admin: Set(PersonalCategory.allCases),
  ]

  @Test(arguments: AccessRole.allCases)
  func `a role sees only its categories`(role: AccessRole) {
    #expect(Principal(name: "x", roles: [role], proof: .token("t")).visible == Self.seen[role])
  }

  private static let needs: [(String, Capability?)] = [
    ("order.placed", .record), ("rule.published", .changeRules), ("rule.proposed", .changeRules), ("access.changed", .administer),
    ("approval.requested", .record), ("approval.decided", .decide), ("data.accessed", nil), ("log.recovered", nil), ("projection.rebuilt", nil),
    ("report.issued", nil), ("retention.disposed", nil), ("privacy.requested", .record),
  ]

  @Test(arguments: needs.indices) func `recording a type needs`(place: Int) throws {
    let (type, need) = Self.needs[place]
    #expect(try #require(Catalogue.keshi.entry(named: type)).declaration.recordingNeed == need)
  }

  /// A type whose data tells about a person must not fall below L3 by a new way of marking.
  @Test func `every personal field is sensitive`() {
    for entry in Catalogue.keshi.entries {
      for field in entry.declaration.fields {
        #expect(field.isPersonal == (field.grade >= .sensitive), "\(entry.declaration.name).\(field.name)")
      }
    }
  }
}
