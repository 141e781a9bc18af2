import Vocabulary

// What the documents say.

extension Handbook {
  struct Draft: Sendable {
    let id: String
    let kind: String
    let title: Name
    let readers: Readers
    /// Number, days after the first day of the story on which it comes into use, steps.
    let versions: [(number: Int, after: Int, steps: [String])]
  }

  /// Days after which what was in use before the books began is published in them.
  private static let adoption = 8

  static let drafts: [Draft] = [
    Draft(
      id: "lead-to-order", kind: "sop", title: Name("From lead to order", "线索到订单管理程序"), readers: .sales,
      versions: [(1, adoption, leadToOrder), (2, 480, leadToOrderSecond)]),
    Draft(
      id: "complaint-handling", kind: "sop", title: Name("Handling complaints", "客户投诉处理程序"), readers: .service,
      versions: [(1, adoption, complaints), (2, 640, complaintsSecond)]),
    Draft(
      id: "contract-signing", kind: "sop", title: Name("Drafting and signing contracts", "合同起草与签署程序"), readers: .contracts,
      versions: [(1, adoption, signing), (2, 250, signingSecond)]),
    Draft(
      id: "contract-amendment", kind: "sop", title: Name("Amending contracts", "合同变更程序"), readers: .contracts,
      versions: [(1, adoption, amending)]),
    Draft(
      id: "dispute", kind: "sop", title: Name("Settling disputes", "合同纠纷处理程序"), readers: .legal,
      versions: [(1, adoption, disputes)]),
    Draft(
      id: "sales-certificate", kind: "sop", title: Name("Certificates before selling", "销售认证管理程序"), readers: .sales,
      versions: [(1, adoption, certificates)]),
    Draft(
      id: "order-handover", kind: "sop", title: Name("Handing orders over to service", "订单交接程序"), readers: .sales,
      versions: [(1, adoption, handovers)]),
    Draft(
      id: "gifts", kind: "policy", title: Name("Gifts and invitations", "礼品与招待管理制度"), readers: .everybody,
      versions: [(1, adoption, gifts)]),
    Draft(
      id: "data-security", kind: "policy", title: Name("Customer data", "客户数据安全与保密制度"), readers: .everybody,
      versions: [(1, adoption, dataSecurity), (2, 760, dataSecuritySecond)]),
    Draft(
      id: "supply-framework", kind: "contract-template", title: Name("Framework supply contract", "供货框架合同范本"), readers: .nobody,
      versions: [(3, adoption, ["price", "delivery", "payment", "warranty", "liability", "term", "disputes"]),
        (4, 400, ["price", "delivery", "payment", "warranty", "liability", "confidentiality", "term", "disputes"])]),
    Draft(
      id: "maintenance-yearly", kind: "contract-template", title: Name("Yearly maintenance contract", "年度维保合同范本"),
      readers: .nobody,
      versions: [(2, adoption, ["scope", "fee", "payment", "response", "parts", "liability", "term", "disputes"]),
        (3, 560, ["scope", "fee", "payment", "response", "parts", "liability", "data", "term", "disputes"])]),
  ]

  private static let leadToOrder = [
    "lead.created · 登记线索与来源", "lead.screened · 三个工作日内甄别", "opportunity.opened · 合格线索立项", "lead.converted · 线索转为客户",
    "opportunity.progressed · 逐阶段推进，写明金额、概率与预计成交日", "quote.issued · 报价，超权限折扣先审批", "opportunity.closed · 写明输赢与原因",
    "order.placed · 下单并引用报价",
  ]
  private static let leadToOrderSecond = leadToOrder.map {
    $0.hasPrefix("lead.screened") ? "lead.screened · 两个工作日内甄别，评匹配度与参与度" : $0
  } + ["task.assigned · 订单移交售后，写明验收标准"]
  private static let complaints = [
    "complaint.filed · 受理并编号", "complaint.acknowledged · 24 小时内确认告知", "complaint.assessed · 分级",
    "complaint.responded · 答复原因与处理措施", "complaint.closed · 客户认可后结案",
  ]
  private static let complaintsSecond = [
    "complaint.filed · 受理并编号", "complaint.acknowledged · 一般 24 小时、重大 12 小时、紧急 2 小时内确认", "complaint.assessed · 分级并写明应急措施",
    "complaint.paused · 仅在等待客户时暂停", "complaint.resumed · 客户回复后恢复计时", "complaint.responded · 答复原因与处理措施",
    "complaint.closed · 结案并定回访日期",
  ]
  private static let signing = [
    "contract.drafted · 以范本起草", "approval.requested · 提交会签", "approval.decided · 按金额逐级审批", "contract.text_frozen · 定稿",
    "contract.signed · 我方签署", "contract.signed · 对方签署", "contract.activated · 生效并登记履约义务", "contract.archived · 终止后归档",
  ]
  private static let signingSecond = ["contract.drafted · 以范本起草", "compliance.checked · 百万元以上先作合规审查"] + signing.dropFirst()
  private static let amending = [
    "contract.revised · 逐条写明变更前后", "approval.requested · 提交审批", "approval.decided · 销售经理与法务审批",
    "contract.amended · 各方同意并附凭证后生效",
  ]
  private static let disputes = [
    "contract.breach_recorded · 记录违约", "dispute.opened · 立案并计算诉讼时效", "hold.placed · 保全相关记录", "dispute.step_taken · 先协商",
    "dispute.step_taken · 再调解", "dispute.step_taken · 仲裁或诉讼", "dispute.resolved · 结案并总结", "hold.released · 解除保全",
  ]
  private static let certificates = ["training.completed · 产品线课程", "training.completed · 考试", "training.completed · 认证，两年有效", "order.placed · 持证销售"]
  private static let handovers = ["task.assigned · 写明交付要求与验收标准", "task.completed · 三个工作日内接收或退回"]
  private static let gifts = ["单件价值不超过 200 元，每年不超过两次", "礼品一律登记价值与收件人", "不得收受客户现金或有价证券"]
  private static let dataSecurity = ["按岗位授予最小权限", "L3 以上数据查阅留痕，导出须说明用途", "每季度复核权限", "离职当日收回权限"]
  private static let dataSecuritySecond = dataSecurity + ["单次导出超过 200 条须经数据安全负责人批准"]
}
