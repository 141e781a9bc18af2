import Events
import Foundation
import Import
import Testing
import Vocabulary
import Wire

/// Small files as the exports of three CRM products write them.
@Suite struct `Exports of other CRM products` {
  private func lines(_ result: Imported) -> [String] {
    result.events.map { event in
      let figure = (event.data["finalMinor"] ?? event.data["amountMinor"])?.int.map { " \($0)" } ?? ""
      let customer = event.data["customer"]?.string.map { " of \($0)" } ?? ""
      return "\(event.type) \(event.subject) \(event.occurredAt)\(customer)\(figure)"
    }
  }

  @Test func `every shipped mapping is found by its name`() throws {
    #expect(Set(Mappings.shipped) == Set(Mapping.shippedNames))
    for name in Mappings.shipped { #expect(Mapping.shipped(name) == (try Mappings.text(name))) }
  }

  @Test func `Salesforce`() throws {
    let workspace = try Workspace()
    let accounts = try workspace.write(
      "Account.csv",
      """
      "Id","Name","Industry","BillingCountry","BillingCity","ParentId","NumberOfEmployees","AnnualRevenue","OwnerId","CreatedDate","Fax"
      "001A","Acme, Inc.","Energy","Germany","Köln","","120","1500000.50","005X","2025-01-02T08:30:00.000Z",""

      """)
    let deals = try workspace.write(
      "Opportunity.csv",
      """
      "Id","AccountId","Name","StageName","Amount","CloseDate","IsClosed","IsWon","OwnerId","CreatedDate"
      "006A","001A","Turbines","Closed Won","1234.56","2025-03-01","true","true","005X","2025-01-03T00:00:00.000+0100"
      "006B","001A","Blades","Prospecting","","2025-09-01","false","false","005X","2025-02-03 10:00:00"
      "006C","001A","Rotors","Closed Lost","7.5","2025-04-01","1","0","005X","2025-02-04T10:00:00.000Z"
      "006D","001A","Hubs","Closed","7","2025-04-01","true","maybe","005X","2025-02-04T10:00:00.000Z"

      """)
    let history = try workspace.write(
      "OpportunityHistory.csv",
      """
      "Id","OpportunityId","StageName","Amount","CloseDate","CreatedById","CreatedDate"
      "008A","006A","Negotiation","1000","2025-03-01","005X","2025-02-01T09:00:00.000Z"

      """)
    let result = try importing(try Mappings.text("salesforce"), [accounts, deals, history], name: "salesforce.yaml")
    #expect(
      lines(result) == [
        "customer.registered customer:001A 2025-01-02T08:30:00Z", "opportunity.opened opportunity:006A 2025-01-02T23:00:00Z of 001A 123456",
        "opportunity.progressed opportunity:006A 2025-02-01T09:00:00Z 100000",
        "opportunity.opened opportunity:006B 2025-02-03T10:00:00Z of 001A",
        "opportunity.opened opportunity:006C 2025-02-04T10:00:00Z of 001A 750",
        "opportunity.closed opportunity:006A 2025-03-01T00:00:00Z of 001A 123456",
        "opportunity.closed opportunity:006C 2025-04-01T00:00:00Z of 001A 750",
      ])
    #expect(result.of("opportunity.closed").map { $0.data["outcome"] } == ["won", "lost"])
    #expect(result.of("customer.registered").first?.data["revenueMinor"] == 150_000_050)
    #expect(result.quarantine.map { $0["code"] } == ["E-ROW-VALUE"])
  }

  @Test func `HubSpot`() throws {
    let workspace = try Workspace()
    let companies = try workspace.write(
      "hubspot-crm-exports-all-companies-2025-06-01.csv",
      "\u{FEFF}Record ID,Company name,Company owner,Create Date,City,Country/Region,Industry,Number of Employees,Annual Revenue\n"
        + "9001,Beta GmbH,Ann Lee,2025-01-02 08:30,Wien,Austria,CONSUMER_GOODS,,\n")
    let deals = try workspace.write(
      "hubspot-crm-exports-all-deals-2025-06-01.csv",
      """
      Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Associated Company IDs,Associated Company
      71,Machines,Closed Won,2025-02-01 17:00,Ann Lee,99.9,2025-01-03 09:00,9001,Beta GmbH
      72,Service,Closed lost,2025-02-02 17:00,Ann Lee,,2025-01-04 09:00,,
      73,Both,Contract Sent,2025-05-02 17:00,Ann Lee,5,2025-01-05 09:00,9001;9002,Beta GmbH;Gamma

      """)
    let result = try importing(try Mappings.text("hubspot"), [companies, deals], name: "hubspot.yaml")
    #expect(
      lines(result) == [
        "customer.registered customer:9001 2025-01-02T08:30:00Z", "opportunity.opened opportunity:71 2025-01-03T09:00:00Z of 9001 9990",
        "opportunity.opened opportunity:72 2025-01-04T09:00:00Z", "opportunity.closed opportunity:71 2025-02-01T17:00:00Z of 9001 9990",
        "opportunity.closed opportunity:72 2025-02-02T17:00:00Z",
      ])
    #expect(result.of("opportunity.closed").map { $0.data["outcome"] } == ["won", "lost"])
    #expect(result.quarantine.map { $0["code"] } == ["E-ROW-DECLARED"])
  }

  /// A file in GB18030 by the system's own converter, not by the code under test.
  private func gb18030(_ name: String, _ text: String, in workspace: Workspace) throws -> String {
    let plain = try workspace.write(name + ".utf8", text)
    let path = workspace.folder + "/" + name
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["iconv", "-f", "UTF-8", "-t", "GB18030", "-o", path, plain]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return path
  }

  @Test func `纷享销客`() throws {
    let workspace = try Workspace()
    let accounts = try gb18030(
      "客户_20250601.csv",
      "客户名称,行业,省,市,负责人,创建时间\n上海某某机械有限公司,制造业,上海市,上海市,王思远,2025-01-02 08:30\n北京䶮科技,软件,北京市,,李娜,2025年1月3日\n",
      in: workspace)
    let deals = try gb18030(
      "商机_20250601.csv",
      """
      唯一性ID,商机名称,客户名称,商机金额,预计成交日期,商机阶段,阶段变更时间,负责人,创建时间
      65f0a1,产线改造,上海某某机械有限公司,"1,234,567.89",2025-06-30,赢单,2025-05-20 16:00,王思远,2025/2/1 9:05
      65f0a2,备件,上海某某机械有限公司,500,2025-06-30,方案报价,2025-03-01 10:00,王思远,2025-02-02
      65f0a3,试点,北京䶮科技,,2025-06-30,输单,,李娜,2025-02-03

      """, in: workspace)
    let result = try importing(try Mappings.text("fxiaoke"), [accounts, deals], name: "fxiaoke.yaml")
    #expect(
      lines(result) == [
        "customer.registered customer:上海某某机械有限公司 2025-01-02T00:30:00Z", "customer.registered customer:北京䶮科技 2025-01-02T16:00:00Z",
        "opportunity.opened opportunity:65f0a1 2025-02-01T01:05:00Z of 上海某某机械有限公司 123456789",
        "opportunity.opened opportunity:65f0a2 2025-02-01T16:00:00Z of 上海某某机械有限公司 50000",
        "opportunity.progressed opportunity:65f0a2 2025-03-01T02:00:00Z of 上海某某机械有限公司",
        "opportunity.closed opportunity:65f0a1 2025-05-20T08:00:00Z of 上海某某机械有限公司 123456789",
      ])
    // A lost deal that does not say when cannot be dated; its row is told, as far as events take its cells.
    #expect(result.quarantine.map { $0["code"] } == ["E-ROW-BLANK"])
    let row = result.quarantine.first?["row"]?.object
    #expect(row?["唯一性ID"] == "65f0a3" && row?["商机阶段"] == "输单" && row?["商机名称"] == "试点" && row?["创建时间"] != nil, "\(result.quarantine)")
  }
}
