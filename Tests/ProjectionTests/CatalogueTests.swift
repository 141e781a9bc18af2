import AccountHistory
import ChurnProjection
import CompanyHistory
import ContractsProjection
import Crypto
import Events
import LifecycleProjection
import LoyaltyProjection
import Projection
import ProjectionCatalogue
import Testing
@testable import Vocabulary
import Wire

@Suite struct `The catalogue of projections` {
  @Test func `names and titles`() {
    #expect(
      ProjectionCatalogue.all.map { $0.name } == [
        "lifecycle", "loyalty", "churn", "contracts", "funnel", "worth", "receivables", "ageing", "owners", "holders", "visits",
        "coverage", "customers", "segments", "concentration", "migration", "activity", "satisfaction", "satisfaction-index",
        "cycle", "forecasts", "scorecards", "commissions", "talent", "goals", "handoffs", "market", "procedures", "integrity",
        "complaints", "complaint-figures", "clocks", "risks", "risk-map", "disputes", "approvals", "approval-hours", "duties",
        "privacy", "retention", "access", "access-rights",
      ])
    for projection in ProjectionCatalogue.all.map(\.type) {
      #expect(!projection.title.en.isEmpty && !projection.title.zh.isEmpty)
      #expect((projection.ruleKind == nil) == projection.shippedRules.isEmpty)
      #expect(projection.shape >= 1 && hasFamilies(projection))
    }
  }

  private func hasFamilies<Q: Question>(_: Q.Type) -> Bool { !Q.Source.families.isEmpty }

  @Test func `every column has both titles and a name of its own`() {
    for projection in ProjectionCatalogue.all.map(\.type) {
      let columns = columns(projection)
      #expect(!columns.isEmpty && Set(columns.map(\.name)).count == columns.count)
      for column in columns {
        #expect(!column.title.en.isEmpty && !column.title.zh.isEmpty, "\(projection.name).\(column.name)")
        #expect(column.title.en != column.title.zh, "\(projection.name).\(column.name)")
        #expect(!["subject", "since", "because", "rule"].contains(column.name), "the engine adds it")
      }
    }
  }

  private func columns<P: Question>(_: P.Type) -> [Column] { P.Conclusion.columns }

  @Test func `a value for every column, of its kind`() {
    var timeline = Timeline()
    timeline.order(0)
    timeline.activate(0, until: 500)
    timeline.add(0, Events.Opportunity.opened, ["amountMinor": 1, "cur": "CNY", "probabilityBp": 1])
    check(timeline, Lifecycle.self)
    check(timeline, LoyaltyStatus.self)
    check(timeline, Health.self)
    check(timeline.conclude(Contracts.self, 5), Contracts.self)
  }

  private func check<P: Projection>(_ timeline: Timeline, _: P.Type) { check(timeline.conclude(P.self, 5), P.self) }

  private func check<Q: Question>(_ row: Q.Conclusion?, _: Q.Type) {
    guard let row else { Issue.record("\(Q.name) has no row"); return }
    typealias P = Q
    #expect(row.values.count == P.Conclusion.columns.count, "\(P.name)")
    for (column, value) in zip(P.Conclusion.columns, row.values) {
      switch (column.kind, value) {
      case (_, .null), (.integer, .integer), (.money, .integer), (.day, .day), (.instant, .instant), (.flag, .flag): break
      case (.text, .text(let text)):
        #expect(column.words.isEmpty || column.words.contains { $0.text == text }, "\(P.name).\(column.name): \(text)")
      default: Issue.record("\(P.name).\(column.name): \(value) is no \(column.kind)")
      }
    }
  }

  @Test func `facts are small`() {
    #expect(MemoryLayout<Lifecycle.Facts>.stride <= 160)
    #expect(MemoryLayout<LoyaltyStatus.Facts>.stride <= 160)
    #expect(MemoryLayout<Health.Facts>.stride <= 160)
    #expect(MemoryLayout<Contracts.Facts>.stride <= 64)
    for stride in [
      MemoryLayout<Selling.Facts>.stride, MemoryLayout<Merits.Facts>.stride, MemoryLayout<Staff.Facts>.stride,
      MemoryLayout<Targets.Facts>.stride, MemoryLayout<Procedures.Facts>.stride,
    ] { #expect(stride <= 160) }
  }
}

@Suite struct `Rules as data` {
  /// SHA-256 of the canonical JSON. A line may be added; a line that stands here never changes.
  static let hashes = [
    "lifecycle 1 b8d2bd936845df2fec772b63b242f9e0cb0403509d1be2937752cfc85ac3a3b3",
    "tier 1 e14378ef92889c54bb9ef75186bc844f359556878e91f18b9d936787700c4b82",
    "churn 1 c9d6b16338b9f6600336ab9a6223aa11ba92f67473ff5e40da9e142833546e29",
    "approval 1 6a8bcfb213444a10e9818867bbc9dcaeb1f74d7ce3c173aef44d521dc328c7a7",
    "commission 1 d4c8aaf93fe76875287eade174e304b199974e59adf9db7ab425a11f01c399e3",
    "data-grade 1 a2b172ddac5c17cb64cdb16e9d2ba3b731d4226358992b9ab5602b2d5c119922",
    "data-grade 2 1b27543e83f5ecff77e18a97f25ffac99acdbc1918000513d7e923de6addc0c8",
    "duty 1 d9162dc451c7b74ee9a8b76cd3c4634a12ad66ad723b1997b70bce9592beb18b",
    "kpi 1 7b79697f678a88324a03c24dd32997c936c863957e3023b7840a27636e98f77e",
    "pool 1 a3e68c5d567b961bf08f4046b08a77e91cadc80a5dc718ebd9fca259c7cc9ea9",
    "retention 1 e16f2ebdc3549740fcf8fe6f2cc96faae45b0f1203bb9d0abce5743f18f9e88f",
    "risk 1 a9c9124ced071aad7a6e33f472d1f405fed2013f915cc420e45265c54e94bf46",
    "satisfaction 1 e34fa67e1f7949aba8b93219885950b5b2e548ce5160969ad0f53583b984c50b",
    "segment 1 a09031b90da733cecb740d2f9291d389248ff9a62380a67ac62b6d24a40f6081",
    "sla 1 4c27c6a0716e38354307075ea8e13a49628bcbe2cf1da98c3334c199121aba69",
    "sla 2 672bfff993437cb17f21e05f971c27c6ee84e4f67d4e17e720691ef883c6d6c6",
    "talent 1 08007b4ae3e18b804dfba1c279c686de27663f77f20dd6b78140a0bbf553e9ba",
    "visit 1 657f99a07e3044052bb58e9cd7790a4661f5222e3339cce4b61ca6ca05e3c51b",
  ]

  @Test func `shipped rules never change`() {
    let found = ProjectionCatalogue.rules.flatMap { kind in
      kind.shipped.map { rule in
        let hash = SHA256.hash(data: Array(JSON.object(rule.body).canonical.utf8))
        var text = Text()
        for byte in hash { text.append(hex: byte) }
        return "\(kind.name) \(rule.version) \(text.string)"
      }
    }
    #expect(found.sorted() == Rules.hashes.sorted())
  }

  @Test func `questions that are judged by one kind of rule ship the same versions of it`() {
    for projection in ProjectionCatalogue.all {
      guard let kind = projection.rules else { continue }
      #expect(ProjectionCatalogue.all.ruleKinds.first { $0.name == kind.name }?.shipped == kind.shipped, "\(projection.name)")
    }
  }
  typealias Rules = `Rules as data`

  @Test func `shipped rules fit their declaration, and are read as written`() throws {
    for projection in ProjectionCatalogue.all.map(\.type) { try shipped(projection) }
  }

  private func shipped<P: Question>(_: P.Type) throws {
    for rule in P.shippedRules {
      try Field.check(rule.body, against: P.Rules.fields, at: "body")
      #expect(!rule.why.en.isEmpty && !rule.why.zh.isEmpty)
      // A member that the body did not read would change nothing.
      for field in P.Rules.fields {
        guard let other = another(field, than: rule.body[field.name]) else { continue }
        var changed = rule.body
        changed[field.name] = other
        #expect(P.Rules(changed) != P.Rules(rule.body), "\(P.name).\(field.name) is read")
      }
    }
  }

  private func another(_ field: Field, than value: JSON?) -> JSON? {
    switch field.kind {
    case .integer(let range, _): .int(value?.int == range.upperBound ? range.lowerBound : range.upperBound)
    case .code(let codes): codes.first { $0.word.text != value?.string }.map { .string($0.word.text) }
    case .currency: "USD"
    default: nil
    }
  }

  @Test func `numbers out of bounds are refused, with their place`() {
    for projection in ProjectionCatalogue.all.map(\.type) { bounds(projection) }
  }

  private func bounds<P: Question>(_: P.Type) {
    guard let body = P.shippedRules.first?.body else { return }
    for field in P.Rules.fields {
      #expect(!field.title.en.isEmpty && !field.title.zh.isEmpty && field.title.en != field.title.zh)
      var missing = body
      missing[field.name] = nil
      if field.isRequired { refuses(P.self, missing, at: field.name) }
      switch field.kind {
      case .integer(let range, _):
        for (number, fits) in [
          (range.lowerBound, true), (range.lowerBound - 1, false), (range.upperBound, true), (range.upperBound + 1, false),
        ] {
          var changed = body
          changed[field.name] = .int(number)
          if fits {
            #expect(throws: Never.self) { try Field.check(changed, against: P.Rules.fields, at: "body") }
          } else {
            refuses(P.self, changed, at: field.name)
          }
        }
      case .text(let limit):
        var changed = body
        changed[field.name] = .string(String(repeating: "x", count: limit))
        #expect(throws: Never.self) { try Field.check(changed, against: P.Rules.fields, at: "body") }
        changed[field.name] = .string(String(repeating: "x", count: limit + 1))
        refuses(P.self, changed, at: field.name)
      default:
        var changed = body
        changed[field.name] = "no such word"
        refuses(P.self, changed, at: field.name)
      }
    }
  }

  private func refuses<P: Question>(_: P.Type, _ body: JSONObject, at name: String) {
    do {
      try Field.check(body, against: P.Rules.fields, at: "body")
      Issue.record("\(P.name): \(name) was accepted")
    } catch {
      #expect(error.path == "body.\(name)")
    }
  }
}
