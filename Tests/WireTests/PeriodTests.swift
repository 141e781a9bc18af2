import Testing
import Wire

@Suite struct `Months, quarters and years` {
  @Test(arguments: [
    ("2026-07", "2026-07-01", "2026-07-31"), ("2026Q3", "2026-07-01", "2026-09-30"), ("2026", "2026-01-01", "2026-12-31"),
    ("2024-02", "2024-02-01", "2024-02-29"), ("2023-02", "2023-02-01", "2023-02-28"), ("0001", "0001-01-01", "0001-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"), ("9999Q4", "9999-10-01", "9999-12-31"), ("2026Q1", "2026-01-01", "2026-03-31"),
  ]) func `from first to last day, and written as read`(text: String, first: String, last: String) throws {
    let period = try #require(Period(text))
    #expect(period.first.description == first && period.last.description == last && period.description == text)
    #expect(period.contains(period.first) && period.contains(period.last))
    #expect(!period.contains(period.end) && !period.contains(period.first + -1))
  }

  @Test(arguments: [("2026-Q3", "2026Q3"), ("2026q3", "2026Q3"), ("2026-q3", "2026Q3")]) func `also spelled so`(text: String, period: String) {
    #expect(Period(text)?.description == period)
  }

  @Test(arguments: ["", "2026-", "2026-00", "2026-13", "2026Q0", "2026Q5", "2026-7", "202607", "0000", "26Q3", "2026--07", "2026-Q", "2026Q33", "２０２６"])
  func `what is none is refused`(text: String) { #expect(Period(text) == nil) }

  @Test(arguments: [("2026-07", 6, "2027-01"), ("2026-07", -7, "2025-12"), ("2026Q3", 2, "2027Q1"), ("2026", -1, "2025"), ("9999-12", 1, "9999-12"), ("0001Q1", -1, "0001Q1")])
  func `so many later`(text: String, count: Int, later: String) { #expect(Period(text)?.advanced(by: count).description == later) }

  @Test func `of a day, and within one another`() throws {
    let day = try #require(Day("2026-08-15"))
    #expect([Period.Length.month, .quarter, .year].map { Period($0, of: day).description } == ["2026-08", "2026Q3", "2026"])
    let quarter = try #require(Period("2026Q3"))
    let (month, year) = (try #require(Period("2026-09")), try #require(Period("2026")))
    #expect(quarter.contains(month) && !quarter.contains(year))
    #expect(quarter.within(.year).description == "2026")
  }

  @Test func `in the order of their beginnings, the longer first`() {
    let texts = ["2026-02", "2026Q1", "2025-12", "2026-01", "2026", "2026Q2"]
    #expect(texts.compactMap { Period($0) }.sorted().map(\.description) == ["2025-12", "2026", "2026Q1", "2026-01", "2026-02", "2026Q2"])
  }
}
