import Engine
import Projection
import ReadModels
import Synchronization

/// The read models in use, kept open; one that a rebuild has replaced is opened anew.
final class Models: Sendable {
  private let directory: ReadModelStore
  private let names: [String]
  private let open = Mutex<[String: ReadModel]>([:])

  init(_ folder: Folder, names: [String]) { (directory, self.names) = (ReadModelStore(directory: folder.models), names) }

  /// The read model of a projection; `nil` where there is none, or none of the projection's present shape.
  func model(_ projection: AnyProjection) throws -> ReadModel? {
    guard let model = model(named: projection.name), model.provenance.shape == projection.shape else { return nil }
    return model
  }

  private func model(named name: String) -> ReadModel? {
    open.withLock { open in
      if let known = open[name], !known.isReplaced { return known }
      let found = try? directory.open(name)
      open[name] = found
      return found
    }
  }

  /// The newest event on which each model rests.
  func positions() -> [String: Int64] {
    var positions: [String: Int64] = [:]
    for name in names { positions[name] = model(named: name).map { $0.provenance.position - 1 } }
    return positions
  }
}
