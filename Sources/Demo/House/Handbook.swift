import Events
import Vocabulary
import Wire

/// The procedures, policies and templates of the company, with the versions that come into use during the years.
///
/// Steps begin with the type of event by which they are done, so that work can be held against them.
struct Handbook: Sendable {
  /// Who must read a document and sign.
  enum Readers: Sendable { case everybody, sales, service, contracts, legal, nobody }

  struct Version: Sendable {
    let number: Int
    let effectiveOn: Day
    let steps: [String]

    func hash(of document: String) -> String { Digest.of("\(document)@\(number)\n" + steps.joined(separator: "\n")) }
  }

  struct Document: Sendable {
    let id: String
    let kind: String
    let title: Name
    let readers: Readers
    let versions: [Version]

    func version(on day: Day) -> Version? { versions.last { $0.effectiveOn <= day } }
  }

  let documents: [Document]
  private let marks: [String: [(from: Day, mark: String)]]

  init(from start: Day) {
    let documents = Handbook.drafts.map { draft in
      Document(
        id: draft.id, kind: draft.kind, title: draft.title, readers: draft.readers,
        versions: draft.versions.map { Version(number: $0.number, effectiveOn: start + $0.after, steps: $0.steps) })
    }
    self.documents = documents
    marks = Dictionary(
      uniqueKeysWithValues: documents.map { document in
        (document.id, document.versions.map { (from: $0.effectiveOn, mark: "\(document.id)@\($0.number)") })
      })
  }

  func document(_ id: String) -> Document? { documents.first { $0.id == id } }

  /// By which version of which procedure an event was done: `complaint-handling@1`; `nil` where there is none.
  func mark(of event: Event) -> String? {
    guard let document = Handbook.procedure(of: event) else { return nil }
    return marks[document]?.last { $0.from <= event.occurredAt.day }?.mark
  }

  private static let ofSales: Set = [
    "lead.created", "lead.screened", "lead.converted", "opportunity.opened", "opportunity.progressed", "opportunity.closed",
    "quote.issued",
  ]
  private static let ofSigning: Set = [
    "contract.drafted", "contract.text_frozen", "contract.signed", "contract.activated", "contract.archived",
  ]

  private static func procedure(of event: Event) -> String? {
    let type = event.type
    if ofSales.contains(type) || type == "order.placed" && event.data["quote"] != nil { return "lead-to-order" }
    if type.hasPrefix("complaint.") { return "complaint-handling" }
    if ofSigning.contains(type) { return "contract-signing" }
    if type == "contract.amended" { return "contract-amendment" }
    if type == "contract.revised" {
      return event.data["purpose"] == "draft" ? "contract-signing" : "contract-amendment"
    }
    return type.hasPrefix("dispute.") ? "dispute" : nil
  }
}
