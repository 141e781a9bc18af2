import Projection
import Vocabulary
import Wire

/// What the bodies of a company's rules share.
public enum CompanyRules {
  /// Why the first versions say what they say.
  static let firstGuess = Name("Defaults, to be replaced by what the company learns", "初始默认值，待企业以自身经验修订")
}

extension CodeSet {
  /// The word that a checked rule holds; `nil` where it holds none.
  init?(_ values: JSONObject, _ name: String) {
    let text = values.text(name)
    guard let found = Self.allCases.first(where: { $0.word.text == text }) else { return nil }
    self = found
  }
}

/// Refuses where a number does not lie below another.
func requireBelow(_ values: JSONObject, _ low: String, _ high: String) throws(RuleFault) {
  guard let a = values[low]?.int, let b = values[high]?.int, a >= b else { return }
  throw RuleFault(low, Name("\(a) must lie below \(high), which is \(b)", "\(a) 必须小于 \(high)（\(b)）"))
}

/// Refuses where not exactly one of two members stands.
func requireOne(of a: String, _ b: String, in values: JSONObject, at path: String) throws(RuleFault) {
  guard (values[a] == nil) == (values[b] == nil) else { return }
  throw RuleFault(path, Name("allowed: either \(a) or \(b)", "\(a) 与 \(b) 必须且只能填一项"))
}

/// Refuses where a name stands twice in a list.
func requireDistinct(_ names: [String], at path: (Int) -> String) throws(RuleFault) {
  var seen: Set<String> = []
  for (place, name) in names.enumerated() where !seen.insert(name).inserted {
    throw RuleFault(path(place), Name("\"\(name)\" stands twice; allowed: once", "“\(name)”重复；只能出现一次"))
  }
}
