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
  static let postponed = Name("The customer postponed", "客户改期")
  static let overtaken = Name("No longer needed", "已无需办理")
  static let sameCustomer = Name("Same company registered twice", "同一公司重复建档")
  static let creditGood = Name("Credit can be given", "可授信")
  static let creditPoor = Name("Prepayment advised", "建议预付款")
  static let installed = Name("Installed and handed over", "安装调试完成，已移交")
  static let returned = Name("Wrong or faulty pieces returned", "错发或有缺陷，退货")
  static let paidUp = Name("Arrears are paid", "欠款已结清")
  static let overdue = Name("More than eighty days overdue", "逾期超过八十天")
  static let goodsCameBack = Name("Credit for goods that came back", "退货冲减货款")
  static let uncollectable = Name("Could not be collected", "多次催收未果")
  static let yearlyCheck = Name("Check all pumps on site", "现场巡检全部泵组")
  static let ourBreach = Name("We delivered later than agreed", "我方交付晚于约定")
  static let theirBreach = Name("The customer took less than agreed", "对方采购量低于约定")
  static let settledDispute = Name("Terms after the dispute", "按争议协商结果调整")
  static let notConcluded = Name("The contract did not come about", "合同未能达成")
  static let takenOver = Name("Taken over from the books before", "由旧台账转入")
  static let bothSigned = Name("Signed by both parties", "双方已签署")
  static let ourAuthority = Name("Standing authority of the regional manager", "大区经理年度授权书")
  static let theirAuthority = Name("Letter of authority on file", "授权委托书已存档")
  static let shortfall = Name("Two machines could not be reached and follow", "两台设备未能检修，另行补做")
  static let groundOfTermination = Name("Clause on termination by notice", "《民法典》第五百六十三条")
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

  static let neverHappened = Name("Booked to the wrong customer", "记错客户")
  static let digitTooMany = Name("A digit too many", "多录一位数字")
  static let enteredLate = [
    Name("On the road for weeks, entered on return", "长期出差，返回后补录"), Name("Was ill, entered now", "病假期间未录，现补录"),
    Name("Found in the notebook at month's end", "月底整理笔记时发现漏录"),
  ]
  static let identityProofs = [
    Name("Call back to the number on file", "回拨留存号码核验"), Name("Company identity card", "工作证核验"),
    Name("Mail from the address on file", "留存邮箱来信核验"),
  ]
  static let lawKeepsIt = Name("Invoices and contracts must be kept by law; the rest was removed", "发票与合同依法须保存，其余已删除")
  static let notProved = Name("Identity was not proved", "身份未能核验")
  static let asAsked = Name("Done as asked", "已按申请办理")
  static let notAsAsked = Name("Not or only partly possible", "不能或只能部分办理")

  static func handoffTitle(_ kind: Handoff.Kind, _ about: String) -> Name {
    switch kind {
    case .order: Name("Order \(about): delivery and installation", "订单 \(about)：交付与安装")
    case .maintenance: Name("Contract \(about): start of maintenance", "合同 \(about)：维保启动")
    case .account: handover
    }
  }

  static func handoffCriteria(_ kind: Handoff.Kind) -> [Name] {
    switch kind {
    case .order: [Name("Drawing released", "图纸已确认"), Name("Contact on site named", "现场联系人已指定")]
    case .maintenance: [Name("List of machines complete", "设备清单完整"), Name("Access to site agreed", "入厂手续已办")]
    case .account: [Name("Open orders told", "在途订单已交代"), Name("Introduced to the contacts", "已引见联系人")]
    }
  }

  static let refusals = [
    Name("The drawing is missing", "缺少图纸"), Name("No contact on site", "未注明现场联系人"), Name("Voltage not stated", "未注明电压"),
  ]
  static let opinions: [String: [Name]] = [
    "approve": [
      Name("Agreed", "同意"), Name("Agreed, mind the payment term", "同意，注意账期"), Name("Terms are usual", "条款符合惯例"),
      Name("Agreed as proposed", "按提案执行"),
    ],
    "reject": [
      Name("Margin is too low", "毛利过低，不同意"), Name("No need that could not be met otherwise", "无充分必要，不同意"),
      Name("Risk is not covered", "风险未覆盖，不同意"),
    ],
    "return": [
      Name("State the grounds", "请补充依据"), Name("Figures do not match the order", "金额与订单不符，请核对"),
      Name("Attach the customer's letter", "请附客户来函"),
    ],
  ]

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
  /// What a stage asks for before the next one begins.
  static let exitCriteria = [
    Name("Budget and decision maker known", "预算与决策人明确"), Name("Technical proposal accepted", "技术方案认可"),
    Name("Quote in the hands of the buyer", "报价已送达采购"), Name("Terms settled", "商务条款谈定"),
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

  static let details: [(field: String, before: Name, after: Name)] = [
    ("address", Name("Old town works", "老厂区"), Name("New industrial park", "新工业园")),
    ("bank", Name("Rural commercial bank", "农商银行"), Name("Industrial bank, new account", "工商银行（新账户）")),
    ("business", Name("Processing", "加工"), Name("Processing and trade", "加工与贸易")),
    ("shareholder", Name("Family-owned", "家族持股"), Name("Taken over by a group", "被集团收购")),
  ]
  static let gradings: [(value: String, reason: Name)] = [
    ("a", Name("Builds a second plant next year", "明年建二期，按 A 级跟进")), ("a", Name("Reference for the whole industry", "行业标杆客户")),
    ("a", Name("Group purchase will be decided here", "集团采购将由此决定")),
    ("b", Name("Large this year by one project only", "今年仅因单个项目放量")), ("c", Name("Line will be sold", "产线拟出售")),
  ]
  static let registered = Name("Registered and in business", "登记在册，正常经营")
  static let publicRegister = Name("Public register, screenshot on file", "企业信用公示系统截图存档")
  static let siteGood = Name("Plant and storage in good order", "厂区与仓储良好")
  static let sitePoor = Name("Storage of chemicals is not safe", "化学品存放不合规")
  static let esgGood = Name("No grounds for concern", "无重大关注事项")
  static let esgPoor = Name("Wastewater permit is about to end", "排污许可即将到期")
  static let questionnaire = Name("Questionnaire and permits", "问卷与许可证")
  static let amendments = [
    Name("Volume grew beyond the agreement", "采购量超出约定"), Name("Another site is included", "新增供货厂区"),
    Name("Prices follow the steel index", "随钢材指数调价"),
  ]

  static let basisOfHold = Name("Evidence for the dispute", "作为纠纷证据保全")
  static let keepEvidence = Name("Nothing of this customer may be disposed of while the dispute runs", "纠纷期间不得处置该客户的任何记录")
  static let quarrelOver = Name("The dispute is settled", "纠纷已了结")
  static let disputeNotes = [
    Name("They offer half", "对方提出承担一半"), Name("Expert opinion on the castings is awaited", "等待铸件鉴定意见"),
    Name("Both want to go on doing business", "双方均愿继续合作"), Name("Delivery notes were handed in", "已提交收货单"),
  ]
  static let lessons = [
    Name("Confirm dates of delivery in writing", "交期变更须书面确认"), Name("Name volumes by quarter, not by year", "采购量按季约定，不按年约定"),
    Name("Have defects accepted on site at once", "缺陷当场签认"), Name("Send demands with proof of delivery", "催告须留送达凭证"),
  ]

  /// What is looked at before a large contract is signed.
  static let checklist: [(id: String, note: Name, oddsOfFailing: Int, isGrave: Bool)] = [
    ("registration", Name("Licence ends within three months", "营业执照三个月内到期"), 25, false),
    ("authority", Name("Letter of authority is missing", "缺少授权委托书"), 45, false),
    ("credit", Name("Credit assessment is older than a year", "资信评估超过一年"), 60, false),
    ("sanctions", Name("A shareholder is on a sanctions list", "股东在制裁名单内"), 12, true),
    ("terms", Name("Liability deviates from the template", "责任条款偏离范本"), 50, false),
    ("data", Name("Consent to data from machines is missing", "缺少设备数据采集同意"), 30, false),
  ]

  static let lineStands = Name("A line stands still", "产线停工")
  static let firstAid = [
    Name("Loan pump sent", "已调拨备用泵"), Name("Technician on the way", "维修人员已出发"), Name("Shipment of the batch stopped", "同批次暂停发货"),
  ]
  static let asked = [
    Name("Photos of the name plate and the leak", "铭牌与泄漏处照片"), Name("Operating log of the last week", "近一周运行记录"),
    Name("Delivery note with the missing pieces marked", "标注缺件的收货单"),
  ]
  static let sent = Name("Arrived, complete", "已收到，资料齐全")
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
