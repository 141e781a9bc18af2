public import Vocabulary

/// A contract from its first draft to the archive.
public enum Contract: UInt8, Family {
  case drafted = 1
  case revised = 2
  case signed = 3
  case activated = 4
  case obligationMet = 5
  case breachRecorded = 6
  case amended = 7
  case renewed = 8
  case ended = 9
  case archived = 10
  case textFrozen = 11

  public static let code: UInt8 = 10
  public static let title = Name("Contracts", "合同")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case startOn = 1
    case endOn = 2
    case newEndOn = 3
    case noticeDays = 4
    case total = 5
    case currency = 6
    case monthly = 7
    case effectiveOn = 8
    case autoRenew = 9
    case purpose = 10
    case party = 11
    case claim = 12
    case cause = 13
    case endedOn = 14
    case settlement = 15
    case version = 16
    case fromVersion = 17
    case obligations = 18
    case obligation = 19
    case dueOn = 20
    case amount = 21
    case who = 22
    case metOn = 23
    case partial = 24
    case assent = 25
    case assenting = 26
    case evidence = 27
    case agreedAt = 28
    case clauseChanges = 29
    case document = 30
    case parties = 31
    case kind = 32
  }

  public enum Party: UInt8, CodeSet {
    case us = 1
    case them = 2
    case third = 3

    public var word: Word {
      switch self {
      case .us: Word("us", "We", "我方")
      case .them: Word("them", "The customer", "对方")
      case .third: Word("third", "A third party", "第三方")
      }
    }
  }

  /// What a changed text is meant to become.
  public enum Purpose: UInt8, CodeSet {
    case draft = 1
    case amendment = 2
    case renewal = 3

    public var word: Word {
      switch self {
      case .draft: Word("draft", "First contract", "初稿")
      case .amendment: Word("amendment", "Amendment", "变更")
      case .renewal: Word("renewal", "Renewal", "续约")
      }
    }
  }

  public enum Signing: UInt8, CodeSet {
    case electronic = 1
    case wet = 2
    case seal = 3

    public var word: Word {
      switch self {
      case .electronic: Word("e-sign", "Electronic signature", "电子签名")
      case .wet: Word("wet", "Handwritten signature", "手写签字")
      case .seal: Word("seal", "Company seal", "盖章")
      }
    }
  }

  public enum Cause: UInt8, CodeSet {
    case fulfilled = 1
    case expired = 2
    case rescinded = 3
    case terminated = 4
    case cancelled = 5

    public var word: Word {
      switch self {
      case .fulfilled: Word("fulfilled", "Fulfilled", "履行完毕")
      case .expired: Word("expired", "Expired", "到期")
      case .rescinded: Word("rescinded", "Rescinded", "解除")
      case .terminated: Word("terminated", "Terminated", "终止")
      case .cancelled: Word("cancelled", "Cancelled", "取消")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .drafted:
      Declaration(
        "contract.drafted", "Contract drafted", "合同起草", on: .contract,
        fields: [.reference("customer", to: .customer, "Customer", "客户")] + Contract.terms + [
          .text("templateVersion", "Version of the template", "范本版本", limit: 100).optional,
          .list("clauses", of: Contract.clause, "Clauses", "条款").optional,
        ]
      ).tellingActor.opening.by(.sales, .legal)
        .meaning(
          "A contract was put on paper for the first time.",
          "首次起草合同。")
    case .revised:
      Declaration(
        "contract.revised", "Contract text revised", "合同文本修订", on: .contract,
        fields: [
          Contract.customer,
          .code("purpose", Purpose.self, "Purpose", "目的").fact(Fact.purpose),
          Contract.version,
          .list("clauseChanges", of: Contract.clauseChange, "Clauses changed", "条款变更").optional
            .fact(Fact.clauseChanges),
          .hash("docHash", "Document", "文本哈希").optional.fact(Fact.document),
        ]
      ).by(.sales, .legal)
        .meaning(
          "A text was changed before it was signed, or a change of a signed one proposed; nothing takes effect by it.",
          "签署前修改文本，或对已签合同提出变更；本身不产生效力。")
    case .signed:
      Declaration(
        "contract.signed", "Contract signed", "合同签署", on: .contract,
        fields: [Contract.customer, Contract.version] + Contract.terms + [
          .code("party", Party.self, "Party", "签署方").optional.fact(Fact.party),
          .text("authorityRef", "Authority", "授权依据", limit: 200).optional,
          .code("method", Signing.self, "Method", "签署方式").optional,
          .text("sealRegisterNo", "Seal register number", "用印登记号", limit: 100).optional,
          .hash("certificateHash", "Certificate", "证书哈希").optional,
          .hash("docHash", "Text signed", "所签文本哈希").optional.fact(Fact.document)
            .noting("That of the frozen text, or the signature binds nobody.", "须与定稿文本一致，否则签署无效。"),
        ]
      ).tellingActor.by(.legal, .salesManager)
        .meaning(
          "One party signed the frozen text.",
          "一方签署了定稿文本。")
    case .activated:
      Declaration(
        "contract.activated", "Contract activated", "合同生效", on: .contract,
        fields: [Contract.customer, Contract.version] + Contract.terms + [
          .list("conditionsMet", of: .text(limit: 500), "Conditions met", "已满足的条件", limit: 100).optional,
          .list("obligations", of: Contract.obligation, "Obligations", "履约义务").optional.fact(Fact.obligations),
        ]
      ).tellingActor.clocked.by(.legal)
        .meaning(
          "A contract took effect, with the obligations that it lays on both sides.",
          "合同生效，及双方义务。")
    case .obligationMet:
      Declaration(
        "contract.obligation_met", "Obligation met", "履约节点完成", on: .contract,
        fields: [
          Contract.customer,
          .text("obligation", "Obligation", "履约义务", limit: 200).fact(Fact.obligation),
          .day("metOn", "Met on", "完成日期").optional.fact(Fact.metOn),
          .flag("partial", "Only in part", "仅部分完成").optional.fact(Fact.partial),
          .hash("proofHash", "Proof", "凭证哈希").optional,
          .text("shortfall", "Shortfall", "未尽部分", limit: 1_000).optional,
        ]
      ).clocked.by(.sales, .service, .finance)
        .meaning(
          "One obligation of a contract was fulfilled.",
          "合同的一项义务已履行。")
    case .breachRecorded:
      Declaration(
        "contract.breach_recorded", "Breach recorded", "违约记录", on: .contract,
        fields: [
          Contract.customer,
          .text("obligation", "Obligation", "履约义务", limit: 200).optional.fact(Fact.obligation),
          .code("by", Party.self, "By", "违约方").fact(Fact.party),
          .count("daysLate", "Days late", "逾期天数", 0...36_500, .days).optional,
          .money("claimMinor", "Claim", "索赔金额").optional.fact(Fact.claim),
          .currency().optional.fact(Fact.currency),
          .hash("noticeHash", "Notice", "通知哈希").optional,
        ]
      ).reasoned.clocked.by(.account, .legal)
        .meaning(
          "Somebody did not do what a contract asks of them.",
          "一方未按合同履行。")
    case .amended:
      Declaration(
        "contract.amended", "Contract amended", "合同变更", on: .contract,
        fields: [Contract.customer] + Contract.amendment
      ).tellingActor.reasoned.approved(.legal, .salesManager, .finance).by(.legal)
        .meaning(
          "An amendment took effect: clause by clause what was and what is, and how each party agreed.",
          "变更生效：逐条列明前后内容及各方同意的凭证。")
    case .renewed:
      Declaration(
        "contract.renewed", "Contract renewed", "续约", on: .contract,
        fields: [
          Contract.customer,
          .day("newEndOn", "New end", "新到期日").fact(Fact.newEndOn),
          .flag("auto", "By itself", "自动续约").optional,
          .basisPoints("priceChangeBp", "Price change", "价格变动", -10_000...1_000_000).optional,
          .money("totalMinor", "Total", "总额").optional.fact(Fact.total),
          .currency().optional.fact(Fact.currency),
          .text("kind", "Kind", "合同类别", limit: 100).optional,
          Contract.version,
        ]
      ).tellingActor.approved(.legal, .salesManager).by(.account, .legal)
        .meaning(
          "A contract goes on until a new day.",
          "合同延续至新的到期日。")
    case .ended:
      Declaration(
        "contract.ended", "Contract ended", "合同终止", on: .contract,
        fields: [
          Contract.customer,
          .code("cause", Cause.self, "Cause", "缘由").fact(Fact.cause),
          .day("endedOn", "Ended on", "终止日期").optional.fact(Fact.endedOn),
          .count("noticeDays", "Notice", "通知期", 0...3_650, .days).optional.fact(Fact.noticeDays),
          .money("settlementMinor", "Settlement", "结算金额").optional.fact(Fact.settlement),
          .currency().optional.fact(Fact.currency),
          .text("legalGround", "Legal ground", "法律依据", limit: 500).optional,
          .text("note", "Note", "备注").optional,
        ]
      ).reasoned.by(.legal)
        .meaning(
          "A contract is over, and why.",
          "合同终止及其缘由。")
    case .archived:
      Declaration(
        "contract.archived", "Contract archived", "合同归档", on: .contract,
        fields: [
          Contract.customer,
          .text("location", "Location", "存放位置", limit: 500),
          .list("docHashes", of: .hash, "Documents", "文件哈希", limit: 100).optional,
          .text("retentionClass", "Retention class", "保管类别", limit: 100).optional,
          .day("disposeAfter", "Dispose of after", "可处置日期").optional,
        ]
      ).by(.legal)
        .meaning(
          "The papers of a contract went into the archive, with the day until which they are kept.",
          "合同文件归档，及其保管期限。")
    case .textFrozen:
      Declaration(
        "contract.text_frozen", "Contract text frozen", "合同定稿", on: .contract,
        fields: [
          Contract.customer,
          .count("version", "Version", "版本", 1...100_000, .version).fact(Fact.version),
          .hash("docHash", "Document", "文本哈希").fact(Fact.document),
          .list("parties", of: .code(Party.codes), "Parties who must sign", "须签署的各方", limit: 3).optional
            .fact(Fact.parties)
            .noting("We and the customer where it is missing.", "缺省为我方与对方。"),
        ]
      ).clocked.by(.legal)
        .meaning(
          "The text is final: what is signed from here on is this hash, and a revision thaws it.",
          "文本定稿：自此签署的即为此哈希；再行修订则须重新定稿。")
    }
  }
}
