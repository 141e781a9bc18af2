import Events
import Glibc
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

@testable import Facts
@testable import Timeline

private let plans = LinePlans(.keshi)

private let lines: [[UInt8]] = (0..<40).map { number in
  let customer = number % 3 == 0 ? "" : ",\"customer\":\"\(number % 5)\""
  return Array(
    """
    {"data":{"cur":"CNY"\(customer),"totalMinor":\(number * 977)},"id":"o\(number)","occurredAt":"2026-03-0\(1 + number % 9)\
    T01:30:00Z","recordedAt":"2026-03-12T01:30:00.250Z","seq":\(number),"subject":"order:\(number)","type":"order.placed",\
    "v":1}
    """.utf8)
}

private func facts() -> [UInt8] {
  var table = SubjectTable(accountKind: plans.accountKind)
  table.prepareLookup()
  var deriver = SegmentDeriver(first: 0, plans: plans, table: table)
  for line in lines { try? deriver.add(line.span) }
  return deriver.finish(into: &table).encoded(fingerprint: 7)
}

private func pack() -> [UInt8] {
  var writer = PackWriter(fingerprint: 7)
  for line in lines { writer.add(line.span) }
  return writer.encoded(accounts: lines.indices.map { UInt32($0 % 5) })
}

let derivedTargets: [Target] = [
  Target("facts", seeds: { [facts()] }) { bytes in
    var copy = Array(bytes)
    guard copy.count > 24 else { return }
    copy.replaceSubrange(0..<8, with: SegmentFacts.magic)
    copy.put(UInt64(7), at: 8)
    copy.seal(0..<copy.count - 4, at: copy.count - 4)
    var table = SubjectTable(accountKind: plans.accountKind)
    guard let facts = try? SegmentFacts(decoding: copy, fingerprint: 7, file: "fuzz"), facts.follows(table),
      facts.applyIfItFits(to: &table)
    else { return }
    use(facts, table)
  },
  Target("line", seeds: { Array(lines.prefix(4)) }) { bytes in
    var table = SubjectTable(accountKind: plans.accountKind)
    table.prepareLookup()
    var deriver = SegmentDeriver(first: 0, plans: plans, table: table)
    for line in bytes.split(separator: 10, maxSplits: 8) {
      guard (try? deriver.add(Array(line).span)) != nil else { return }
    }
    let facts = deriver.finish(into: &table)
    precondition((try? SegmentFacts(decoding: facts.encoded(fingerprint: 7), fingerprint: 7, file: "fuzz")) != nil)
  },
  Target("timeline-pack", seeds: { [pack()] }) { bytes in
    var copy = Array(bytes)
    guard copy.count > 28 else { return }
    copy.replaceSubrange(0..<8, with: PackWriter.magic)
    copy.put(UInt64(7), at: 8)
    let length = Int(copy.number(16)) % (copy.count - 27)
    copy.put(UInt64(length), at: 16)
    copy.seal(28..<28 + length, at: 24)
    let path = "/dev/shm/keshi-fuzz-\(getpid())-pack"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { return }
    _ = copy.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    guard let pack = try? Pack(file: path, fingerprint: 7) else { return }
    for account in 0..<6 as Range<UInt32> { try? pack.forEachLine(of: account) { _, line in _ = line.count } }
  },
]

/// What a rebuild and a history do with facts.
private func use(_ facts: SegmentFacts, _ table: SubjectTable) {
  var batch = Batch()
  for partition in [Partition.whole, Partition(index: 1, of: 2)] {
    facts.unpack(into: &batch, partition: partition, before: .max, subjects: table)
    for subject in batch.subjects {
      _ = table.name(of: table.subject(ofKind: Int(subject.kind), ordinal: Int(subject.ordinal)))
    }
    for projection in ProjectionCatalogue.all { fold(batch, by: projection, partition, table) }
  }
  var accounts: [UInt32] = []
  var times: [Int64] = []
  facts.unpackAccounts(into: &accounts)
  facts.unpackTimes(into: &times)
  for account in accounts {
    _ = table.entry(table.holder(of: Int(account)))
    for joined in table.accounts(joinedTo: Int(account)) { _ = table.holder(of: joined) }
  }
  _ = facts.rows(withIDHash: 7)
}

private func folded(_ batch: Batch, by source: AnyGathering, _ partition: Partition, _ table: SubjectTable) -> AnyFold {
  var number: Int?
  if case .subject(let kind) = source.key { number = table.kindNumber(kind.word) }
  let isKeyed = if case .subject = source.key { true } else { false }
  let fold = source.makeFold(partition, isKeyed ? number.map { UInt8($0) } ?? .max : nil)
  fold.reserve(isKeyed ? number.map { table.count(ofKind: $0) } ?? 0 : table.accountCount)
  fold.fold(batch, until: .distantFuture)
  return fold
}

private func fold(_ batch: Batch, by projection: AnyProjection, _ partition: Partition, _ table: SubjectTable) {
  let heard = projection.sources.map { folded(batch, by: $0, partition, table) }
  let fold = heard[0]
  let rule = projection.shippedRules.first ?? RuleVersion(0, why: Name("", ""), [:])
  let now = Instant(microseconds: 1_800_000_000_000_000)
  let names = LogNames(table, subjectCounts: [], stretch: 1)
  switch projection.way {
  case .each(let way):
    let judge = way.judge(fold, by: rule, asOf: now, names)
    for key in fold.keys { _ = judge(key) }
  case .account(let way): _ = way.judge(fold, by: rule, asOf: now, names)
  case .all(let way): _ = way.judge(heard.map { [$0] }, by: rule, asOf: now, names)
  }
}
