import Vocabulary

// Why nothing was disposed of. In each case nothing was destroyed.
extension Trouble {
  static func noClass(_ name: String, _ known: [String]) -> Trouble {
    Trouble(
      .unknownName, "E-DISPOSE-CLASS",
      Name("the rule in force has no class \"\(name)\" whose keys may be destroyed", "现行规则中没有可销毁密钥的类别“\(name)”"),
      unharmed: Unharmed.nothingDestroyed,
      remedy: Name("one of \(known.joined(separator: ", "))", "可用：\(known.joined(separator: "、"))"))
  }

  static func nothingDue(_ recordClass: String) -> Trouble {
    Trouble(
      .absent, "E-DISPOSE-NONE", Name("no personal values of class \(recordClass) may go", "类别 \(recordClass) 没有可处置的个人信息"),
      unharmed: Unharmed.nothingDestroyed,
      remedy: Name("`keshi privacy dispose list` says why", "用 `keshi privacy dispose list` 查看原因"))
  }

  static func tooManyDue(_ count: Int) -> Trouble {
    Trouble(
      .usage, "E-DISPOSE-LIMIT",
      Name("\(count) are due, and one list names at most \(Disposal.itemLimit)", "到期 \(count) 项，一份清单最多 \(Disposal.itemLimit) 项"),
      unharmed: Unharmed.nothingDestroyed, remedy: Name("name the subjects of a first list", "请先列出第一批对象"))
  }

  static func notDue(_ account: String, _ item: Disposal.Item?) -> Trouble {
    let why: Name
    if let item, item.holds > 0 { why = Name("a legal hold is on \(account)", "\(account) 处于法律保全中") }
    else if let other = item?.keptFor {
      why = Name("the keys of \(account) also open records of class \(other), which are kept longer", "\(account) 的密钥还对应仍在保管期内的类别 \(other)")
    } else { why = Name("the time of \(account) is not over, or nothing personal is held", "\(account) 未到期，或未保存个人信息") }
    return Trouble(
      .notPermitted, "E-DISPOSE-NOT-DUE", why, unharmed: Unharmed.nothingDestroyed,
      remedy: Name("leave it out, and ask for the rest anew", "请将其移出，并就其余部分重新申请"))
  }

  static func noList(_ id: String, _ path: String) -> Trouble {
    Trouble(
      .absent, "E-DISPOSE-LIST", Name("there is no whole list \(id)", "没有完整的清单 \(id)"), at: Name(same: path),
      unharmed: Unharmed.nothingDestroyed,
      remedy: Name("ask anew: `keshi privacy dispose request`", "请重新申请：`keshi privacy dispose request`"))
  }
}
