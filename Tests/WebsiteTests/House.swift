import Answers
import Engine
import Events
import Foundation
import Log
import Synchronization
import Vocabulary
import Wire

@testable import Website

/// A clock that stands where a test puts it.
final class StandingClock: LogClock, Sendable {
  private let time: Mutex<Int64>

  init(_ text: String) { time = Mutex(Instant(text)?.microseconds ?? 0) }
  func now() -> Int64 { time.withLock { $0 } }
  func pass(seconds: Int64) { time.withLock { $0 += seconds * 1_000_000 } }
}

/// A company in a data folder, open for writing as a server has it, as long as the test lives.
final class House: Premises, @unchecked Sendable {  // its members do not change
  let folder: DataFolder
  let store: Store
  let shelf: ModelShelf
  let directory: Directory
  let bench = Bench()
  var workshop: any Workshop { bench }
  let clock = StandingClock("2026-03-01T09:00:00Z")

  /// - Parameters:
  ///   - isSigned: whether the log is signed while it is written, whenever that is.
  ///   - isSealed: whether personal values are sealed; else they stand in the lines.
  init(_ lines: [String], isSigned: Bool = true, isSealed: Bool = true, promptEvents: Int64 = ModelShelf.usualPromptEvents) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "keshi-website-" + UUID().uuidString).path
    folder = DataFolder(path: path, isSigned: isSigned)
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test/website", clock: clock, random: &random)
    try Signing(folder).prepare(origin: "test/website", random: &random)
    if !isSealed {
      let open = try Store.open(at: path, .write, catalogue: .keshi, projections: [], clock: clock, keys: nil)
      _ = try Recorder(open, about: Circumstances()).record(try House.events(lines, clock))
      try open.close()
    }
    store = try folder.open(.write, clock: clock, about: Circumstances(), tell: { _ in })
    shelf = ModelShelf(store, folder: path + "/views", promptEvents: promptEvents)
    directory = try Directory(store)
    let events = isSealed ? try House.events(lines, clock) : []
    if !events.isEmpty { _ = try Recorder(store, about: Circumstances()).record(events) }
  }

  private static func events(_ lines: [String], _ clock: StandingClock) throws -> [Event] {
    try lines.map { try Event(reading: Array($0.utf8).span, by: .keshi, defaultTime: clock.millisecond) }
  }

  deinit {
    try? store.close()
    try? FileManager.default.removeItem(atPath: folder.path)
  }

  var now: Instant { Instant(microseconds: clock.now()) }

  /// The categories of personal values that the one who asks may see.
  private let visible = Mutex<Set<PersonalCategory>>(Set(PersonalCategory.allCases))

  func read<R>(_ body: (Snapshot) throws -> R) throws -> R {
    try store.snapshot().showing(only: visible.withLock { $0 }, body).0
  }

  func noteLines() {}

  func perform(_ command: Command, rehearse: Bool) throws -> CommandResult {
    try store.perform(command, guards: Guards.all, rehearse: rehearse)
  }
}

/// Work that is over as soon as it is begun.
final class Bench: Workshop, Sendable {
  private let all = Mutex<[Work]>([])
  var works: [Work] { all.withLock { $0 } }

  func start(_ kind: Work.Kind, by user: String) throws -> Work {
    if case .evidence = kind {
      let work = Work(id: "e1", kind: kind, by: user, state: .finished([Name("made", "已生成")]), file: "evidence.zip")
      all.withLock { $0.insert(work, at: 0) }
      return work
    }
    let state: Work.State = all.withLock { $0.isEmpty } ? .underWay(Name("Folding", "归集"), done: 3, total: 10) : .finished([Name("done", "完成")])
    return all.withLock { all in
      let work = Work(id: String(all.count + 1), kind: kind, by: user, state: state)
      all.insert(work, at: 0)
      return work
    }
  }

  func cancel(_ id: String) throws {}

  func file(of id: String, for user: String) throws -> [UInt8] {
    guard works.contains(where: { $0.id == id && $0.by == user && $0.file != nil }) else { throw EngineError.unknownSubject(id) }
    return Array("zip of \(id)".utf8)
  }
}

// A browser of sorts.
extension House {
  /// Asks for an address as a browser does; fails where no route has it.
  func get(_ address: String, as user: User = .li, in language: Language = .en) -> PageReply? {
    let halves = address.split(separator: "#", maxSplits: 1)[0].split(separator: "?", maxSplits: 1).map(String.init)
    return ask(.get, halves[0], query: halves.count > 1 ? Parameters(encoded: halves[1]) : [:], form: [:], user, language)
  }

  func post(_ path: String, _ form: Parameters, as user: User = .li, in language: Language = .en) -> PageReply? {
    ask(.post, path, query: [:], form: form, user, language)
  }

  private func ask(
    _ method: Asking.Method, _ path: String, query: Parameters, form: Parameters, _ user: User, _ language: Language
  ) -> PageReply? {
    for route in Website.routes where route.method == method {
      guard let parts = route.match(path) else { continue }
      guard user.may(route.need) else { return PageReply(status: 403, body: []) }
      visible.withLock { $0 = user.name == User.viewer.name ? [] : Set(PersonalCategory.allCases) }
      return route.answer(
        Asking(user: user, language: language, path: path, parts: parts, query: query, form: form, token: "token-of-the-session", premises: self))
    }
    return nil
  }
}

extension User {
  static let li = User(name: "Li Na", capacities: ["SM", "SR", "AM"])
  static let wang = User(name: "Wang Lei", capacities: ["SM"])
  static let viewer = User(name: "Zhao Min", may: { $0 == .read })
}

extension PageReply {
  var text: String { String(decoding: body, as: UTF8.self) }

  /// What stands in the page's main part.
  var main: String { text.split(separator: "<main", maxSplits: 1).last.map(String.init) ?? "" }

  /// Where its links lead, as a browser reads them.
  var links: [String] {
    text.matches(of: /(?:href|action)="([^"]*)"/).map { String($0.output.1).replacing("&amp;", with: "&") }
  }
}

extension PageRoute {
  /// The parts of the path, where it is this route's.
  func match(_ asked: String) -> [String: String]? {
    let (own, theirs) = (path.split(separator: "/", omittingEmptySubsequences: false), asked.split(separator: "/", omittingEmptySubsequences: false))
    guard own.count == theirs.count else { return nil }
    var parts: [String: String] = [:]
    for (name, value) in zip(own, theirs) {
      if name.hasPrefix("{") {
        guard !value.isEmpty else { return nil }
        parts[String(name.dropFirst().dropLast())] = String(value).removingPercentEncoding
      } else if name != value {
        return nil
      }
    }
    return parts
  }
}

extension Parameters {
  init(encoded text: String) {
    self.init(
      text.split(separator: "&").map { pair in
        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0).removingPercentEncoding ?? "" }
        return (name: halves[0], value: halves.count > 1 ? halves[1] : "")
      })
  }
}

/// A small company in whose events people wrote `word`.
func company(_ word: String = "word", customers: Int = 6) -> [String] {
  let text = JSON.string(word).canonical
  let hash = String(repeating: "ab", count: 32)
  var lines: [String] = []
  func add(_ type: String, _ subject: String, _ at: String, _ data: String, reason: String? = nil) {
    let why = reason.map { #","reason":\#(JSON.string($0).canonical)"# } ?? ""
    lines.append(#"{"type":"\#(type)","subject":"\#(subject)","occurredAt":"\#(at)","actor":\#(text)\#(why),"data":\#(data)}"#)
  }
  for number in 1...customers {
    add("customer.registered", "customer:C\(number)", "2025-01-0\(number % 9 + 1)", #"{"name":\#(JSON.string("\(word) \(number)").canonical),"region":\#(text)}"#)
    add("order.placed", "order:O\(number)", "2025-02-0\(number % 9 + 1)", #"{"customer":"C\#(number)","totalMinor":\#(number * 129_900),"cur":"CNY"}"#)
    add("visit.logged", "customer:C\(number)", "2025-03-0\(number % 9 + 1)", #"{"purpose":\#(text),"minutes":\#(text)}"#)
  }
  add("opportunity.opened", "opportunity:P1", "2025-04-01", #"{"customer":"C1","need":\#(text),"stage":\#(text),"amountMinor":500000,"cur":"CNY"}"#)
  add("complaint.filed", "complaint:B1", "2025-04-02", #"{"customer":"C1","channel":"call","category":\#(text),"text":\#(text)}"#)
  add("contract.drafted", "contract:K1", "2025-01-10", #"{"customer":"C1","totalMinor":100,"cur":"CNY","clauses":[{"key":\#(text),"value":\#(text)},{"key":"2","value":"ten days"}]}"#, reason: word)
  add("contract.signed", "contract:K1", "2025-02-01", #"{"version":1,"party":"us","signatory":\#(text),"certificateHash":"\#(hash)"}"#, reason: word)
  add("contract.amended", "contract:K1", "2025-06-01", #"{"fromVersion":1,"toVersion":2,"totalMinor":200,"cur":"CNY","assent":[{"party":"us","evidenceHash":"\#(hash)"}],"clauseChanges":[{"key":"2","before":"ten days","after":\#(text),"proposedBy":"them"}]}"#, reason: word)
  return lines
}
