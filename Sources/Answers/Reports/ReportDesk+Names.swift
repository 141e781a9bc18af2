import Events
import Projection
import Vocabulary
import Wire

// Whom the ids of a report mean, for those who read pages. Programs get ids alone.

extension ReportDesk {
  /// Columns that hold the id of a customer or of somebody of ours.
  static let naming: Set<String> = ["customer", "owner", "person", "scope", "subject"]

  /// Whose events tell how the people of ours are called: one of these each of them records sooner or later.
  private static let telling = ["opportunity.opened", "opportunity.closed", "visit.logged", "contract.activated", "target.set"]

  /// Names by the ids that stand in the sections, as far as the log says them in the clear: of customers as they were
  /// registered, of people as their events were signed.
  /// - Complexity: O(customers named × their events + events of the types that tell).
  func names(in sections: [ReportSection]) throws -> [String: String] {
    var ids: Set<String> = []
    for section in sections {
      for (place, column) in section.columns.enumerated() where ReportDesk.naming.contains(column.name) {
        for case .text(let id) in section.rows.map({ $0[place] }) { ids.insert(id) }
      }
    }
    let customers = ids.filter { $0.hasPrefix(accountKind + ":") }
    var names = try nameCustomers(customers)
    // A person stands by the id alone, or by the whole name of the subject.
    let people = Set(ids.subtracting(customers).map { String($0.split(separator: ":").last ?? "") })
    if !people.isEmpty {
      try forEachTold(ReportDesk.telling) { actor, name in
        guard people.contains(actor) else { return }
        (names[actor], names[EntityKind.employee.word + ":" + actor]) = (name, name)
      }
    }
    return names
  }

  private func nameCustomers(_ subjects: Set<String>) throws -> [String: String] {
    var names: [String: String] = [:]
    for subject in subjects.sorted() { names[subject] = try registeredName(of: subject) }
    return names
  }
}

extension ReportSection {
  /// The same with names before the ids that they belong to.
  func named(by names: [String: String]) -> ReportSection {
    let places = columns.indices.filter { ReportDesk.naming.contains(columns[$0].name) }
    guard !places.isEmpty, !names.isEmpty else { return self }
    let rows = rows.map { row in
      var row = row
      for place in places {
        guard case .text(let id) = row[place], let name = names[id] else { continue }
        row[place] = .text("\(name) (\(id.split(separator: ":").last ?? ""))")
      }
      return row
    }
    return ReportSection(id, heading, note: note, columns, rows, chart: chart, shaded: shaded)
  }
}
