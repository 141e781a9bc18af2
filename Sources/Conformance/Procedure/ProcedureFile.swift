public import Vocabulary
public import YAML

/// Procedures as YAML files that the people who do the work read and edit. `README.md` has an example.
public enum ProcedureFile {
  /// Reads a procedure.
  ///
  /// - Parameters:
  ///   - file: the file's name, for errors.
  ///   - catalogue: the event types that there are.
  ///   - roles: the roles that there are.
  /// - Throws: `ProcedureFileError` with every fault and its place. Nothing else is read or written.
  /// - Complexity: O(bytes + steps²), of which there are at most `ConformanceLimit.procedureBytes` and `.steps`.
  public static func read(
    _ bytes: [UInt8], file: String, catalogue: Catalogue, roles: [Role]
  ) throws(ProcedureFileError) -> Procedure {
    var reader = ProcedureReader(catalogue, roles)
    let procedure = reader.read(bytes)
    guard let procedure, reader.problems.isEmpty else {
      throw ProcedureFileError(file: file, problems: reader.problems.found)
    }
    return procedure
  }
}

/// What is wrong with a procedure's file: every fault that was found, in the order of the file.
public struct ProcedureFileError: Error, Hashable, Sendable {
  public let file: String
  /// At least one, and at most `ConformanceLimit.problems`.
  public let problems: [FileProblem]

  /// Stable, for programs.
  public var code: String { "E-SOP-FILE" }

  /// A line for each fault: `complaint.yaml:12:3: steps[2].event: …`.
  public func message(in language: Language) -> String { problems.message(about: file, in: language) }
}
