import Vocabulary

/// An article of the price list.
struct Product: Sendable {
  enum Kind: Sendable { case pump, valve, filter, part }

  let sku: String
  let title: Name
  let kind: Kind
  /// Fen, in the first year.
  let price: Int

  private init(_ sku: String, _ kind: Kind, _ price: Int, _ en: String, _ zh: String) {
    self.sku = sku
    self.title = Name(en, zh)
    self.kind = kind
    self.price = price
  }

  /// The lines for which people are certified: every article that begins so.
  static let lines = ["P-*", "V-*", "F-*", "S-*"]

  /// The place of its line.
  var line: Int { Product.lines.firstIndex { $0.first == sku.first } ?? 0 }

  static let all = [
    Product("P-CP80", .pump, 860_000, "Centrifugal pump CP 80", "CP80 离心泵"),
    Product("P-CP150", .pump, 1_980_000, "Centrifugal pump CP 150", "CP150 离心泵"),
    Product("P-CP300", .pump, 4_850_000, "Centrifugal pump CP 300", "CP300 离心泵"),
    Product("P-DM25", .pump, 1_240_000, "Diaphragm metering pump DM 25", "DM25 隔膜计量泵"),
    Product("P-MS40", .pump, 1_560_000, "Magnetic drive pump MS 40", "MS40 磁力泵"),
    Product("P-VS200", .pump, 3_280_000, "Vertical multistage pump VS 200", "VS200 立式多级泵"),
    Product("P-SW100", .pump, 1_120_000, "Sewage pump SW 100", "SW100 排污泵"),
    Product("V-BV50", .valve, 68_000, "Ball valve DN 50", "DN50 球阀"),
    Product("V-BV100", .valve, 186_000, "Ball valve DN 100", "DN100 球阀"),
    Product("V-BF150", .valve, 124_000, "Butterfly valve DN 150", "DN150 蝶阀"),
    Product("V-CK80", .valve, 76_000, "Check valve DN 80", "DN80 止回阀"),
    Product("V-RG65", .valve, 520_000, "Control valve DN 65", "DN65 调节阀"),
    Product("V-SF40", .valve, 98_000, "Safety valve DN 40", "DN40 安全阀"),
    Product("F-BG2", .filter, 165_000, "Bag filter no. 2", "2 号袋式过滤器"),
    Product("F-CT40", .filter, 288_000, "Cartridge filter 40 inch", "40 英寸滤芯过滤器"),
    Product("F-BW100", .filter, 1_460_000, "Self-cleaning filter BW 100", "BW100 自清洗过滤器"),
    Product("F-EL40", .filter, 8_600, "Filter cartridge 40 inch", "40 英寸滤芯"),
    Product("F-BAG", .filter, 4_500, "Filter bag no. 2", "2 号滤袋"),
    Product("S-SEAL80", .part, 42_000, "Mechanical seal 80", "80 机械密封"),
    Product("S-IMP150", .part, 128_000, "Impeller for CP 150", "CP150 叶轮"),
    Product("S-BRG", .part, 18_500, "Bearing set", "轴承套件"),
    Product("S-GSK", .part, 4_200, "Gasket set", "密封垫片套装"),
    Product("S-DIA25", .part, 26_000, "Diaphragm for DM 25", "DM25 隔膜"),
  ]
}
