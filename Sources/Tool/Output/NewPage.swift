import Answers
import Foundation
import Pages
import Vocabulary

/// A page in a file that is not there yet.
enum NewPage {
  static func write(_ page: Page, to path: String) throws -> IssuedPage {
    let bytes = Array(page.html.utf8)
    do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch let error as CocoaError {
      throw error.code == .fileWriteFileExists ? exists(path) : error
    }
    return IssuedPage(path: path, bytes: bytes)
  }

  static func exists(_ path: String) -> Trouble {
    Trouble(
      .cannotCreate, "E-PAGE-EXISTS", Name("the page would replace a file", "页面将覆盖已有文件"), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("give another name", "请换一个文件名"))
  }
}
