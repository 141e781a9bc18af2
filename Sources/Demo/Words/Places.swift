import Vocabulary

/// A sales region with its towns.
enum Region: Int, CaseIterable, Sendable {
  case east, south, north, central, southwest, northeast, northwest, overseas

  /// As the records call it.
  var text: String {
    switch self {
    case .east: "华东"
    case .south: "华南"
    case .north: "华北"
    case .central: "华中"
    case .southwest: "西南"
    case .northeast: "东北"
    case .northwest: "西北"
    case .overseas: "海外"
    }
  }

  /// As records name its team.
  var code: String {
    ["east", "south", "north", "central", "southwest", "northeast", "northwest", "overseas"][rawValue]
  }

  /// Its middle, in hundredths of a degree; abroad that of the office in Singapore.
  var center: (latitude: Int, longitude: Int) {
    [
      (3_120, 12_010), (2_310, 11_330), (3_940, 11_640), (3_050, 11_410), (3_010, 10_450), (4_310, 12_450), (3_520, 10_760),
      (135, 10_380),
    ][rawValue]
  }

  /// In which language its team writes.
  var language: Language { self == .overseas ? .en : .zh }

  /// Customers in a hundred, and roughly sellers too.
  var weight: Int {
    switch self {
    case .east: 30
    case .south: 19
    case .north: 15
    case .central: 11
    case .southwest: 7
    case .northeast: 5
    case .northwest: 3
    case .overseas: 10
    }
  }

  var towns: [String] {
    switch self {
    case .east: ["上海", "苏州", "无锡", "南京", "常州", "南通", "杭州", "宁波", "嘉兴", "绍兴", "温州", "合肥", "芜湖", "青岛", "济南", "烟台"]
    case .south: ["广州", "深圳", "东莞", "佛山", "珠海", "中山", "惠州", "厦门", "福州", "泉州", "南宁"]
    case .north: ["北京", "天津", "石家庄", "唐山", "保定", "太原", "呼和浩特", "沧州"]
    case .central: ["武汉", "襄阳", "宜昌", "长沙", "株洲", "郑州", "洛阳", "南昌"]
    case .southwest: ["成都", "重庆", "绵阳", "德阳", "昆明", "贵阳"]
    case .northeast: ["沈阳", "大连", "长春", "哈尔滨", "鞍山"]
    case .northwest: ["西安", "咸阳", "兰州", "乌鲁木齐", "银川"]
    case .overseas: []
    }
  }
}

/// A country abroad, its towns, and the money in which it pays.
struct Country: Sendable {
  let code: String
  let towns: [String]
  let currency: String
  /// Yuan for one unit, in hundredths.
  let rate: Int

  static let home = Country(code: "CN", towns: [], currency: "CNY", rate: 100)
  static let abroad = [
    Country(code: "SG", towns: ["Singapore"], currency: "USD", rate: 715),
    Country(code: "VN", towns: ["Hai Phong", "Da Nang", "Bien Hoa"], currency: "USD", rate: 715),
    Country(code: "GB", towns: ["Leeds", "Sheffield", "Bristol"], currency: "GBP", rate: 905),
    Country(code: "DE", towns: ["Essen", "Kassel", "Bremen"], currency: "EUR", rate: 780),
    Country(code: "US", towns: ["Houston", "Toledo", "Tulsa"], currency: "USD", rate: 715),
    Country(code: "AE", towns: ["Sharjah", "Ajman"], currency: "USD", rate: 715),
    Country(code: "AU", towns: ["Newcastle", "Geelong"], currency: "USD", rate: 715),
  ]
}
