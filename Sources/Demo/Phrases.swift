import Vocabulary

/// What people write into the records, in the language of the customer.
enum Phrases {
  static let assigned = Name("Assigned by region", "按区域分配")
  static let sellerLeft = Name("The colleague leaves, customers handed over", "同事离职，客户移交")
  static let territoryChanged = Name("Territories drawn anew", "区域调整")
  static let claimed = Name("Claimed from the pool for a new attempt", "从公海领取，重新跟进")
  static let noFollowUp = Name("Nobody followed up for months", "长期未跟进，退回公海")
  static let handover = Name("Take over the customer", "客户交接")
  static let visitPlan = Name("Visit the customer", "拜访客户")
  static let newsletter = Name("News and offers", "产品资讯与优惠推送")
  static let sameCustomer = Name("Same company registered twice", "同一公司重复建档")
  static let creditGood = Name("Credit can be given", "可授信")
  static let creditPoor = Name("Prepayment advised", "建议预付款")
  static let installed = Name("Installed and handed over", "安装调试完成，已移交")
  static let returned = Name("Wrong or faulty pieces returned", "错发或有缺陷，退货")
  static let paidUp = Name("Arrears are paid", "欠款已结清")
  static let overdue = Name("More than eighty days overdue", "逾期超过八十天")
  static let uncollectable = Name("Could not be collected", "多次催收未果")
  static let deliveryClause = Name("Within four weeks after order", "下单后四周内交货")
  static let yearlyCheck = Name("Check all pumps on site", "现场巡检全部泵组")
  static let ourBreach = Name("We delivered later than agreed", "我方交付晚于约定")
  static let theirBreach = Name("The customer took less than agreed", "对方采购量低于约定")
  static let settledDispute = Name("Terms after the dispute", "按争议协商结果调整")
  static let notRenewed = Name("Term ended without renewal", "期满未续")
  static let archive = Name("Archive room 2, shelf C", "二号档案室 C 架")
  static let notFixed = Name("The same fault came back", "同样的问题再次出现")
  static let greeting = Name("Season's greetings", "新春问候")
  static let play = Name("Visit by the manager, delivery plan, price review", "经理拜访、交付计划、价格复核")
  static let seasonal = Name("Seasonal, as every year", "季节性波动，与往年一致")
  static let serious = Name("Orders and talks are fading", "订单与沟通都在减少")
  static let recovered = Name("Orders are back to the usual pace", "订单恢复正常")
  static let notRecovered = Name("Nothing has changed", "未见改善")
  static let lostOverService = Name("Tired of late deliveries and slow answers", "交付延误、响应缓慢，转向其他供应商")
  static let lostOverPrice = Name("A competitor offered less", "竞争对手报价更低")
  static let lostOverProject = Name("The line that used our pumps was shut", "使用我方设备的产线已停")
  static let cameBack = Name("First order after the break", "中断后重新下单")
  static let deregistered = Name("The company was deregistered", "企业已注销")

  static let needs = [
    Name("Replace ageing transfer pumps", "更换老旧输送泵"), Name("New dosing line", "新建加药线"),
    Name("Cut energy use of the pump house", "泵房节能改造"), Name("Filters for a new workshop", "新车间过滤系统"),
    Name("Second source for valves", "寻找阀门第二供应商"), Name("Wastewater station extension", "污水站扩建"),
    Name("Maintenance for existing pumps", "在用泵组维保"),
  ]
  static let leadCalls = [
    Name("Asked for datasheets, decides next quarter", "索取资料，下季度决定"),
    Name("Interested, wants a price for two pumps", "有意向，要求两台泵的报价"),
    Name("Compares three suppliers", "正在比较三家供应商"),
  ]
  static let calls = [
    Name("Delivery date confirmed", "确认交期"), Name("Asked for a drawing", "索取图纸"),
    Name("Talked about next quarter's needs", "沟通下季度需求"),
    Name("Sent certificate of origin", "补发合格证"), Name("Question about seal material", "咨询密封材质"),
    Name("Invoice details corrected", "更正开票信息"),
  ]
  static let sourCalls = [
    Name("Complained again about the late delivery", "再次抱怨交期"), Name("Did not want to talk about new orders", "不愿谈新订单"),
    Name("Asked for a price cut", "要求降价"), Name("Said they are testing another brand", "称正在试用其他品牌"),
  ]
  static let purposes = [
    Name("Yearly plan", "年度计划沟通"), Name("Collect payment", "催收货款"), Name("Product presentation", "产品介绍"),
    Name("Check the machines in use", "在用设备回访"), Name("Negotiate the contract", "合同洽谈"),
    Name("Get to know the new buyer", "认识新采购"),
  ]
  static let minutes: [(text: Name, outcome: String)] = [
    (Name("Pumps run well. They plan a second line next year.", "设备运行良好，明年计划上二期。"), "positive"),
    (Name("Met the supervisor, spare parts list agreed.", "与设备主管确认备件清单。"), "agreed"),
    (Name("Price is accepted, delivery must be shorter.", "价格认可，希望缩短交期。"), "open"),
    (Name("Showed the new magnetic drive pump, trial wanted.", "演示磁力泵，客户愿意试用。"), "positive"),
    (Name("Buyer was away, left samples.", "采购不在，留下样品。"), "no-contact"),
    (Name("Yearly volume discussed, same as last year.", "沟通全年用量，与去年持平。"), "agreed"),
  ]
  static let sourMinutes: [(text: Name, outcome: String)] = [
    (Name("They are angry about the last delivery and want a written plan.", "对上批交付不满，要求书面整改计划。"), "negative"),
    (Name("Short talk at the gate. A competitor's pump stands in the hall.", "只在门口简短交谈，车间里已有竞品。"), "negative"),
    (Name("Wants compensation before the next order.", "要求先赔偿再谈新订单。"), "open"),
  ]
  static let nextSteps = [
    Name("Send the quotation", "发送报价"), Name("Call next month", "下月电话回访"), Name("Bring the engineer", "带工程师上门"),
    Name("Clarify delivery with the plant", "与工厂核实交期"),
  ]
  static let competitors = [
    Name("Competitor A", "竞争对手甲"), Name("Competitor B", "竞争对手乙"), Name("A local maker", "本地厂家"),
    Name("An import brand", "进口品牌"),
  ]
  static let wins: [(code: String, text: Name)] = [
    ("quality", Name("Best efficiency in the comparison", "能效对比最优")), ("service", Name("Trusts our service", "认可售后服务")),
    ("price", Name("Price and delivery fit", "价格与交期合适")), ("relation", Name("Good experience so far", "既往合作良好")),
  ]
  static let losses: [(code: String, text: Name)] = [
    ("price", Name("Too expensive", "价格偏高")), ("delivery", Name("Delivery too long", "交期过长")),
    ("no-project", Name("Project postponed", "项目延期")), ("spec", Name("Specification not met", "参数不满足")),
    ("relation", Name("Stays with the present supplier", "维持原供应商")),
  ]
  static let changes = [Name("Quantity adjusted by the customer", "客户调整数量"), Name("Other valve size needed", "阀门规格变更")]
  static let cancels = [Name("Project stopped", "项目暂停"), Name("Ordered twice by mistake", "误重复下单")]
  static let rewards = [Name("Seal kit", "密封件套装"), Name("Training day", "培训课程一天"), Name("Free check-up", "免费巡检一次")]
  static let checkUps = [
    Name("All in order", "运行正常"), Name("Bearings replaced", "更换轴承"),
    Name("Vibration above limit, repair advised", "振动超标，建议检修"),
  ]

  static let details: [(field: String, after: Name)] = [
    ("address", Name("Moved to the new industrial park", "迁至新工业园")), ("bank", Name("New bank account", "变更开户行")),
    ("business", Name("New line of business", "新增经营范围")), ("shareholder", Name("Taken over by a group", "被集团收购")),
  ]
  static let clauseChanges: [(key: String, before: Name, after: Name)] = [
    ("price", Name("Fixed for a year", "全年固定价"), Name("Adjusted each half-year", "半年一调")),
    ("delivery", Name("Within four weeks", "四周内"), Name("Within three weeks", "三周内")),
    ("payment", Name("30 days net", "货到 30 天"), Name("60 days net", "货到 60 天")),
    ("penalty", Name("0.3 % a week", "每周千分之三"), Name("0.5 % a week", "每周千分之五")),
  ]
  static let amendments = [
    Name("Volume grew beyond the agreement", "采购量超出约定"), Name("Another site is included", "新增供货厂区"),
    Name("Prices follow the steel index", "随钢材指数调价"),
  ]

  static let remediesSought = [
    Name("Replacement", "换货"), Name("Compensation", "赔偿"), Name("Repair at once", "立即维修"), Name("An apology", "道歉"),
  ]
  static let praise = [Name("Reliable for years.", "多年来一直可靠。"), Name("Quick answers, good pumps.", "响应快，泵也好用。")]
  static let lukewarm = [Name("Good product, delivery could be faster.", "产品不错，交期可以更快。"), Name("All right.", "还可以。")]
  static let blame = [
    Name("We waited weeks for an answer.", "等答复等了几周。"), Name("Too many delays this year.", "今年延误太多。"),
    Name("Others are cheaper.", "别家更便宜。"),
  ]
}
