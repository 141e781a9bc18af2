public import Vocabulary
import Wire

/// One company is one customer, and one person one contact of it.
public enum NoDuplicate: Guard {
  public static let id = "duplicate"
  public static let title = Name(
    "No company is registered twice under one credit code, and no person added twice to a customer by name and address.",
    "同一统一社会信用代码不得重复建档；同名且联系方式相同者不得重复添加为联系人。")

  public static func concerns(_ declaration: Declaration) -> Bool {
    ["customer.registered", "contact.added"].contains(declaration.name)
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    if wish.event.type == "contact.added" { try checkContact(wish.event, past) } else { try checkCompany(wish.event, past) }
    return []
  }

  private static func checkCompany(_ event: Event, _ past: some Past) throws {
    let field = "unifiedSocialCreditCode"
    let code = event.text(field)
    guard !code.isEmpty else { return }
    for same in try past.events(ofType: event.type, where: field, is: code) where same.subject != event.subject {
      // Who was retracted, or corrected to another code, holds it no more.
      let stands = try past.standing(about: same.subject).contains { $0.seq == same.seq && $0.text(field) == code }
      guard stands else { continue }
      throw refusal(
        "\(same.subject) has the credit code \(code)", "\(same.subject) 的统一社会信用代码就是 \(code)", because: [same],
        remedy: Name("go on with \(same.subject)", "请沿用 \(same.subject)"))
    }
  }

  /// A number given twice, or the same name with an address in common, or with no address on either side.
  private static func checkContact(_ event: Event, _ past: some Past) throws {
    let file = try past.standing(about: event.subject)
    let added = file.of("contact.added")
    let number = event.text("contact")
    if !number.isEmpty, let same = added.first(where: { $0.text("contact") == number }) {
      throw refusal(
        "\(event.subject) has a contact \(number)", "\(event.subject) 已有联系人 \(number)", because: [same],
        remedy: Name("say what changed with contact.updated, or take another number", "请以 contact.updated 记录变更，或换用其他编号"))
    }
    let ways = NoDuplicate.ways(of: event)
    let same = added.first { other in
      guard PersonName.same(other.text("name"), event.text("name")), !event.text("name").isEmpty else { return false }
      let others = NoDuplicate.ways(of: other)
      let areNumbered = !number.isEmpty && !other.text("contact").isEmpty
      return !ways.isDisjoint(with: others) || ways.isEmpty && others.isEmpty && !areNumbered
    }
    guard let same else { return }
    throw refusal(
      "somebody of that name and address is a contact already", "同名且联系方式相同的联系人已存在", because: [same],
      remedy: Name(
        "say what changed with contact.updated; another person of that name gets a number with --contact and an address of "
          + "their own with --channels",
        "请以 contact.updated 记录变更；若另有同名者，请用 --contact 编号并用 --channels 给出其自己的联系方式"))
  }

  private static func ways(of event: Event) -> Set<String> {
    Set((event.data["channels"]?.array ?? []).compactMap(\.string).map(PersonName.plain))
  }
}
