import Conformance
import Events
import Vocabulary
import Wire

/// A version of a procedure that is to be published.
public enum ProcedurePublication {
  /// The event that publishes a file.
  ///
  /// - Parameters:
  ///   - name: the file's name, for faults.
  ///   - from: the day from whose beginning (UTC) the version judges the cases that begin.
  ///   - approval: where a second person decided about it.
  /// - Throws: `ProcedureFileError`; `Trouble` where the version or the day is not later than all that are known.
  public static func event(
    _ bytes: [UInt8], name: String, from: Day, approval: String?, after book: ProcedureBook, at now: Instant,
    in language: Language
  ) throws -> Event {
    let procedure = try ProcedureBook.read(bytes, name: name)
    _ = try ProcedureModel(procedure)
    guard let subject = Subject(kind: .process, id: procedure.id) else { throw Trouble.procedureMismatch(procedure.id) }
    let before = try book.ids.contains(procedure.id) ? book.versions(of: procedure.id).last : nil
    if let before {
      let isLater = procedure.version > before.procedure.version && before.from.map { $0 < from } ?? true
      guard isLater else { throw Trouble.procedureNotLater(procedure.mark, than: before.procedure.mark) }
    }
    var data: JSONObject = [
      "kind": "sop", "version": .int(Int64(procedure.version)), "title": .string(procedure.title[language]),
      "steps": .array(procedure.steps.prefix(200).map { .string($0.title[language]) }),
      "docHash": .string(ProcedureVersion.hash(of: bytes)), "model": .string(String(decoding: bytes, as: UTF8.self)),
      "effectiveOn": .string(from.description),
    ]
    data["retires"] = before.map { .int(Int64($0.procedure.version)) }
    data["approval"] = approval.map { .string($0) }
    return Event(Process.published, subject, at: now, data)
  }
}
