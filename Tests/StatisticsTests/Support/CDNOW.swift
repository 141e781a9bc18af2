import Foundation

@testable import Statistics

/// Purchases of the CDNOW sample, in cents.
enum CDNOW {
  struct Customer {
    var purchases: [(day: Int, month: Int, cents: Int64)] = []

    /// Months from January 1997.
    var byMonth: CohortMatrix.Member {
      CohortMatrix.Member(
        first: purchases.map(\.month).min() ?? 0, activity: purchases.map { (period: $0.month, amount: $0.cents) })
    }

    /// Days with a purchase, the first being the birth.
    func pattern(until end: Int) -> PurchasePattern? {
      let days = Set(purchases.map(\.day)).filter { $0 <= end }.sorted()
      guard let first = days.first, let last = days.last else { return nil }
      return PurchasePattern(repeats: days.count - 1, recencyDays: last - first, ageDays: end - first)
    }
  }

  static func customers() throws -> [Customer] {
    var customers: [Int: Customer] = [:]
    for line in try RealFiles.text("cdnow_sample.txt").split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: " ")
      guard fields.count == 5, let id = Int(fields[1]), let date = Int(fields[2]), let dollars = Double(fields[4])
      else {
        throw RealFiles.Unreadable(file: "cdnow_sample.txt: \(line)")
      }
      let text = "\(date / 10_000)-\(date / 100 % 100)-\(date % 100)"
      let month = (date / 10_000 - 1997) * 12 + date / 100 % 100 - 1
      customers[id, default: Customer()].purchases.append(
        (RealFiles.day(text) ?? 0, month, Int64((dollars * 100).rounded())))
    }
    return customers.sorted { $0.key < $1.key }.map(\.value)
  }
}
