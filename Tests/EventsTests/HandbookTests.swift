import Events
import Testing
import Vocabulary

/// The forty sections of a handbook on selling and on customers (企业销售业务与客户管理手册), and what records each.
///
/// A section without a type would be work that Keshi cannot prove was done.
@Suite struct HandbookTests {
  static let sections: [(String, [String])] = [
    ("1.1 Concepts and goals 基本概念与目标", ["target.set", "payment.received", "survey.answered", "customer.status_changed"]),
    (
      "1.2 Process and key links 销售流程与关键环节",
      [
        "lead.created", "lead.screened", "lead.converted", "opportunity.opened", "opportunity.progressed", "quote.issued",
        "order.placed", "order.changed", "delivery.accepted", "service.performed",
      ]
    ),
    ("1.3 Team and duties 团队管理与职责划分", ["employee.position_changed", "owner.changed", "access.changed"]),
    (
      "1.4 Strategy and market analysis 策略与市场分析",
      ["market.insight_recorded", "strategy.published", "campaign.launched", "opportunity.closed"]
    ),
    ("1.5 Performance and incentives 绩效评估与激励", ["rule.published", "kpi.scored", "commission.posted"]),
    ("2.1 Classification 客户分类与管理原则", ["rule.published", "assessment.set", "order.placed", "payment.received"]),
    (
      "2.2 Information 客户信息收集与维护",
      [
        "customer.registered", "customer.updated", "customer.merged", "customer.assessed", "contact.added",
        "contact.updated", "consent.recorded", "event.corrected",
      ]
    ),
    (
      "2.3 Customer relations 客户关系管理体系",
      ["owner.changed", "interaction.logged", "visit.logged", "task.assigned", "task.completed"]
    ),
    (
      "2.4 Satisfaction and complaints 满意度与投诉处理",
      [
        "complaint.filed", "complaint.acknowledged", "complaint.assessed", "complaint.escalated", "complaint.responded",
        "complaint.paused", "complaint.resumed", "complaint.closed", "complaint.reopened", "campaign.launched",
        "survey.answered",
      ]
    ),
    (
      "2.5 Lifecycle 客户生命周期管理",
      [
        "lead.converted", "contract.activated", "contract.ended", "customer.status_changed", "assessment.set",
        "projection.rebuilt",
      ]
    ),
    ("3.1 Development 客户开发策略与方法", ["campaign.launched", "lead.created", "lead.screened", "owner.changed"]),
    (
      "3.2 Visits 客户拜访与沟通技巧",
      ["task.assigned", "visit.logged", "interaction.logged", "team.activity_held"]
    ),
    ("3.3 Long-term relations 客户关系维护与长期合作", ["interaction.logged", "contact.updated", "contract.renewed"]),
    (
      "3.4 Churn warning 流失预警与应对措施",
      ["usage.reported", "churn.warning_raised", "churn.warning_triaged", "churn.play_closed", "customer.status_changed"]
    ),
    ("3.5 Loyalty 客户忠诚度提升策略", ["loyalty.entry_posted", "survey.answered", "assessment.set", "rule.published"]),
    ("4.1 Selection and training 销售人员选拔与培训", ["employee.joined", "training.completed"]),
    (
      "4.2 Appraisal and incentive 销售人员绩效考核与激励",
      ["target.set", "kpi.scored", "commission.posted", "approval.decided"]
    ),
    ("4.3 Collaboration 团队协作与沟通", ["task.assigned", "task.completed", "team.activity_held", "owner.changed"]),
    ("4.4 Career 职业发展与晋升", ["employee.position_changed", "target.set", "training.completed"]),
    ("4.5 Team culture 团队文化建设", ["team.activity_held", "survey.answered", "employee.departed"]),
    (
      "5.1 Signing and performance 合同签订与履行",
      [
        "contract.drafted", "contract.revised", "contract.text_frozen", "contract.signed", "contract.activated",
        "contract.obligation_met", "delivery.accepted", "invoice.issued", "payment.received", "approval.requested",
        "approval.decided",
      ]
    ),
    (
      "5.2 Risk 风险识别与防范",
      ["risk.identified", "risk.treated", "customer.assessed", "payment.demanded", "receivable.adjusted"]
    ),
    (
      "5.3 Disputes 合同纠纷处理与解决",
      [
        "contract.breach_recorded", "dispute.opened", "dispute.step_taken", "dispute.resolved", "payment.demanded",
        "hold.placed", "report.issued",
      ]
    ),
    (
      "5.4 Compliance 合同合规与法律保障",
      ["compliance.checked", "approval.decided", "contract.amended", "contract.archived", "retention.disposed"]
    ),
    (
      "5.5 Digital contracts 合同管理信息化与流程优化",
      ["sop.published", "contract.revised", "approval.requested", "approval.withdrawn", "contract.renewed", "contract.ended"]
    ),
    ("6.1 Data collection 销售数据收集与分析", ["order.placed", "payment.received", "event.corrected"]),
    ("6.2 Forecast 趋势预测与决策支持", ["opportunity.progressed", "forecast.submitted", "decision.recorded"]),
    ("6.3 Reports 数据可视化与报告", ["report.issued", "projection.rebuilt"]),
    (
      "6.4 Data-driven strategy 数据驱动的销售策略优化",
      [
        "decision.recorded", "strategy.published", "rule.proposed", "rule.rejected", "rule.published", "improvement.closed",
      ]
    ),
    (
      "6.5 Data security 数据安全与保密管理",
      [
        "access.changed", "data.accessed", "audit.performed", "consent.recorded", "privacy.requested", "privacy.fulfilled",
        "erasure.requested", "erasure.approved", "erasure.executed", "employee.departed", "hold.placed", "hold.released",
        "retention.disposed", "log.checkpointed",
      ]
    ),
    ("7.1 Standards 流程标准化建设", ["sop.published", "approval.decided"]),
    ("7.2 Implementation 标准化流程的实施与执行", ["sop.deviation_recorded", "task.completed"]),
    ("7.3 Continuous improvement 持续改进", ["improvement.proposed", "improvement.closed"]),
    ("7.4 Training and promotion 培训与推广", ["training.completed"]),
    ("7.5 Supervision 监督与评估", ["audit.performed", "sop.deviation_recorded", "improvement.proposed"]),
    (
      "8.1 Integration 融合策略",
      ["opportunity.closed", "order.changed", "service.performed", "complaint.filed", "contract.renewed"]
    ),
    ("8.2 Coordination 协同机制", ["task.assigned", "task.completed", "team.activity_held"]),
    ("8.3 Strategy link 战略与销售管理结合", ["strategy.published", "target.set", "decision.recorded"]),
    ("8.4 Sustainability 可持续发展与客户管理", ["customer.assessed", "risk.identified", "compliance.checked"]),
    ("8.5 Innovation 创新与升级", ["improvement.proposed", "improvement.closed", "rule.published", "projection.rebuilt"]),
  ]

  @Test(arguments: sections) func everySectionIsRecorded(_ section: String, _ types: [String]) {
    #expect(!types.isEmpty, "\(section)")
    for type in types { #expect(Catalogue.keshi.entry(named: type) != nil, "\(section): no type \(type)") }
  }

  @Test func thereAreEightChaptersOfFive() {
    let numbers = HandbookTests.sections.map { String($0.0.prefix(3)) }
    #expect(numbers == (1...8).flatMap { chapter in (1...5).map { "\(chapter).\($0)" } })
  }

  /// Kinds that a section names as values of a field.
  @Test(arguments: [
    ("rule.published", "kind", ["kpi", "commission", "segment", "tier", "sla", "pool"]),
    ("task.assigned", "kind", ["visit", "handoff"]), ("team.activity_held", "kind", ["coaching", "culture", "recognition"]),
    ("interaction.logged", "kind", ["care", "gift"]), ("survey.answered", "kind", ["nps", "csat", "pulse"]),
    ("customer.assessed", "kind", ["credit", "esg"]), ("risk.identified", "kind", ["concentration", "security-incident"]),
    ("audit.performed", "kind", ["access-review", "internal"]), ("training.completed", "kind", ["read-and-sign", "certificate"]),
    ("sop.published", "kind", ["contract-template"]), ("target.set", "kind", ["development"]),
    ("improvement.proposed", "kind", ["corrective", "innovation"]), ("owner.changed", "role", ["ar", "sr", "fr"]),
    ("dispute.step_taken", "step", ["negotiate", "mediate", "arbitrate", "litigate"]), ("campaign.launched", "kind", ["survey"]),
    ("report.issued", "kind", ["evidence-package"]),
  ]) func kindsThatSectionsName(_ type: String, _ field: String, _ words: [String]) throws {
    let declared = try #require(Catalogue.keshi.entry(named: type)?.declaration.field(named: field))
    guard case .code(let codes) = declared.kind else { Issue.record("\(type).\(field) is no list"); return }
    for word in words { #expect(codes.contains { $0.word.text == word }, "\(type).\(field) has no \(word)") }
  }

  /// No type stands outside the handbook but what the record itself needs, and what other systems noted.
  @Test func everyTypeHasItsPlace() {
    let placed = Set(HandbookTests.sections.flatMap(\.1))
    let rest = Catalogue.keshi.entries.map(\.declaration.name).filter { !placed.contains($0) }
    #expect(
      rest == [
        // Money that came back, and money that never came: parts of 5.2 that the handbook does not spell out.
        "payment.failed", "payment.refunded",
        // What befell the log's own files, and what another system says.
        "log.recovered", "log.repaired", "log.lost", "record.noted", "record.object_changed",
      ])
  }
}
