import Engine
import Foundation
import Projection
import ReadModels
import Synchronization
import Vocabulary
import Wire

/// Read models held ready for whoever asks page by page: those in use, and those of other views, which are made when
/// somebody first asks for them and kept as files beside.
///
/// A page never sorts or folds what it shows: it reads a few rows of a file. May be used from any thread.
public final class ModelShelf: Sendable {
  /// A model from which pages are read, and how far the log has gone on since.
  public struct Shelved: Sendable {
    public let model: ReadModel
    /// Events that the view would see and the model does not know.
    public let behind: Int64
    /// Whether it is the one in use, and not one that was made for a view.
    public let isInUse: Bool

    /// The events that it knows all that matters of: whatever it was made of, where nothing that it reads came since.
    fileprivate var known: Int64 { behind == 0 ? .max : model.provenance.position }
  }

  /// Events up to which a log is folded for a page where there is no model in use yet, or none that knows what the asker
  /// has just recorded.
  public static let usualPromptEvents: Int64 = 1_000_000
  public let promptEvents: Int64
  /// Views whose models are kept.
  public static let viewLimit = 32

  private let store: Store
  private let folder: String
  /// One build at a time: the second who asks for the same waits, and finds it made.
  private let building = Mutex<Void>(())
  private let state = Mutex(State())

  private struct State {
    var open: [String: ReadModel] = [:]
    /// Folders of views, the latest used last.
    var views: [String] = []
    var groups: [GroupKey: [RowGroup]] = [:]
    var counts: [GroupKey: Int] = [:]
    var pages: [PageKey: [ModelRow]] = [:]
    var kinds: [KindKey: Bool] = [:]
    /// By projection and position, see `Snapshot.concern`.
    var concerns: [String: Int64] = [:]
    /// Of models in use: from where to where nothing was recorded that changes them.
    var quiet: [String: Range<Int64>] = [:]
  }

  private struct GroupKey: Hashable {
    let model: String
    let content: String
    let columns: [String?]
    let conditions: [RowQuery.Condition]
  }

  private struct KindKey: Hashable {
    let model: String
    let content: String
    let kind: String
  }

  private struct PageKey: Hashable {
    let model: String
    let content: String
    let query: RowQuery
  }

  /// Answers of each sort that are remembered.
  private static let memory = 500

  /// - Parameter folder: where models of other views may lie. What an earlier process left there is removed.
  public init(_ store: Store, folder: String, promptEvents: Int64 = usualPromptEvents) {
    (self.store, self.folder, self.promptEvents) = (store, folder, promptEvents)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The model as a view sees it.
  ///
  /// The present is answered from the model in use, and `behind` says how old it is: whoever keeps a store open lets the
  /// models follow the log, and no page waits for that.
  ///
  /// - Parameter seq: the newest event that the asker knows of, because they recorded it: of a log of up to `promptEvents`
  ///   the answer knows it too.
  /// - Throws: `E-NOT-READY` where a larger log has no model in use yet.
  public func model(_ name: String, view: View, knowing seq: Int64? = nil, in snapshot: Snapshot) throws -> Shelved {
    guard let found = try models([name], view: view, knowing: seq, in: snapshot)[name] else { throw ReadModelError.missing(model: name) }
    return found
  }

  /// Several models as a view sees them; what is missing is folded in one pass.
  public func models(_ names: [String], view: View, knowing seq: Int64? = nil, in snapshot: Snapshot) throws -> [String: Shelved] {
    var found: [String: Shelved] = [:]
    var missing: [String: [String]] = [:]
    for name in names {
      let projection = try snapshot.projection(name)
      let wanted = try snapshot.standpoint(of: projection, view)
      if let used = try inUse(projection, for: wanted, view, snapshot), seq ?? -1 < used.known || snapshot.size > promptEvents {
        found[name] = used
        continue
      }
      let key = try key(wanted, projection, snapshot)
      if let model = try? kept(name, in: key) {
        found[name] = Shelved(model: model, behind: 0, isInUse: false)
      } else {
        missing[key, default: []].append(name)
      }
    }
    if view == .present, snapshot.size > promptEvents, let name = missing.values.first?.first { throw Trouble.notReady(name) }
    for (key, names) in missing {
      try build(names, view, key)
      for name in names { found[name] = Shelved(model: try kept(name, in: key), behind: 0, isInUse: false) }
    }
    return found
  }

  /// Of these models those in use, as the present is answered from; nothing is built.
  public func ready(_ names: [String], in snapshot: Snapshot) throws -> [String: Shelved] {
    var found: [String: Shelved] = [:]
    for name in names {
      let projection = try snapshot.projection(name)
      let wanted = try snapshot.standpoint(of: projection, .present)
      found[name] = try inUse(projection, for: wanted, .present, snapshot)
    }
    return found
  }

  /// The models in use that would tell something else about the present if they were made now, or that there are none of:
  /// what nothing has happened to needs no rebuild, however much was recorded of other things.
  public func outdated(in snapshot: Snapshot) throws -> [String] {
    try snapshot.projections.filter { projection in
      guard let model = try? opened(projection.name, store.models, "") else { return true }
      return try !fits(model, projection, try snapshot.standpoint(of: projection, .present), snapshot)
    }.map(\.name)
  }

  /// How many of the first events the model in use knows all of that matters to it, as far as anybody has looked; `nil` where
  /// there is none.
  public func reach(_ name: String) -> Int64? {
    guard let position = try? opened(name, store.models, "").provenance.position else { return nil }
    return quiet(name, from: position).upperBound
  }

  /// Whether a model has rows about subjects of a kind, or about parts of them. Asked once of each model.
  public func has(_ kind: String, in model: ReadModel) throws -> Bool {
    let key = KindKey(model: model.provenance.name, content: model.contentHash, kind: kind)
    if let known = state.withLock({ $0.kinds[key] }) { return known }
    let found = try model.hasRows(ofKind: kind)
    state.withLock { state in
      if state.kinds.count >= ModelShelf.memory { state.kinds = [:] }
      state.kinds[key] = found
    }
    return found
  }

  /// How many rows have each value of a column. A model never changes, so each question is answered once.
  public func groups(
    of model: ReadModel, by column: String, matching conditions: [RowQuery.Condition] = [], summing sum: String? = nil,
    per unit: String? = nil
  ) throws -> [RowGroup] {
    let key = GroupKey(
      model: model.provenance.name, content: model.contentHash, columns: [column, sum, unit], conditions: conditions)
    if let known = state.withLock({ $0.groups[key] }) { return known }
    let groups = try model.groups(by: column, matching: conditions, summing: sum, per: unit)
    state.withLock { state in
      if state.groups.count >= ModelShelf.memory { state.groups = [:] }
      state.groups[key] = groups
    }
    return groups
  }

  /// Some rows of a model. What a page asks for without an index costs a pass over all rows, so it is remembered.
  public func rows(of model: ReadModel, _ query: RowQuery) throws -> [ModelRow] {
    guard query.order != nil || !query.conditions.isEmpty else { return try model.rows(query) }
    let key = PageKey(model: model.provenance.name, content: model.contentHash, query: query)
    if let known = state.withLock({ $0.pages[key] }) { return known }
    let rows = try model.rows(query)
    state.withLock { state in
      if state.pages.count >= ModelShelf.memory { state.pages = [:] }
      state.pages[key] = rows
    }
    return rows
  }

  /// How many rows meet some conditions, each question answered once.
  public func count(of model: ReadModel, _ conditions: [RowQuery.Condition]) throws -> Int {
    if conditions.isEmpty { return model.count }
    let key = GroupKey(model: model.provenance.name, content: model.contentHash, columns: [], conditions: conditions)
    if let known = state.withLock({ $0.counts[key] }) { return known }
    let count = try model.count(conditions, upTo: Int.max)
    state.withLock { state in
      if state.counts.count >= ModelShelf.memory { state.counts = [:] }
      state.counts[key] = count
    }
    return count
  }
}

extension ModelShelf {
  /// The folder of the models of a standpoint. Where nothing that a projection reads was recorded between two positions,
  /// they are the same standpoint to it: that somebody looked at a page makes no model old.
  private func key(_ wanted: Standpoint, _ projection: AnyProjection, _ snapshot: Snapshot) throws -> String {
    let position = try concern(projection, wanted.position, snapshot)
    return "\(position)-\(wanted.asOf.microseconds)-\(wanted.ruleHash?.prefix(16) ?? "none")"
  }

  private func concern(_ projection: AnyProjection, _ position: Int64, _ snapshot: Snapshot) throws -> Int64 {
    let key = "\(projection.name) \(position)"
    if let known = state.withLock({ $0.concerns[key] }) { return known }
    let found = try snapshot.concern(of: projection, before: position)
    state.withLock { state in
      if state.concerns.count > 1_000 { state.concerns = [:] }
      state.concerns[key] = found
    }
    return found
  }

  private func fits(_ model: ReadModel, _ projection: AnyProjection, _ wanted: Standpoint, _ snapshot: Snapshot) throws -> Bool {
    let own = Standpoint(model.provenance)
    guard model.provenance.shape == projection.shape, own.asOf == wanted.asOf, own.ruleHash == wanted.ruleHash else { return false }
    guard own.position <= snapshot.size else { return false }
    if wanted.position < own.position { return try !snapshot.concerns(projection, in: wanted.position..<own.position) }
    let quiet = quiet(projection.name, from: own.position)
    guard quiet.upperBound < wanted.position else { return true }
    if try snapshot.concerns(projection, in: quiet.upperBound..<wanted.position) { return false }
    state.withLock { $0.quiet[projection.name] = own.position..<wanted.position }
    return true
  }

  /// What is known to have left a model of this position as it is, so that each event is looked at once.
  private func quiet(_ name: String, from position: Int64) -> Range<Int64> {
    state.withLock { $0.quiet[name] }.flatMap { $0.lowerBound == position ? $0 : nil } ?? position..<position
  }

  /// The model in use, where it is what is wanted; for the present the one that there is.
  private func inUse(
    _ projection: AnyProjection, for wanted: Standpoint, _ view: View, _ snapshot: Snapshot
  ) throws -> Shelved? {
    guard let model = try? opened(projection.name, store.models, "") else { return nil }
    if try fits(model, projection, wanted, snapshot) { return Shelved(model: model, behind: 0, isInUse: true) }
    guard model.provenance.shape == projection.shape, view == .present else { return nil }
    return Shelved(model: model, behind: max(0, wanted.position - model.provenance.position), isInUse: true)
  }

  private func kept(_ name: String, in key: String) throws -> ReadModel {
    let model = try opened(name, ReadModelStore(directory: folder + "/" + key), key)
    state.withLock { state in
      state.views.removeAll { $0 == key }
      state.views.append(key)
    }
    return model
  }

  /// A model that is held open, opened again where a rebuild has put another in its place.
  private func opened(_ name: String, _ models: ReadModelStore, _ key: String) throws -> ReadModel {
    let path = key + "/" + name
    if let model = state.withLock({ $0.open[path] }), !model.isReplaced { return model }
    let model = try models.open(name)
    state.withLock { $0.open[path] = model }
    return model
  }

  private func build(_ names: [String], _ view: View, _ key: String) throws {
    try building.withLock { _ in
      let models = ReadModelStore(directory: folder + "/" + key)
      let missing = names.filter { (try? models.open($0)) == nil }
      guard !missing.isEmpty else { return }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var options = RebuildOptions()
      options.models = models
      _ = try store.rebuild(missing, view: view, options: options)
      for old in outdated(besides: key) { try? FileManager.default.removeItem(atPath: folder + "/" + old) }
    }
  }

  /// Views that nobody asked for since many others were.
  private func outdated(besides key: String) -> [String] {
    state.withLock { state in
      let old = state.views.dropLast(ModelShelf.viewLimit).filter { $0 != key }
      state.views.removeAll { old.contains($0) }
      for view in old { state.open = state.open.filter { !$0.key.hasPrefix(view + "/") } }
      return Array(old)
    }
  }
}

extension Trouble {
  fileprivate static func notReady(_ model: String) -> Trouble {
    Trouble(
      .busy, "E-NOT-READY", Name("\(model) is being built for the first time", "\(model) 正在首次建立"), unharmed: Unharmed.everything,
      remedy: Name("ask again in a few minutes; the server builds it, and \u{201C}Rebuild\u{201D} shows how far it is", "请过几分钟再试；服务器正在建立，进度见\u{201C}重建\u{201D}页"))
  }
}
