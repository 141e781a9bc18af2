import AccessControl
import Answers
import HTTPTypes
import Vocabulary
import Wire

/// What was sent, what was not, and sending it again.
enum WebhookRoutes {
  static let all: [Route] = [
    Route(
      .get, "/api/v1/webhooks", needs: .operate, "Webhooks, how far each has come", "网络钩子及其进度", operation: Operation("listWebhooks")
    ) { inquiry in
      let office = inquiry.office
      let hooks = try WebhookFile(folder: office.folder.keysPath).all().map { hook -> JSON in
        let next = office.deliveries.next(hook)
        return [
          "id": .string(hook.id), "url": .string(hook.url), "types": .array(hook.types.map { .string($0) }), "next": .int(next),
          "lag": .int(max(0, office.head - next)), "deadLetters": .int(Int64(office.deliveries.deadLetters(hook.id).count)),
        ]
      }
      return .json(["webhooks": .array(hooks)])
    },
    Route(
      .get, "/api/v1/webhooks/{id}/dead-letters", needs: .operate, "What a webhook's receiver did not take, newest first", "接收方未接受的事件（由近及远）",
      operation: Operation("listDeadLetters")
    ) { inquiry in
      let hook = try inquiry.hook()
      return .json(["deadLetters": .array(inquiry.office.deliveries.deadLetters(hook.id))])
    },
    Route(
      .post, "/api/v1/webhooks/{id}/replay", needs: .administer, "Send again from an event on", "从某事件起重新发送", work: .writing, bodyLimit: 1,
      operation: Operation(
        "replayWebhook",
        parameters: [Operation.Parameter("from", "The first event to send again.", "重新发送的首个事件序号。", ["type": "integer", "minimum": 0]).required], status: 202)
    ) { inquiry in
      let hook = try inquiry.hook()
      guard let from = try inquiry.number("from") else {
        throw Trouble.usage(Name("from is missing", "缺少 from"), remedy: Name("name the first event to send again", "请写明重新发送的首个事件"))
      }
      try inquiry.office.deliveries.go(to: min(from, inquiry.office.head), hook.id)
      return .json(["id": .string(hook.id), "next": .int(inquiry.office.deliveries.next(hook))], status: .accepted)
    },
  ]
}

extension Inquiry {
  fileprivate func hook() throws -> Webhook {
    guard let hook = try WebhookFile(folder: office.folder.keysPath).all().first(where: { $0.id == self["id"] }) else {
      throw Trouble.noWebhook(self["id"])
    }
    return hook
  }
}
