import Engine
public import Events
public import Vocabulary
public import Wire

/// That somebody took data out by a command, as the log is told before they have it.
///
/// Told are exports with personal values in clear, proofs, evidence packages and copies for persons. Plain reading is not:
/// who may open the folder and its keys can read it by any tool, and a folder that cannot be written must be readable.
public struct AccessRecord {
  private let query: String
  private let subject: String?
  private let grade: Access.Grade
  private let rows: Int?
  private let destination: String?
  private let bytes: [UInt8]?

  /// - Parameters:
  ///   - query: the command in words.
  ///   - destination: a file; `nil`: what was written to the standard output.
  ///   - bytes: what is handed out, where it is known beforehand.
  public init(
    query: String, subject: String?, grade: Access.Grade, rows: Int? = nil, destination: String? = nil, bytes: [UInt8]? = nil
  ) {
    (self.query, self.subject, self.grade) = (query, subject, grade)
    (self.rows, self.destination, self.bytes) = (rows, destination, bytes)
  }

  /// The event that says so.
  public func event(at now: Instant, in store: Store) throws -> Event {
    guard let id = Subject(kind: .access, id: "export-\(now.microseconds)") else {
      throw EventError(.badSubject(query), at: "subject")
    }
    var data: JSONObject = [
      "kind": .string(Access.Way.export.word.text), "query": .string(String(query.prefix(300))),
      "maxClass": .string(grade.word.text), "destination": .string(String((destination ?? "stdout").prefix(100))),
    ]
    data["rows"] = rows.map { .int(Int64($0)) }
    data["hash"] = bytes.map { .string($0.sha256Text) }
    let snapshot = try store.snapshot()
    if let subject, let whole = try? snapshot.resolve(subject), let name = try snapshot.customer(of: whole),
      let customer = Subject(name), customer.kind == EntityKind.customer.word
    {
      (data["customer"], data["subjects"]) = (.string(customer.id), 1)
    }
    return Event(Access.dataAccessed, id, at: now, data)
  }
}
