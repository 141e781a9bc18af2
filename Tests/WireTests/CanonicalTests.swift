import Testing
import Wire

/// RFC 8785: one value has one text.
@Suite struct CanonicalTests {
  /// §3.2.3, its own example: names in the order of their UTF-16 code units, so U+1F600 before U+FB33.
  @Test func namesAreSortedByUTF16() throws {
    let json = try JSON(
      parsing:
        #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#
    )
    let values = try #require(json.object).members.compactMap(\.value.string)
    #expect(
      values == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
      ])
    #expect(try JSON(parsing: json.canonical) == json)
  }

  /// §3.2.2, its own example without the doubles.
  @Test func escapesAreTheShortest() throws {
    let json = try JSON(
      parsing: #" { "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] } "#)
    #expect(json.canonical == #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#)
  }

  @Test func everyControlCharacterIsEscaped() throws {
    let short: [UInt8: String] = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"]
    for code in UInt8(0)..<0x20 {
      let text = JSON.string(String(Character(Unicode.Scalar(code))))
      let hex = String(code, radix: 16)
      let expected = short[code] ?? "\\u00" + (hex.count == 1 ? "0" + hex : hex)
      #expect(text.canonical == "\"" + expected + "\"")
      #expect(try JSON(parsing: text.canonical) == text)
    }
    #expect(JSON.string("\u{7F}/é客\u{2028}").canonical == "\"\u{7F}/é客\u{2028}\"")
  }

  @Test(arguments: [
    ("-0", "0"), ("0", "0"), ("-9007199254740991", "-9007199254740991"), ("9007199254740991", "9007199254740991"),
    ("[ ]", "[]"), ("{ }", "{}"), ("[1 , [2],{\"a\" : 3}]", "[1,[2],{\"a\":3}]"), ("\t\"x\"\r\n", "\"x\""),
  ])
  func canonicalText(_ source: String, _ expected: String) throws {
    #expect(try JSON(parsing: source).canonical == expected)
  }

  /// Unicode's `==` would call these the same name; bytes differ, so two members stand side by side.
  @Test func equivalentSpellingsAreTwoNames() throws {
    let source = "{\"e\u{301}\":1,\"\u{E9}\":2}"
    let object = try #require(try JSON(parsing: source).object)
    #expect(object.members.count == 2)
    #expect(object["e\u{301}"] == 1)
    #expect(object["\u{E9}"] == 2)
    #expect(JSON.object(object).canonical.utf8.elementsEqual(source.utf8))
    #expect(JSON.string("e\u{301}") != JSON.string("\u{E9}"))
  }

  @Test func membersCanBeSetAndRemoved() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["c"] = true
    object["b"] = nil
    object["missing"] = nil
    object["a"] = "x"
    #expect(JSON.object(object).canonical == #"{"a":"x","c":true}"#)
    #expect(JSONObject([("n", 1), ("n", 2)])["n"] == 2)
  }
}
