import Vocabulary

/// What a complaint is about: what the customer says, what turns out to be behind it, what is done.
struct Matter: Sendable {
  let category: String
  let text: Name
  let cause: Name
  let remedy: Name

  static let late = [
    Matter(
      category: "delivery", text: Name("The pumps came weeks late, our line stood still.", "泵晚到几周，产线停工。"),
      cause: Name("Castings came late", "铸件供应延误"), remedy: Name("Credit on the next order", "下次订单抵扣货款")),
    Matter(
      category: "delivery", text: Name("Nobody told us about the delay.", "延误没有人通知我们。"),
      cause: Name("Plan changed, sales not informed", "生产计划调整，未通知销售"),
      remedy: Name("Weekly report until delivered", "发货前每周通报进度")),
    Matter(
      category: "delivery", text: Name("Half of the valves are missing.", "阀门只到了一半。"),
      cause: Name("Partial shipment without notice", "分批发货未告知"), remedy: Name("The rest sent by express", "余货加急补发")),
  ]
  static let defect = [
    Matter(
      category: "quality", text: Name("The seal leaks after three days.", "机械密封三天就漏。"),
      cause: Name("Wrong seal packed", "密封件错装"), remedy: Name("Replaced free of charge", "免费更换")),
    Matter(
      category: "quality", text: Name("The flange holes do not fit.", "法兰孔位对不上。"),
      cause: Name("Drilled after an old drawing", "按旧版图纸钻孔"), remedy: Name("Replaced free of charge", "免费更换")),
    Matter(
      category: "quality", text: Name("The motor runs hot.", "电机温升过高。"),
      cause: Name("Bearing fault of a batch", "同批轴承缺陷"), remedy: Name("Repaired on site", "现场维修")),
  ]
  static let other = [
    Matter(
      category: "service", text: Name("The technician did not come.", "维修人员未按约定到场。"),
      cause: Name("Appointment not entered", "预约漏登记"), remedy: Name("Visit within a day, free of charge", "次日免费上门")),
    Matter(
      category: "billing", text: Name("The invoice shows a wrong tax number.", "发票税号开错。"),
      cause: Name("Old master data", "客户资料未更新"), remedy: Name("New invoice issued", "重开发票")),
    Matter(
      category: "service", text: Name("The hotline cannot be reached.", "服务热线打不通。"),
      cause: Name("Too few people at noon", "午间人手不足"), remedy: Name("A direct number given", "提供专线联系人")),
  ]
}
