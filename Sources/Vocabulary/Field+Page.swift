import Wire

// What a field may hold, as a person reads it.

extension Field.Kind {
  /// One line in a person's language: kind, unit, bounds.
  public func summary(_ language: Language) -> String {
    switch self {
    case .text(let limit): Name("text ≤ \(limit) bytes", "文本 ≤ \(limit) 字节")[language]
    case .integer(let range, let unit): unit.noun[language] + Field.Kind.bounds(range)
    case .currency: Name("currency (ISO 4217)", "币种（ISO 4217）")[language]
    case .decimal: Name("decimal text", "小数文本")[language]
    case .day: Name("day", "日期")[language]
    case .instant: Name("time with zone", "带时区时间")[language]
    case .flag: Name("true or false", "是否")[language]
    case .code(let codes): codes.map { "`\($0.word.text)` \($0.word.title[language])" }.joined(separator: " · ")
    case .reference(let kind): Name("id of \("aeio".contains(kind.word.prefix(1)) ? "an" : "a") \(kind.word)", "\(kind.title.zh)编号")[language]
    case .subject: Name("`kind:id`", "`类别:编号`")[language]
    case .hash: "SHA-256"
    case .record(let fields):
      "{ " + fields.map { $0.summary(language) }.joined(separator: "; ") + " }"
    case .list(let kind, let limit): Name("up to \(limit) × ", "至多 \(limit) 个 ")[language] + kind.summary(language)
    case .body: Name("JSON object", "JSON 对象")[language]
    }
  }

  private static func bounds(_ range: ClosedRange<Int64>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (-JSON.greatestInteger, JSON.greatestInteger): return ""
    case (let low, JSON.greatestInteger): return " ≥ \(low)"
    case (let low, let high): return " \(low)…\(high)"
    }
  }
}

extension Field {
  /// A member of a record: `name` Title: what it holds.
  fileprivate func summary(_ language: Language) -> String {
    "`\(name)\(isRequired ? "" : "?")` \(title[language]): \(kind.summary(language))"
  }
}

extension Field.Unit {
  /// What is counted.
  public var noun: Name {
    switch self {
    case .count: Name("number", "数")
    case .minor: Name("minor units (cents)", "分")
    case .basisPoints: Name("basis points", "万分之一")
    case .score: Name("score", "分值")
    case .minutes: Name("minutes", "分钟")
    case .days: Name("days", "天")
    case .points: Name("points", "积分")
    case .microdegrees: Name("millionths of a degree", "百万分之一度")
    case .version: Name("version", "版本")
    case .bytes: Name("bytes", "字节")
    }
  }
}
