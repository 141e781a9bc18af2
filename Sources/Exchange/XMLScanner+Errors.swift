import XML

// What is wrong with XML, in the words of the files that are exchanged.

extension XMLScanner {
  static func opened() throws(ExchangeError) -> XMLScanner {
    do { return try XMLScanner() } catch { throw ExchangeError(error) }
  }

  /// Reads the next bytes; an empty block is the end.
  func take(_ block: ArraySlice<UInt8>) throws(ExchangeError) {
    do { try read(block) } catch { throw ExchangeError(error) }
  }
}
