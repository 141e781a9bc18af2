import AccountHistory
import ChurnProjection
import CompanyHistory
import ContractsProjection
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
