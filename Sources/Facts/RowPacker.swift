import Projection

/// Gives each layout's fields the widths that its rows in this stretch need, and packs the rows by them.
///
/// A row is its subject's number, where its layout has a kind, and its varying facts, without gaps. All rows of a layout
/// have the same length, so that a reader finds a row by adding and a fact by its place.
struct RowPacker {
  /// The values of one field that were seen.
  private struct Extent {
    var least = Int64.max
    var greatest = Int64.min

    mutating func include(_ value: Int64) {
      least = min(least, value)
      greatest = max(greatest, value)
    }

    func slot(tag: UInt8, at bit: Int) -> FactSlot {
      guard least <= greatest else { return FactSlot(tag: tag, value: 0) }
      return FactSlot(
        tag: tag, base: least, bit: bit, width: BitPacking.width(for: UInt64(bitPattern: greatest &- least)))
    }
  }

  private let shapes: [(shape: LayoutTable.Shape, kind: UInt8?)]
  private var subjects: [Extent]
  private var fields: [[Extent]]

  init(_ shapes: [(shape: LayoutTable.Shape, kind: UInt8?)]) {
    self.shapes = shapes
    subjects = shapes.map { _ in Extent() }
    fields = shapes.map { shape in Array(repeating: Extent(), count: shape.shape.facts.count(where: \.varies)) }
  }

  /// Looks at a row before any is packed.
  mutating func measure(_ layout: Int, _ ordinal: UInt32, _ values: ArraySlice<Int64>) {
    subjects[layout].include(Int64(ordinal))
    for (field, value) in zip(fields[layout].indices, values) { fields[layout][field].include(value) }
  }

  /// The layouts with the places of their fields.
  var layouts: [SegmentFacts.Layout] {
    shapes.indices.map { number in
      let (shape, kind) = shapes[number]
      var bit = 0
      func place(_ slot: FactSlot) -> FactSlot {
        bit += Int(slot.width)
        return slot
      }
      let subject = kind.map { _ in place(subjects[number].slot(tag: 0, at: bit)) }
      var field = 0
      let slots = shape.facts.map { fact in
        guard fact.varies else { return FactSlot(tag: fact.tag, value: fact.value) }
        defer { field += 1 }
        return place(fields[number][field].slot(tag: fact.tag, at: bit))
      }
      return SegmentFacts.Layout(type: shape.type, kind: kind, subject: subject, slots: slots, bitCount: bit)
    }
  }

  /// Packs a row. Facts that do not vary have no bits.
  func pack(
    _ number: Int, _ layout: SegmentFacts.Layout, _ ordinal: UInt32, _ values: ArraySlice<Int64>,
    into stream: inout BitWriter
  ) {
    if let subject = layout.subject { stream.append(Int64(ordinal), subject) }
    var rest = values
    for (fact, slot) in zip(shapes[number].shape.facts, layout.slots) where fact.varies {
      stream.append(rest.removeFirst(), slot)
    }
  }
}

extension BitWriter {
  fileprivate mutating func append(_ value: Int64, _ slot: FactSlot) {
    append(UInt64(bitPattern: value &- slot.base), width: Int(slot.width))
  }
}
