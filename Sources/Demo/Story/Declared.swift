import Events
import Vocabulary

/// What the catalogue says of a type, looked up once: a declaration built anew for each event would cost more than the
/// event.
struct Declared: Sendable {
  let name: String
  let version: Int
  /// The roles that record it; empty for anybody.
  let recorders: [String]
  let needsReason: Bool

  private static let table: [TypeCode: Declared] = Dictionary(
    uniqueKeysWithValues: Catalogue.keshi.entries.map { entry in
      let declaration = entry.declaration
      return (
        entry.code,
        Declared(
          name: declaration.name, version: declaration.version, recorders: declaration.recorders.map(\.word),
          needsReason: declaration.needsReason)
      )
    })

  init(name: String, version: Int, recorders: [String], needsReason: Bool) {
    (self.name, self.version, self.recorders, self.needsReason) = (name, version, recorders, needsReason)
  }

  init<F: Family>(_ type: F) {
    guard let found = Declared.table[TypeCode(type)] else { preconditionFailure("no type \(type) in the catalogue") }
    self = found
  }

  /// The capacity in which a person records this: the first of theirs that may.
  func capacity(of person: Person) -> String {
    person.roles.first { recorders.contains($0) } ?? person.roles[0]
  }
}
