import AccessControl
import Answers
import Engine
import Events
import HTTPTypes
import Log
import Vocabulary
import Wire

/// Commands: the same deciders as `keshi do`.
enum CommandRoutes {
  static let all: [Route] = [perform]

  private static let perform = Route(
    .post, "/api/v1/commands/{command}", needs: .record, "Decide about a command and record it", "判断并登记一项命令", work: .writing,
    bodyLimit: 256 << 10,
    operation: Operation(
      "performCommand",
      parameters: [
        Operation.Parameter(
          "Idempotency-Key", in: .header, "The same key again is answered with the first receipt.", "同一键再次出现时返回首次的回执。",
          ["type": "string", "minLength": 1, "maxLength": 200]),
        Operation.Parameter("dry_run", "true: decide, and record nothing.", "true：只判断，不写入。", ["type": "boolean"]),
      ], bodies: [("application/json", ["$ref": "#/components/schemas/Command"])], status: 201, reply: ["$ref": "#/components/schemas/Decision"])
  ) { inquiry in
    guard let entry = Catalogue.keshi.entry(commanded: inquiry["command"]) else {
      throw EventError(.unknownType(inquiry["command"]), at: "command").asAbsent
    }
    guard let object = try inquiry.json().object else { throw Trouble.badBody(Name("the body is no object", "内容不是对象")) }
    return try inquiry.perform(entry.declaration, object)
  }
}

extension Inquiry {
  /// Members of a command's body beside those of an event.
  private static let conditions: Set<String> = ["expect", "unless"]

  func perform(_ declaration: Declaration, _ body: JSONObject) throws -> Reply {
    guard let need = declaration.recordingNeed else { throw Trouble.machineOnly(declaration) }
    guard principal.may(need) else { throw Trouble.forbidden(need.title) }
    var object = JSONObject(body.members.filter { !Inquiry.conditions.contains($0.name) }.map { ($0.name, $0.value) })
    object["type"] = .string(declaration.name)
    var event = try asOwn(try Event(reading: .object(object), by: .keshi, defaultTime: office.now))
    if event.id == nil { event.id = try Appending.idempotencyKey(self).map { $0 + "#0" } }
    let isRehearsal = query["dry_run"] == "true"
    let command = Command([event], if: try conditions(body))
    let result = try office.metrics.timing(.command) { try office.perform(command, rehearse: isRehearsal) }
    let answer = CommandAnswer(result, isRehearsal: isRehearsal, now: office.now)
    let isNew = result.receipts.contains { !$0.duplicate }
    office.metrics.count(appended: result.receipts.count { !$0.duplicate })
    return Reply.json(["events": .array(Rows.objects(CommandAnswer.columns, answer.rows))], status: isNew ? .created : .ok).at(office.head)
  }

  /// `expect`: `{"customer:4": 17}`; `unless`: `[{"types": […], "subjects": […], "after": 120}]`.
  private func conditions(_ body: JSONObject) throws -> [Condition] {
    var conditions: [Condition] = []
    for member in body["expect"]?.object?.members ?? [] {
      guard let subject = Subject(member.name), let version = member.value.int, version >= 0 else {
        throw Trouble.badBody(Name("expect names subjects with their versions", "expect 须为主体与其版本"))
      }
      conditions.append(.version(subject, Int(version)))
    }
    for item in body["unless"]?.array ?? [] {
      guard let after = item.object?["after"]?.int, after >= -1, let names = item.object?["subjects"]?.array?.map({ $0.string.flatMap { Subject($0) } }),
        !names.isEmpty, !names.contains(nil)
      else { throw Trouble.badBody(Name("unless names types, subjects and a number", "unless 须写明类型、主体与序号")) }
      let types = item.object?["types"]?.array?.compactMap(\.string) ?? []
      conditions.append(.none(of: Set(types), about: Set(names.compactMap { $0 }), from: after + 1))
    }
    return conditions
  }
}
