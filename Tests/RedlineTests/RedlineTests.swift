import Redline
import Testing

/// A redline as a person types it: [-deleted-]{+inserted+}.
private func marked(_ old: String, _ new: String) -> String {
  Redline(from: old, to: new).pieces.map { piece in
    switch piece {
    case .kept(_, let new): new
    case .deleted(let text): "[-\(text)-]"
    case .inserted(let text): "{+\(text)+}"
    }
  }.joined()
}

@Suite struct `A redline` {
  @Test(arguments: [
    // A number, an amount, a date are whole.
    ("Payment within 30 days.", "Payment within 45 days.", "Payment within [-30-]{+45+} days."),
    ("a discount of 12.5% applies", "a discount of 12.75% applies", "a discount of [-12.5%-]{+12.75%+} applies"),
    ("The price is €1,200.00.", "The price is €1,250.00.", "The price is [-€1,200.00-]{+€1,250.00+}."),
    ("ends on 2026-12-31", "ends on 2027-12-31", "ends on [-2026-12-31-]{+2027-12-31+}"),
    ("至2026年12月31日止", "至2027年12月31日止", "至[-2026年12月31日-]{+2027年12月31日+}止"),
    ("总价为人民币120万元，含税", "总价为人民币150万元，含税", "总价为人民币[-120万元-]{+150万元+}，含税"),
    ("大写：壹佰贰拾万元整。", "大写：壹佰伍拾万元整。", "大写：[-壹佰贰拾万元整-]{+壹佰伍拾万元整+}。"),
    // A Latin word is whole, a Han character stands alone.
    ("The Seller shall deliver the goods", "The Seller has delivered the goods",
     "The Seller [-shall deliver-]{+has delivered+} the goods"),
    ("甲方应当在收货后付款", "甲方必须在收货后付款", "甲方[-应当-]{+必须+}在收货后付款"),
    ("乙方应于验收后三十日内付款", "乙方应于验收合格后三十日内付款", "乙方应于验收{+合格+}后三十日内付款"),
    ("model GTX-500 only", "model GTX-520 only", "model [-GTX-500-]{+GTX-520+} only"),
    // What is added or taken away says so once.
    ("", "All new.", "{+All new.+}"), ("All gone.", "", "[-All gone.-]"), ("", "", ""),
    ("Same text.", "Same text.", "Same text."), ("Same\u{20}\u{20}text.", "Same text.", "Same text."),
    ("no penalty is due", "a penalty of 2% is due", "[-no-]{+a+} penalty{+ of 2%+} is due"),
  ]) func `reads as a reviewer expects`(old: String, new: String, expected: String) {
    #expect(marked(old, new) == expected)
  }

  @Test(arguments: [
    ("The Buyer pays in advance by bank transfer.", "Delivery is free of charge within the city of Hangzhou for two years."),
    ("甲方提前付款，货到后开具发票。", "本合同争议由杭州仲裁委员会仲裁解决，裁决为终局。"),
  ]) func `of unlike texts is one deletion and one insertion, not confetti`(old: String, new: String) {
    let redline = Redline(from: old, to: new)
    #expect(redline.pieces == [.deleted(old), .inserted(new)])
    #expect(redline.isRewritten && redline.similarity < Redline.rewrittenBelow)
  }

  @Test func `joined gives both texts again, whatever they are`() {
    let words = ["30 days", "payment ", "甲方", "乙方", "，", "。", "€1,000", " ", "\n", "12%", "shall ", "not ", "𠮷", "e\u{301}", "👩‍👩‍👧"]
    for seed in 0..<400 as Range<UInt64> {
      var random = Numbers(seed)
      let old = (0..<Int(random.next() % 30)).map { _ in words[Int(random.next() % 15)] }
      var new = old
      for _ in 0..<Int(random.next() % 8) {
        let place = new.isEmpty ? 0 : Int(random.next() % UInt64(new.count))
        if random.next().isMultiple(of: 2), !new.isEmpty { new.remove(at: place) } else {
          new.insert(words[Int(random.next() % 15)], at: place)
        }
      }
      let redline = Redline(from: old.joined(), to: new.joined())
      var (before, after) = ("", "")
      for piece in redline.pieces {
        switch piece {
        case .kept(let old, let new): (before, after) = (before + old, after + new)
        case .deleted(let text): before += text
        case .inserted(let text): after += text
        }
      }
      #expect(before == old.joined() && after == new.joined(), "seed \(seed)")
      #expect((0...1).contains(redline.similarity), "seed \(seed)")
      #expect(Redline(from: new.joined(), to: old.joined()).isSame == redline.isSame, "seed \(seed)")
    }
  }

  /// Two alternating texts need an insertion or deletion for each word.
  @Test(arguments: [(Redline.editsMax, false), (Redline.editsMax + 2, true)])
  func `gives up at its limit`(edits: Int, givesUp: Bool) {
    let old = (0..<edits / 2).map { "common same shared w\($0)" }.joined(separator: " ")
    let new = (0..<edits / 2).map { "common same shared v\($0)" }.joined(separator: " ")
    #expect(Redline(from: old, to: new).isRewritten == givesUp)
  }
}

/// SplitMix64.
private struct Numbers {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
