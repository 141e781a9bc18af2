import Conformance
import Engine
import Events
import Vocabulary

/// The model that cases are compared with, as it is named at every door.
public enum ProcessChoice {
  /// The versions of a procedure, each for the cases that begin while it is in use; or one of them for all cases.
  case procedure(id: String, version: Int?)
  /// A file: a procedure (YAML) or a net (PNML), by the ending of its name.
  case file(name: String, bytes: [UInt8])

  /// `complaint-handling`, or `complaint-handling@2`.
  public init(naming text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let version = Int(parts[1]) {
      self = .procedure(id: String(parts[0]), version: version)
    } else {
      self = .procedure(id: text, version: nil)
    }
  }

  /// Whether a text names a file by its ending.
  public static func isFile(_ text: String) -> Bool { isNet(text) || text.hasSuffix(".yaml") || text.hasSuffix(".yml") }
  private static func isNet(_ text: String) -> Bool { text.hasSuffix(".pnml") }

  /// Bytes of a file that are read at most.
  public static let byteLimit = ConformanceLimit.netBytes
}

/// A model with the version that it comes from.
public struct ProcessModel {
  public let model: ProcedureModel
  /// `nil` for a file.
  public let version: ProcedureVersion?
  /// Whether it judges every case; else those that begin while the version is in use.
  let isForAll: Bool

  public var procedure: Procedure { model.procedure }

  func covers(_ one: ProcedureCase) -> Bool {
    guard !isForAll, let version else { return true }
    return one.events.first.map { version.covers($0.occurredAt) } ?? false
  }

  private static let naming = ActivityNaming(notedBy: "record.noted", in: "activity")
}

extension ProcessChoice {
  /// The models of a choice.
  ///
  /// - Parameter about: for a net, the kind of thing that one case is about; else told by its activities.
  /// - Throws: `Trouble`, `ProcedureFileError`, `ConformanceError`.
  public func models(in book: ProcedureBook, about: String? = nil) throws -> [ProcessModel] {
    switch self {
    case .procedure(let id, let number):
      try refuse(about)
      return try book.versions(of: id, number).map { version in
        ProcessModel(model: try ProcedureModel(version.procedure), version: version, isForAll: number != nil)
      }
    case .file(let name, let bytes):
      if ProcessChoice.isNet(name) { return [try ProcessModel(net: bytes, name, about: about)] }
      try refuse(about)
      let procedure = try ProcedureBook.read(bytes, name: name)
      return [ProcessModel(model: try ProcedureModel(procedure), version: nil, isForAll: true)]
    }
  }

  private func refuse(_ about: String?) throws(Trouble) {
    guard about != nil else { return }
    throw .usage(
      Name("--about is for nets; a procedure says itself what a case is", "--about 只用于网模型；流程自身已说明案例对象"),
      remedy: Name("leave it out", "请去掉该选项"))
  }
}

extension ProcessModel {
  fileprivate init(net bytes: [UInt8], _ name: String, about: String?) throws {
    let net = try PNML(bytes).net
    let kind = try about.map(ProcessModel.checked) ?? ProcessModel.kind(of: net)
    let base = name.split(separator: "/").last.map { String($0.dropLast(".pnml".count)) } ?? name
    self.init(
      model: try ProcedureModel(net, id: base, about: kind, naming: ProcessModel.naming), version: nil, isForAll: true)
  }

  private static func checked(_ kind: String) throws(Trouble) -> String {
    let kinds = Catalogue.keshi.subjectKinds
    guard kinds.contains(kind) else {
      throw .usage(
        Name("there is no kind of thing \"\(kind)\"", "没有对象类别“\(kind)”"),
        remedy: Name("give one of \(kinds.joined(separator: ", "))", "可填：\(kinds.joined(separator: "、"))"))
    }
    return kind
  }

  /// The first kind that all events of the net may be about; records of other systems where it names none of our types.
  private static func kind(of net: PetriNet) throws(Trouble) -> String {
    let types = net.activities.compactMap { Catalogue.keshi.entry(named: EventPattern(activity: $0).type)?.declaration }
    guard let first = types.first else { return EntityKind.record.word }
    let common = first.subjects.map(\.word).first { word in types.allSatisfy { $0.subjects.map(\.word).contains(word) } }
    guard let common else {
      throw .usage(
        Name("the net's events are about several kinds of thing", "网模型中的事件涉及多类对象"),
        remedy: Name("say with --about what one case is about, such as --about order", "请用 --about 说明案例对象，例如 --about order"))
    }
    return common
  }
}

extension Catalogue {
  /// The kinds of thing that events are about, in the order of the catalogue.
  var subjectKinds: [String] { entries.flatMap { $0.declaration.subjects.map(\.word) }.distinct }
}
