import Engine
import Projection
import Vocabulary
import Wire

/// A fitted model as an answer: its parameters, and what it expects of each customer.
public protocol FitAnswer {
  var columns: [Column] { get }
  var cells: [Cell] { get }
  /// What a rule lays down to be judged by this model; `nil` for one by which no rule judges.
  var rule: JSONObject? { get }
  /// The same as a piece of a rule's file.
  func yaml(in language: Language) -> String?
  /// Which parameters the data hardly determine.
  var doubt: Name? { get }
  var customerColumns: [Column] { get }
  /// Calls `body` with a row for each customer, in the order of the accounts.
  func forEachCustomer(in snapshot: Snapshot, _ body: ([Cell]) throws -> Void) throws
}

/// What is told of every model's parameters.
enum FitParameters {
  /// Each with its standard error, then the likelihood that they reach.
  static func told(
    _ names: [String], _ parameters: [Double], _ errors: [Double?], _ logLikelihood: Double
  ) -> [(Column, Cell)] {
    var told: [(Column, Cell)] = []
    for (place, name) in names.enumerated() {
      told.append((Column(name, .integer, "Parameter \(name)", "参数 \(name)"), .decimal(parameters[place], places: 6)))
      told.append(
        (
          Column(name + "Error", .integer, "  ± standard error", "  ± 标准误"),
          errors[place].map { .decimal($0, places: 6) } ?? .null
        ))
    }
    told.append((Column("logLikelihood", .integer, "Log-likelihood", "对数似然"), .decimal(logLikelihood, places: 4)))
    return told
  }

  /// Says which parameters the data hardly determine. Predictions may be sound all the same: several sets of parameters
  /// then tell nearly the same story.
  static func doubt(_ names: [String], _ parameters: [Double], _ errors: [Double?]) -> Name? {
    let doubtful = names.indices.filter { (errors[$0] ?? .infinity) >= parameters[$0] }.map { names[$0] }
    guard !doubtful.isEmpty else { return nil }
    let list = doubtful.joined(separator: ", ")
    return Name(
      "The data hardly determine \(list): the standard error is as great as the parameter, or unknown.",
      "数据难以确定 \(list)：标准误不小于参数本身，或无法得出。")
  }
}
