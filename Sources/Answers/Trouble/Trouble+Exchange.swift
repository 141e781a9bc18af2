import Exchange
import Vocabulary

extension Trouble {
  /// A file of another system's format that cannot be written.
  public init(_ error: ExchangeError) {
    self.init(
      .inputOutput, error.code, Name(error.message(in: .en), error.message(in: .zh)), unharmed: Unharmed.log,
      remedy: Name("make room or choose another target, then run it again", "腾出空间或更换输出位置后重试"))
  }
}
