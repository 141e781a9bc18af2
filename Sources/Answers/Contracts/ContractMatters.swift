import Engine
import Vocabulary
import Wire

/// What a reviewer asks of a contract beside its text: where it stands, what runs against a clock (obligations, the notice
/// of renewal, limitation), what took effect without the approval that the rule asks for, and who united duties in it.
public struct ContractMatters {
  public let standing: ModelTable
  public let clocks: ModelTable
  public let approvals: ModelTable
  public let duties: ModelTable

  public init(_ reading: ContractReading, view: View, in snapshot: Snapshot) throws {
    let subject = "contract:" + reading.id
    func table(_ name: String, _ columns: [String]) throws -> ModelTable {
      try ModelTable(name, of: subject, columns: columns, view: view, in: snapshot)
    }
    standing = try table(
      "contracts",
      [
        "state", "startOn", "originalEndOn", "endOn", "provenEndOn", "daysToEnd", "extensions", "byExtension", "noticeDays",
        "autoRenew", "fulfilment", "obligations", "obligationsOverdue", "nextObligationOn", "breaches", "unproven",
        "missingAssent", "openApprovals",
      ])
    clocks = try table("clocks", ["matter", "state", "dueAt", "who", "amountMinor", "cur", "because"])
    approvals = try table("approvals", ["eventType", "order", "amountMinor", "cur", "deciders", "objections", "usedBy", "rule"])
    duties = try table("duties", ["person", "duty", "otherDuty", "lastAt", "because", "rule"])
  }

  /// Under their headings, those that have rows; the standing apart.
  public var lists: [(title: Name, table: ModelTable)] {
    let all: [(title: Name, table: ModelTable)] = [
      (Name("Clocks", "时限"), clocks), (Name("Approvals", "审批"), approvals), (Name("Duties united in one person", "不相容职责"), duties),
    ]
    return all.filter { !$0.table.rows.isEmpty }
  }

  public var json: JSONObject {
    ["register": standing.json, "clocks": clocks.json, "approvals": approvals.json, "duties": duties.json]
  }
}
