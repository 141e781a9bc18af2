public import Vocabulary

/// Work done at or for a customer after the sale.
public enum Service: UInt8, Family {
  case performed = 1

  public static let code: UInt8 = 8
  public static let title = Name("Service", "售后服务")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
  }

  public enum Kind: UInt8, CodeSet {
    case install = 1
    case repair = 2
    case training = 3
    case checkUp = 4

    public var word: Word {
      switch self {
      case .install: Word("install", "Installation", "安装")
      case .repair: Word("repair", "Repair", "维修")
      case .training: Word("training", "Training", "培训")
      case .checkUp: Word("check-up", "Check-up", "巡检")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .performed:
      Declaration(
        "service.performed", "Service performed", "售后服务", on: .customer,
        fields: [
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .text("product", "Product", "产品", limit: 200).optional,
          .reference("order", to: .order, "Order", "订单").optional,
          .reference("contract", to: .contract, "Contract", "合同").optional,
          .reference("complaint", to: .complaint, "Complaint", "投诉").optional,
          .instant("requestAt", "Requested at", "报修时间").optional,
          .instant("startAt", "Started at", "开始时间").optional,
          .instant("endAt", "Ended at", "结束时间").optional,
          .text("result", "Result", "结果", limit: 1_000).optional,
        ]
      ).by(.service)
        .meaning(
          "Work was done at or for the customer after the sale.",
          "售后为客户提供的服务。")
    }
  }
}
