public import Vocabulary
import Wire

/// A contract's text as it was last frozen, and who signed it since.
struct FrozenContract {
  let freeze: Event
  let hash: String
  let parties: [String]
  /// Signatures under that text, one a party.
  let signatures: [String: Event]
  /// A revision that came after it and thawed it.
  let thaw: Event?

  /// `nil` where no text was frozen.
  init?(_ events: [Event]) {
    guard let place = events.lastIndex(where: { $0.type == "contract.text_frozen" }) else { return nil }
    freeze = events[place]
    hash = freeze.text("docHash")
    parties = FrozenContract.parties(of: freeze)
    let after = events[place...]
    thaw = after.last { $0.type == "contract.revised" }
    var signatures: [String: Event] = [:]
    for event in after where event.type == "contract.signed" && event.text("docHash") == hash {
      signatures[event.text("party")] = signatures[event.text("party")] ?? event
    }
    self.signatures = signatures
  }

  /// Who must sign; we and the customer where the freeze does not say.
  static func parties(of freeze: Event?) -> [String] {
    let named = (freeze?.data["parties"]?.array ?? []).compactMap(\.string)
    return named.isEmpty ? [Contract.Party.us, .them].map(\.word.text) : named
  }
}

/// A signature binds to the frozen text.
public enum FrozenText: Guard {
  public static let id = "frozen-text"
  public static let title = Name("Each party signs once, and only the text that was frozen.", "各方只签一次，且只能签署定稿文本。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "contract.signed" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    let freezing = Name("freeze the text with contract.text_frozen", "请先以 contract.text_frozen 定稿")
    guard let frozen = FrozenContract(try past.standing(about: event.subject)) else {
      throw refusal("no text of \(event.subject) is frozen", "\(event.subject) 尚未定稿", remedy: freezing)
    }
    if let thaw = frozen.thaw {
      throw refusal(
        "the text was revised after it was frozen",
        "定稿后文本又经修订", because: [frozen.freeze, thaw], remedy: freezing)
    }
    guard event.text("docHash") == frozen.hash else {
      throw refusal(
        "the text signed is not the one that was frozen (\(frozen.hash.prefix(12))…)",
        "所签文本不是定稿文本（\(frozen.hash.prefix(12))…）", because: [frozen.freeze],
        remedy: Name("give the hash of the text that was signed with --doc-hash", "请用 --doc-hash 给出所签文本的哈希"))
    }
    let party = event.text("party")
    guard frozen.parties.contains(party) else {
      let list = frozen.parties.joined(separator: ", ")
      throw refusal(
        party.isEmpty ? "which party signed is not said" : "\(party) is no party to it",
        party.isEmpty ? "未说明签署方" : "\(party) 不是签署方", because: [frozen.freeze],
        remedy: Name("name one of \(list) with --party", "请用 --party 指明 \(list) 之一"))
    }
    if let earlier = frozen.signatures[party] {
      throw refusal(
        "\(party) has signed this text", "\(party) 已签署此文本", because: [earlier],
        remedy: Name("nothing is left to do", "无需再办"))
    }
    return []
  }
}

/// A contract takes effect when every party has signed the same text.
public enum SignedByAll: Guard {
  public static let id = "signed-by-all"
  public static let title = Name(
    "A contract takes effect only when every party signed the same frozen text.",
    "各方均签署同一定稿文本后合同方可生效。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "contract.activated" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let frozen = FrozenContract(try past.standing(about: wish.event.subject))
    let signed = frozen?.signatures ?? [:]
    let missing = FrozenContract.parties(of: frozen?.freeze).filter { signed[$0] == nil }
    guard !missing.isEmpty else { return [] }
    let list = missing.joined(separator: ", ")
    throw refusal(
      "not signed by \(list)", "\(list) 尚未签署", because: [frozen?.freeze].compactMap { $0 } + signed.values,
      remedy: Name("record their signatures with contract.signed", "请以 contract.signed 入账其签署"))
  }
}

/// An amendment says what changes, clause by clause, and proves that every party agreed. Otherwise it is a proposal.
public enum Assent: Guard {
  public static let id = "assent"
  public static let title = Name(
    "An amendment names each clause before and after and proves that all agreed; else it is proposed, not effective.",
    "变更须逐条写明前后内容及各方同意的凭证；否则只是提议，不生效。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "contract.amended" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    let events = try past.standing(about: event.subject)
    let changes = (event.data["clauseChanges"]?.array ?? []).compactMap(\.object)
    guard !changes.isEmpty else {
      throw proposal("no clause is named", "没有写明任何条款")
    }
    var clauses = currentClauses(events)
    for change in changes {
      let key = change["key"]?.string ?? ""
      let (before, after) = (change["before"]?.string, change["after"]?.string)
      guard before != after else { throw proposal("clause \(key) is the same before and after", "条款 \(key) 前后相同") }
      if let known = clauses[key], known.text != before {
        throw refusal(
          "clause \(key) says \"\(known.text)\", not \"\(before ?? "")\"",
          "条款 \(key) 现为“\(known.text)”，而非“\(before ?? "")”",
          because: [known.event], remedy: Name("start from the text in force", "请以现行文本为准"))
      }
      clauses[key] = nil
    }
    let missing = Assent.missing(event, parties: parties(events))
    guard missing.isEmpty else {
      let list = missing.joined(separator: ", ")
      throw proposal("no evidence that \(list) agreed", "没有 \(list) 同意的凭证")
    }
    return []
  }

  private static func proposal(_ en: String, _ zh: String) -> Refusal {
    refusal(
      en + ": proposed, not effective", zh + "：只是提议，尚未生效",
      remedy: Name(
        "record the proposal with contract.revised (purpose amendment), and amend when all have agreed",
        "请以 contract.revised（purpose amendment）入账提议，各方同意后再变更"))
  }

  /// The parties whose evidence an amendment lacks. Others may ask this of what is recorded already.
  public static func missing(_ amendment: Event, parties: [String]) -> [String] {
    let assents = (amendment.data["assent"]?.array ?? []).compactMap(\.object)
    return parties.filter { party in
      !assents.contains { assent in
        let at = assent["at"]?.string.flatMap { Instant($0) }
        let isProof = assent["evidenceHash"] != nil && at.map { $0 <= amendment.occurredAt } ?? true
        return isProof && assent["party"]?.string == party
      }
    }
  }

  /// Everybody who must agree: who was to sign, and who did.
  public static func parties(_ events: [Event]) -> [String] {
    let named = FrozenContract.parties(of: events.last { $0.type == "contract.text_frozen" })
    let signed = events.of("contract.signed").map { $0.text("party") }.filter { !$0.isEmpty && !named.contains($0) }
    return signed.reduce(into: named) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The clauses whose words are known, and from where.
  private static func currentClauses(_ events: [Event]) -> [String: (text: String, event: Event)] {
    var clauses: [String: (text: String, event: Event)] = [:]
    for event in events where ["contract.drafted", "contract.amended"].contains(event.type) {
      for clause in (event.data["clauses"]?.array ?? []).compactMap(\.object) {
        if let key = clause["key"]?.string, let text = clause["value"]?.string { clauses[key] = (text, event) }
      }
      for change in (event.data["clauseChanges"]?.array ?? []).compactMap(\.object) {
        guard let key = change["key"]?.string else { continue }
        clauses[key] = change["after"]?.string.map { ($0, event) }
      }
    }
    return clauses
  }
}
