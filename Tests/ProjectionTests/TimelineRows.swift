import Projection
import Testing
import Vocabulary
import Wire

// The rows of registers and of censuses over timelines, one timeline a customer.

/// A row by whom it is about, without the kind of the subject's key: customers are called c0, c1, … in the order in
/// which they are handed in.
struct Named<Conclusion: Row> {
  let row: Conclusion
  let findings: [Finding]
}

extension Timeline {
  /// The rows of one customer by their parts, each with its findings.
  func rows<R: Register>(
    _: R.Type, asOf now: Instant, _ changes: JSONObject = [:]
  ) -> [String: Named<R.Conclusion>] {
    let (facts, series) = fold(R.Source.self)
    let rule = Ruled(version: 1, body: R.Rules(changed(R.shippedRules, changes)), names: TimelineNames.shared)
    func conclude(_ trace: inout some CensusTrace) -> [CensusRow<R.Conclusion>] {
      R.conclude(facts, series, of: 0, by: rule, asOf: now, trace: &trace)
    }
    var silent = NoTrace()
    let rows = conclude(&silent)
    return Dictionary(uniqueKeysWithValues: rows.map { one in
      var findings = CensusFindings(about: one.subject)
      #expect(conclude(&findings).first { $0.subject == one.subject }?.row == one.row, "explain and judge alike")
      return (one.subject.called { "c\($0)" }, Named(row: one.row, findings: findings.list))
    })
  }

  func rows<R: Register>(_: R.Type, _ day: Int, _ changes: JSONObject = [:]) -> [String: Named<R.Conclusion>] {
    rows(R.self, asOf: .day(day), changes)
  }
}

/// The rows of a census over several customers, by whom they are about, each with its findings.
func census<C: Census>(
  _: C.Type, of customers: [Timeline], asOf now: Instant, _ changes: JSONObject = [:]
) -> [String: Named<C.Conclusion>] {
  let rule = Ruled(version: 1, body: C.Rules(changed(C.shippedRules, changes)), names: TimelineNames.shared)
  var returns = C.Returns(about: nil)
  for (key, customer) in customers.enumerated() {
    let (facts, series) = customer.until(now).fold(C.Source.self)
    C.report(facts, series, of: key, by: rule, asOf: now, to: &returns)
  }
  var silent = NoTrace()
  let rows = C.conclude(returns, by: rule, asOf: now, trace: &silent)
  #expect(Set(rows.map(\.subject)).count == rows.count, "one row a subject")
  return Dictionary(uniqueKeysWithValues: rows.map { one in
    var findings = CensusFindings(about: one.subject)
    let again = C.conclude(returns, by: rule, asOf: now, trace: &findings)
    #expect(again.first { $0.subject == one.subject }?.row == one.row, "explain and judge alike")
    return (one.subject.called { "c\($0)" }, Named(row: one.row, findings: findings.list))
  })
}

func census<C: Census>(
  _: C.Type, of customers: [Timeline], _ day: Int, _ changes: JSONObject = [:]
) -> [String: Named<C.Conclusion>] {
  census(C.self, of: customers, asOf: .day(day), changes)
}

private func changed(_ shipped: [RuleVersion], _ changes: JSONObject) -> JSONObject {
  changes.members.reduce(into: shipped.first?.body ?? [:]) { $0[$1.name] = $1.value }
}
