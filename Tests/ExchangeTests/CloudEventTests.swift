import Events
import Exchange
import Testing
import Vocabulary
import Wire

@Suite struct CloudEventTests {
  /// In the order of their times.
  static let events: [Event] = {
    guard let acme = Subject("customer:4"), let order = Subject("order:9"), let time = Instant("2025-01-05T08:30:00.25Z") else { return [] }
    var first = Event(Customer.registered, acme, at: time, ["name": "上海某公司 \"A\" & <B>"], id: "e0")
    first.about.actor = "ann"
    first.about.channel = "import"
    first.about.reason = "新客户"
    first.about.causedBy = "visit-7"
    var second = Event(
      Order.placed, order, at: time + .seconds(60), ["customer": "4", "totalMinor": 129_900, "cur": "CNY"], id: "e1")
    second.about.channel = "import"
    return [first, second]
  }()

  private func lines(_ events: [Event] = events) -> [String] {
    recorded(events).map { CloudEventEnvelope.line(of: $0, log: "abc") }
  }

  @Test func `out and in again nothing is lost`() throws {
    let workspace = try Workspace()
    let back = try importing([try workspace.write("e.ndjson", lines().joined(separator: "\n"))])
    #expect(back.events == CloudEventTests.events)
    let batch = "[\n" + lines().joined(separator: ",\n") + "]"
    #expect(try importing([try workspace.write("batch.json", batch)]).events == CloudEventTests.events)
    let spread = lines()[0].replacing(",\"", with: ",\n  \"")
    #expect(try importing([try workspace.write("one.json", spread)]).events == [CloudEventTests.events[0]])
  }

  @Test func `the envelope says type, version, source and place`() throws {
    let object = try #require(try JSON(parsing: lines()[1]).object)
    #expect(object["type"] == "keshi.order.placed.v1")
    #expect(object["source"] == "urn:keshi:abc")
    #expect(object["sequence"] == "0000000000000001")
    #expect(object.members.allSatisfy { $0.name.utf8.allSatisfy { (0x61...0x7A).contains($0) } }, "names of letters only")
  }

  @Test(arguments: [
    (#"{"specversion":"0.3","id":"a","source":"s","type":"t"}"#, "E-NOTE-ENVELOPE"),
    (#"{"id":"a"}"#, "E-NOTE-ENVELOPE"), (#"[1]"#, "E-NOTE-ENVELOPE"), ("{", "E-NOTE-JSON"), ("7", "E-NOTE-ENVELOPE"),
    (#"{"specversion":"1.0","id":"","source":"s","type":"order.placed"}"#, "E-NOTE-MISSING"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"com.other.thing"}"#, "E-EVENT-TYPE"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"order.placed","subject":"order:1"}"#, "E-NOTE-MISSING"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"order.placed","subject":"order:1","time":"soon"}"#, "E-NOTE-TIME"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"order.placed","subject":"order:1","time":"2025-01-01T00:00:00Z","data":{"customer":"1","totalMinor":1.5,"cur":"CNY"}}"#, "E-NOTE-JSON"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"order.placed","subject":"order:1","time":"2025-01-01T00:00:00Z","data":{"customer":"1","totalMinor":1,"cur":"CNY"},"mine":"x"}"#, "E-NOTE-EXTENSION"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"order.placed","subject":"order:1","time":"2025-01-01T00:00:00Z","data_base64":"AA=="}"#, "E-NOTE-VALUE"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"contact.added","subject":"customer:1","time":"2025-01-01T00:00:00Z","data":{},"sealed":"{"}"#, "E-NOTE-JSON"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"contact.added","subject":"customer:1","time":"2025-01-01T00:00:00Z","data":{},"sealed":7}"#, "E-EVENT-KIND"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"contact.added","subject":"customer:1","time":"2025-01-01T00:00:00Z","data":{},"sealed":{"name":"x"}}"#, "E-NOTE-MISSING"),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"contact.added","subject":"customer:1","time":"2025-01-01T00:00:00Z","data":{},"sealed":"{\"name\":\"x\"}"}"#, "E-EVENT-FORMAT"),
    (#"{"specversion":"1.0","id":"a","id":"b","source":"s","type":"order.placed"}"#, "E-NOTE-JSON"),
  ]) func `a bad one is named, and the next goes on`(line: String, code: String) throws {
    let workspace = try Workspace()
    let result = try importing([try workspace.write("e.ndjson", lines()[0] + "\n" + line + "\n\n" + lines()[1] + "\n")])
    #expect(result.codes == [code])
    #expect(result.quarantine.first?["line"] == 2)
    #expect(result.events == CloudEventTests.events)
  }

  @Test func `ids of other sources are kept apart`() throws {
    let line = #"{"specversion":"1.0","id":"1","source":"https://a/","type":"keshi.customer.registered.v1","subject":"customer:1","time":"2025-01-01T00:00:00Z","data":{"name":"x"}}"#
    let workspace = try Workspace()
    let result = try importing([try workspace.write("e.ndjson", line + "\n" + line.replacing("https://a/", with: "https://b/"))])
    #expect(result.events.map(\.id) == ["https://a/#1", "https://b/#1"])
  }

  @Test func `a line at the limit is read, one beyond is refused`() throws {
    let workspace = try Workspace()
    let base = lines()[0]
    func padded(_ count: Int) -> String { String(repeating: " ", count: count - base.utf8.count) + base }
    let fits = try importing([try workspace.write("a.ndjson", lines()[1] + "\n" + padded(CloudEventsReader.lineLimit))])
    #expect(fits.events.count == 2 && fits.quarantine.isEmpty)
    let long = try importing([try workspace.write("b.ndjson", lines()[1] + "\n" + padded(CloudEventsReader.lineLimit + 1) + "\n" + lines()[0])])
    #expect(long.codes == ["E-NOTE-LIMIT"] && long.events.count == 2)
  }

  @Test func `a mapping says what other types mean`() throws {
    let yaml = """
      files:
        - match: shop*.ndjson
          quarantine: [{when: type != com.shop.sale, reason: another type}]
          events:
            - {type: order.placed, subject: "order:{data.order.no}", at: time, id: "{source}:{id}",
               data: {customer: "{data.client}", totalMinor: {column: data.amount, scale: 2}, cur: EUR}}
      """
    let sale = #"{"specversion":"1.0","id":"7","source":"/shop","type":"com.shop.sale","time":"2025-03-01T10:00:00+02:00","data":{"order":{"no":"A1"},"client":"C","amount":12.50}}"#
    let workspace = try Workspace()
    let result = try importing([try workspace.write("shop.ndjson", sale + "\n" + sale.replacing("sale", with: "visit"))], by: yaml)
    #expect(result.events.map(\.data) == [["customer": "C", "totalMinor": 1_250, "cur": "EUR"]])
    #expect(result.events.first?.occurredAt == Instant("2025-03-01T08:00:00Z"))
    #expect(result.codes == ["E-ROW-DECLARED"])
  }
}
