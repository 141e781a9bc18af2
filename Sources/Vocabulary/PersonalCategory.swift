/// What a personal value tells about somebody. Values of different categories have different keys, so that one category
/// can be erased while another must be kept.
public enum PersonalCategory: UInt8, CodeSet {
  /// Who they are: name, job title, signature.
  case identity = 1
  /// How to reach them.
  case reach = 2
  /// What they said or what was noted about them.
  case words = 3
  /// Where they were.
  case place = 4

  public var word: Word {
    switch self {
    case .identity: Word("identity", "Identity", "身份")
    case .reach: Word("reach", "Ways to reach them", "联系方式")
    case .words: Word("words", "Words", "言语记录")
    case .place: Word("place", "Place", "位置")
    }
  }
}
