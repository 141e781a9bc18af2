/// Whether guards bind what comes in by lines and tables.
///
/// History is recorded as it was: a company's old contracts were amended without Keshi asking who agreed. So `append`
/// and `import` record, unless they are told otherwise; commands are always strict.
public enum GuardPolicy: String, CaseIterable, Sendable {
  /// Guards decide; what they refuse is refused like a bad line.
  case strict
  /// Declarations are checked, guards are not asked.
  case record
}
