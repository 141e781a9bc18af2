import Engine
import Events
import Facts
import Foundation
import Import
import Log
import Projection
import ProjectionCatalogue
import Proofs
import ReadModels
import RuleFiles
import Statistics
import TestSupport
import Testing
import Vault
import Vocabulary
import Wire

@testable import Answers

private struct Case: Sendable {
  let error: any Error
  let kind: Trouble.Kind
  init(_ error: any Error, _ kind: Trouble.Kind) { (self.error, self.kind) = (error, kind) }
}

/// Every case of every module's errors, with what sort of thing went wrong.
private let cases: [Case] = events + log + engine + rules + others + imports + proofs + privacy

private let events: [Case] = [
  .json(.ended, offset: 3), .missing, .unknownMember(allowed: ["a"]), .unknownType("x"), .unknownVersion(2, newest: 1),
  .wrongKind(expected: Name("a", "甲"), found: Name("b", "乙")), .badSubject("x"), .wrongSubject(found: "a", allowed: ["b"]),
  .outOfRange(1, 2...3), .tooLong(bytes: 2, limit: 1), .tooMany(items: 2, limit: 1), .badFormat(expected: Name("a", "甲"), found: "b"),
  .notInList("a", allowed: ["b"]), .reasonNeeded, .occurredLater, .lineTooLong(bytes: 2, limit: 1),
  .refused(Name("a", "甲")),
].map { (reason: EventError.Reason) in Case(EventError(reason, at: "data.x"), .badInput) }

private let log: [Case] = [
  Case(LogError.disk(operation: "write", path: "a", errno: 28), .inputOutput), Case(LogError.disk(operation: "open", path: "a", errno: 13), .notPermitted),
  Case(LogError.locked(path: "LOCK"), .busy), Case(LogError.exists(path: "LOG.json"), .cannotCreate),
  Case(LogError.notALog(path: "LOG.json", reason: "x"), .absent), Case(LogError.unknownFormat(path: "a", found: "9"), .unavailable),
  Case(LogError.damaged(Damage(file: "a", offset: 7, leaves: 3..<5, kind: .frame)), .differs),
  Case(LogError.damaged(Damage(file: "a", offset: 7, leaves: 3..<3, kind: .padding)), .differs),
  Case(LogError.batchSize(found: 9, limit: 8), .badInput), Case(LogError.wrongExpectedVersion(subject: "a:1", expected: 1, actual: 2), .overtaken),
  Case(LogError.unknownOutcome(cause: "x"), .inputOutput), Case(LogError.stopped(cause: "x"), .inputOutput), Case(LogError.readOnly, .notPermitted),
  Case(LogError.outOfRange(seq: 9, size: 8), .unknownName), Case(LogError.sealingFailed(cause: "x"), .inputOutput), Case(LogError.index(cause: "x"), .inputOutput),
] + [LogError.Refusal.empty, .tooLong, .lineFeed, .nul, .shape, .reservedID].map { (refusal: LogError.Refusal) in Case(LogError.refused(draft: 2, refusal), .badInput) }

private let engine: [Case] = [
  Case(EngineError.unknownProjection("x", known: ["a"]), .unknownName), Case(EngineError.unknownSubject("x"), .absent),
  Case(EngineError.unknownField("x", model: "m", known: ["a"]), .unknownName),
  Case(EngineError.severalRows("x", model: "m", rows: ["a", "b"]), .unknownName),
  Case(EngineError.unknownRule(kind: "churn", version: 9, known: [1]), .unknownName), Case(EngineError.unknownRuleKind("x", known: ["a"]), .unknownName),
  Case(EngineError.badRule(kind: "churn", seq: 3, message: Name("a", "甲")), .configuration), Case(EngineError.beyondHead(9, head: 8), .unknownName),
  Case(EngineError.derivedFile(path: "a", what: "b"), .inputOutput), Case(EngineError.unreadableEvent(seq: 3, message: Name("a", "甲")), .differs),
  Case(AppendError(event: 0, EventError(.missing)), .badInput), Case(FactsError.unreadableLine(seq: 1, offset: 2), .badInput),
  Case(FactsError.refused(seq: 1, message: "x"), .badInput), Case(FactsError.damaged(file: "a", what: "b"), .inputOutput),
  Case(FactsError.tooManyLayouts(seq: 1), .failed),
]

private let rules: [Case] = {
  let book = RuleBook(kinds: ProjectionCatalogue.rules)
  guard let rule = try? book.version(1, of: "churn") else { return [] }
  return [
    Case(RuleRefusal.ownApproval("ann"), .notPermitted), Case(RuleRefusal.noActor, .usage),
    Case(RuleRefusal.notLater(effective: .distantPast, than: rule), .badInput), Case(RuleRefusal.sameBody(rule, isInForce: true), .badInput),
    Case(RuleRefusal.sameBody(rule, isInForce: false), .badInput), Case(RuleRefusal.noProposal(kind: "churn", version: 3), .unknownName),
    Case(RuleRefusal.noProposal(kind: "churn", version: nil), .unknownName),
  ] + ruleFile
}()

private let ruleFile: [Case] = {
  do {
    _ = try RuleFile.read([], kind: ProjectionCatalogue.rules[0], file: "f.yaml")
    return []
  } catch {
    return [Case(error, .badInput)]
  }
}()

private let others: [Case] = [
  Case(ReadModelError.badName("x"), .failed), Case(ReadModelError.badColumn("x", model: "m"), .failed),
  Case(ReadModelError.badValue(subject: "s", column: "c", model: "m"), .failed), Case(ReadModelError.outOfOrder(subject: "a", after: "b", model: "m"), .failed),
  Case(ReadModelError.limit(.columns, found: 101), .failed), Case(ReadModelError.busy(model: "m"), .busy), Case(ReadModelError.missing(model: "m"), .absent),
  Case(ReadModelError.noneBefore(model: "m"), .absent),
  Case(ReadModelError.damaged(model: "m", what: "w"), .differs), Case(ReadModelError.newerFormat(model: "m", found: 2, newest: 1), .unavailable),
  Case(ReadModelError.full(model: "m"), .inputOutput), Case(ReadModelError.io(model: "m", step: "s", reason: "r"), .inputOutput),
  Case(SinkError.failed(errno: 28), .inputOutput), Case(SinkError.closed, .inputOutput), Case(SourceError.failed(errno: 5), .inputOutput),
  Case(SourceError.interrupted, .inputOutput), Case(Trouble.file("a", errno: 2), .absent), Case(Trouble.file("a", errno: 13), .notPermitted),
  Case(Trouble.usage(Name("a", "甲"), remedy: Name("b", "乙")), .usage), Case(CancellationError(), .failed), Case(CocoaError(.fileWriteNoPermission), .notPermitted),
  Case(CocoaError(.fileWriteUnknown), .cannotCreate),
  Case(StatisticsError.tooFewCustomers(1, needed: 30), .badInput), Case(StatisticsError.tooManyCustomers(2, limit: 1), .badInput),
  Case(StatisticsError.tooFewRepeaters(1, needed: 10), .badInput), Case(StatisticsError.notConverged(evaluations: 9), .badInput),
  Case(StatisticsError.undetermined(parameter: "a", value: 0.000001), .badInput),
]

private let privacy: [Case] = [
  Case(ErasureError.held(subject: "a:1", hold: 3), .notPermitted), Case(ErasureError.noHold(subject: "a:1"), .absent),
  Case(ErasureError.noKeys, .absent), Case(ErasureError.notRequested(line: 3), .notPermitted),
  Case(ErasureError.notApproved(request: 3), .notPermitted), Case(ErasureError.sameActor(actor: "a", request: 3), .notPermitted),
  Case(ErasureError.alreadyRedacted(line: 3), .usage), Case(ErasureError.remains(what: "x"), .failed),
  Case(KeyError.disk(.disk(operation: "write", path: "a", errno: 28)), .inputOutput), Case(KeyError.damaged(path: "a", offset: 3), .inputOutput),
  Case(KeyError.stopped, .inputOutput), Case(KeyError.none(path: "a"), .absent), Case(KeyError.otherLog(path: "a", log: "b"), .configuration),
  Case(BackupError.occupied(path: "a"), .cannotCreate), Case(BackupError.none(path: "a"), .absent),
  Case(BackupError.changed(file: "a"), .differs), Case(BackupError.wrongLog(verdict: "torn"), .differs),
]

private let refusals: [(ImportError.Reason, Trouble.Kind)] = [
  (.cannotOpen("x"), .absent), (.damaged("x"), .badInput), (.noHeader, .badInput), (.badHeader(RowProblem(.blank)), .badInput),
  (.unknownEncoding("x"), .unavailable), (.noSection(globs: ["a"]), .usage), (.severalSections, .usage), (.noFiles, .absent),
  (.cannotSpill("x"), .inputOutput),
]
private let imports: [Case] = refusals.map { Case(ImportError($0.0, file: "f.csv"), $0.1) } + [Case(badMapping, .configuration)]

private let proofs: [Case] = [
  Case(ProofError.malformed(.note, line: 3, .base64), .badInput), Case(ProofError.tooLarge(.proof, limit: 9), .badInput),
  Case(ProofError.badSignature(key: "a"), .differs), Case(ProofError.unsigned(origin: "a"), .differs),
  Case(ProofError.otherLog(expected: "a", found: "b"), .differs), Case(ProofError.wrongHashes, .differs), Case(ProofError.quorum(name: "q"), .differs),
  Case(ProofError.keyType(6), .badInput), Case(ProofError.otherKey(expected: "a", found: "b"), .configuration),
  Case(ProofError.badOrigin("a b"), .configuration), Case(ProofError.outOfRange(seq: 9, size: 8), .unknownName), Case(ProofError.busy, .busy),
  Case(Trouble.openKey("k"), .notPermitted), Case(Trouble.noKey(in: "k"), .configuration), Case(Trouble.strangeKey("v", in: "k"), .configuration),
  Case(Trouble.cannotWrite("k", errno: 28), .cannotCreate), Case(Trouble.noOpenSSL, .unavailable), Case(Trouble.openSSL("x"), .badInput),
  Case(Trouble.strangeStamp, .differs),
] + [ProofError.Format.note, .checkpoint, .key, .proof, .policy, .receipt, .request].map { Case(ProofError.malformed($0, line: 1, .hash), .badInput) }

private var badMapping: any Error {
  do {
    _ = try Mapping.load("nonsense: 1", name: "m.yaml", catalogue: .keshi)
    return CancellationError()
  } catch { return error }
}

@Suite struct `Every error` {
  @Test(arguments: cases.indices) func `is of a kind, and says what, where, what is unharmed and what to do`(place: Int) {
    let (error, kind) = (cases[place].error, cases[place].kind)
    let trouble = Trouble(explaining: error)
    #expect(trouble.kind == kind, "\(error)")
    #expect(trouble.code.wholeMatch(of: /E(-[A-Z]+)+/) != nil, "\(trouble.code)")
    for part in [trouble.what, trouble.unharmed, trouble.remedy, trouble.place ?? Name("-", "-")] {
      #expect(!part.en.isEmpty && !part.zh.isEmpty, "\(error)")
    }
    #expect(!trouble.what.en.isChinese && trouble.what.zh.isChinese, "\(trouble.what)")
    #expect(!trouble.unharmed.en.isChinese && trouble.unharmed.zh.isChinese, "\(trouble.unharmed)")
  }

  @Test func `no two meanings share a code of the log`() {
    let codes = log.map { Trouble(explaining: $0.error).code }
    #expect(Set(codes).count >= 14)
  }

  @Test func `is of one event where the events beside it can still be recorded`() {
    let refusal = Refusal("signed", Name("a", "甲"), remedy: Name("b", "乙"))
    #expect(Trouble(refusal).concernsOneEvent && Trouble(refusal).kind == .objected)
    #expect(Trouble(explaining: EventError(.missing)).concernsOneEvent)
    #expect(!Trouble(explaining: LogError.locked(path: "LOCK")).concernsOneEvent)
  }

  @Test func `keeps its place and its details when it is told again`() {
    let trouble = Trouble(explaining: EventError(.missing)).listing([Name("a", "甲")]).at(Name(same: "line 3"))
    #expect(trouble.place?.en == "line 3" && trouble.details.map(\.zh) == ["甲"])
  }
}

/// An error that only a door knows.
private struct DoorError: Explained {
  var trouble: Trouble { .usage(Name("a", "甲"), remedy: Name("b", "乙")) }
}

@Suite struct `An error of a door` {
  @Test func `explains itself`() { #expect(Trouble(explaining: DoorError()).code == "E-USAGE") }

  @Test func `that nobody foresaw is a mistake of the program`() {
    #expect(Trouble(explaining: CancellationError()).code == "E-INTERNAL")
  }
}
