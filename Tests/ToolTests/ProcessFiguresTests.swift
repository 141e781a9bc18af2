import Answers
import Foundation
import TestSupport
import Testing

@testable import keshi

private func rows(_ folder: Folder, _ arguments: String...) throws -> [[String: Any]] {
  let run = Run(arguments + ["--data", folder.path, "--format", "ndjson"], source: MemorySource(""), environment: ["LANG": "en"])
  #expect(run.status == .ok, "\(run.remarks)")
  return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
}

private func number(_ row: [String: Any], _ name: String) -> Double { (row[name] as? NSNumber)?.doubleValue ?? .nan }

/// The text-book log and net, imported and asked on the command line.
@Suite(.enabled(if: RealData.folder != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `The running example gives the published figures` {
  private func example() throws -> (log: Folder, net: String) {
    let data = try #require(RealData.folder)
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("import", data + "/running-example.xes")
    #expect(run.status == .ok, "\(run.remarks)")
    return (folder, data + "/running_example_short.pnml")
  }

  @Test func `both methods with both averages`() throws {
    let (folder, net) = try example()
    let found = try rows(folder, "process", "check", net)
    #expect(found.map { $0["method"] as? String } == ["alignment", "replay"])
    for (row, mean, log) in [(found[0], 0.914815, 0.916667), (found[1], 0.93254, 0.9375)] {
      #expect(number(row, "cases") == 6 && number(row, "fitting") == 3 && number(row, "refused") == 0)
      #expect(abs(number(row, "meanTraceFitness") - mean) < 1e-6 && abs(number(row, "logFitness") - log) < 1e-6, "\(row)")
    }
    #expect(number(found[0], "totalCost") == 6)
  }

  @Test func `every variant`() throws {
    let (folder, net) = try example()
    let file = try String(contentsOfFile: #require(RealData.folder) + "/running_example_short_variants.csv", encoding: .utf8)
    var expected: [String: [Double]] = [:]
    for line in file.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", maxSplits: 11).map(String.init)
      let steps = fields[11].replacingOccurrences(of: " > ", with: " → ")
      // Cases, length, missing, consumed, remaining, produced, token fitness, cost, fitness.
      expected[steps] = [0, 1, 3, 4, 5, 6, 7, 9, 10].compactMap { Double(fields[$0]) }
    }
    let found = try rows(folder, "process", "variants", net)
    #expect(found.count == expected.count)
    for row in found {
      let want = try #require(expected[row["steps"] as? String ?? ""], "\(row)")
      let names = ["cases", "events", "missing", "consumed", "remaining", "produced", "tokenFitness", "cost", "fitness"]
      for (name, value) in zip(names, want) { #expect(abs(number(row, name) - value) < 1e-6, "\(name) of \(row)") }
    }
  }
}

/// A small demonstration company, asked here and there.
@Suite(.serialized, .enabled(if: Pm4py.isThere, "\(Pm4py.absence)"))
struct `pm4py agrees with the command` {
  private static let company: Folder? = {
    guard let folder = try? Folder(), Run("demo", "--customers", "150", "--seed", "7", "--data", folder.path + "/log").status == .ok
    else { return nil }
    return folder
  }()

  private func ask(_ arguments: String...) throws -> [[String: Any]] {
    let folder = try #require(Self.company)
    let run = Run(arguments + ["--data", folder.path + "/log", "--format", "ndjson"], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
  }

  /// Its deviations cost 10,000 and its silent transitions 1, which its own log fitness counts; they are taken out.
  private static let fitness = """
    import json, sys, datetime, pm4py
    from pm4py.objects.log.obj import EventLog, Trace, Event
    net, begin, end = pm4py.read_pnml(sys.argv[1])
    log = EventLog()
    for count, names in json.load(open(sys.argv[2])):
        for _ in range(count):
            trace = Trace()
            for place, name in enumerate(names):
                at = datetime.datetime(2026, 1, 1) + datetime.timedelta(hours=place)
                trace.append(Event({"concept:name": name, "time:timestamp": at}))
            log.append(trace)
    found = pm4py.conformance_diagnostics_alignments(log, net, begin, end)
    summed = pm4py.fitness_alignments(log, net, begin, end)
    cost, worst = (sum(one[key] // 10000 for one in found) for key in ("cost", "bwc"))
    print(json.dumps([summed["averageFitness"], 1 - cost / worst, summed["percFitTraces"]]))
    """

  /// The cases that are over, as variants; both averages and the share that fits.
  @Test(arguments: ["complaint-handling", "order-to-cash", "lead-to-contract", "dunning", "churn-rescue"])
  func `on the fitness of a procedure's log`(name: String) throws {
    let folder = try #require(Self.company)
    let net = try folder.file(name + ".pnml", Run("process", "show", name, "--pnml", "--data", folder.path + "/log").output)
    var activities: [String: String] = [:]
    for step in try ask("process", "show", name) { activities[step["step"] as? String ?? ""] = step["activity"] as? String }
    let variants = try ask("process", "variants", name).filter { $0["running"] as? Bool == false }
    let traces = variants.map { row in
      (row["steps"] as? String ?? "").components(separatedBy: " → ").map { activities[$0] ?? $0 }
    }
    let list = zip(variants, traces).map { [Int(number($0, "cases")), $1] as [Any] }
    let file = try folder.file(name + ".json", String(decoding: try JSONSerialization.data(withJSONObject: list), as: UTF8.self))
    let answer = try Pm4py.run(Self.fitness, net, file)
    let peer = try #require(try JSONSerialization.jsonObject(with: answer) as? [Double])
    let own = try #require(try ask("process", "check", name).first)
    #expect(number(own, "cases") > 5, "\(own)")
    #expect(abs(number(own, "meanTraceFitness") - peer[0]) < 1e-6 && abs(number(own, "logFitness") - peer[1]) < 1e-6, "\(own), \(peer)")
    #expect(abs(number(own, "fitting") / number(own, "cases") * 100 - peer[2]) < 1e-6, "\(own), \(peer)")
  }

  private static let graph = """
    import json, sys, pm4py
    log = pm4py.read_xes(sys.argv[1])
    times, begins, ends = pm4py.discover_performance_dfg(log)
    counts, _, _ = pm4py.discover_dfg(log)
    edges = [[a, b, counts[a, b], t["median"], t["min"], t["max"]] for (a, b), t in times.items()]
    print(json.dumps([edges, begins, ends]))
    """

  /// Complaints without what may happen at any time, from the export, which takes another way out of the log.
  @Test func `on what follows what, how often, and after how long`() throws {
    let folder = try #require(Self.company)
    let types = ["filed", "acknowledged", "assessed", "responded", "closed", "reopened"].flatMap { ["--type", "complaint." + $0] }
    let xes = folder.path + "/complaints.xes"
    let export = Run(["export", "xes", "--case", "subject", "--out", xes, "--data", folder.path + "/log"] + types, source: MemorySource(""))
    #expect(export.status == .ok, "\(export.remarks)")
    let answer = try JSONSerialization.jsonObject(with: try Pm4py.run(Self.graph, xes)) as? [Any]
    let peer = try #require(answer)
    let edges = try #require(peer[0] as? [[Any]])
    let names = ["file": "filed", "acknowledge": "acknowledged", "assess": "assessed", "respond": "responded", "close": "closed", "reopen": "reopened"]
    var expected: [String: [Double]] = [:]
    for edge in edges {
      expected["\(edge[0]) \(edge[1])"] = edge[2...].compactMap { ($0 as? NSNumber)?.doubleValue }
    }
    var found = 0
    for row in try ask("process", "map", "complaint-handling") {
      guard let from = row["from"] as? String, let to = row["to"] as? String else { continue }
      let key = "complaint.\(names[from] ?? "") complaint.\(names[to] ?? "")"
      let want = try #require(expected[key], "\(row)")
      found += 1
      #expect(number(row, "count") == want[0], "\(row)")
      for (name, seconds) in zip(["medianHours", "leastHours", "greatestHours"], want[1...]) {
        #expect(abs(number(row, name) - seconds / 3_600) < 0.0051, "\(name) of \(row), \(seconds / 3_600)")
      }
    }
    #expect(found == expected.count && found > 5)
  }
}
