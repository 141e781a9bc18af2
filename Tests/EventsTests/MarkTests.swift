import Events
import Testing
import Vocabulary

/// The marks that law and people rely on, written out once more, so that none is lost by an edit.
@Suite struct MarkTests {
  private func types(_ mark: (Declaration) -> Bool) -> Set<String> {
    Set(Catalogue.keshi.entries.map(\.declaration).filter(mark).map(\.name))
  }

  @Test func personalFields() {
    let marked = Catalogue.keshi.entries.map(\.declaration).flatMap { declaration in
      declaration.fields.flatMap(\.all).filter(\.isPersonal).map { "\(declaration.name) \($0.name)" }
    }
    #expect(
      Set(marked) == [
        "contact.added name", "contact.added title", "contact.added channels", "contact.updated changes",
        "consent.recorded person", "lead.created person", "lead.created email", "visit.logged contacts",
        "visit.logged position", "visit.logged minutes", "interaction.logged person", "interaction.logged to",
        "interaction.logged summary", "contract.drafted signatory", "contract.signed signatory",
        "contract.activated signatory", "complaint.filed person", "complaint.filed text", "survey.answered verbatim",
        "privacy.requested person", "privacy.requested identityProof",
        "employee.joined person", "employee.joined selectionScores", "employee.departed note",
      ])
  }

  /// Sealing takes whole fields of the data: a personal value inside a list or record would stay in the line. And what
  /// rules or histories read must not depend on a key.
  @Test func personalFieldsCanBeSealed() {
    for declaration in Catalogue.keshi.entries.map(\.declaration) {
      let top = Set(declaration.fields.map(\.name))
      for field in declaration.fields.flatMap(\.all) where field.isPersonal {
        #expect(top.contains(field.name), "\(declaration.name).\(field.name)")
        #expect(field.fact == nil, "\(declaration.name).\(field.name)")
        if case .reference = field.kind { Issue.record("\(declaration.name).\(field.name) is a reference") }
      }
    }
  }

  @Test func reasons() {
    #expect(
      types(\.needsReason) == [
        "owner.changed", "customer.merged", "customer.status_changed", "opportunity.closed", "order.changed",
        "receivable.adjusted", "contract.breach_recorded", "contract.amended", "contract.ended", "complaint.reopened",
        "churn.warning_triaged", "churn.play_closed", "assessment.set", "rule.proposed", "rule.rejected",
        "privacy.fulfilled", "erasure.requested", "erasure.executed", "hold.placed", "hold.released",
        "approval.withdrawn", "risk.treated", "dispute.resolved", "employee.position_changed", "sop.deviation_recorded",
        "decision.recorded", "access.changed", "retention.disposed", "event.corrected",
      ])
  }

  @Test func secondPersons() {
    #expect(
      types(\.needsSecondPerson) == [
        "receivable.adjusted", "contract.amended", "contract.renewed", "rule.published", "strategy.published",
        "employee.position_changed", "target.set", "kpi.scored", "commission.posted", "sop.published", "access.changed",
        "retention.disposed", "hold.released",
      ])
  }

  @Test func openings() {
    #expect(
      types(\.opensSubject) == [
        "customer.registered", "lead.created", "opportunity.opened", "order.placed", "invoice.issued", "contract.drafted",
        "complaint.filed", "task.assigned", "campaign.launched", "approval.requested", "risk.identified",
        "dispute.opened", "employee.joined", "improvement.proposed",
      ])
  }

  /// Types that anybody records; of every other the roles are declared.
  @Test func recorders() {
    #expect(
      types(\.recorders.isEmpty) == [
        "approval.requested", "approval.withdrawn", "risk.identified", "survey.answered", "task.assigned", "task.completed",
        "training.completed", "sop.deviation_recorded", "improvement.proposed", "record.noted", "record.object_changed",
        // By its author or a sales manager, as the guard `correction` demands.
        "event.corrected",
      ])
  }

  @Test func rolesAndMeanings() {
    let roles = Set(Role.all.map(\.word))
    #expect(roles.count == Role.all.count)
    for declaration in Catalogue.keshi.entries.map(\.declaration) {
      for role in declaration.recorders + declaration.approvers { #expect(roles.contains(role.word), "\(declaration.name)") }
      #expect(declaration.needsSecondPerson || declaration.approvers.isEmpty, "\(declaration.name)")
      guard let meaning = declaration.meaning else {
        Issue.record("\(declaration.name) does not say what it means")
        continue
      }
      #expect(meaning.en.hasSuffix(".") && meaning.zh.hasSuffix("。"), "\(declaration.name)")
      if declaration.needsSecondPerson {
        #expect(!declaration.approvers.isEmpty && declaration.field(named: "approval") != nil, "\(declaration.name)")
      }
    }
  }

  @Test func commandsAreVerbsAndUnique() {
    let declarations = Catalogue.keshi.entries.map(\.declaration)
    #expect(Set(declarations.map(\.command)).count == declarations.count)
    for declaration in declarations {
      let verb = declaration.command.split(separator: ".")[1]
      #expect(!verb.hasSuffix("ed") && !verb.contains("ed-"), "\(declaration.command): add its verb")
      #expect(Catalogue.keshi.entry(commanded: declaration.command)?.declaration.name == declaration.name)
      #expect(Catalogue.keshi.entry(commanded: declaration.name)?.declaration.name == declaration.name)
    }
    let some = ["contract.amended": "contract.amend", "churn.warning_raised": "churn.raise-warning", "contract.obligation_met": "contract.meet-obligation"]
    for (type, command) in some { #expect(Catalogue.keshi.entry(named: type)?.declaration.command == command) }
  }

  @Test func clocks() {
    #expect(
      types(\.drivesClock) == [
        "lead.created", "owner.changed", "visit.logged", "interaction.logged", "opportunity.progressed",
        "delivery.accepted", "invoice.issued", "payment.received", "payment.demanded", "contract.activated",
        "contract.obligation_met", "contract.breach_recorded", "complaint.filed", "complaint.acknowledged",
        "complaint.escalated", "complaint.responded", "complaint.closed", "complaint.reopened", "churn.warning_raised",
        "churn.warning_triaged", "task.assigned", "task.completed", "contract.text_frozen", "complaint.paused",
        "complaint.resumed", "approval.requested", "approval.decided", "approval.withdrawn", "dispute.opened",
        "dispute.step_taken", "dispute.resolved", "employee.departed", "training.completed", "decision.recorded",
        "forecast.submitted",
        "privacy.requested", "privacy.fulfilled", "erasure.requested", "erasure.executed",
      ])
  }
}
