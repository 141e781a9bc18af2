import Vocabulary

/// The distinct shapes of a stretch's events: type, which facts, and the values of those that are words or currencies.
struct LayoutTable {
  struct Shape: Hashable {
    let type: TypeCode
    let facts: [LineFact]
  }
  private(set) var list: [Shape] = []
  private var places: [UInt64: [UInt32]] = [:]
  /// Distinct shapes of one stretch. Words are few; a log that had more would not gain from shapes.
  static let limit = 1 << 16

  /// The number of an event's shape; `nil` where there are too many. Varying values are not part of it.
  mutating func number(of type: TypeCode, _ facts: [LineFact]) -> UInt32? {
    let hash = LayoutTable.hash(type, facts)
    for place in places[hash] ?? [] where same(list[Int(place)], type, facts) { return place }
    guard list.count < LayoutTable.limit else { return nil }
    list.append(
      Shape(type: type, facts: facts.map { LineFact(tag: $0.tag, varies: $0.varies, value: $0.varies ? 0 : $0.value) }))
    places[hash, default: []].append(UInt32(list.count - 1))
    return UInt32(list.count - 1)
  }

  private func same(_ shape: Shape, _ type: TypeCode, _ facts: [LineFact]) -> Bool {
    guard shape.type == type, shape.facts.count == facts.count else { return false }
    for (a, b) in zip(shape.facts, facts) where a.tag != b.tag || a.varies != b.varies || (!a.varies && a.value != b.value) {
      return false
    }
    return true
  }

  private static func hash(_ type: TypeCode, _ facts: [LineFact]) -> UInt64 {
    var hash = UInt64(type.family) << 8 | UInt64(type.type)
    for fact in facts {
      hash = (hash ^ UInt64(fact.tag)) &* 0x100_0000_01B3
      hash = (hash ^ (fact.varies ? 0 : UInt64(bitPattern: fact.value))) &* 0x9E37_79B9_7F4A_7C15
    }
    return hash
  }
}

/// Shapes together with the kind of the subject, numbered in the order in which rows use them.
struct FinalLayouts {
  private struct Key: Hashable {
    let shape: UInt32
    let kind: UInt8?
  }
  private let shapes: [LayoutTable.Shape]
  private var places: [Key: UInt32] = [:]
  private(set) var list: [(shape: LayoutTable.Shape, kind: UInt8?)] = []

  init(_ shapes: [LayoutTable.Shape]) { self.shapes = shapes }

  mutating func number(_ shape: UInt32, _ kind: UInt8?) -> UInt32 {
    let key = Key(shape: shape, kind: kind)
    if let place = places[key] { return place }
    list.append((shapes[Int(shape)], kind))
    places[key] = UInt32(list.count - 1)
    return UInt32(list.count - 1)
  }
}
