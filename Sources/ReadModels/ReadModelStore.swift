import Foundation
public import Projection

/// The read models of one data folder: `models/lifecycle.sqlite`, one file each.
public struct ReadModelStore: Hashable, Sendable {
  /// The folder; the first build makes it.
  public let directory: String

  public init(directory: String) { self.directory = directory }

  /// The file of a model, whether it exists or not.
  public func path(of name: String) -> String { "\(directory)/\(name).sqlite" }

  /// The names of the models that are there, sorted. Empty where the folder is not.
  public func names() -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return files.filter { $0.hasSuffix(".sqlite") }.map { String($0.dropLast(7)) }.sorted()
  }

  /// Opens a model for reading, as it is at this moment.
  /// - Throws: `badName`, `missing`, `damaged`, `newerFormat` or `io`.
  public func open(_ name: String) throws(ReadModelError) -> ReadModel {
    try Layout.check(name: name)
    guard FileManager.default.fileExists(atPath: path(of: name)) else { throw .missing(model: name) }
    return try ReadModel(name: name, path: path(of: name))
  }

  /// Builds a model beside the one in use and puts it in its place.
  ///
  /// Whatever is thrown, whenever the process dies, the one in use stays whole; what an interrupted build leaves is
  /// removed by the next.
  /// - Parameters:
  ///   - rows: in the order of their subjects' UTF-8 bytes, each subject once; taken one at a time.
  ///   - progress: called at each step and every `BuildOptions.stride` rows.
  /// - Throws: `badName`, `badColumn`, `badValue`, `outOfOrder`, `limit`, `busy`, `full` or `io`.
  public func write(
    _ provenance: Provenance, columns: [Column], rows: some Sequence<ModelRow>,
    options: BuildOptions = BuildOptions(), progress: (BuildStep) -> Void = { _ in }
  ) throws(ReadModelError) -> Built {
    let layout = try Layout(name: provenance.name, columns: columns, rule: provenance.rule)
    try options.check(against: layout)
    let old = previous(provenance.name)
    var file = try BuildFile(model: layout.name, in: directory)
    progress(.begun)
    let build = ModelBuild(layout: layout, provenance: provenance, options: options)
    let built = try build.run(at: file.path, old: old, rows: rows, progress: progress)
    // A model with the same rows is not worth keeping: what was kept before it is.
    let isSame = (try? old.get().contentHash) == built.contentHash
    try file.swap(keepsOld: !isSame, progress)
    return built
  }

  /// The model that was in use before the last change, for looking at it.
  /// - Throws: as `open`; `noneBefore` where none is kept.
  public func openBefore(_ name: String) throws(ReadModelError) -> ReadModel {
    try Layout.check(name: name)
    let path = path(of: name) + BuildFile.keptSuffix
    guard FileManager.default.fileExists(atPath: path) else { throw .noneBefore(model: name) }
    return try ReadModel(name: name, path: path)
  }

  /// Puts the model before the last change back in use; the one in use is kept in its stead, so that doing this twice
  /// undoes it. What is put back is read as a whole first.
  /// - Returns: the model that is in use now.
  /// - Throws: `noneBefore`, `damaged`, `busy` or `io`; the one in use stays then.
  public func rollBack(_ name: String) throws(ReadModelError) -> ReadModel {
    try openBefore(name).verify()
    let file = try BuildFile(model: name, in: directory)  // keeps other builds of this model away
    try file.exchange()
    return try open(name)
  }

  /// The model that will be replaced. One that cannot be read is no reason not to build another.
  private func previous(_ name: String) -> Result<ReadModel, ReadModelError> {
    Result { () throws(ReadModelError) -> ReadModel in try open(name) }
  }
}
