/// A JSON value as Keshi's lines hold it: RFC 8259 without fractions.
///
/// Numbers are integers within ±(2⁵³−1), the range in which every JSON reader agrees (RFC 8785 §3.2.2.3, RFC 7493
/// §2.2). Fractions travel as decimal text, so that no line depends on how a language prints a double.
///
/// Two values are equal where their canonical bytes are. Texts that Unicode calls equivalent but writes with other
/// bytes are two texts here, as everywhere in a log that hashes bytes.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case string(String)
  case array([JSON])
  case object(JSONObject)

  /// The largest integer that a line may hold.
  public static let greatestInteger: Int64 = 9_007_199_254_740_991

  public static func == (a: JSON, b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.string(let a), .string(let b)): JSONObject.same(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }
}

/// An object's members, each name once, in the order of RFC 8785 §3.2.3 (UTF-16 code units).
public struct JSONObject: Hashable, Sendable {
  public struct Member: Hashable, Sendable {
    public let name: String
    public var value: JSON

    public static func == (a: Member, b: Member) -> Bool { JSONObject.same(a.name, b.name) && a.value == b.value }
  }
  public private(set) var members: [Member] = []

  public init() {}

  public var isEmpty: Bool { members.isEmpty }

  /// The value of a member, `nil` where there is none. Setting `nil` removes it. Complexity: O(members).
  public subscript(name: String) -> JSON? {
    get { members.first { JSONObject.same($0.name, name) }?.value }
    set {
      // Who builds an object mostly does so in its order.
      if let newValue, members.last.map({ JSONObject.precedes($0.name, name) }) ?? true {
        return members.append(Member(name: name, value: newValue))
      }
      let place = members.firstIndex { !JSONObject.precedes($0.name, name) } ?? members.endIndex
      let found = place < members.endIndex && JSONObject.same(members[place].name, name)
      switch (newValue, found) {
      case (let value?, true): members[place].value = value
      case (let value?, false): members.insert(Member(name: name, value: value), at: place)
      case (nil, true): members.remove(at: place)
      case (nil, false): break
      }
    }
  }

  /// The same bytes; `==` would also take other spellings of the same letters.
  static func same(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    let isSame = a.utf8.withContiguousStorageIfAvailable { a in
      b.utf8.withContiguousStorageIfAvailable { b in a.elementsEqual(b) }
    }
    return (isSame ?? nil) ?? a.utf8.elementsEqual(b.utf8)
  }

  /// The order of UTF-16, told by the first bytes of UTF-8 that differ: both orders are one but where a letter beyond
  /// U+FFFF meets one of U+E000…U+FFFF.
  static func precedes(_ a: String, _ b: String) -> Bool {
    let answer = a.utf8.withContiguousStorageIfAvailable { a in
      b.utf8.withContiguousStorageIfAvailable { b -> Bool? in
        guard let place = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset else { return a.count < b.count }
        let (x, y) = (a[place], b[place])
        return max(x, y) >= 0xF0 && min(x, y) >= 0xEE ? nil : x < y
      }
    }
    return ((answer ?? nil) ?? nil) ?? a.utf16.lexicographicallyPrecedes(b.utf16)
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }

  /// The members in any order; of a repeated name the last counts.
  public init(_ elements: some Sequence<(String, JSON)>) {
    for (name, value) in elements { self[name] = value }
  }
}

extension JSON {
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var int: Int64? { if case .int(let number) = self { number } else { nil } }
  public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  public var array: [JSON]? { if case .array(let items) = self { items } else { nil } }
  public var object: JSONObject? { if case .object(let members) = self { members } else { nil } }
}
