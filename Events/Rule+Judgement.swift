public import Vocabulary

extension Rule {
  /// What a person may set a customer to, in any of the dimensions. One list, so that a rule can ask for the value as
  /// a number; a word that its dimension does not know judges nothing.
  public enum Judgement: UInt8, CodeSet {
    case a = 1
    case b = 2
    case c = 3
    case lead = 11
    case qualified = 12
    case prospect = 13
    case new = 14
    case active = 15
    case advocate = 16
    case declining = 17
    case dormant = 18
    case lost = 19
    case wonBack = 20
    case base = 31
    case silver = 32
    case gold = 33
    case platinum = 34
    case noWarning = 41
    case yellow = 42
    case orange = 43
    case red = 44

    public var word: Word {
      switch self {
      case .a: Word("a", "Grade A", "A 级")
      case .b: Word("b", "Grade B", "B 级")
      case .c: Word("c", "Grade C", "C 级")
      case .lead: Word("lead", "Lead", "线索")
      case .qualified: Word("qualified", "Qualified", "合格线索")
      case .prospect: Word("prospect", "Prospect", "潜在客户")
      case .new: Word("new", "New", "新客户")
      case .active: Word("active", "Active", "稳定客户")
      case .advocate: Word("advocate", "Advocate", "口碑客户")
      case .declining: Word("declining", "Declining", "衰退客户")
      case .dormant: Word("dormant", "Dormant", "沉睡客户")
      case .lost: Word("lost", "Lost", "流失客户")
      case .wonBack: Word("won-back", "Won back", "赢回客户")
      case .base: Word("base", "Base", "普通")
      case .silver: Word("silver", "Silver", "银卡")
      case .gold: Word("gold", "Gold", "金卡")
      case .platinum: Word("platinum", "Platinum", "铂金")
      case .noWarning: Word("none", "No warning", "无预警")
      case .yellow: Word("yellow", "Watch", "关注")
      case .orange: Word("orange", "Warning", "预警")
      case .red: Word("red", "Urgent", "紧急")
      }
    }
  }
}
