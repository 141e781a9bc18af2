import Projection
import Vocabulary

/// What a file says about itself, read and checked.
struct Contents {
  let provenance: Provenance
  let seal: Seal
  let layout: Layout

  /// - Throws: `damaged` or `newerFormat`.
  init(_ db: SQLConnection) throws(ReadModelError) {
    let model = db.model
    guard try db.number("PRAGMA application_id") == Layout.applicationID else {
      throw .damaged(model: model, what: "not a read model's file")
    }
    let format = Int(try db.number("PRAGMA user_version"))
    guard format <= Layout.format else { throw .newerFormat(model: model, found: format, newest: Layout.format) }
    guard format == Layout.format else { throw .damaged(model: model, what: "format \(format)") }
    var entries: [String: String] = [:]
    let pairs = try db.prepare(Layout.provenance)
    while try pairs.step() { entries[try pairs.text(0)] = try pairs.text(1) }
    provenance = try Provenance(entries, model: model)
    seal = try Seal(entries, model: model)
    let columns = try Contents.columns(db)
    do { layout = try Layout(name: model, columns: columns, rule: provenance.rule) } catch {
      throw .damaged(model: model, what: error.message(in: .en))
    }
  }

  private static func columns(_ db: SQLConnection) throws(ReadModelError) -> [Column] {
    var columns: [Column] = []
    let list = try db.prepare(Layout.columnList)
    while try list.step() {
      guard columns.count < Limit.columns.value, let kind = Column.Kind(rawValue: try list.text(1)) else {
        throw .damaged(model: db.model, what: "columns.kind is \(try list.text(1).prefix(80))")
      }
      let name = try list.text(0)
      let words = try db.prepare(Layout.wordList, [.text(name)])
      var titles: [Word] = []
      while try words.step() { titles.append(Word(try words.text(0), try words.text(1), try words.text(2))) }
      columns.append(Column(name, kind, try list.text(2), try list.text(3), words: titles))
    }
    return columns
  }
}
