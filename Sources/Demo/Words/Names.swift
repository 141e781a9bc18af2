/// Names of companies and people, put together from their usual parts. All of them are invented.
enum Names {
  private static let brandHeads = [
    "恒", "瑞", "华", "鑫", "盛", "泰", "宏", "嘉", "德", "博", "远", "立", "信", "同", "力", "金", "天", "海", "安", "永",
    "正", "凯", "腾", "康",
  ]
  private static let brandTails = [
    "达", "丰", "源", "通", "润", "和", "成", "兴", "隆", "辉", "联", "捷", "创", "基", "泽", "锐", "宇", "禾", "邦", "诚",
    "岳", "川", "昌", "越",
  ]
  private static let englishBrands = [
    "Ashbourne", "Northfield", "Castlewood", "Harlow", "Brightwater", "Kestrel", "Marlow", "Oakridge", "Pendle", "Redstone",
    "Silverlake", "Thornbury", "Westmoor", "Alderley", "Bluegum", "Cedar Bay", "Dunmore", "Eastgate", "Fairhaven",
    "Glenmore",
    "Highcliff", "Ironbark", "Juniper", "Kingsway", "Langford", "Meridian", "Norwood", "Orchard Hill", "Portland Quay",
    "Ravens",
    "Stonebridge", "Tidewater", "Upland", "Viewpoint", "Wexford", "Yarrow",
  ]
  private static let surnames = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
    "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕",
  ]
  private static let givenNames = [
    "伟", "敏", "静", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "桂英", "志强", "建国", "文博",
    "思远", "雨桐", "子轩", "晓燕", "海波", "国栋", "丽华", "春梅", "佳怡", "俊峰", "晨曦", "慧敏", "家豪", "雪梅", "志远", "婷婷",
    "立新", "红梅", "永刚", "梓涵", "学文", "玉兰", "振华", "秀英", "少华", "凤琴", "浩然", "诗琪",
  ]
  private static let firstNames = [
    "Anna", "Ben", "Claire", "Daniel", "Emma", "Frank", "Grace", "Henry", "Irene", "Jack", "Karen", "Liam", "Maria",
    "Nathan",
    "Olivia", "Peter", "Rachel", "Simon", "Tessa", "Victor",
  ]
  private static let lastNames = [
    "Barker", "Carver", "Dawson", "Ellis", "Fletcher", "Graham", "Hughes", "Irving", "Jensen", "Keller", "Lawson", "Mercer",
    "Nolan", "Osborne", "Parker", "Quinn", "Reid", "Shaw", "Turner", "Walsh",
  ]

  /// Town, brand, trade, legal form: 苏州恒达精密机械有限公司.
  static func company(in town: String, _ industry: Industry, _ random: inout SplitMix64) -> String {
    let form = random.pick([("有限公司", 76), ("股份有限公司", 11), ("科技有限公司", 9), ("集团有限公司", 4)]) { $0.1 }.0
    return town + random.pick(brandHeads) + random.pick(brandTails) + random.pick(industry.words) + form
  }

  static func companyAbroad(_ industry: Industry, _ random: inout SplitMix64) -> String {
    let form = random.pick(["Ltd", "Inc.", "LLC", "Group", "Pte Ltd", "& Sons Ltd"])
    return random.pick(englishBrands) + " " + random.pick(industry.englishWords) + " " + form
  }

  static func person(_ random: inout SplitMix64) -> String { random.pick(surnames) + random.pick(givenNames) }

  static func personAbroad(_ random: inout SplitMix64) -> String { random.pick(firstNames) + " " + random.pick(lastNames) }
}
