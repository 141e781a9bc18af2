import Answers
import Demo
import Foundation
import Projection
import ProjectionCatalogue
import Testing
import Vocabulary
import Wire

@testable import keshi

/// The forty sections of a handbook of sales and customer management: each is recorded by events, concluded by a read
/// model, and answered by a command, on the demonstration company.
///
/// Proof for each: the demonstration's log holds an event of the section; the read model has a row of which the section
/// can be told; the command gives an answer that is not empty.
private let sections: [(section: String, title: String, events: [String], model: String, command: [String])] = [
  ("1.1", "Goals", ["target.set", "payment.received"], "goals", ["show", "goals"]),
  ("1.2", "Process and key links", ["lead.converted", "opportunity.progressed", "quote.issued"], "cycle", ["show", "cycle"]),
  ("1.3", "Team and duties", ["owner.changed", "access.changed"], "holders", ["show", "holders"]),
  ("1.4", "Strategy and market", ["market.insight_recorded", "strategy.published"], "market", ["show", "market"]),
  ("1.5", "Performance and incentives", ["kpi.scored", "commission.posted"], "scorecards", ["report", "team", "--period", "2026Q3"]),
  ("2.1", "Classification", ["assessment.set", "order.placed"], "segments", ["report", "customers", "--period", "2026Q3", "--section", "grades"]),
  ("2.2", "Information about customers", ["customer.updated", "customer.merged", "event.corrected"], "customers", ["show", "customers"]),
  ("2.3", "Customer management", ["interaction.logged", "task.completed"], "owners", ["show", "owners"]),
  ("2.4", "Satisfaction and complaints", ["complaint.escalated", "survey.answered"], "complaints", ["report", "complaints", "--period", "2026"]),
  ("2.5", "Lifecycle", ["customer.status_changed", "contract.activated"], "lifecycle", ["show", "lifecycle"]),
  ("3.1", "Winning customers", ["campaign.launched", "lead.screened"], "cycle", ["report", "sales", "--period", "2026", "--section", "sources"]),
  ("3.2", "Visits", ["visit.logged", "task.assigned"], "visits", ["show", "coverage"]),
  ("3.3", "Long relations", ["contract.renewed", "contact.updated"], "activity", ["show", "activity"]),
  ("3.4", "Churn", ["churn.warning_raised", "churn.play_closed"], "churn", ["show", "churn"]),
  ("3.5", "Loyalty", ["loyalty.entry_posted"], "loyalty", ["show", "loyalty"]),
  ("4.1", "Selection and training", ["employee.joined", "training.completed"], "talent", ["show", "talent"]),
  ("4.2", "Appraisal", ["kpi.scored", "approval.decided"], "commissions", ["show", "commissions"]),
  ("4.3", "Working together", ["team.activity_held", "task.assigned"], "handoffs", ["show", "handoffs"]),
  ("4.4", "Career", ["employee.position_changed"], "talent", ["show", "talent"]),
  ("4.5", "Culture", ["team.activity_held", "employee.departed"], "talent", ["report", "team", "--period", "2026Q3", "--section", "people"]),
  ("5.1", "Signing and performing contracts", ["contract.signed", "contract.obligation_met"], "contracts", ["show", "contracts"]),
  ("5.2", "Risks", ["risk.identified", "payment.demanded"], "risks", ["show", "risk-map"]),
  ("5.3", "Disputes", ["dispute.opened", "hold.placed"], "disputes", ["show", "disputes"]),
  ("5.4", "Compliance", ["compliance.checked", "contract.amended"], "approvals", ["show", "duties"]),
  ("5.5", "Digital contract process", ["contract.revised", "approval.requested"], "approval-hours", ["show", "approval-hours"]),
  ("6.1", "Data collection", ["order.placed", "event.corrected"], "activity", ["show", "activity"]),
  ("6.2", "Forecast", ["forecast.submitted", "decision.recorded"], "forecasts", ["report", "sales", "--period", "2026Q3", "--section", "pipeline"]),
  ("6.3", "Reports", ["report.issued"], "integrity", ["report"]),
  ("6.4", "Optimisation from data", ["rule.published", "improvement.closed"], "integrity", ["rules", "diff", "churn", "1", "2"]),
  ("6.5", "Data security", ["data.accessed", "privacy.requested", "consent.recorded"], "access", ["report", "privacy", "--period", "2026"]),
  ("7.1", "Procedures", ["sop.published"], "procedures", ["show", "procedures"]),
  ("7.2", "Following procedures", ["sop.deviation_recorded"], "procedures", ["show", "procedures"]),
  ("7.3", "Improvement", ["improvement.proposed"], "procedures", ["show", "procedures"]),
  ("7.4", "Training for procedures", ["training.completed"], "talent", ["show", "talent"]),
  ("7.5", "Supervision", ["audit.performed"], "procedures", ["show", "procedures"]),
  ("8.1", "Value of customers", ["service.performed", "order.changed"], "worth", ["report", "customers", "--period", "2026", "--section", "movement"]),
  ("8.2", "Handovers", ["task.assigned", "task.completed"], "handoffs", ["show", "handoffs"]),
  ("8.3", "Strategy and goals", ["strategy.published", "target.set"], "goals", ["show", "goals"]),
  ("8.4", "Sustainability", ["customer.assessed", "compliance.checked"], "concentration", ["show", "concentration"]),
  ("8.5", "Innovation", ["improvement.proposed", "rule.proposed"], "procedures", ["show", "procedures"]),
]

@Suite(.serialized) struct `The sections of the handbook` {
  /// The demonstration, with one report issued about it: what the story's people would do every quarter.
  private static let demo: Folder? = {
    guard let folder = try? Folder(), folder.run("demo", "--customers", "250").status == .ok,
      folder.run("report", "sales", "--period", "2026Q3", "--page", folder.path + "/sales.html", "--issue").status == .ok
    else { return nil }
    return folder
  }()

  private static let counts: [String: Int] = {
    guard let demo, let text = Optional(demo.run("export", "events").output) else { return [:] }
    var counts: [String: Int] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let type = (try? JSON(parsing: String(line)))?.object?["type"]?.string else { continue }
      counts[type, default: 0] += 1
    }
    return counts
  }()

  @Test func `are forty, five a chapter`() {
    #expect(sections.map(\.section) == (1...8).flatMap { chapter in (1...5).map { "\(chapter).\($0)" } })
  }

  @Test(arguments: sections.indices) func `have events, a read model and an answer`(place: Int) throws {
    let one = sections[place]
    let demo = try #require(Self.demo, "the demonstration could not be made")
    for type in one.events { #expect(Self.counts[type] ?? 0 > 0, "\(one.section): no \(type)") }
    let rows = demo.run("show", one.model, "--format", "ndjson")
    #expect(rows.status == .ok && !rows.lines.isEmpty, "\(one.section): no row in \(one.model)")
    // That every answer has every form is tested elsewhere.
    let answer = Run(
      one.command + ["--data", demo.path, "--format", "csv", "--lang", "zh"], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(answer.status == .ok, "\(one.section): \(answer.remarks.prefix(300))")
    #expect(answer.output.split(whereSeparator: \.isNewline).count > 1, "\(one.section)")
  }

  @Test func `are asked of every read model`() {
    let asked = Set(sections.map(\.model)).union(sections.compactMap { $0.command.first == "show" ? $0.command[1] : nil })
    let others: Set = [
      "funnel", "receivables", "ageing", "migration", "satisfaction", "satisfaction-index", "complaint-figures", "clocks", "duties", "privacy",
      "retention", "access-rights",
    ]
    #expect(asked.union(others) == Set(ProjectionCatalogue.all.map(\.name)))
  }

  /// Read models that no section names first have their rows too.
  @Test(arguments: ProjectionCatalogue.all.map(\.name)) func `leave no read model of the demonstration empty`(name: String) throws {
    let demo = try #require(Self.demo)
    #expect(!demo.run("show", name, "--format", "ndjson").lines.isEmpty)
  }
}
