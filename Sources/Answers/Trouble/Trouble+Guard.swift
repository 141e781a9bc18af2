import Engine
import Vocabulary

extension Trouble {
  /// A guard's refusal.
  public init(_ refusal: Refusal) {
    self.init(
      .objected, refusal.code, Name(refusal.message(in: .en), refusal.message(in: .zh)),
      at: Name("guard \(refusal.rule)", "守则 \(refusal.rule)"), unharmed: Unharmed.everything, remedy: refusal.remedy)
  }

  /// A command that came too late.
  public init(_ error: ConditionFailed) {
    self.init(
      .overtaken, error.code, Name(error.message(in: .en), error.message(in: .zh)), unharmed: Unharmed.everything,
      remedy: Name("read again what the command rests on, then decide again", "请重新查看命令所依据的内容，再作决定"))
  }
}
