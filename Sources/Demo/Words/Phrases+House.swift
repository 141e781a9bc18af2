import Vocabulary

// What is said within the company.

extension Phrases {
  static let meetingMinutes = [
    Name("Pipeline gone through, two offers to be followed up", "梳理商机，跟进两份报价"), Name("Overdue receivables shared out", "逾期应收分工催收"),
    Name("Deliveries of next week", "下周交付安排"), Name("Lost cases discussed", "复盘输单案例"),
  ]
  static let todos = [
    Name("Update the visit plan", "更新拜访计划"), Name("Call the overdue customers", "逐户联系逾期客户"), Name("Complete the customer files", "补全客户资料"),
    Name("Compare the competitor's price list", "比对竞品价格表"),
  ]
  static let coachings = [
    Name("Joint visit, questions about needs practised", "陪访，练习需求提问"), Name("Negotiating without discount", "不让价谈判辅导"),
    Name("How to write a visit report", "拜访记录写法辅导"),
  ]
  static let retrospectives = [
    Name("Quotations went out too late; template agreed", "报价偏慢，统一模板"), Name("Handovers to service were incomplete; checklist", "交接资料不全，增加清单"),
    Name("Forecasts too high; stage criteria sharpened", "预测偏高，收紧阶段标准"),
  ]
  static let honours = [Name("Best score of the quarter", "季度考核优胜"), Name("Most loyal customers", "客户留存标兵"), Name("New customers of the year", "新客开拓之星")]
  static let recognition = Name("Recognition of the quarter", "季度表彰")
  static let yearBegins = Name("Meeting at the beginning of the year", "年初全员大会")
  static let summerOuting = Name("Summer outing", "夏季团建")
  static let onboarding = Name("Onboarding course", "新员工入职培训")
  static let courses = [
    Name("Selling by value", "价值销售"), Name("Contracts and risk", "合同与风险"), Name("Handling complaints", "投诉处理"), Name("Data protection", "个人信息保护"),
  ]
  static let promoted = Name("Served long enough, and good scores", "任职期满，考核优良")
  static let duties: [(kind: String, why: Name)] = [
    ("duty", Name("Takes over key accounts of the region", "负责区域重点客户")), ("transfer", Name("Supports a new territory", "支持新区域")),
  ]
  static let whyPeopleLeave = [Name("A new task elsewhere", "另谋发展"), Name("Family moves to another town", "家庭迁居"), Name("Further studies", "继续深造")]
  static let scoreCorrected = Name("A payment was entered late", "一笔回款补录后更正")
  static let scoreRaised = Name("Raised after a talk", "面谈后调高")
}

// What is seen of the market, decided and watched over.

extension Phrases {
  static let insights: [(kind: String, topic: Name, summary: Name)] = [
    ("trend", Name("Energy-saving pumps", "节能泵需求"), Name("Tenders ask for efficiency class IE4", "招标普遍要求 IE4 能效")),
    ("competitor", Name("Price cut for valves", "阀门降价"), Name("Eight per cent off list prices until the end of the year", "年底前目录价下调 8%")),
    ("research", Name("Satisfaction with spare parts", "备件满意度"), Name("Delivery time is named first, price second", "交期最受关注，价格次之")),
    ("competitor", Name("New service station", "新设服务站"), Name("Answers within a day are promised", "承诺当天响应")),
    ("trend", Name("Slower investment in chemicals", "化工投资放缓"), Name("Two projects of our customers were put off", "两家客户项目延期")),
  ]
  static let priorities = [
    Name("Keep the A customers", "稳住 A 类客户"), Name("Sell maintenance with every pump", "每台泵配套维保"), Name("Collect before the year ends", "年底前清收欠款"),
  ]
  static let decisions: [(question: Name, options: [Name], reason: Name)] = [
    (
      Name("Lower prices for valves?", "阀门是否降价？"), [Name("No, longer warranty", "不降价，延长质保"), Name("Five per cent", "降价 5%")],
      Name("Margin matters more than volume", "毛利优先于销量")
    ),
    (
      Name("A second person for the overseas region?", "海外区域是否增员？"), [Name("Yes, from the next quarter", "下季度增员"), Name("Not now", "暂缓")],
      Name("The pipeline has doubled", "商机翻倍")
    ),
    (
      Name("Prepayment for new customers?", "新客户是否预付？"), [Name("Thirty per cent", "预付 30%"), Name("As before", "维持现状")],
      Name("Two new customers did not pay", "两家新客户拖欠")
    ),
  ]
  static let afterwards = Name("Looked at again: kept", "复核：维持")
  static let audits: [(kind: String, conclusion: Name, finding: Name, clause: String)] = [
    ("sop", Name("Largely followed", "基本符合"), Name("Two quotations without a recorded need", "两份报价无需求记录"), "lead-to-order 2"),
    ("contract", Name("Papers complete but for one", "除一份外资料齐全"), Name("One letter of authority is missing", "缺一份授权书"), "contract-signing 5"),
    ("access-review", Name("Rights confirmed, one revoked late", "权限已复核，一项撤销滞后"), Name("Access stayed open after leaving", "离职后权限未及时收回"), "data-security 3"),
    ("internal", Name("Closed loop works", "闭环有效"), Name("Visits entered late", "拜访补录偏晚"), "lead-to-order 1"),
  ]
  static let improvements: [(kind: String, problem: Name, metric: String, before: String, hoped: String, after: String)] = [
    ("corrective", Name("First answers to complaints take too long", "投诉首次响应偏慢"), "first-response-hours", "9.5", "4", "4.2"),
    ("preventive", Name("Credit limits are not looked at before orders", "下单前未查信用额度"), "over-limit-orders", "6", "0", "1"),
    ("innovation", Name("Ask for the score by message instead of by mail", "以短信代替邮件回访"), "answer-rate", "0.30", "0.45", "0.41"),
    ("corrective", Name("Handovers come back incomplete", "交接单退回率高"), "rejected-handovers", "0.18", "0.08", "0.09"),
  ]
  static let deviations: [(sop: String, step: String, why: Name)] = [
    ("lead-to-order", "quote.issued", Name("The customer wanted the order the same day", "客户要求当天下单")),
    ("complaint-handling", "complaint.acknowledged", Name("Acknowledged by telephone and entered later", "电话确认，未及时录入")),
  ]
  static let risks: [(kind: String, what: Name, likelihood: Int, impact: Int)] = [
    ("concentration", Name("A tenth of revenue comes from few customers", "少数客户占收入一成以上"), 3, 4),
    ("delivery", Name("One supplier of castings for all large pumps", "大型泵铸件依赖单一供应商"), 3, 3),
    ("market", Name("Energy prices may stop investments", "能源价格或致投资停滞"), 2, 4), ("legal", Name("New rules for export of valves", "阀门出口新规"), 2, 3),
    ("security-incident", Name("A notebook with customer data was lost, encrypted", "一台含客户资料的加密笔记本遗失"), 1, 4),
  ]
  static let treatments: [(action: String, what: Name)] = [
    ("reduce", Name("A second source is being qualified", "引入第二供应商")), ("accept", Name("Watched every quarter", "按季度跟踪")),
    ("transfer", Name("Credit insurance taken out", "投保信用保险")),
  ]
  static let granted = Name("Needed for the post", "岗位需要")
  static let revoked = Name("Left the company", "已离职")
  static let ruleProposed = Name("Experience of the first year", "依据首年运行经验")
  static let ruleRejected = Name("The figures do not show the need", "数据尚不支持")
  static let timeIsOver = Name("The time to keep them is over", "保管期限已满")
}
