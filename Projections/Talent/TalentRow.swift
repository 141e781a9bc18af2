import CompanyHistory
public import Projection
import Vocabulary
public import Wire

public struct TalentRow: NamingRow {
  private let state: EmployeeState?
  private let position: Int64?
  private let team: Int64?
  private let manager: Int64?
  private let positionSince: Day?
  private let joinedOn: Day?
  private let probationEndsOn: Day?
  private let certificates: [Int64?]
  private let expiring: Int?
  private let nextExpiry: Day?
  private let toRead: Int
  private let overdue: Int
  private let overdueReadings: String
  private let trainings: Int?
  private let nextPosition: String?
  private let criteriaMet: Int?
  private let criteria: Int?
  private let owned: Int?
  private let lastDay: Day?
  private let gaps: Int
  private let accessOpen: Bool?
  private let headcount: Int?
  private let joined: Int?
  private let left: Int?
  private let turnoverBp: Int64?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", EmployeeState.self, "State", "状态"),
    Column("post", .text, "Position", "岗位"),
    Column("team", .text, "Team", "团队"),
    Column("manager", .text, "Manager", "上级"),
    Column("postSince", .day, "In the position since", "任现岗位起始"),
    Column("joinedOn", .day, "Joined on", "入职日期"),
    Column("probationEndsOn", .day, "Probation ends on", "试用期截止"),
    Column("certificates", .text, "Valid certificates: may sell", "有效认证（可销售）"),
    Column("expiring", .integer, "Certificates to renew", "待续期认证数"),
    Column("nextExpiryOn", .day, "Next certificate ends on", "最近到期日"),
    Column("toRead", .integer, "Documents to read", "待阅签文件数"),
    Column("overdueReads", .integer, "Overdue to read; of a team: people", "逾期阅签数；团队为人数"),
    Column("overdueDocuments", .text, "Overdue documents", "逾期文件"),
    Column("trainings", .integer, "Trainings passed", "通过的培训数"),
    Column("nextPosition", .text, "Next step", "下一职级"),
    Column("criteriaMet", .integer, "Criteria met", "已达标准数"),
    Column("criteria", .integer, "Criteria", "标准数"),
    Column("customers", .integer, "Customers theirs", "名下客户数"),
    Column("lastDay", .day, "Last day", "最后工作日"),
    Column("handoverGaps", .integer, "Not handed over: customers; of a team: people", "未交接客户数；团队为人数"),
    Column("accessOpen", .flag, "Left, and access not revoked", "离职未收回权限"),
    Column("headcount", .integer, "Headcount", "人数"),
    Column("joined", .integer, "Joined", "入职人数"),
    Column("left", .integer, "Left", "离职人数"),
    Column("turnoverBp", .integer, "Turnover: left ÷ mean headcount (0.01 %)", "流动率：离职 ÷ 平均人数（万分之一）"),
  ]

  public func values(_ names: any Names) -> [Value] {
    let held = certificates.map { $0.flatMap { names.text($0) } ?? "?" }.sorted().joined(separator: ", ")
    return [
      state.map { Value($0) } ?? .null, Value(name: position, names), Value(name: team, names),
      Value(name: manager, names), Value(positionSince), Value(joinedOn), Value(probationEndsOn),
      held.isEmpty ? .null : .text(held), Value(expiring.map { Int64($0) }), Value(nextExpiry), Value(toRead),
      Value(overdue), overdueReadings.isEmpty ? .null : .text(overdueReadings), Value(trainings.map { Int64($0) }),
      nextPosition.map { .text($0) } ?? .null, Value(criteriaMet.map { Int64($0) }), Value(criteria.map { Int64($0) }),
      Value(owned.map { Int64($0) }), Value(lastDay), Value(gaps), accessOpen.map { .flag($0) } ?? .null,
      Value(headcount.map { Int64($0) }), Value(joined.map { Int64($0) }), Value(left.map { Int64($0) }),
      Value(turnoverBp),
    ]
  }
  public var outcome: Int? { state.map { Int($0.rawValue) - 1 } }
}

extension TalentRow {
  init(_ person: Person) {
    let career = person.career
    state = person.state
    (position, team, manager) = (person.post?.position, person.post?.team, person.post?.manager)
    positionSince = person.post?.from
    joinedOn = career.joined?.at.day
    probationEndsOn = person.state == .probation ? career.probationEndsOn : nil
    certificates = person.certificates.map(\.item)
    expiring = person.expiring.count
    nextExpiry = person.certificates.compactMap(\.validUntil).min()
    (toRead, overdue) = (person.unread.count, person.overdue.count)
    overdueReadings = person.overdue.map(\.reading.name).sorted().joined(separator: ", ")
    trainings = career.trainings.count { $0.passed }
    nextPosition = person.step?.position
    criteriaMet = person.step.map { _ in person.criteria.count { $0.holds } }
    criteria = person.step.map { _ in person.criteria.count }
    owned = person.owned.count
    lastDay = career.departure?.lastDay
    gaps = person.isGap ? person.owned.count : 0
    accessOpen = person.state == .left ? person.isAccessOpen : nil
    (headcount, joined, left, turnoverBp) = (nil, nil, nil, nil)
    let moment = career.departure?.moment ?? person.post?.moment ?? career.joined
    (since, because) = (moment?.at, moment?.seq)
  }

  init(_ body: Headcount) {
    (state, position, team, manager, positionSince, joinedOn, probationEndsOn) = (nil, nil, nil, nil, nil, nil, nil)
    (certificates, expiring, nextExpiry, overdueReadings, trainings) = ([], nil, nil, "", nil)
    (nextPosition, criteriaMet, criteria, owned, lastDay, accessOpen) = (nil, nil, nil, nil, nil, nil)
    (toRead, overdue, gaps) = (body.toRead, body.overdueReaders, body.gaps)
    (headcount, joined, left, turnoverBp) = (body.atEnd, body.joined, body.left, body.turnoverBp)
    (since, because) = (body.last?.at, body.last?.seq)
  }
}
