import Documents
import Engine
import Events
import Vocabulary
import Wire

/// A contract as a reader finds it from where they look.
public struct ContractReading {
  public let id: String
  public let file: ContractFile
  /// The day as of which is asked: the reader's, or that of the log's latest business time.
  public let day: Day
  let decisions: ContractDecisions

  /// - Parameter contract: `contract:K-7`, or `K-7`.
  /// - Throws: `E-CONTRACT-NONE` where nothing is known of such a contract from there.
  public init(_ contract: String, view: View, in snapshot: Snapshot) throws {
    let kind = EntityKind.contract.word + ":"
    let name = contract.hasPrefix(kind) ? contract : kind + contract
    id = String(name.dropFirst(kind.count))
    var events: [Event] = []
    var asked: [String] = []
    try snapshot.history(of: name, view: view) { stored in
      var event = stored.event
      event.seq = stored.seq
      if event.subject.description == name { events.append(event) }
      if event.type == Approval.requested.declaration.name, event.data["about"]?.string == name { asked.append(event.subject.id) }
    }
    file = ContractFile(events)
    guard !file.versions.isEmpty else { throw Trouble.noContract(name) }
    day = try snapshot.businessTime(of: view).day
    decisions = try ContractDecisions(events, asked: asked, view: view, in: snapshot)
  }

  /// The version that is asked for; without a number the one in force on the day, else the first.
  ///
  /// - Throws: `E-CONTRACT-VERSION` with the versions that there are.
  public func version(_ number: Int?) throws -> ContractVersion {
    guard let number else { return file.inForce(on: day) ?? file.versions[0] }
    guard let version = file.version(number) else {
      throw Trouble.noVersion(number, of: id, known: file.versions.map(\.number))
    }
    return version
  }
}

extension Trouble {
  fileprivate static func noContract(_ name: String) -> Trouble {
    Trouble(
      .absent, "E-CONTRACT-NONE", Name("no text of \(name) is known from there", "从该时点看不到 \(name) 的任何文本"),
      unharmed: Unharmed.log, remedy: Name("`keshi show contracts` lists the contracts", "用 `keshi show contracts` 列出全部合同"))
  }

  fileprivate static func noVersion(_ number: Int, of id: String, known: [Int]) -> Trouble {
    let list = known.map(String.init).joined(separator: ", ")
    return Trouble(
      .unknownName, "E-CONTRACT-VERSION",
      Name("contract:\(id) has no version \(number); it has \(list)", "contract:\(id) 没有第 \(number) 版；现有版本：\(list)"),
      unharmed: Unharmed.log, remedy: Name("name one of these versions", "请指定其中一个版本"))
  }
}
