import Glibc

/// `keshi-fuzz TARGET [libFuzzer's options]`: hostile bytes for one decoder. `tools/fuzz` builds it with libFuzzer and
/// the address sanitizer. Built without them it reads files instead: `keshi-fuzz TARGET FILE…` repeats what was found.
@main struct Fuzz {
  static func main() {
    let words = CommandLine.arguments
    guard words.count > 1, let target = Target.all.first(where: { $0.name == words[1] }) else {
      print(Target.all.map(\.name).joined(separator: "\n"))
      exit(words.count == 2 && words[1] == "list" ? 0 : 64)
    }
    if words.count == 4, words[2] == "--seeds" { return writeSeeds(of: target, to: words[3]) }
    chosen = target
    #if FUZZER
      drive([words[0]] + words.dropFirst(2))
    #else
      for path in words.dropFirst(2) {
        print(path)
        bytes(of: path).withUnsafeBytes { target.run($0) }
      }
    #endif
  }

  private static func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  /// Valid inputs, for libFuzzer to begin with.
  private static func writeSeeds(of target: Target, to folder: String) {
    for (number, seed) in target.seeds().enumerated() {
      guard let file = fopen("\(folder)/seed-\(number)", "wb") else { continue }
      _ = seed.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
      fclose(file)
    }
  }
}

/// The target of this process; set before the driver starts.
nonisolated(unsafe) private var chosen: Target?

#if FUZZER
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  private func drive(_ words: [String]) {
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
    for (place, word) in words.enumerated() { list[place] = strdup(word) }
    list[words.count] = nil
    var count = CInt(words.count)
    var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
    let status = runDriver(&count, &pointer) { start, length in
      chosen?.run(UnsafeRawBufferPointer(start: start, count: length))
      return 0
    }
    exit(status)
  }
#endif
