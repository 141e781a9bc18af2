import Conformance
import Events
import Glibc
import Log
import LogTestSupport
import ShippedProcedures
import Vocabulary
import Wire

@testable import Import

/// A file in memory for decoders that open files; one for each target, written again for each input.
private func withFile(_ name: String, _ bytes: UnsafeRawBufferPointer, _ body: (String) throws -> Void) {
  let path = "/dev/shm/keshi-fuzz-\(getpid())-\(name)"
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  guard descriptor >= 0 else { return }
  _ = write(descriptor, bytes.baseAddress, bytes.count)
  close(descriptor)
  try? body(path)
}

private let event = """
  {"actor":"e017","channel":"ui","data":{"cur":"CNY","customer":"4","totalMinor":7},"id":"a","occurredAt":\
  "2026-03-02T01:30:00Z","recordedAt":"2026-03-02T01:30:00.250Z","seq":3,"subject":"order:9","type":"order.placed","v":1}
  """

private let mapping = """
  title: t
  files:
    - match: "*.csv"
      delimiter: ","
      dates: ["yyyy-MM-dd"]
      events:
        - type: order.placed
          subject: "order:{id}"
          at: {column: day}
          data: {totalMinor: {column: sum, scale: 2}, cur: CNY}
          when: {column: state, is: Won}
  """

let textTargets: [Target] = [
  Target("json", seeds: { [Array(event.utf8), Array("[1,-0,\"\\ud83d\\ude00\",{\"a\":null}]".utf8)] }) { bytes in
    guard let json = try? JSON(parsing: Array(bytes).span) else { return }
    let canonical = Array(json.canonical.utf8)
    precondition((try? JSON(parsing: canonical.span)) == json, "canonical text reads back otherwise")
  },
  Target("event", seeds: { [Array(event.utf8)] }) { bytes in
    guard let event = try? Event(reading: Array(bytes).span, by: .keshi) else { return }
    let parts = event.lineParts
    let draft = Draft(
      id: event.id, subject: event.subject.description, head: parts.head, middle: parts.middle, tail: parts.tail)
    precondition(draft.refusal == nil, "an event that its declaration allows makes no line")
    let line = draft.line(seq: 1, time: 0)
    precondition((try? Event(reading: line.span, by: .keshi))?.data == event.data, "a line reads back otherwise")
  },
  Target("mapping", seeds: { [Array(mapping.utf8)] + shippedMappings() }) { bytes in
    _ = try? Mapping.load(String(decoding: bytes, as: UTF8.self), name: "fuzz.yaml", catalogue: .keshi)
  },
  Target("procedure", seeds: { ShippedProcedures.files.map(\.bytes) }) { bytes in
    guard let procedure = try? ProcedureFile.read(Array(bytes), file: "fuzz", catalogue: .keshi, roles: Role.all),
      procedure.steps.count <= 40, let model = try? ProcedureModel(procedure)
    else { return }
    let order = model.net.activities.reversed() + ["stranger"]
    guard let alignment = try? model.aligner.align(Array(order)) else { return }
    precondition((0...1).contains(alignment.fitness) && alignment.cost <= alignment.worst, "an alignment worse than none")
  },
  Target("pnml", seeds: nets) { bytes in
    guard let net = try? PNML(Array(bytes)).net, net.transitions.count <= 40 else { return }
    let again = (try? PNML(Array(net.pnml(name: "fuzz").utf8)))?.net
    precondition(again?.transitions.map(\.activity) == net.transitions.map(\.activity), "a net reads back otherwise")
    _ = Soundness(of: net, limit: 1_000)
    _ = try? Replayer(net).replay(Array(net.activities.prefix(20)))
  },
  Target("csv", seeds: { [Array("0a,b\n\"c\"\"d\",e\n".utf8), Array("1a  b\n c\n".utf8), Array("3\"a\nb,c\n".utf8)] }) { bytes in
    // The first byte chooses the dialect.
    guard let first = bytes.first else { return }
    var format = Format()
    if first & 1 != 0 { format.delimiter = .blanks }
    format.encoding = Encoding.allCases[Int(first >> 1) % Encoding.allCases.count]
    format.recordLimit = 200
    format.nulls = ["NULL"]
    withFile("csv", UnsafeRawBufferPointer(rebasing: bytes.dropFirst())) { path in
      let reader = try RecordReader(path: path, format: format)
      let row = Row(file: "fuzz")
      while true {
        switch try reader.next(into: row) {
        case .end: return
        case .record: precondition(row.cells.allSatisfy { $0.upperBound <= row.bytes.count }, "a cell outside its row")
        case .broken: break
        }
      }
    }
  },
]

private func nets() -> [[UInt8]] {
  ShippedProcedures.files.compactMap { file in
    let procedure = try? ProcedureFile.read(file.bytes, file: file.name, catalogue: .keshi, roles: Role.all)
    return procedure.flatMap { try? ProcedureModel($0) }.map { Array($0.net.pnml(name: file.name).utf8) }
  }
}

private func shippedMappings() -> [[UInt8]] {
  Mapping.shippedNames.compactMap { name in Mapping.shipped(name).map { Array($0.utf8) } }
}
