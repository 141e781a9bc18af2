import Conformance
import Foundation
import Testing
import Wire
import XML

/// The text-book log and net, with the numbers that another program gives for each variant.
@Suite(.enabled(if: RealData.folder != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `The running example` {
  private func net() throws -> PetriNet { try PNML(RealData.bytes("running_example_short.pnml")).net }

  /// A row of the file of expected results.
  private struct Expected {
    let numbers: [Int]
    let fitness: [Double]
    let activities: [String]

    init(_ line: Substring) throws {
      let fields = line.split(separator: ",", maxSplits: 11).map(String.init)
      numbers = try [0, 1, 2, 3, 4, 5, 6, 8, 9].map { try #require(Int(fields[$0])) }
      fitness = try [7, 10].map { try #require(Double(fields[$0])) }
      activities = fields[11].split(separator: ">").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test func `gives every variant's numbers`() throws {
    let log = try RealData.xes("running-example.xes")
    let variants = log.variants()
    let replayer = try Replayer(try net())
    let aligner = try Aligner(try net())
    let table = String(decoding: try RealData.bytes("running_example_short_variants.csv"), as: UTF8.self)
    let rows = try table.split(whereSeparator: \.isNewline).dropFirst().map(Expected.init)
    #expect(rows.count == variants.count)
    for row in rows {
      let variant = try #require(variants.first { $0.activities == row.activities })
      let replay = try replayer.replay(variant.activities)
      let alignment = try aligner.align(variant.activities)
      #expect(
        [
          variant.count, variant.activities.count, replay.unknown, replay.missing, replay.consumed, replay.remaining,
          replay.produced, replay.fits ? 1 : 0, alignment.cost,
        ] == row.numbers, "\(row.activities)")
      #expect(abs(replay.fitness - row.fitness[0]) < 1e-6 && abs(alignment.fitness - row.fitness[1]) < 1e-6)
    }
  }

  @Test func `gives both averages`() throws {
    let log = try RealData.xes("running-example.xes")
    let replay = LogReplay(log, on: try Replayer(try net())).summary
    #expect(replay.fitting == 3 && replay.cases == 6 && replay.refused == 0)
    #expect(abs(try #require(replay.meanTraceFitness) - 0.93254) < 5e-6)
    #expect(abs(try #require(replay.logFitness) - 0.9375) < 1e-12)
    let alignment = LogAlignment(log, to: try Aligner(try net())).summary
    #expect(alignment.fitting == 3 && alignment.totalCost == 6)
    #expect(abs(try #require(alignment.meanTraceFitness) - 0.914815) < 5e-7)
    #expect(abs(try #require(alignment.logFitness) - 0.916667) < 5e-7)
  }
}
