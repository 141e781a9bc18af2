import Engine
import Log
import Projection
import Vocabulary
import Wire

/// What a command did, or would have done.
public struct CommandAnswer {
  private let result: CommandResult
  private let isRehearsal: Bool
  private let now: Instant

  /// - Parameters:
  ///   - isRehearsal: nothing was written; the events are shown whole.
  ///   - now: from which it is counted how late an event was entered.
  public init(_ result: CommandResult, isRehearsal: Bool, now: Instant) {
    (self.result, self.isRehearsal, self.now) = (result, isRehearsal, now)
  }

  public static let columns = [
    Column("seq", .position, "No.", "序号"), Column("id", .text, "Id", "编号"), Column("type", .text, "Event", "事件"),
    Column("subject", .text, "Subject", "主体"), Column("occurredAt", .instant, "When", "业务时间"),
    Column("lateDays", .integer, "Days late", "补录天数"), Column("leaf", .text, "Leaf", "叶哈希"),
    Column("size", .position, "Size", "日志大小"), Column("duplicate", .flag, "Duplicate", "重复"),
    Column("data", .text, "Data", "内容"),
  ]

  /// A row for each event.
  public var rows: [[Cell]] {
    result.events.enumerated().map { place, event in
      let receipt = place < result.receipts.count ? result.receipts[place] : nil
      let late = now.day - event.occurredAt.day
      return [
        receipt.map { .integer(Int64($0.seq)) } ?? .absent, (receipt?.id ?? event.id).map { .text($0) } ?? .absent,
        .text(event.type), .text(event.subject.description), .instant(event.occurredAt),
        late > 0 ? .integer(Int64(late)) : .absent, receipt.map { .text($0.leaf.hex) } ?? .absent,
        receipt.map { .integer(Int64($0.size)) } ?? .absent, receipt?.duplicate == true ? .flag(true) : .absent,
        isRehearsal ? .json(.object(event.data)) : .absent,
      ]
    }
  }
}
