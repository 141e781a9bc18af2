import Vocabulary
import XML

/// Reads place/transition nets from PNML (ISO/IEC 15909-2): what ProM and pm4py write and read.
///
/// Names are the activities; a transition without a name has its id for one, and is silent where a `toolspecific` of
/// ProM says so. Weights stand in inscriptions. A final marking is ProM's `finalmarkings`, one of them. Pages may nest.
/// References between pages, colours, and arcs that inhibit or reset are refused: a net that was read without them
/// would be another one.
public struct PNML: Sendable {
  public let net: PetriNet
  public let name: String?
  /// The file has no such marking, and the only place without arcs into it, or out of it, is taken.
  public let isInitialAssumed: Bool
  public let isFinalAssumed: Bool

  /// - Throws: `ConformanceError` with the line. Nothing outside the file is fetched, and nothing is expanded.
  /// - Complexity: O(bytes), which are at most `ConformanceLimit.netBytes`.
  public init(_ bytes: [UInt8]) throws(ConformanceError) {
    guard bytes.count <= ConformanceLimit.netBytes else {
      throw ConformanceError(.tooLarge("PNML", limit: ConformanceLimit.netBytes))
    }
    let draft: PNMLDraft
    do {
      let scanner = try XMLScanner()
      let builder = PNMLBuilder(scanner)
      try scanner.read(bytes[...])
      if !bytes.isEmpty { try scanner.read([]) }
      draft = try builder.finish()
    } catch let fault as XMLFault {
      throw ConformanceError(fault)
    } catch let error as ConformanceError {
      throw error
    } catch { throw ConformanceError(.notXML("\(error)")) }
    (name, isInitialAssumed, isFinalAssumed) = (draft.name, draft.initial.isEmpty, draft.final.isEmpty)
    net = try draft.net()
  }
}

extension ConformanceError {
  init(_ fault: XMLFault) {
    let reason: Reason =
      switch fault.reason {
      case .malformed(let words): .notXML(words)
      case .documentType: .documentType
      case .tooDeep(let limit): .tooDeep(limit: limit)
      case .tooLarge(let what, let limit): .tooLarge(what, limit: limit)
      }
    self.init(reason, line: fault.line)
  }
}

/// Puts the elements of PNML together.
private final class PNMLBuilder {
  private var draft = PNMLDraft()
  private var failure: ConformanceError?
  private var open: [String] = []
  private var nets = 0
  /// Elements whose content is passed over.
  private var skipped = 0
  /// What the open property of a transition says.
  private var property = ""
  private unowned let scanner: XMLScanner

  init(_ scanner: XMLScanner) {
    self.scanner = scanner
    scanner.onStart = { [unowned self] name, attributes in start(name, attributes) }
    scanner.onEnd = { [unowned self] name, text in end(name, text) }
  }

  func finish() throws(ConformanceError) -> PNMLDraft {
    if let failure { throw failure }
    guard nets == 1 else {
      throw ConformanceError(.notNet(Name("there must be one net; there are \(nets)", "须有且仅有一个网；共有 \(nets) 个")))
    }
    return draft
  }

  private func fail(_ reason: ConformanceError.Reason) {
    if failure == nil { failure = ConformanceError(reason, line: scanner.line) }
  }

  private func start(_ name: String, _ attributes: [String: String]) {
    guard failure == nil else { return }
    if skipped > 0 { return skipped += 1 }
    defer { if skipped == 0 { open.append(name) } }
    switch name {
    case "pnml" where open.isEmpty: break
    case _ where open.isEmpty: fail(.notNet(Name("the first element is \(name.prefix(40)), not pnml", "首个元素是 \(name.prefix(40))，不是 pnml")))
    case "net": startNet(attributes)
    case "place" where open.last == "marking": draft.addFinal(attributes["idref"] ?? "")
    case "place": add(.place, attributes)
    case "transition": add(.transition, attributes)
    case "arc": add(.arc, attributes)
    case "referencePlace", "referenceTransition":
      fail(.notNet(Name("references between pages are not read", "不支持页面间的引用")))
    case "marking" where open.last == "finalmarkings": draft.finals.append([])
    case "type" where open.last == "arc": refuse(arc: attributes["value"] ?? "normal")
    case "toolspecific": startTool(attributes)
    case "property" where open.last == "toolspecific": property = attributes["key"] ?? ""
    case "graphics": skipped = 1
    default: break
    }
  }

  private func startNet(_ attributes: [String: String]) {
    nets += 1
    let type = attributes["type"]?.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if ["highlevelnet", "symmetricnet", "pt-hlpng", "hlcoremodel"].contains(type) {
      fail(.notNet(Name("its type is \(type)", "类型为 \(type)")))
    }
  }

  private func add(_ kind: PNMLDraft.Kind, _ attributes: [String: String]) {
    let id = attributes["id"] ?? ""
    if id.isEmpty, kind != .arc { return fail(.badReference(kind.rawValue, Name("has no id", "没有 id"))) }
    if let limit = draft.add(kind, id, attributes, line: scanner.line) {
      fail(.tooMany(kind == .place ? .places : kind == .transition ? .transitions : .arcs, limit: limit))
    }
  }

  private func startTool(_ attributes: [String: String]) {
    guard open.last == "transition" else { return skipped = 1 }
    let tool = attributes["tool"] ?? ""
    if tool.contains("ProM"), attributes["activity"]?.contains("invisible") ?? false { draft.makeSilent() }
    if !tool.contains("Stochastic") { skipped = 1 }
  }

  private func refuse(arc kind: String) {
    guard ["normal", ""].contains(kind) else {
      return fail(.notNet(Name("an arc is of the kind \(kind.prefix(40))", "弧的类型为 \(kind.prefix(40))")))
    }
  }

  private func end(_ name: String, _ text: String) {
    guard failure == nil else { return }
    if skipped > 0 { return skipped -= 1 }
    open.removeLast()
    if name == "property", property == "invisible", text.lowercased() == "true" { draft.makeSilent() }
    guard name == "text" || name == "value", let holder = open.last else { return }
    take(text, of: holder, in: open.dropLast().last ?? "")
  }

  private func take(_ text: String, of holder: String, in owner: String) {
    switch (owner, holder) {
    case ("net", "name"): draft.name = text
    case ("place", "name"), ("transition", "name"): draft.rename(text)
    case ("place", "initialMarking"): number(text, from: 0) { draft.mark($0) }
    case ("arc", "inscription"): number(text, from: 1) { draft.weigh($0) }
    case ("arc", "arctype"): refuse(arc: text)
    case ("marking", "place"): number(text, from: 0) { draft.markFinal($0) }
    default: break
    }
  }

  private func number(_ text: String, from least: Int, _ take: (Int) -> Void) {
    let digits = text.filter { !$0.isWhitespace }
    guard let number = Int(digits), (least...ConformanceLimit.tokens).contains(number) else {
      return fail(.badNumber(String(text.prefix(40)), allowed: least...ConformanceLimit.tokens))
    }
    take(number)
  }
}
