public import Vocabulary

/// Who a customer is, who works there, what they agreed to, and in which standing they are.
public enum Customer: UInt8, Family {
  case registered = 1
  case updated = 2
  case assessed = 3
  case merged = 4
  case statusChanged = 5
  case contactAdded = 6
  case contactUpdated = 7
  case consentRecorded = 8

  public static let code: UInt8 = 1
  public static let title = Name("Customers and contacts", "客户与联系人")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case assessment = 1
    case score = 2
    case creditLimit = 3
    case currency = 4
    case fromStatus = 5
    case status = 6
    case effectiveOn = 7
    case influence = 8
    case contactStatus = 9
    case contact = 10
    case purpose = 11
    case consent = 12
    case validUntil = 13
    case creditCode = 14
    case industry = 15
    case sizeBand = 16
    case region = 17
    case country = 18
    case city = 19
    case employees = 20
    case revenue = 21
    case founded = 22
    case website = 23
    case changes = 24
    case changedField = 25
    case changedTo = 26
  }

  public enum Assessment: UInt8, CodeSet {
    case registration = 1
    case credit = 2
    case esg = 3
    case site = 4

    public var word: Word {
      switch self {
      case .registration: Word("registration", "Business registration", "工商核验")
      case .credit: Word("credit", "Credit", "资信评估")
      case .esg: Word("esg", "Environment, society, governance", "环境、社会与治理")
      case .site: Word("site", "Site audit", "现场考察")
      }
    }
  }

  /// The standing that people decide on. The lifecycle stage is a conclusion and stands nowhere in the events.
  public enum Status: UInt8, CodeSet {
    case active = 1
    case suspended = 2
    case blacklisted = 3
    case lost = 4
    case wonBack = 5
    case closed = 6

    public var word: Word {
      switch self {
      case .active: Word("active", "Active", "正常")
      case .suspended: Word("suspended", "Suspended", "暂停往来")
      case .blacklisted: Word("blacklisted", "Blacklisted", "黑名单")
      case .lost: Word("lost", "Lost", "已流失")
      case .wonBack: Word("won-back", "Won back", "已赢回")
      case .closed: Word("closed", "Closed down", "已注销")
      }
    }
  }

  /// What a contact's word weighs when their company buys.
  public enum Influence: UInt8, CodeSet {
    case decider = 1
    case user = 2
    case buyer = 3
    case coach = 4

    public var word: Word {
      switch self {
      case .decider: Word("decider", "Decision maker", "决策者")
      case .user: Word("user", "User", "使用者")
      case .buyer: Word("buyer", "Buyer", "采购者")
      case .coach: Word("coach", "Coach", "内部支持者")
      }
    }
  }

  public enum ContactStatus: UInt8, CodeSet {
    case active = 1
    case left = 2

    public var word: Word {
      switch self {
      case .active: Word("active", "In post", "在职")
      case .left: Word("left", "Left the company", "已离职")
      }
    }
  }

  public enum Consent: UInt8, CodeSet {
    case granted = 1
    case withdrawn = 2

    public var word: Word {
      switch self {
      case .granted: Word("granted", "Granted", "同意")
      case .withdrawn: Word("withdrawn", "Withdrawn", "撤回")
      }
    }
  }

  static let change: Field.Kind = .record([
    .text("field", "Field", "字段", limit: 100),
    .text("before", "Before", "变更前").optional,
    .text("after", "After", "变更后").optional,
  ])

  /// A change of the customer's own details.
  static let detail: Field.Kind = .record([
    .text("field", "Field", "字段", limit: 100).fact(Fact.changedField),
    .text("before", "Before", "变更前").optional,
    .text("after", "After", "变更后").optional.presence(Fact.changedTo),
  ])

  public var declaration: Declaration {
    switch self {
    case .registered:
      Declaration(
        "customer.registered", "Customer registered", "客户建档", on: .customer,
        fields: [
          .text("name", "Name", "名称", limit: 500),
          .text("unifiedSocialCreditCode", "Unified social credit code", "统一社会信用代码", limit: 50).optional
            .presence(Fact.creditCode),
          .text("industry", "Industry", "行业", limit: 200).optional.presence(Fact.industry),
          .text("sizeBand", "Size", "规模", limit: 100).optional.presence(Fact.sizeBand),
          .text("region", "Region", "区域", limit: 200).optional.fact(Fact.region),
          .text("country", "Country", "国家/地区", limit: 100).optional.presence(Fact.country),
          .text("city", "City", "城市", limit: 200).optional.presence(Fact.city),
          .reference("parent", to: .customer, "Parent company", "母公司").optional,
          .count("employees", "Employees", "员工人数").optional.presence(Fact.employees),
          .money("revenueMinor", "Yearly revenue", "年营业额").optional.presence(Fact.revenue),
          .currency().optional,
          .count("foundedYear", "Founded in", "成立年份", 1...9_999).optional.presence(Fact.founded),
          .text("website", "Website", "网站", limit: 500).optional.presence(Fact.website),
        ]
      ).opening.by(.sales, .account)
        .meaning(
          "A company is taken into the books as a customer, under an id that is never used again.",
          "把一家公司建档为客户，其编号永不重复使用。")
    case .updated:
      Declaration(
        "customer.updated", "Customer details changed", "客户资料变更", on: .customer,
        fields: [.list("changes", of: Customer.detail, "Changes", "变更项", limit: 100).fact(Fact.changes)]
      ).by(.sales, .account)
        .meaning(
          "Details of a customer changed; each change names the value before and after.",
          "客户资料有变；每项变更写明前后取值。")
    case .assessed:
      Declaration(
        "customer.assessed", "Customer assessed", "客户评估", on: .customer,
        fields: [
          .code("kind", Assessment.self, "Kind", "类别").fact(Fact.assessment),
          .text("result", "Result", "结论", limit: 500),
          .score("score", "Score", "评分").optional.fact(Fact.score),
          .money("creditLimitMinor", "Credit limit", "信用额度").optional.fact(Fact.creditLimit),
          .currency().optional.fact(Fact.currency),
          .count("termDays", "Payment term", "账期", 0...3_650, .days).optional,
          .day("validUntil", "Valid until", "有效期至").optional.fact(Fact.validUntil),
          .text("evidence", "Evidence", "依据").optional,
        ]
      ).tellingActor.by(.finance, .legal, .account)
        .meaning(
          "Somebody examined a customer: registration, credit, ESG or site, with what came of it.",
          "对客户作了核验或评估（工商、资信、ESG、现场）及其结论。")
    case .merged:
      // Recorded about the customer that stays.
      Declaration(
        "customer.merged", "Customers merged", "客户合并", on: .customer,
        fields: [
          .reference("absorbed", to: .customer, "Absorbed customer", "被合并客户"),
          .list("fieldChoices", of: Customer.change, "Values chosen", "字段取舍", limit: 100).optional,
        ]
      ).reasoned.by(.account)
        .meaning(
          "Two records are one customer. Recorded about the one that stays; both histories remain.",
          "两份档案实为同一客户。记录在保留的一方；两方历史都保留。")
    case .statusChanged:
      Declaration(
        "customer.status_changed", "Customer status changed", "客户状态变更", on: .customer,
        fields: [
          .code("from", Status.self, "From", "原状态").optional.fact(Fact.fromStatus),
          .code("to", Status.self, "To", "新状态").fact(Fact.status),
          .day("effectiveOn", "Effective on", "生效日期").optional.fact(Fact.effectiveOn),
        ]
      ).reasoned.by(.account, .salesManager)
        .meaning(
          "People decided in which standing a customer is. Stages are concluded, never recorded.",
          "由人决定的客户往来状态。生命周期阶段由推断得出，从不记录。")
    case .contactAdded:
      Declaration(
        "contact.added", "Contact added", "联系人新增", on: .customer,
        fields: [
          .text("contact", "Contact number", "联系人编号", limit: 200).optional.fact(Fact.contact),
          .text("name", "Name", "姓名", limit: 200).personal,
          .text("title", "Job title", "职务", limit: 200).optional.personal,
          .code("influence", Influence.self, "Influence", "影响力").optional.fact(Fact.influence),
          .code("status", ContactStatus.self, "Status", "状态").optional.fact(Fact.contactStatus),
          .list("channels", of: .text(limit: 500), "Ways to reach them", "联系方式", limit: 50).optional.personal(.reach),
        ]
      ).by(.sales, .account)
        .meaning(
          "A person at the customer became known.",
          "得知客户方的一位联系人。")
    case .contactUpdated:
      Declaration(
        "contact.updated", "Contact changed", "联系人变更", on: .customer,
        fields: [
          .text("contact", "Contact number", "联系人编号", limit: 200).fact(Fact.contact),
          .code("status", ContactStatus.self, "Status", "状态").optional.fact(Fact.contactStatus),
          .code("influence", Influence.self, "Influence", "影响力").optional.fact(Fact.influence),
          .list("changes", of: Customer.change, "Changes", "变更项", limit: 100).optional.personal,
        ]
      ).by(.sales, .account)
        .meaning(
          "Something about a contact changed, or they left.",
          "联系人资料有变，或已离职。")
    case .consentRecorded:
      Declaration(
        "consent.recorded", "Consent given or withdrawn", "同意或撤回记录", on: .customer,
        fields: [
          .text("person", "Person", "当事人", limit: 200).personal,
          .text("contact", "Contact number", "联系人编号", limit: 200).optional.fact(Fact.contact),
          .text("purpose", "Purpose", "用途", limit: 500).fact(Fact.purpose),
          .code("state", Consent.self, "State", "状态").fact(Fact.consent),
          .text("basis", "Legal basis", "合法性基础", limit: 200).optional,
          .text("noticeVersion", "Version of the notice", "告知书版本", limit: 100).optional,
          .text("channel", "Channel", "渠道", limit: 100).optional,
        ]
      ).by(.sales, .service)
        .meaning(
          "A person allowed a use of their data, or took that back.",
          "个人同意或撤回对其信息的某种使用。")
    }
  }
}
