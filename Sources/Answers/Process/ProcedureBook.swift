import Conformance
import Engine
import Events
import ShippedProcedures
import Vocabulary
import Wire
import YAML

/// A version of a procedure, and where it stands.
public struct ProcedureVersion {
  public let procedure: Procedure
  /// The file, as it was published.
  public let bytes: [UInt8]
  /// In use from the beginning of this day (UTC) on; `nil`: from the beginning.
  public let from: Day?
  /// Until the beginning of this day, from which a later version is in use; `nil`: to the end.
  public internal(set) var until: Day?
  /// The publication; `nil` for a version that ships.
  public let seq: Int64?
  public let author: String?

  /// SHA-256 of the file, lower-case hexadecimal.
  public var hash: String { ProcedureVersion.hash(of: bytes) }

  public static func hash(of bytes: [UInt8]) -> String { bytes.sha256Text }

  /// Whether a case that begins at this time is judged by this version.
  func covers(_ instant: Instant) -> Bool { (from.map { instant >= $0.start } ?? true) && (until.map { instant < $0.start } ?? true) }
}

/// All versions of all procedures that a view knows: those that ship, and those that the log publishes.
public struct ProcedureBook {
  /// By procedure in the order in which they ship, others behind them by id; each from the earliest version on.
  public let versions: [ProcedureVersion]
  /// Publications whose file cannot be used, with the reason. Nothing is judged by them.
  public let refused: [(seq: Int64, why: Name)]

  /// What ships.
  public init() throws { try self.init(published: []) }

  /// - Complexity: O(publications).
  public init(_ snapshot: Snapshot, view: View = .present) throws {
    var known = View.present
    known.knownAt = view.knownAt
    try self.init(published: snapshot.standingEvents(of: ["sop.published"], view: known))
  }

  private init(published: [Event]) throws {
    var all: [ProcedureVersion] = []
    var refused: [(seq: Int64, why: Name)] = []
    for file in ShippedProcedures.files {
      let procedure = try ProcedureBook.read(file.bytes, name: file.name)
      all.append(ProcedureVersion(procedure: procedure, bytes: file.bytes, from: nil, seq: nil, author: nil))
    }
    for event in published {
      guard let text = event.data["model"]?.string else { continue }
      do throws(Trouble) {
        all.append(try ProcedureBook.version(event, Array(text.utf8)))
      } catch { refused.append((event.seq ?? -1, error.what)) }
    }
    versions = ProcedureBook.inOrder(all)
    self.refused = refused
  }

  /// A file as a procedure over the event types of the product.
  /// - Throws: `ProcedureFileError` with every fault and its line.
  public static func read(_ bytes: [UInt8], name: String) throws(ProcedureFileError) -> Procedure {
    try ProcedureFile.read(bytes, file: name, catalogue: .keshi, roles: Role.all)
  }

  private static func version(_ event: Event, _ bytes: [UInt8]) throws(Trouble) -> ProcedureVersion {
    let procedure: Procedure
    do { procedure = try read(bytes, name: "model") } catch { throw Trouble(error) }
    let hash = event.data["docHash"]?.string
    guard procedure.id == event.subject.id, procedure.version == event.data["version"]?.int.map({ Int($0) }),
      hash == nil || hash == ProcedureVersion.hash(of: bytes), let from = event.data["effectiveOn"]?.string.flatMap({ Day($0) })
    else { throw Trouble.procedureMismatch(event.subject.description) }
    return ProcedureVersion(procedure: procedure, bytes: bytes, from: from, seq: event.seq, author: event.about.actor)
  }

  /// The last publication of a version counts; a version ends where the next one begins.
  private static func inOrder(_ all: [ProcedureVersion]) -> [ProcedureVersion] {
    all.map(\.procedure.id).distinct.flatMap { id -> [ProcedureVersion] in
      var own: [ProcedureVersion] = []
      for version in all where version.procedure.id == id {
        own.removeAll { $0.procedure.version == version.procedure.version }
        own.append(version)
      }
      own.sort { ($0.from?.start ?? .distantPast, $0.procedure.version) < ($1.from?.start ?? .distantPast, $1.procedure.version) }
      for place in own.indices.dropLast() { own[place].until = own[place + 1].from }
      return own
    }
  }

  public var ids: [String] { versions.map(\.procedure.id).distinct }

  /// The versions of a procedure: all, or the one that is named.
  /// - Throws: a trouble with the procedures, or the versions, that there are.
  public func versions(of id: String, _ number: Int? = nil) throws(Trouble) -> [ProcedureVersion] {
    let own = versions.filter { $0.procedure.id == id }
    guard !own.isEmpty else { throw .unknownProcedure(id, known: ids) }
    guard let number else { return own }
    guard let one = own.first(where: { $0.procedure.version == number }) else {
      throw .unknownProcedureVersion(id, number, known: own.map(\.procedure.version))
    }
    return [one]
  }
}
