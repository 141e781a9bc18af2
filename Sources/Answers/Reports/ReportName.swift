import Projection
import Vocabulary

/// The reports that there are.
public enum ReportName: String, CaseIterable, Sendable {
  case sales
  case customers
  case receivables
  case complaints
  case satisfaction
  case team
  case privacy

  public var title: Name {
    switch self {
    case .sales: Name("Sales review", "销售回顾")
    case .customers: Name("Customers", "客户结构与留存")
    case .receivables: Name("Receivables", "应收账款")
    case .complaints: Name("Complaints", "投诉处理")
    case .satisfaction: Name("Satisfaction", "客户满意度")
    case .team: Name("Team", "销售团队")
    case .privacy: Name("Records of processing", "个人信息处理活动记录")
    }
  }

  /// What it tells, in one line.
  public var about: Name {
    switch self {
    case .sales:
      Name("What was won and lost, by whom and why; what is open, and what it may bring", "赢单与输单、归属与原因；在途商机及其预期")
    case .customers:
      Name("Grades and their moves, concentration, cohorts, who stays and what they spend", "等级及变动、集中度、客群、留存与收入留存")
    case .receivables: Name("What is owed, how old it is, how long money takes to come", "应收余额、账龄与回款周期")
    case .complaints: Name("Complaints by severity and cause, and their time limits (ISO 10002)", "投诉级别、原因与时限（ISO 10002）")
    case .satisfaction: Name("NPS, CSAT, CES and the index, with intervals", "NPS、CSAT、CES 与满意度指数，附置信区间")
    case .team: Name("Score sheets, commission, visits and forecasts of each person", "各人考核、提成、拜访与预测")
    case .privacy: Name("Purposes, categories, time limits, requests and access (GDPR art. 30, PIPL art. 51)", "目的、类别、期限、行权与查阅（GDPR 第 30 条、个保法第 51 条）")
    }
  }

  func sections(at desk: ReportDesk) throws -> ReportContents {
    switch self {
    case .sales: try desk.sales()
    case .customers: try desk.customers()
    case .receivables: try desk.receivables()
    case .complaints: try desk.complaints()
    case .satisfaction: try desk.satisfaction()
    case .team: try desk.team()
    case .privacy: try desk.privacy()
    }
  }
}

/// The list of reports, as answers.
public enum ReportList {
  public static let columns = [
    Column("name", .text, "Name", "名称"), Column("title", .text, "Report", "报告"), Column("about", .text, "What it tells", "内容"),
  ]

  public static func rows(in language: Language) -> [[Cell]] {
    ReportName.allCases.map { [.text($0.rawValue), .text($0.title[language]), .text($0.about[language])] }
  }
}
