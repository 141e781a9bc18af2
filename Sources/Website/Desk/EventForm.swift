import Answers
import Engine
import Events
import Pages
import Vocabulary
import Wire

/// A form made from the declaration of an event, and what somebody wrote in it.
struct EventForm {
  let declaration: Declaration
  let asking: Asking
  /// What was written, by the form's names; what a link filled in before anybody wrote.
  private let written: Parameters
  /// Why what was written is refused, by the form's names.
  private(set) var faults: [String: [String]] = [:]

  init(_ declaration: Declaration, _ asking: Asking, written: Parameters) {
    (self.declaration, self.asking, self.written) = (declaration, asking, written)
  }

  private func say(_ en: String, _ zh: String) -> String { asking.say(en, zh) }

  /// Fields of the form, in the order of the declaration: what it is about first, the circumstances last.
  func form(submit: String) -> Form {
    var fields = [subjectField]
    fields += declaration.fields.map { field(of: $0) }
    fields += circumstances
    if let next = written["next"] { fields.append(Form.Field("next", "next", .hidden, value: next)) }
    // The same form sent twice records once: its id is answered with the first receipt.
    fields.append(Form.Field("id", "id", .hidden, value: written["id"] ?? "page:\(asking.user.name):\(asking.now.microseconds)"))
    return Form("", .post, "/record/" + declaration.name, fields, submit: submit)
  }

  private var subjectField: Form.Field {
    let kinds = declaration.subjects.map { "\($0.word):… (\($0.title[asking.language]))" }.joined(separator: say(", ", "、"))
    return Form.Field(
      "subject", say("What it is about", "主体"), .line(type: "text"), value: written["subject"] ?? "",
      hint: declaration.opensSubject ? say("A new id: ", "新编号：") + kinds : kinds, faults: faults["subject"] ?? [], isRequired: true,
      limit: 220)
  }

  private func field(of field: Field) -> Form.Field {
    let name = "data." + field.name
    let hint = [field.note?[asking.language] ?? "", EventForm.hint(field.kind, asking.language)].filter { !$0.isEmpty }.joined(separator: " ")
    var value = written[name] ?? ""
    if value.isEmpty, written["id"] == nil, case .reference(let kind) = field.kind, kind == .customer,
      let subject = written["subject"], subject.hasPrefix("customer:"), declaration.subjects.first != .customer
    { value = String(subject.dropFirst(9)) }
    return Form.Field(
      name, field.title[asking.language], kind(of: field), value: value, hint: hint, faults: faults[name] ?? [],
      isRequired: field.isRequired, limit: EventForm.limit(field.kind))
  }

  private func kind(of field: Field) -> Form.Field.Kind {
    switch field.kind {
    case .text(let limit): limit > 500 ? .lines(rows: 3) : .line(type: "text")
    case .integer(_, .minor): .line(type: "text")
    case .integer: .line(type: "number")
    case .day: .line(type: "date")
    case .instant: .line(type: "datetime-local")
    case .flag: .choice([("", "–"), ("true", say("Yes", "是")), ("false", say("No", "否"))])
    case .code(let codes): .choice([("", "–")] + codes.map { ($0.word.text, $0.word.title[asking.language]) })
    case .list, .body: .lines(rows: 2)
    case .currency, .decimal, .reference, .subject, .hash, .record: .line(type: "text")
    }
  }

  private var circumstances: [Form.Field] {
    var fields: [Form.Field] = []
    if declaration.needsReason || written["reason"] != nil {
      fields.append(
        Form.Field(
          "reason", say("Reason", "原因"), .lines(rows: 2), value: written["reason"] ?? "", faults: faults["reason"] ?? [],
          isRequired: declaration.needsReason, limit: Circumstances.lengthLimit))
    }
    fields.append(
      Form.Field(
        "occurredAt", say("When it happened (UTC)", "发生时间（UTC）"), .line(type: "datetime-local"), value: written["occurredAt"] ?? "",
        hint: say("Empty: now.", "留空：现在。"), faults: faults["occurredAt"] ?? []))
    let roles = asking.user.capacities.map { word in
      (word: word, title: Role.all.first { $0.word == word }.map { "\(word) \($0.title[asking.language])" } ?? word)
    }
    let usual = roles.first { role in declaration.recorders.contains { $0.word == role.word } } ?? roles.first
    fields.append(
      Form.Field(
        "role", say("In which capacity", "以何身份"), .choice([("", "–")] + roles), value: written["role"] ?? usual?.word ?? "",
        hint: recorders, faults: faults["role"] ?? []))
    return fields
  }

  private var recorders: String {
    guard !declaration.recorders.isEmpty else { return "" }
    return say("Recorded by: ", "可由下列角色登记：") + declaration.recorders.map { $0.title[asking.language] }.joined(separator: say(", ", "、"))
  }

  private static func hint(_ kind: Field.Kind, _ language: Language) -> String {
    switch kind {
    case .integer(_, .minor): Name("An amount such as 1299.00.", "金额，例如 1299.00。")[language]
    case .integer(let range, let unit): unit.hint(range)[language]
    case .list(.record(let fields), _):
      Name("One a line: ", "每行一项：")[language] + fields.map { $0.name + "=…" }.joined(separator: ", ")
    case .list: Name("One a line.", "每行一项。")[language]
    case .record(let fields): fields.map { $0.name + "=…" }.joined(separator: ", ")
    case .currency: Name("Such as CNY.", "例如 CNY。")[language]
    case .reference(let kind): Name("Id of a \(kind.title.en.lowercased())", "\(kind.title.zh)编号")[language]
    case .hash: "SHA-256"
    case .text, .decimal, .day, .instant, .flag, .code, .subject, .body: ""
    }
  }

  private static func limit(_ kind: Field.Kind) -> Int? { if case .text(let limit) = kind { limit } else { nil } }
}

extension Field.Unit {
  fileprivate func hint(_ range: ClosedRange<Int64>) -> Name {
    let isOpen = range.upperBound == JSON.greatestInteger
    let bounds = isOpen ? (range.lowerBound == 0 ? "" : " ≥ \(range.lowerBound)") : " \(range.lowerBound)–\(range.upperBound)"
    guard self != .count || !bounds.isEmpty else { return Name("", "") }
    return Name(noun.en.asSentence + bounds + ".", noun.zh + bounds + "。")
  }
}

// What was written, as an event.
extension EventForm {
  /// The event; `nil` where something in it cannot be: then the fields have their faults.
  mutating func event() -> Event? {
    var data = JSONObject()
    for field in declaration.fields {
      guard let text = written["data." + field.name]?.trimmed, !text.isEmpty else {
        if field.isRequired { fault("data." + field.name, EventError(.missing)) }
        continue
      }
      let value = FormValue.json(text, as: field.kind)
      do { try field.kind.check(value, at: "") } catch { fault("data." + field.name, error) }
      data[field.name] = value
    }
    let subject = subject()
    let at = time()
    if declaration.needsReason, written["reason"]?.trimmed.isEmpty ?? true { fault("reason", EventError(.reasonNeeded)) }
    guard let subject, let at, faults.isEmpty else { return nil }
    var event = Event(declaration.name, subject, at: at, data, version: declaration.version, id: written["id"])
    event.about.actor = asking.user.name
    event.about.channel = "ui"
    event.about.reason = written["reason"]?.trimmed
    event.about.role = written["role"].flatMap { asking.user.capacities.contains($0) ? $0 : nil }
    do { return try Event(reading: JSON.object(event.json), by: .keshi) } catch {
      take(error)
      return nil
    }
  }

  private mutating func subject() -> Subject? {
    let text = written["subject"]?.trimmed ?? ""
    if let subject = Subject(text), declaration.subjects.contains(where: { $0.word == subject.kind }) { return subject }
    if !text.contains(":"), let subject = Subject(kind: declaration.subjects[0], id: text) { return subject }
    if let subject = Subject(text) {
      fault("subject", EventError(.wrongSubject(found: subject.kind, allowed: declaration.subjects.map(\.word))))
    } else {
      fault("subject", text.isEmpty ? EventError(.missing) : EventError(.badSubject(text)))
    }
    return nil
  }

  private mutating func time() -> Instant? {
    guard let text = written["occurredAt"]?.trimmed, !text.isEmpty else {
      return Instant(microseconds: asking.now.microseconds / 1000 * 1000)
    }
    if let instant = FormValue.instant(text) { return instant }
    fault("occurredAt", EventError(.badFormat(expected: Name("a time", "时间"), found: text)))
    return nil
  }

  private mutating func fault(_ name: String, _ error: EventError) {
    let message = EventError(error.reason).message(in: asking.language)
    faults[name, default: []].append(message.asSentence + say(".", "。"))
  }

  /// Puts an error beside the field that it is about; what is about none stands over the form.
  mutating func take(_ error: EventError) {
    let names = ["subject", "reason", "occurredAt"] + declaration.fields.map { "data." + $0.name }
    let name = names.first { error.path == $0 || error.path.hasPrefix($0 + ".") || error.path.hasPrefix($0 + "[") }
    fault(name ?? "subject", error)
  }

  /// Puts a guard's refusal, in its own plain words, beside the field that it speaks of.
  mutating func take(_ refusal: Refusal) {
    let sentence = refusal.message(in: asking.language).asSentence + say(". ", "。")
    let remedy = refusal.remedy[asking.language].asSentence + say(".", "。")
    faults[place(of: refusal), default: []].append(sentence + remedy)
  }

  private func place(of refusal: Refusal) -> String {
    switch refusal.rule {
    case "role": return "role"
    case "late-entry", "departed": return "occurredAt"
    case "four-eyes", "impartial":
      let field = declaration.fields.first { if case .reference(.approval) = $0.kind { true } else { false } }
      return field.map { "data." + $0.name } ?? "subject"
    case "balance":
      let field = declaration.fields.first { if case .integer(_, .minor) = $0.kind { true } else { false } }
      return field.map { "data." + $0.name } ?? "subject"
    case "unknown-subject":
      let field = declaration.fields.first { field in
        guard case .reference = field.kind, let id = written["data." + field.name]?.trimmed else { return false }
        return refusal.why.en.contains(":\(id)")
      }
      return field.map { "data." + $0.name } ?? "subject"
    default: return "subject"
    }
  }
}
