import CompanyRules
import Engine
import Events
import Log
import Projection
import Vocabulary
import Wire

/// The record of processing (GDPR article 30, PIPL articles 51 and 55): which personal values are taken, for what, by
/// whom, how sensitive they are, how long they are kept and on which ground.
///
/// It follows from the declarations of the events and from the rules in force, so it cannot say less than what is done.
public struct ProcessingRecord {
  public let log: String
  public let asOf: Instant
  public let retention: PublishedRule
  public let grades: PublishedRule
  private let entries: [Declaration]

  public init(view: View, in store: Store) throws {
    let snapshot = try store.snapshot()
    log = store.log.manifest.origin
    asOf = try snapshot.businessTime(of: view)
    let book = try snapshot.ruleBook(view)
    retention = try book.inForce("retention", at: asOf)
    grades = try book.inForce("data-grade", at: asOf)
    entries = Catalogue.keshi.entries.map(\.declaration).filter { $0.fields.contains(where: \.isPersonal) }
  }

  public static let columns = [
    Column("event", .text, "Event", "事件"), Column("purpose", .text, "What for", "处理目的"),
    Column("values", .text, "Values", "信息项"), Column("category", .text, "Categories", "信息类别"),
    Column("subjects", .text, "Held about", "信息主体所属"), Column("roles", .text, "Recorded by", "入账角色"),
    Column("grade", .text, "Grade", "级别"), Column("class", .text, "Class of records", "保管类别"),
    Column("months", .integer, "Kept for months", "保管月数"), Column("countedFrom", .text, "Counted from", "起算点"),
    Column("then", .text, "Then", "到期处置"), Column("basis", .text, "On the ground of", "依据"),
  ]

  public func rows(in language: Language) -> [[Cell]] {
    let (retention, grades) = (RetentionRules(retention.rule.body), DataGradeRules(grades.rule.body))
    let comma = Name(", ", "、")[language]
    return entries.map { declaration in
      let personal = declaration.fields.filter(\.isPersonal)
      let own = retention.records(declaration.name)
      let categories = PersonalCategory.allCases.filter { category in personal.contains { $0.category == category } }
      let grade = personal.map { grades.grade(of: "\(declaration.name).\($0.name)", isPersonal: true) }
        .max { $0.rawValue < $1.rawValue } ?? grades.personal
      return [
        .text(declaration.name), .text((declaration.meaning ?? declaration.title)[language]),
        .text(personal.map { $0.title[language] }.joined(separator: comma)),
        .text(categories.map { $0.word.title[language] }.joined(separator: comma)),
        .text(declaration.subjects.map { $0.title[language] }.joined(separator: comma)),
        .text(declaration.recorders.map { $0.title[language] }.joined(separator: comma)),
        .text(grade.word.title[language]), Cell(own?.name), .integer(Int64(own?.keepMonths ?? retention.otherwiseMonths)),
        .text((own?.countedFrom ?? .recording).word.title[language]), .text((own?.then ?? .review).word.title[language]),
        Cell(own?.basis),
      ]
    }
  }

  /// How the values are protected, and what is left when they are erased.
  public static let measures: [Name] = [
    Name(
      "Personal values never stand in the log's lines: they lie beside them, encrypted (AES-256-GCM), under a key for each subject and category; the line holds a salted commitment.",
      "个人信息从不写入日志行：另行加密保存（AES-256-GCM），按主体与类别各用一把密钥；行内只有加盐承诺值。"),
    Name(
      "Who exported what is recorded as data.accessed before it is written, and so are proofs and what the server shows. Reading by commands on this machine is recorded only where a person records it.",
      "导出、证明在写出之前记为 data.accessed，服务端展示的内容同样留痕。在本机以命令查阅，仅在有人记录时留痕。"),
    Name(
      "An erasure destroys keys and values, leaves a certificate, and is refused under a legal hold. Event types, times, values that are not personal and the commitments stay; so do copies that were given out before.",
      "擦除销毁密钥与内容，留存证明书，法律保全期间拒绝执行。事件类型、时间、非个人信息与承诺值保留；此前交出的副本亦不在其内。"),
    Name(
      "Keshi sends nothing anywhere. Recipients outside the company and transfers abroad are for the company to add.",
      "客史不向任何外部发送数据。企业以外的接收方与跨境提供情况须由企业自行补充。"),
  ]
}
