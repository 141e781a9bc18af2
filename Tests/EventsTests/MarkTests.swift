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
      ])
  }

  @Test func secondPersons() {
    #expect(
      types(\.needsSecondPerson) == [
        "receivable.adjusted", "contract.amended", "contract.renewed", "rule.published", "erasure.approved",
      ])
  }

  @Test func clocks() {
    #expect(
      types(\.drivesClock) == [
        "lead.created", "owner.changed", "visit.logged", "interaction.logged", "opportunity.progressed",
        "delivery.accepted", "invoice.issued", "payment.received", "payment.demanded", "contract.activated",
        "contract.obligation_met", "contract.breach_recorded", "complaint.filed", "complaint.acknowledged",
        "complaint.escalated", "complaint.responded", "complaint.closed", "complaint.reopened", "churn.warning_raised",
        "churn.warning_triaged", "task.assigned", "task.completed", "privacy.requested", "privacy.fulfilled",
        "erasure.requested", "erasure.executed",
      ])
  }
}
