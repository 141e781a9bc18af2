import ArgumentParser
import Vocabulary

/// `keshi export …`: events out again, in the formats of other systems.
struct ExportCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: Name("Give events out again, in the formats of other systems.", "以其他系统的格式导出事件。")[Speech.language],
      discussion: example(
        """
        keshi export cloudevents --out events.ndjson
        keshi export csv customer:4 --type order.placed
        keshi export ocel --as-of 2026-06-30 --out shop.sqlite
        """),
      subcommands: [ExportCloudEvents.self, ExportTable.self, ExportXES.self, ExportOCEL.self])
  }
}
