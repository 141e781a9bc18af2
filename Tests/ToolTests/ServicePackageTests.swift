import Foundation
import Testing
import Wire

@testable import keshi

/// The repository's own files, beside which the tests were built.
private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

private func text(_ path: String) throws -> String { try String(contentsOfFile: root + "/" + path, encoding: .utf8) }

private func has(_ program: String) -> Bool {
  let found = ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
  if !found { print("SKIPPED: there is no \(program)") }
  return found
}

/// The container file's instructions by their first word, comments and continuations undone.
private func instructions() throws -> [(word: String, rest: String)] {
  let lines = try text("tools/service/Containerfile").replacing("\\\n", with: "").split(separator: "\n").filter { !$0.hasPrefix("#") }
  return lines.map { line in
    let halves = line.split(separator: " ", maxSplits: 1)
    return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
  }
}

/// What `tools/check-package` tries for real, as far as it can be known without a package and without root.
@Suite struct `The service as it is packaged` {
  @Test func `has one version everywhere, and names what is there`() throws {
    let newest = try #require(try text("tools/service/changelog").split(separator: "\n").first)
    #expect(newest.hasPrefix("keshi (\(Keshi.version)) "), "\(newest)")
    let package = try text("tools/package")
    for word in package.split(whereSeparator: { " \n\"'$(".contains($0) }) where word.hasPrefix("tools/") && !word.hasPrefix("tools/package") {
      let path = String(word.prefix { $0 != ")" && $0 != "." && $0 != ";" })
      let isThere = FileManager.default.fileExists(atPath: root + "/" + path) || FileManager.default.fileExists(atPath: root + "/" + word)
      #expect(isThere, "\(word)")
    }
    let unit = try text("tools/service/keshi.service")
    #expect(package.contains("useradd --system --user-group --home-dir /var/lib/keshi --shell /usr/sbin/nologin keshi"))
    #expect(unit.contains("\nUser=keshi\n") && unit.contains("\nStateDirectory=keshi\n") && unit.contains("--listen 127.0.0.1:"))
  }

  @Test func `has a container that is not root, listens where it says, and copies what the package tool makes`() throws {
    let all = try instructions()
    func only(_ word: String) throws -> String { try #require(all.filter { $0.word == word }.map(\.rest).first, "\(word)") }
    #expect(try only("USER") == "keshi" && only("VOLUME") == "/data" && only("FROM").contains(":"))
    let copied = try only("COPY").split(separator: " ").map(String.init)
    #expect(try text("tools/package").contains("dpkg-deb --root-owner-group --build \"$root\" \(copied[0])\n"))
    let port = try only("EXPOSE")
    #expect(try only("HEALTHCHECK").contains("http://127.0.0.1:\(port)/readyz") && only("ENTRYPOINT").contains("--listen 0.0.0.0:\(port)"))
    let order = all.map(\.word)
    let (install, user) = (try #require(order.firstIndex(of: "RUN")), try #require(order.firstIndex(of: "USER")))
    #expect(install < user && !order[user...].contains("RUN"), "nothing is installed by the user, and nothing done by root after it")
  }

  /// The entry point and the health check as they stand, in another folder and on another port.
  @Test func `starts, is well, starts again over the same folder and ends in order, as the container says`() throws {
    let all = try instructions()
    let entry = try #require(all.first { $0.word == "ENTRYPOINT" }?.rest)
    let words = try #require(try JSON(parsing: entry).array?.compactMap(\.string))
    #expect(words.prefix(2) == ["/bin/sh", "-c"])
    let health = try #require(all.first { $0.word == "HEALTHCHECK" }?.rest.split(separator: " CMD ").last.map(String.init) ?? nil)
    guard has("python3"), has("curl") else { return }
    let folder = try Folder()
    let run = try Binary.shell(
      #"""
      mkdir $d/bin && ln -s $keshi $d/bin/keshi && export PATH=$d/bin:$PATH
      port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
      entry=$(printf %s "$entry" | sed "s#/data#$d/data#g; s#0[.]0[.]0[.]0:8080#127.0.0.1:$port#")
      health=$(printf %s "${health#CMD }" | sed "s#:8080#:$port#")
      for round in 1 2; do
        /bin/sh -c "$entry" > $d/said 2> $d/log & server=$!
        well=no
        for i in $(seq 150); do if $health 2> /dev/null; then well=yes; break; fi; sleep 0.1; done
        kill -TERM $server; wait $server; echo "$round $well $?"
      done
      """#, environment: ["d": folder.path, "entry": words[2], "health": health])
    #expect(run.output == "1 yes 0\n2 yes 0\n", "\(run.output) \(run.remarks)")
  }

  @Test func `has a unit that systemd understands and that may do little`() throws {
    guard has("systemd-analyze") else { return }
    let folder = try Folder()
    let unit = folder.path + "/keshi.service"
    try text("tools/service/keshi.service").replacing("/usr/bin/keshi", with: Binary.path).write(toFile: unit, atomically: true, encoding: .utf8)
    let verified = try Binary.shell("systemd-analyze verify --man=no $u 2>&1", environment: ["u": unit])
    #expect(verified.status == 0 && verified.output.isEmpty, "\(verified.output)")
    // By systemd's own reckoning, of 100; what a network service needs (sockets, its state folder) counts against it.
    let exposure = try Binary.shell("systemd-analyze security --offline=true --threshold=14 $u 2>&1", environment: ["u": unit])
    #expect(exposure.status == 0, "\(exposure.output.suffix(2_000))")
  }
}

@Suite struct `Completion in the shell` {
  /// Prepares `$d` with the command and its completions as the package lays them out.
  private func prepared(_ shell: String) throws -> Folder {
    let folder = try Folder()
    let run = try Binary.shell(
      "mkdir $d/bin && ln -s $keshi $d/bin/keshi && $keshi --generate-completion-script \(shell) > $d/_keshi && test -s $d/_keshi",
      environment: ["d": folder.path])
    #expect(run.status == 0, "\(run.remarks)")
    return folder
  }

  @Test func `offers subcommands in bash`() throws {
    guard has("bash") else { return }
    let place = try prepared("bash")
    defer { withExtendedLifetime(place) {} }
    let run = try Binary.shell(
      #"""
      export PATH=$d/bin:$PATH; . $d/_keshi || exit 9
      function=$(complete -p keshi | sed 's/.*-F \([^ ]*\).*/\1/')
      ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=(); $function keshi "${!#}" keshi; echo "${COMPREPLY[@]}"; }
      ask keshi sh; ask keshi rules pub; ask keshi show --as
      """#, environment: ["d": place.path])
    #expect(run.output == "show\npublish\n--as-of\n", "\(run.output) \(run.remarks)")
  }

  @Test func `offers subcommands with what they do in fish`() throws {
    guard has("fish") else { return }
    let place = try prepared("fish")
    defer { withExtendedLifetime(place) {} }
    let run = try Binary.shell(
      "export PATH=$d/bin:$PATH HOME=$d; fish --no-config -c 'source $d/_keshi; complete -C \"keshi sh\"; complete -C \"keshi rules pub\"; complete -C \"keshi show --as\"'",
      environment: ["d": place.path])
    let lines = run.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(lines.compactMap(\.first) == ["show", "publish", "--as-of"] && lines.allSatisfy { $0.count == 2 }, "\(run.output) \(run.remarks)")
  }

  /// In a terminal of its own, with the tabulator key: only there does zsh complete.
  @Test func `completes what is typed in zsh`() throws {
    guard has("zsh") else { return }
    let place = try prepared("zsh")
    defer { withExtendedLifetime(place) {} }
    let script = #"""
      zmodload zsh/zpty
      zpty -b terminal zsh -f -i
      wait_for() { local line; for i in {1..400}; do zpty -r -t terminal line && said+=$line; [[ $said == *$1* ]] && return; sleep 0.05; done; print -r -- "no $1 in ${(V)said}"; exit 1; }
      zpty -w terminal "TERM=dumb; fpath=($d \$fpath); path=($d/bin \$path); autoload -Uz compinit; compinit -D -u; print loa''ded"
      wait_for loaded
      said=; zpty -w -n terminal $'keshi verif\t'; wait_for 'keshi verify '
      said=; zpty -w -n terminal $'\C-ukeshi rules pub\t'; wait_for 'keshi rules publish '
      zpty -d terminal
      """#
    try script.write(toFile: place.path + "/ask.zsh", atomically: true, encoding: .utf8)
    let run = try Binary.shell("export HOME=$d; timeout 120 zsh -f $d/ask.zsh", environment: ["d": place.path])
    #expect(run.status == 0, "\(run.output) \(run.remarks)")
  }
}
