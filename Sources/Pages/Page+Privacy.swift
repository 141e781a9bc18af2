import Answers
import Engine
import Vocabulary
import Wire

extension Page {
  /// What is handed to a person who asks what we hold about them.
  public static func personalCopy(_ copy: PersonalCopy, in language: Language) -> Page {
    let unreadable = Name(
      "\(copy.unreadable) further events hold values that were erased; whether they were yours cannot be said any more.",
      "另有 \(copy.unreadable) 个事件的内容已擦除，是否与您有关已无从得知。")
    return Page(
      record: Name("What we hold about you", "我们保存的您的个人信息"),
      facts: [
        (Name("Held at", "所属主体"), copy.subject), (Name("Person", "当事人"), copy.person ?? ""),
        (Name("Log", "日志"), copy.log), (Name("As of", "截至"), copy.asOf.description),
      ],
      warnings: copy.unreadable > 0 ? [unreadable] : [],
      tables: [
        RecordTable(Name("Values", "信息内容"), PersonalCopy.columns, copy.rows(in: language)),
        RecordTable(Name("What you allowed and asked", "同意与申请"), copy.consentTable.columns, copy.consentTable.rows),
        RecordTable(Name("Who took it out", "何人导出"), PersonalCopy.lookColumns, copy.lookRows(in: language)),
        RecordTable(Name("How long it is kept", "保管期限"), copy.retentionTable.columns, copy.retentionTable.rows),
      ],
      notes: PersonalCopy.remarks, in: language)
  }

  /// The pages of a person's copy, as files of it.
  public static func papers(of copy: PersonalCopy) -> [PackedFile] {
    Language.allCases.map { PackedFile("copy.\($0.rawValue).html", text: personalCopy(copy, in: $0).html) }
  }

  /// The record of processing.
  public static func processing(_ record: ProcessingRecord, in language: Language) -> Page {
    Page(
      record: Name("Record of processing of personal data", "个人信息处理活动记录"),
      facts: [
        (Name("Log", "日志"), record.log), (Name("As of", "截至"), record.asOf.description),
        (Name("Retention by", "保管依据"), "\(record.retention.label), SHA-256 \(record.retention.hash)"),
        (Name("Grades by", "分级依据"), "\(record.grades.label), SHA-256 \(record.grades.hash)"),
      ],
      tables: [RecordTable(Name("Processing", "处理活动"), ProcessingRecord.columns, record.rows(in: language))],
      notes: ProcessingRecord.measures, in: language)
  }
}
