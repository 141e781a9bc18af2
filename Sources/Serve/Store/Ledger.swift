import AccessControl
import Answers
import Engine
import Events
import Logging
import Synchronization
import Vocabulary
import Wire

/// Who looked at personal data, on its way into the log.
///
/// A look costs no disk of its own: looks are gathered and recorded together, at most `seconds` later, looks of the same
/// asker at the same thing as one event that counts them. A crash can lose the looks of that time, and nothing else.
final class Ledger: Sendable {
  /// How long a look may wait.
  static let seconds = 2
  /// Looks that wait; with more, whoever looks waits until they are recorded.
  static let waitingMax = 4_096

  private struct Look: Hashable {
    let actor: String
    let proof: String
    let customer: String?
    let query: String
    let way: Access.Way
  }

  private let waiting = Mutex<[Look: (grade: DataGrade, count: Int64)]>([:])
  private let store: Store
  private let logger: Logger
  private let now: @Sendable () -> Instant

  init(_ store: Store, logger: Logger, now: @escaping @Sendable () -> Instant) { (self.store, self.logger, self.now) = (store, logger, now) }

  /// Notes that an asker was shown values of this grade.
  ///
  /// - Parameter customer: whose they are, `customer:4`; `nil` where they are nobody's in particular.
  func note(_ inquiry: Inquiry, _ grade: DataGrade, of customer: String? = nil) {
    let proof: String
    switch inquiry.principal.proof {
    case .none: proof = "none"
    case .token(let id): proof = "token \(id)"
    case .identity(let issuer): proof = "identity \(issuer)"
    case .session(let id): proof = "session \(id.prefix(8))"
    }
    let look = Look(
      actor: inquiry.principal.name, proof: proof, customer: customer.flatMap { $0.hasPrefix("customer:") ? String($0.dropFirst(9)) : nil },
      query: String(inquiry.target.prefix(500)), way: inquiry.formToken.isEmpty ? .api : .view)
    let isFull = waiting.withLock { waiting in
      let known = waiting[look]
      waiting[look] = (max(grade, known?.grade ?? grade), (known?.count ?? 0) + 1)
      return waiting.count >= Ledger.waitingMax
    }
    if isFull { try? flush() }
  }

  var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

  /// Records what waits; durable when it returns. What could not be recorded waits on.
  func flush() throws {
    let looks = waiting.withLock { waiting in
      defer { waiting = [:] }
      return waiting
    }
    guard !looks.isEmpty else { return }
    let time = now()
    do {
      _ = try store.append(looks.compactMap { event(of: $0, $1.grade, $1.count, at: time) })
    } catch {
      waiting.withLock { waiting in waiting.merge(looks) { (max($0.grade, $1.grade), $0.count + $1.count) } }
      logger.error("looks at personal data could not be recorded", metadata: ["error": "\(error)"])
      throw error
    }
  }

  private func event(of look: Look, _ grade: DataGrade, _ count: Int64, at time: Instant) -> Event? {
    // Looks at a customer are of that customer's account: together, all looks of a day would belong to the first one's.
    let day = time.day.description
    guard let subject = look.customer.flatMap({ Subject(kind: EntityKind.access, id: day + "-" + $0) }) ?? Subject(kind: EntityKind.access, id: day)
    else { return nil }
    var data: JSONObject = [
      "kind": .string(look.way.word.text), "query": .string(look.query), "rows": .int(count), "subjects": 1,
      "maxClass": .string(grade == .highlySensitive ? Access.Grade.highlySensitive.word.text : Access.Grade.sensitive.word.text),
      "destination": .string(look.proof),
    ]
    if let customer = look.customer { data["customer"] = .string(customer) }
    var event = Event(Access.dataAccessed, subject, at: time, data)
    (event.about.actor, event.about.role, event.about.channel) = (look.actor, Role.system.word, "rule")
    return event
  }
}
