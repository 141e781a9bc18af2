import Foundation
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

/// A folder that lives as long as the test.
final class Folder: Sendable {
  let path: String
  var store: ReadModelStore { ReadModelStore(directory: path + "/models") }

  init() throws {
    path = NSTemporaryDirectory() + "keshi-models-" + String(UInt64.random(in: .min ... .max), radix: 16)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The files of the models' folder, sorted.
  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path + "/models")) ?? []).sorted() }

  func edit(_ name: String, _ change: (inout Data) -> Void) throws {
    let url = URL(fileURLWithPath: store.path(of: name))
    var data = try Data(contentsOf: url)
    change(&data)
    try data.write(to: url)
  }
}

enum Sample {
  static let asOf = Instant(microseconds: 1_790_000_000_000_000)
  /// One column of each kind.
  static let columns = [
    Column("stage", .text, "Stage", "阶段", words: [Word("active", "active", "活跃"), Word("lost", "lost", "流失")]),
    Column("orders", .integer, "Orders", "订单数"),
    Column("paid", .money, "Paid", "已付"),
    Column("lastDay", .day, "Last day", "末日"),
    Column("lastSeen", .instant, "Last seen", "最近出现"),
    Column("isQuiet", .flag, "Quiet", "沉寂"),
    Column("first", .position, "First event", "首个事件"),
  ]

  static func provenance(
    _ name: String = "lifecycle", rule: Provenance.Rule? = .init(kind: "lifecycle", version: 1, bodyHash: "ab"),
    position: Int64 = 100
  ) -> Provenance {
    Provenance(name: name, shape: 2, rule: rule, position: position, asOf: asOf, codeVersion: "0.1.0")
  }

  static func row(_ subject: String, stage: String = "active", orders: Int64 = 1) -> ModelRow {
    ModelRow(
      subject: subject,
      values: [
        .text(stage), .integer(orders), .integer(9900), .day(Day(number: 20_000)), .instant(asOf), .flag(true),
        .integer(7),
      ], since: asOf, because: 42)
  }

  /// `customer:0000000` and so on.
  static func rows(_ count: Int, stage: String = "active") -> some Sequence<ModelRow> {
    (0..<count).lazy.map { number in
      let digits = String(number)
      return row("customer:" + String(repeating: "0", count: 7 - digits.count) + digits, stage: stage)
    }
  }
}

extension ReadModelStore {
  /// Builds the sample model from these rows.
  @discardableResult func build(
    _ rows: some Sequence<ModelRow>, options: BuildOptions = BuildOptions(), progress: (BuildStep) -> Void = { _ in }
  ) throws(ReadModelError) -> Built {
    try write(Sample.provenance(), columns: Sample.columns, rows: rows, options: options, progress: progress)
  }
}

/// The code of the error that `body` throws.
func code<T>(of body: () throws(ReadModelError) -> T) -> String? {
  do {
    _ = try body()
    return nil
  } catch { return error.code }
}
