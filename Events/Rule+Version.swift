import Vocabulary

extension Rule {
  /// What a version of a rule lays down, and from when: the same where it is proposed and where it is published.
  static let versionFields: [Field] = [
    .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
    .count("version", "Version", "版本", 1...100_000, .version).fact(Fact.version),
    .body("body", "Rule", "规则内容"),
    .hash("bodyHash", "Hash of the rule", "规则哈希").optional.fact(Fact.bodyHash),
    .instant("effectiveOn", "Effective from", "生效时间").fact(Fact.effectiveOn),
    .count("supersedes", "Supersedes version", "取代版本", 1...100_000, .version).optional,
  ]

  /// What a comparison of two versions over the recorded past found, and the hash of the report that says it in full.
  static let impact = Field(
    "impact",
    .record([
      .hash("reportHash", "Hash of the report", "试算报告哈希"),
      .count("fromVersion", "Compared with version", "对比版本", 1...100_000, .version).optional,
      .instant("asOf", "As of", "截至").optional,
      .count("position", "Events seen", "所见事件数").optional,
      .count("subjects", "Subjects judged", "受评主体数").optional,
      .count("changed", "Subjects that change", "变化主体数"),
      .list(
        "moves",
        of: .record([
          .text("from", "From", "变化前", limit: 100), .text("to", "To", "变化后", limit: 100),
          .count("count", "Subjects", "主体数"),
        ]), "How many from what to what", "变化矩阵", limit: 200
      ).optional,
      .money("amountMinor", "Money concerned", "涉及金额").optional,
      .currency().optional,
    ]), "Expected impact, counted", "预期影响统计")
}
