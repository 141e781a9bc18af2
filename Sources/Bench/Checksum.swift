import Crypto
public import Facts
import Vocabulary
import Wire

/// The benchmark's proof that a result is right: one line a customer, in the order of their ids, hashed.
public enum Checksum {
  /// SHA-256 in hexadecimal of `customer-0012345,stage,tier,points_12m,balance,score` lines.
  public static func of(_ rows: [BenchRow], _ table: SubjectTable) -> String {
    of(rows) { table.name(of: table.holder(of: $0)) }
  }

  /// - Parameter name: gives an account's name, `customer:0012345`.
  public static func of(_ rows: [BenchRow], name: (Int) throws -> String) rethrows -> String {
    let named = try rows.map { row in
      let account = try name(row.account)
      return (id: account[account.index(after: account.firstIndex(of: ":") ?? account.startIndex)...], row: row)
    }
    var text = Text(capacity: rows.count * 40)
    for (id, row) in named.sorted(by: { $0.id < $1.id }) {
      text.append("customer-" as StaticString)
      text.append(String(id))
      text.append("," as StaticString)
      text.append(row.stage.word.text)
      for number in [Int64(row.tier), row.points, row.balance, Int64(row.score)] {
        text.append("," as StaticString)
        text.append(number)
      }
      text.append("\n" as StaticString)
    }
    var hex = Text(capacity: 64)
    for byte in SHA256.hash(data: text.bytes) { hex.append(hex: byte) }
    return hex.string
  }
}
