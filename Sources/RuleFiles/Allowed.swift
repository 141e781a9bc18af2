import Vocabulary
import Wire

// What may stand in a field, in words: for comments in a file and for errors. One source for both.

extension Field.Kind {
  var allowed: Name {
    switch self {
    case .text(let limit): Name("a text of at most \(limit) bytes", "文本，最多 \(limit) 字节")
    case .integer(let range, let unit): Field.Kind.allowed(range, unit)
    case .currency: Name("a currency code such as CNY", "币种代码，例如 CNY")
    case .decimal: Name("a decimal number in quotes, such as \"12.5\"", "加引号的小数，例如 \"12.5\"")
    case .day: Name("a day such as 2026-11-23", "日期，例如 2026-11-23")
    case .instant: Name("a time with zone such as 2026-11-23T09:30:00Z", "带时区的时间，例如 2026-11-23T09:30:00Z")
    case .flag: Name("yes or no", "yes 或 no")
    case .code(let codes):
      Name(
        codes.map(\.word.text).joined(separator: ", "),
        codes.map { "\($0.word.text)（\($0.word.title.zh)）" }.joined(separator: "、"))
    case .reference(let kind): Name("the id of a \(kind.word)", "\(kind.title.zh)的编号")
    case .subject: Name("a thing such as contract:K-7", "对象，例如 contract:K-7")
    case .hash: Name("a SHA-256 of 64 hexadecimal digits", "64 位十六进制的 SHA-256")
    case .record: Name("keys with values", "键值对")
    case .list(let kind, let limit):
      Name("a list of at most \(limit), each \(kind.allowed.en)", "列表，最多 \(limit) 项，每项为\(kind.allowed.zh)")
    case .body: Name("keys with values", "键值对")
    }
  }

  private static func allowed(_ range: ClosedRange<Int64>, _ unit: Field.Unit) -> Name {
    let (low, high) = (grouped(range.lowerBound), grouped(range.upperBound))
    let unit = unit.title
    return Name("\(low) to \(high) \(unit.en)".trimmed, "\(low) 至 \(high) \(unit.zh)".trimmed)
  }

  /// 1000000 → `1,000,000`, for people.
  private static func grouped(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

extension Field.Unit {
  /// What a whole number counts, for people.
  var title: Name {
    switch self {
    case .count: Name("", "")
    case .minor: Name("minor units (100 = 1.00)", "最小货币单位（100 = 1.00）")
    case .basisPoints: Name("hundredths of a percent (10000 = 100 %)", "万分之一（10000 = 100%）")
    case .score: Name("points", "分")
    case .minutes: Name("minutes", "分钟")
    case .days: Name("days", "天")
    case .points: Name("loyalty points", "积分")
    case .microdegrees: Name("millionths of a degree", "百万分之一度")
    case .version: Name("(version)", "（版本号）")
    case .bytes: Name("bytes", "字节")
    }
  }
}

extension String {
  var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
