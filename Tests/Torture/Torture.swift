import Glibc
import Log
import LogTestSupport

/// `keshi-torture`: the whole fault campaign. `tools/torture` builds and runs it.
@main struct Torture {
  static func main() {
    do {
      var words = Array(CommandLine.arguments.dropFirst())
      if words.first == "child" { return try Child.run(Array(words.dropFirst())) }
      let options = try Options(&words)
      let isWhole = try Run(options).all()
      exit(isWhole ? 0 : 1)
    } catch {
      print("torture: \(error)")
      exit(64)
    }
  }
}

/// What the command line asks for.
struct Options {
  var minutes = 10.0
  var seed: UInt64 = 1
  /// Cases of each simulated campaign; `nil`: as many as the time allows.
  var cases: Int?
  /// Only campaigns whose names contain this.
  var only: String?
  /// The command whose process is killed, if it is to be tried too.
  var keshi: String?
  var kills = true
  /// Kills of each scenario, at points that the seed chooses; `nil`: at all.
  var killsMost: Int?
  /// Only kills whose names contain this.
  var scenario: String?

  struct Unknown: Error, CustomStringConvertible {
    let word: String
    var description: String {
      "cannot understand \"\(word)\"; known: --minutes N, --seed S, --cases N, --only NAME, --kill NAME, --kills N, --keshi PATH, --no-kills"
    }
  }

  init(_ words: inout [String]) throws {
    while let word = words.first {
      words.removeFirst()
      if word == "--no-kills" {
        kills = false
        continue
      }
      guard let value = words.first else { throw Unknown(word: word) }
      words.removeFirst()
      switch word {
      case "--minutes": minutes = Double(value) ?? minutes
      case "--seed": seed = UInt64(value) ?? seed
      case "--cases": cases = Int(value)
      case "--only": only = value
      case "--kill": (only, scenario) = ("kill", value)
      case "--kills": killsMost = Int(value)
      case "--keshi": keshi = value
      default: throw Unknown(word: word)
      }
    }
  }
}

/// One run of everything, with a line of progress and a table at the end.
final class Run {
  private let options: Options
  private var table = Table()
  private let started = monotonicSeconds()
  private var failures: [String] = []

  init(_ options: Options) { self.options = options }

  /// Whether every case kept every promise.
  func all() throws -> Bool {
    let campaigns = (Campaign.all + [SameNumber.campaign]).filter { options.only.map($0.name.contains) ?? true }
    if options.only == nil { try exhaustive() }
    if options.kills, options.only.map("kill".contains) ?? true { try kills() }
    let left = max(1, options.minutes * 60 - (monotonicSeconds() - started))
    for (place, campaign) in campaigns.enumerated() {
      run(campaign, seconds: left / Double(campaigns.count), place: place)
    }
    print(table.text)
    for failure in failures { print("FAILED  \(failure)") }
    print(failures.isEmpty ? "every promise was kept" : "\(failures.count) promises were broken")
    return failures.isEmpty
  }

  private func run(_ campaign: Campaign, seconds: Double, place: Int) {
    let end = monotonicSeconds() + seconds
    var seed = options.seed
    var done = 0
    while options.cases.map({ done < $0 }) ?? (monotonicSeconds() < end) {
      do { table.add(campaign.name, try campaign.run(seed)) } catch {
        table.add(campaign.name, "BROKEN")
        if failures.count < 20 { failures.append("\(error)") }
      }
      (seed, done) = (seed &+ 1, done + 1)
      if done % 50 == 0 { progress("\(campaign.name): \(done) cases, seed \(seed)") }
    }
    progress("")
  }

  private func exhaustive() throws {
    for (name, cases) in try Exhaustive.cases() {
      for (number, body) in cases.enumerated() {
        do { table.add(name, try body()) } catch {
          table.add(name, "BROKEN")
          if failures.count < 20 { failures.append("\(name), case \(number): \(error)") }
        }
        if number % 200 == 0 { progress("\(name): \(number) of \(cases.count)") }
      }
      progress("")
    }
  }

  private func kills() throws {
    let killer = Killer(seed: options.seed, only: options.scenario, most: options.killsMost) { [self] name, verdict in
      table.add("kill -9: " + name, verdict.isKept ? verdict.what : "BROKEN")
      if !verdict.isKept, failures.count < 20 { failures.append("kill -9: \(name): \(verdict.what)") }
    } progress: { [self] text in progress(text) }
    try killer.run(keshi: options.keshi)
    progress("")
  }

  private func progress(_ text: String) {
    guard isatty(2) == 1 || text.isEmpty == false else { return }
    // On a terminal one line that changes; in a file a line now and then.
    let line = Array((isatty(2) == 1 ? "\r\u{1B}[K\(text)" : "\(text)\n").utf8)
    if isatty(2) == 1 || monotonicSeconds() - lastLine > 20 {
      _ = write(2, line, line.count)
      lastLine = monotonicSeconds()
    }
  }

  private var lastLine = 0.0
}

func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Cases by campaign and what came of them.
struct Table {
  private var order: [String] = []
  private var counts: [String: [String: Int]] = [:]

  mutating func add(_ campaign: String, _ verdict: String) {
    if counts[campaign] == nil { order.append(campaign) }
    counts[campaign, default: [:]][verdict, default: 0] += 1
  }

  var text: String {
    var lines = ["", "cases    campaign                          what came of them", "-----    --------                          -----------------"]
    var total = 0
    for name in order {
      let found = counts[name] ?? [:]
      let sum = found.values.reduce(0, +)
      total += sum
      let verdicts = found.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
      lines.append(pad("\(sum)", 9) + pad(name, 34) + verdicts)
    }
    lines.append(pad("\(total)", 9) + "in all")
    return lines.joined(separator: "\n") + "\n"
  }

  private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }
}
