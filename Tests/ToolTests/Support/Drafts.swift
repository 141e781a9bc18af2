import Projection
import ProjectionCatalogue
import Wire

@testable import keshi

/// Drafts of churn rules, in which only what a test names weighs anything.
enum Drafts {
  static func file(_ name: String, _ changes: JSONObject, in folder: Folder) throws -> String {
    var body = ProjectionCatalogue.all.first { $0.ruleKind == "churn" }?.shippedRules.first?.body ?? [:]
    for member in body.members where member.name.hasSuffix("Weight") { body[member.name] = 0 }
    for member in changes.members { body[member.name] = member.value }
    body["kind"] = "churn"
    return try folder.file(name, JSON.object(body).canonical)
  }
}
