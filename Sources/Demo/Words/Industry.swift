import Vocabulary

/// What a customer does, and the words that companies of its kind put into their names.
struct Industry: Sendable {
  let title: Name
  let weight: Int
  let words: [String]
  let englishWords: [String]

  static let all = [
    Industry(
      title: Name("Chemicals", "化工"), weight: 16, words: ["化工", "精细化工", "新材料", "助剂"],
      englishWords: ["Chemicals", "Coatings", "Resins"]),
    Industry(
      title: Name("Food and drink", "食品饮料"), weight: 12, words: ["食品", "乳业", "饮品", "调味品"],
      englishWords: ["Foods", "Dairy", "Brewing"]),
    Industry(
      title: Name("Pharmaceuticals", "医药"), weight: 8, words: ["制药", "生物科技", "医药化工"],
      englishWords: ["Pharma", "Biotech"]),
    Industry(
      title: Name("Water and environment", "水务环保"), weight: 13, words: ["水务", "环保", "水处理", "环境工程"],
      englishWords: ["Water", "Environmental"]),
    Industry(
      title: Name("Machinery", "机械制造"), weight: 14, words: ["机械", "精密机械", "装备制造", "重工"],
      englishWords: ["Machinery", "Engineering"]),
    Industry(
      title: Name("Electronics", "电子"), weight: 7, words: ["电子", "光电", "电子材料"],
      englishWords: ["Electronics", "Components"]),
    Industry(
      title: Name("Textiles", "纺织印染"), weight: 5, words: ["纺织", "印染", "化纤"], englishWords: ["Textiles", "Fibres"]),
    Industry(
      title: Name("Paper", "造纸包装"), weight: 4, words: ["纸业", "包装材料"], englishWords: ["Paper", "Packaging"]),
    Industry(
      title: Name("Energy", "能源电力"), weight: 6, words: ["能源", "热电", "新能源"], englishWords: ["Energy", "Power"]),
    Industry(
      title: Name("Trade", "贸易"), weight: 15, words: ["贸易", "机电设备", "物资", "流体设备"],
      englishWords: ["Trading", "Industrial Supplies", "Flow Equipment"]),
  ]
}
