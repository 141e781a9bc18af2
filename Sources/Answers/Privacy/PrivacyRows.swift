import Engine
import Projection
import Vocabulary

// What erasures and holds come to, as rows.

extension Certificate {
  public static let columns = [
    Column("subject", .text, "Subject", "主体"), Column("event", .position, "Event", "事件"),
    Column("keys", .integer, "Keys destroyed", "销毁的密钥"), Column("records", .integer, "Values removed from events", "移除内容的事件数"),
    Column("certificate", .text, "Certificate", "证明书"), Column("sha256", .text, "Its hash", "证明书哈希"),
  ]

  /// - Parameter store: in which the certificate is kept.
  public func cells(in store: Store) -> [Cell] {
    [
      .text(subject), Cell(event), .integer(Int64(keys.count)), .integer(Int64(records)), .text(store.path(of: self)),
      .text(hash),
    ]
  }

  /// An erasure that had nothing to do.
  ///
  /// - Parameter earlier: the event by which all was erased before.
  public static func nothing(of subject: String, erasedBefore earlier: Int64?) -> [Cell] {
    [.text(subject), Cell(earlier), .integer(0), .integer(0), .absent, .absent]
  }
}

/// Legal holds as rows.
public enum HoldRows {
  public static let columns = [
    Column("hold", .position, "Hold", "保全"), Column("subject", .text, "Subject", "主体"),
    Column("since", .instant, "Since", "起始"), Column("matter", .text, "Matter", "事项"),
    Column("reason", .text, "Reason", "原因"),
  ]

  /// The holds that are in force.
  public static func inForce(in snapshot: Snapshot) throws -> [[Cell]] {
    try snapshot.privacyBook().holds.filter { !$0.isReleased }.map { hold in
      [.integer(hold.seq), .text(hold.subject), .instant(hold.at), Cell(hold.matter), .text(hold.reason)]
    }
  }
}
