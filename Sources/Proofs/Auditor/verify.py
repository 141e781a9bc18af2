#!/usr/bin/env python3
"""Checks a Keshi log, or a proof taken from one, without Keshi.

    python3 verify.py LOGDIR [--key KEY] [--against FILE]...
    python3 verify.py --proof FILE [--key KEY]
    python3 verify.py --growth FILE --old NOTE [--key KEY]
    python3 verify.py --package DIR|ZIP [--key KEY]

Needs Python 3.8 and, for a log, the program lz4. SPEC.md beside this file says what is checked and why.

LOGDIR   the folder with LOG.json
KEY      the log's public key: the text "name+id+base64", or a file with such lines (signing.vkey, policy.txt), or a
         PEM file of OpenSSL. Take it from somewhere else than LOGDIR. Without it nobody's signature is checked.
FILE     --against: a checkpoint, a proof, or receipts that you kept. --proof: a proof for one or several events.
         --growth: a proof that the log only grew since the checkpoint NOTE. --package: an evidence package, the archive
         or the folder that it was unpacked into.

Exit status 0: clean. 2: anything else. 64: usage. 66: a file is missing.
"""
import binascii
import hashlib
import os
import sys


class Later:
    """A module that is loaded when it is first used: loading all of them takes longer than to check a proof."""

    def __init__(self, name):
        self.name = name

    def __getattr__(self, attribute):
        self.__dict__.update(vars(__import__(self.name)))
        return self.__dict__[attribute]


json, re, struct, subprocess, zipfile, zlib = map(Later, ("json", "re", "struct", "subprocess", "zipfile", "zlib"))


class Wrong(Exception):
    """What was handed in does not hold, and why."""


# ---------------------------------------------------------------------------------------------------- the hash tree
# RFC 6962 section 2.1: leaf SHA-256(0x00 || line), node SHA-256(0x01 || left || right).

def redacted(line):
    """Number and leaf hash of a line that may not be kept and gave place to its hash; None for any other line."""
    start, middle = b'{"$redacted":{"leaf":"', b'","seq":'
    if not line.startswith(start):
        return None
    leaf, _, rest = line[len(start):].partition(middle)
    try:
        seq, leaf = whole_number(rest[:-2].decode()), bytes.fromhex(leaf.decode())
    except (Wrong, ValueError):
        return None
    # Written again and compared: there is one spelling.
    again = start + leaf.hex().encode() + middle + b"%d}}" % seq
    return (seq, leaf) if line == again and len(leaf) == 32 else None


def whole_number(digits):
    """0 or more, in its one spelling."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 19 or digits != str(int(digits)):
        raise Wrong("%r is not a whole number" % digits[:80])
    return int(digits)


def only_once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Wrong("a key stands twice")
    return found


def safe_number(digits):
    if digits == "-0" or abs(int(digits)) >= 1 << 53:
        raise Wrong("%s is no number that every program reads alike" % digits)
    return int(digits)


def fraction(digits):
    number = float(digits)
    if number in (float("inf"), float("-inf")) or digits.startswith("-0") and number == 0:
        raise Wrong("%s is no number that every program reads alike" % digits)
    return number


def no_constant(word):
    raise Wrong("%s is no JSON" % word)


def event(line):
    """The event that a line is. What two programs could read in two ways is refused, though its hash may be right."""
    try:
        if len(line) > 65535 or b"\r" in line or b"\0" in line:
            raise Wrong("too long, or with bytes that no line has")
        text = line.decode("utf-8")
        found = json.loads(text, object_pairs_hook=only_once, parse_int=safe_number, parse_float=fraction,
                           parse_constant=no_constant)
        if b"\\ud" in line.lower():  # half a character, written as an escape
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (Wrong, ValueError, RecursionError) as wrong:
        raise Wrong("no line of this format: %s" % wrong)
    if not isinstance(found, dict):
        raise Wrong("no line of this format: not an object")
    return found


def leaf_hash(line):
    gone = redacted(line)
    return gone[1] if gone else hashlib.sha256(b"\x00" + line).digest()


def node_hash(left, right, algorithm=hashlib.sha256):
    return algorithm(b"\x01" + left + right).digest()


class Tree:
    """Grows leaf by leaf; keeps the roots of the full subtrees, largest first."""

    def __init__(self, algorithm=hashlib.sha256):
        self.size, self.nodes, self.algorithm = 0, [], algorithm

    def add(self, leaf):
        size, node = self.size, leaf
        while size & 1:
            node, size = node_hash(self.nodes.pop(), node, self.algorithm), size >> 1
        self.nodes.append(node)
        self.size += 1

    def root(self):
        if not self.nodes:
            return self.algorithm(b"").digest()
        root = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            root = node_hash(node, root, self.algorithm)
        return root


def split(count):
    """Where RFC 6962 divides a tree of `count` leaves, 2 or more."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_root(index, size, leaf, path):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        raise Wrong("the index lies outside the tree")
    place, last, root = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Wrong("the path is too long")
        if place & 1 or place == last:
            root = node_hash(sibling, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Wrong("the path is too short")
    return root


def check_growth(old, old_root, new, new_root, path):
    """RFC 9162 section 2.1.4.2."""
    if old > new:
        raise Wrong("the new checkpoint is the smaller one")
    if old == 0 or old == new:
        if path or (old == new and old_root != new_root):
            raise Wrong("the two checkpoints exclude each other")
        return
    path = ([old_root] if old & (old - 1) == 0 else []) + path
    if not path:
        raise Wrong("the path is too short")
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_side = new_side = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Wrong("the path is too long")
        if place & 1 or place == last:
            old_side, new_side = node_hash(sibling, old_side), node_hash(sibling, new_side)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_side = node_hash(new_side, sibling)
        place, last = place >> 1, last >> 1
    if last or old_side != old_root or new_side != new_root:
        raise Wrong("the log did not only grow between the two checkpoints")


def selection_root(start, end, leaves, hashes):
    """The root of the part [start, end) of a tree; `leaves` are pairs (index, hash), ascending, inside the part. Parts
    without any of them are given as the next of `hashes`."""
    if not leaves:
        if not hashes:
            raise Wrong("there are too few hashes")
        return hashes.pop(0)
    if end - start == 1:
        return leaves[0][1]
    middle = start + split(end - start)
    left = [leaf for leaf in leaves if leaf[0] < middle]
    right = leaves[len(left):]
    return node_hash(selection_root(start, middle, left, hashes), selection_root(middle, end, right, hashes))


# ------------------------------------------------------------------------------------------------------- Ed25519
# RFC 8032 section 5.1, verification only. A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, T = XY/Z (section 5.1.4).

P = 2 ** 255 - 19
Q = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] % P * D % P, 2 * a[2] * b[2] % P
    w, x, y, z = f - e, h - g, h + g, f + e
    return (w * x % P, y * z % P, x * y % P, w * z % P)


def point_double(a):
    e, f, h = a[0] * a[0] % P, a[1] * a[1] % P, 2 * a[2] * a[2] % P
    sum, difference = e + f, e - f
    w, x = sum - (a[0] + a[1]) ** 2 % P, h + difference
    return (w * x % P, difference * sum % P, x * difference % P, w * sum % P)


def point_sum(m, a, n, b):
    """m times a plus n times b, two bits of both factors in each step (Straus)."""
    table = [(0, 1, 1, 0)]  # at 4 * i + j: i times a plus j times b
    for place in range(1, 16):
        table.append(point_add(table[place - 1], b) if place & 3 else point_add(table[place - 4], a))
    result = table[0]
    for bit in range(max(m.bit_length(), n.bit_length()) // 2 * 2, -1, -2):
        result = point_double(point_double(result))
        result = point_add(result, table[(m >> bit & 3) << 2 | n >> bit & 3])
    return result


def point_decode(data):
    """Section 5.1.3; None for what encodes no point, and for a second spelling of one."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def point_encode(a):
    inverse = pow(a[2], -1, P)
    x, y = a[0] * inverse % P, a[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_valid(public, message, signature):
    """Section 5.1.7, without the factor 8: s times BASE minus h times the key must be R, in R's one spelling."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, s = point_decode(public), int.from_bytes(signature[32:], "little")
    if not key or s >= Q:
        return False
    if point_double(point_double(point_double(key)))[0] == 0:
        return False  # a key of small order, by which anybody could sign
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    return point_encode(point_sum(s, BASE, h, (P - key[0], key[1], 1, P - key[3]))) == signature[:32]


# ------------------------------------------------------------------------------------- checkpoints (C2SP signed-note)

def unbase64(text):
    try:
        data = binascii.a2b_base64(text)
    except ValueError:
        data = None
    if data is None or binascii.b2a_base64(data, newline=False).decode() != text:  # one spelling
        raise Wrong("%r is not base 64" % text[:80])
    return data


def unhash(text):
    data = unbase64(text)
    if len(data) != 32:
        raise Wrong("%r is not a hash" % text[:80])
    return data


class Note:
    """A signed checkpoint: origin, size, root; then signature lines."""

    def __init__(self, data):
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Wrong("a checkpoint is text")
        text, gap, lines = whole.rpartition("\n\n")
        if not gap or not lines.endswith("\n") or any(letter < " " and letter != "\n" for letter in whole):
            raise Wrong("this is not a signed checkpoint")
        self.text = text + "\n"
        fields = self.text.split("\n")
        if len(fields) < 4:
            raise Wrong("a checkpoint begins with origin, size and root")
        self.origin, self.size, self.root = fields[0], whole_number(fields[1]), unhash(fields[2])
        # Another root over the same lines, by a hash of another kind, in case that SHA-256 grows weak.
        second = [field[9:] for field in fields[3:] if field.startswith("sha3-256 ")]
        self.second = unhash(second[0]) if second else None
        self.signatures = []
        for line in lines[:-1].split("\n"):
            words = line.split(" ")
            if len(words) != 3 or words[0] != "\u2014":
                raise Wrong("%r is not a signature line" % line[:80])
            self.signatures.append((words[1], unbase64(words[2])))


def key_id(name, kind, key):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def key_name(origin):
    """The name of the key that signs for a log."""
    return "".join("-" if letter.isspace() or letter == "+" else letter for letter in origin)


def read_keys(text):
    """Public keys as pairs (name, 32 bytes); the name is None where a PEM file does not say it."""
    if os.path.exists(text):
        with open(text, encoding="utf-8", errors="replace") as file:
            text = file.read(1 << 16)
    keys = []
    _, begin, pem = text.partition("-----BEGIN PUBLIC KEY-----")
    if begin:
        der = unbase64("".join(pem.partition("-----END")[0].split()))
        if len(der) == 44 and der[:12] == bytes.fromhex("302a300506032b6570032100"):
            keys.append((None, der[12:]))
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["log"] or len(words) == 1:
            parts = words[-1 if len(words) == 1 else 1].split("+", 2)
            if len(parts) == 3 and len(parts[1]) == 8 and set(parts[1]) <= set("0123456789abcdef"):
                data = unbase64(parts[2])
                if len(data) == 33 and data[0] == 1 and key_id(parts[0], 1, data[1:]).hex() == parts[1]:
                    keys.append((parts[0], data[1:]))
    if not keys:
        raise Wrong("--key: there is no Ed25519 key")
    return keys


def check_signature(note, keys):
    """Says who signed; raises Wrong unless one of `keys` did."""
    if keys is None:
        return "signature NOT checked, no --key"
    for name, key in keys:
        name = name or key_name(note.origin)
        for signer, data in note.signatures:
            if signer == name and data[:4] == key_id(name, 1, key):
                if not ed25519_valid(key, note.text.encode(), data[4:]):
                    raise Wrong("the signature of %s is not valid" % name)
                if name != key_name(note.origin):
                    raise Wrong("the key is that of %s, the checkpoint is about %s" % (name, note.origin))
                return "signed by %s+%s" % (name, data[:4].hex())
    raise Wrong("none of the given keys has signed the checkpoint of %s" % note.origin)


# ------------------------------------------------------------------------------------------------------ proof files

class Proof:
    """Lines with their indexes, the checkpoint, and hashes from one to the other."""

    def __init__(self, data):
        head, gap, note = data.partition(b"\n\n")
        if not gap:
            raise Wrong("this is not a proof")
        lines = head.split(b"\n")
        self.note = Note(note)
        if lines[0] == b"c2sp.org/tlog-proof@v1" and len(lines) >= 3:
            if not lines[1].startswith(b"extra ") or not lines[2].startswith(b"index "):
                raise Wrong("the proof has no line or no index")
            self.events = [(whole_number(lines[2][6:].decode()), unbase64(lines[1][6:].decode()))]
            self.path = [unhash(line.decode()) for line in lines[3:]]
        elif lines[0] == b"keshi-proof/1" and len(lines) >= 4:
            count = whole_number(lines[2].rpartition(b" ")[2].decode())
            events = [line.partition(b" ") for line in lines[3:3 + count]]
            self.events = [(whole_number(number.decode()), line) for number, _, line in events]
            self.path = None
            self.hashes = [unhash(line.decode()) for line in lines[3 + count:]]
        else:
            raise Wrong("this is not a proof")

    def check(self):
        leaves = [(index, leaf_hash(line)) for index, line in self.events]
        indexes = [index for index, _ in leaves]
        if not leaves or any(a >= b for a, b in zip(indexes, indexes[1:])) or indexes[-1] >= self.note.size:
            raise Wrong("the proof's events do not ascend within the tree")
        if self.path is not None:
            root = inclusion_root(indexes[0], self.note.size, leaves[0][1], self.path)
        else:
            rest = list(self.hashes)
            root = selection_root(0, self.note.size, leaves, rest)
            if rest:
                raise Wrong("there are too many hashes")
        if root != self.note.root:
            raise Wrong("the events are not those that were signed")


# --------------------------------------------------------------------------------------------------- the log's files

CRC_TABLE = []


def crc32c(data):
    for value in range(256) if not CRC_TABLE else ():
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        CRC_TABLE.append(value)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC_TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


class Block:
    """A block header; None-like (`ok` is false) unless its own checksum holds."""

    def __init__(self, data):
        self.ok = len(data) == 128 and data[:12] == b"\x53\x2a\x4d\x18\x78\0\0\0EVB1" \
            and crc32c(data[:124]) == struct.unpack("<I", data[124:])[0]
        if self.ok:
            self.flags, = struct.unpack("<H", data[14:16])
            self.log = data[16:32].hex()
            self.first, self.count, self.bytes, self.frame = struct.unpack("<QIII", data[32:52])
            self.durable, = struct.unpack("<Q", data[72:80])
            self.root = data[80:112]
            self.vault, = struct.unpack("<I", data[112:116])


def frame_end(data, start):
    """Byte after the LZ4 frame that begins at `start`; None if it is cut off."""
    at = start + 15
    while at + 4 <= len(data):
        length, = struct.unpack("<I", data[at:at + 4])
        at += 4 + (length & 0x7FFFFFFF)
        if length == 0:
            return at + 4 if at + 4 <= len(data) else None
    return None


def walk(data, log_id):
    """Blocks of a file, the byte after its last whole group, and the leaves in whole groups."""
    at, blocks, group, end = 0, [], [], 0
    while at + 8 <= len(data):
        magic, size = struct.unpack("<II", data[at:at + 8])
        if magic == 0x184D2204:
            after = frame_end(data, at)
            if after is None or blocks or group:
                break
            at = end = after  # the head
            continue
        if not 0x184D2A50 <= magic <= 0x184D2A5F or at + 8 + size > len(data):
            break
        if magic != 0x184D2A53:
            at += 8 + size
            continue
        block = Block(data[at:at + 128])
        if not block.ok or block.log != log_id:
            break
        after = at + 128
        if block.vault:  # what may be erased; checked only as far as the log's own bytes go
            if data[after:after + 4] != b"\x54\x2a\x4d\x18" or len(data) < after + block.vault:
                break
            if struct.unpack("<I", data[after + 4:after + 8])[0] + 8 != block.vault:
                break
            after += block.vault
        if block.count:
            if data[after:after + 4] != b"\x04\x22\x4d\x18" or frame_end(data, after) != after + block.frame:
                break
            after += block.frame
        group.append(block)
        if not block.flags & 8:
            blocks, group, end = blocks + group, [], after
        at = after
    claims = [block.durable for block in blocks]
    for page in range(0, len(data), 4096):
        if data[page:page + 4] == b"\x53\x2a\x4d\x18":
            block = Block(data[page:page + 128])
            if block.ok and block.log == log_id:
                claims.append(block.durable)
    return blocks, end, max(claims, default=0), any(data[end:].strip(b"\0")) and at < len(data)


def decode(data):
    """The lines in a sequence of frames, by the program lz4."""
    try:
        run = subprocess.run(["lz4", "-dc"], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except FileNotFoundError:
        raise Wrong("the program lz4 is not installed")
    if run.returncode:
        raise Wrong("lz4: " + run.stderr.decode("utf-8", "replace").strip()[:200])
    return run.stdout.split(b"\n")[:-1]


class Log:
    """Reads every line of a log once, and computes all that is asked for on the way."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "LOG.json"), encoding="utf-8") as file:
            about = json.load(file)
        self.origin, self.id = about["origin"], about["id"]
        self.tree, self.problems, self.torn, self.checked = Tree(), [], False, 0
        self.second, self.seconds, self.gone = Tree(hashlib.sha3_256), {}, []
        self.roots, self.leaves, self.lines = {}, {}, {}

    def files(self):
        """Sealed files in order, then the active ones, of each the newest."""
        def names(part):
            path = os.path.join(self.folder, part)
            return sorted(n for n in (os.listdir(path) if os.path.isdir(path) else []) if n.endswith(".evlog.lz4"))
        newest = {}
        for name in names("active"):
            first, generation = name.split(".")[:2]
            if int(generation) >= newest.get(first, (-1, ""))[0]:
                newest[first] = (int(generation), name)
        return [("seg", n) for n in names("seg")] + [("active", newest[first][1]) for first in sorted(newest)]

    def read(self, sizes, seqs, seconds):
        """`sizes`: at which the root is wanted; `seqs`: of which the line is; `seconds`: where the second root is."""
        self.sizes, self.seqs, self.second_sizes = sizes, seqs, seconds
        if 0 in sizes:
            self.roots[0] = self.tree.root()
        files = self.files()
        active = min((int(name[:20]) for part, name in files if part == "active"), default=None)
        for place, (part, name) in enumerate(files):
            with open(os.path.join(self.folder, part, name), "rb") as file:
                data = file.read()
            before = (self.tree.size, list(self.tree.nodes), self.checked, self.second.size, list(self.second.nodes))
            try:
                self.read_file(part + "/" + name, data, part == "active" and place == len(files) - 1)
            except Wrong as wrong:
                if part == "seg" and active is not None and active <= before[0]:
                    # A crash can leave a sealed file half written beside the file it is made from: that one counts.
                    print("%s/%s: %s; the active file beside it is read instead" % (part, name, wrong))
                    self.tree.size, self.tree.nodes, self.checked, self.second.size, self.second.nodes = before
                    self.torn = True
                    continue
                self.problems.append("%s/%s: %s" % (part, name, wrong))
                return

    def read_file(self, name, data, is_last):
        blocks, end, durable, more = walk(data, self.id)
        claimed = {block.first + block.count: block.root for block in blocks if block.count}
        for line in decode(data[:end]):
            if not line.startswith(b'{"$') or redacted(line):
                self.add(line, claimed)
        if blocks and self.tree.size < blocks[-1].first + blocks[-1].count:
            raise Wrong("events from %d on are missing" % self.tree.size)
        if durable > self.tree.size:
            raise Wrong("events %d to %d were acknowledged and cannot be read" % (self.tree.size, durable - 1))
        if more and not is_last:
            raise Wrong("bytes behind %d are no block" % end)
        self.torn = self.torn or (more and is_last)

    def add(self, line, claimed):
        try:
            seq = redacted(line)[0] if redacted(line) else event(line).get("seq")
        except Wrong as wrong:
            raise Wrong("event %d: %s" % (self.tree.size, wrong))
        if seq != self.tree.size:
            if isinstance(seq, int) and seq < self.tree.size:
                return  # a sealed file had it already
            raise Wrong("event %d is missing or in the wrong place" % self.tree.size)
        leaf = leaf_hash(line)
        self.tree.add(leaf)
        if self.second_sizes:
            self.second.add(hashlib.sha3_256(b"\x00" + line).digest())
            if redacted(line):
                self.gone.append(seq)
            if self.tree.size in self.second_sizes:
                self.seconds[self.tree.size] = self.second.root()
        if seq in self.seqs:
            self.leaves[seq], self.lines[seq] = leaf, line
        if self.tree.size in self.sizes:
            self.roots[self.tree.size] = self.tree.root()
        if self.tree.size in claimed:
            if claimed[self.tree.size] != self.tree.root():
                raise Wrong("the root that a block states at %d is not that of the lines" % self.tree.size)
            self.checked += 1


# ------------------------------------------------------------------------------------------------------- the commands

def receipt(line):
    found = json.loads(line)
    numbers = [found.get(name) for name in ("seq", "size")] if isinstance(found, dict) else [None]
    if not all(type(number) is int and number >= 0 for number in numbers) or not isinstance(found.get("leaf"), str):
        raise Wrong("no receipt")
    return found


class Held:
    """Something that somebody kept: a checkpoint, a proof, receipts."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        self.path, self.note, self.events, self.receipts, self.proof = path, None, [], [], None
        if data.startswith(b"{"):
            self.receipts = [receipt(line) for line in data.splitlines() if line.strip()]
        elif data.startswith((b"c2sp.org/tlog-proof@v1\n", b"keshi-proof/1\n")):
            self.proof = Proof(data)
            self.note, self.events = self.proof.note, self.proof.events
        elif data.startswith(b"old "):
            self.note = Note(data.partition(b"\n\n")[2])
        else:
            self.note = Note(data)

    def compare(self, log, keys):
        """What it says of the log: words, and "agrees", "shorter" or "forked"."""
        said = []
        if self.note:
            if self.note.origin != log.origin:
                raise Wrong("it is about %s, not about %s" % (self.note.origin, log.origin))
            said.append(check_signature(self.note, keys))
            if self.proof:
                self.proof.check()
            if self.note.size > log.tree.size:
                return "size %d was signed, the log has %d" % (self.note.size, log.tree.size), "shorter"
            if log.roots[self.note.size] != self.note.root:
                return "size %d: another root was signed (%s)" % (self.note.size, ", ".join(said)), "forked"
            said.insert(0, "size %d agrees" % self.note.size)
            if self.note.second is not None and self.note.second != log.seconds[self.note.size]:
                if any(seq < self.note.size for seq in log.gone):
                    raise Wrong("lines gave place to their hash, so its second root cannot be compared")
                return "size %d: another root by SHA3-256 was signed" % self.note.size, "forked"
            if self.note.second is not None:
                said.insert(1, "by SHA3-256 too")
        for index, line in self.events:
            if log.lines[index] != line:
                return "event %d is another one" % index, "forked"
        for receipt in self.receipts:
            if receipt["seq"] >= log.tree.size or receipt["size"] > log.tree.size:
                return "event %d of %d was acknowledged, the log has %d" % (
                    receipt["seq"], receipt["size"], log.tree.size), "shorter"
            if log.leaves[receipt["seq"]].hex() != receipt["leaf"]:
                return "event %d is not the one that was acknowledged" % receipt["seq"], "forked"
        if self.receipts:
            said.append("%d receipts agree" % len(self.receipts))
        if self.events:
            said.append("%d events agree" % len(self.events))
        return ", ".join(said), "agrees"


def verify_log(folder, keys, against):
    log = Log(folder)
    kept = os.path.join(folder, "checkpoints")
    places = [(kept, ".note"), (os.path.join(folder, "receipts"), ".ndjson")]
    names = [os.path.join(place, name) for place, end in places if os.path.isdir(place)
             for name in sorted(os.listdir(place)) if name.endswith(end)]
    held, verdicts = [], set()
    for path in names + against:
        try:
            held.append(Held(path))
        except (Wrong, ValueError) as wrong:
            print("%s: %s" % (path, wrong))
            verdicts.add("damaged" if path not in against else "refused")
    sizes = {h.note.size for h in held if h.note}
    seqs = {r["seq"] for h in held for r in h.receipts} | {index for h in held for index, _ in h.events}
    log.read(sizes, seqs, {h.note.size for h in held if h.note and h.note.second is not None})
    print("%d events, root %s" % (log.tree.size, log.tree.root().hex()))
    print("%d blocks state the root that the lines have" % log.checked)
    for problem in log.problems:
        print(problem)
    verdicts |= {"damaged"} if log.problems else {"torn"} if log.torn else set()
    for item in [] if log.problems else held:
        try:
            words, finding = item.compare(log, keys)
        except Wrong as wrong:
            words, finding = str(wrong), "refused"
        print("%s: %s" % (item.path, words))
        verdicts |= {"forked": {"forked"}, "shorter": {"damaged"}, "refused": {"refused"}}.get(finding, set())
    verdict = next((v for v in ("forked", "damaged", "refused", "torn") if v in verdicts), "clean")
    print(json.dumps({"verdict": verdict, "events": log.tree.size, "root": log.tree.root().hex()}))
    return 0 if verdict == "clean" else 2


def verify_proof(path, keys):
    with open(path, "rb") as file:
        proof = Proof(file.read())
    signed = check_signature(proof.note, keys)
    proof.check()
    print("%d of the %d events that %s had, %s" % (len(proof.events), proof.note.size, proof.note.origin, signed))
    for index, line in proof.events:
        print("%d %s" % (index, line.decode("utf-8", "replace")))
    print('{"verdict": "clean", "events": %d, "size": %d, "root": "%s"}' % (
        len(proof.events), proof.note.size, proof.note.root.hex()))
    return 0


def verify_growth(path, old_path, keys):
    with open(path, "rb") as file:
        head, _, rest = file.read().partition(b"\n\n")
    with open(old_path, "rb") as file:
        old = Note(file.read())
    new, lines = Note(rest), head.decode("utf-8", "replace").split("\n")
    if old.origin != new.origin or lines[0] != "old %d" % old.size:
        raise Wrong("the proof does not begin at that checkpoint")
    print("old: %s" % check_signature(old, keys))
    print("new: %s" % check_signature(new, keys))
    check_growth(old.size, old.root, new.size, new.root, [unhash(line) for line in lines[1:]])
    print(json.dumps({"verdict": "clean", "old": old.size, "events": new.size, "root": new.root.hex()}))
    return 0

# ------------------------------------------------------------------------------------------------ evidence packages

MANIFEST, CUSTODY, CUSTODY_HASH = "MANIFEST.sha256", "custody.json", "CUSTODY.sha256"


def canonical(value):
    """RFC 8785, for the values that occur here: texts, whole numbers, flags, lists, objects with ASCII names."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def archive_bytes(files):
    """The archive as it must be: stored files in this order, nothing said of times and owners (APPNOTE.TXT 6.3)."""
    out, directory = [], []
    at = 0
    for name, data in files:
        path = name.encode()
        entry = struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, 0, 0x0021, zlib.crc32(data), len(data), len(data), len(path), 0)
        directory.append(struct.pack("<IH", 0x02014B50, 3 << 8 | 20) + entry
                         + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, at) + path)
        out.append(struct.pack("<I", 0x04034B50) + entry + path + data)
        at += len(out[-1])
    whole = b"".join(directory)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(files), len(files), len(whole), at, 0)
    return b"".join(out) + whole + end


def walk_files(folder):
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)
            yield os.path.relpath(path, folder).replace(os.sep, "/"), path


class Package:
    """An evidence package: its files by name, and what is wrong, file by file."""

    def __init__(self, path):
        self.files, self.problems, self.name = {}, [], path
        if os.path.isdir(path):
            for name, place in walk_files(path):
                with open(place, "rb") as file:
                    self.files[name] = file.read()
        else:
            self.unpack(path)

    def unpack(self, path):
        with open(path, "rb") as file:
            whole = file.read()
        order = []
        try:
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    try:
                        self.files[info.filename] = archive.read(info)
                    except Exception as error:  # zipfile raises a dozen kinds for damaged bytes
                        self.problem(info.filename, "cannot be unpacked: %s" % error)
                    order.append(info.filename)
        except Exception as error:
            raise Wrong("%s: the archive cannot be read: %s" % (path, error))
        if not self.problems and archive_bytes([(name, self.files[name]) for name in order]) != whole:
            self.problem(os.path.basename(path), "the archive says something beside its files")

    def problem(self, name, what):
        self.problems.append((name, what))

    def read(self, name):
        if name not in self.files:
            self.problem(name, "is missing")
        return self.files.get(name, b"")

    def hashes(self, name):
        """The pairs (hash, name) of a list as sha256sum writes it."""
        pairs = []
        for number, line in enumerate(self.read(name).split(b"\n")[:-1], 1):
            found = re.fullmatch(rb"([0-9a-f]{64})  ([^\x00-\x1f]+)", line)
            if not found:
                self.problem(name, "line %d is not a hash and a name" % number)
                continue
            pairs.append((found.group(1).decode(), found.group(2).decode("utf-8", "replace")))
        return pairs

    def check_hashes(self, name, must=None):
        listed = []
        for digest, path in self.hashes(name):
            listed.append(path)
            if path in self.files and hashlib.sha256(self.files[path]).hexdigest() != digest:
                self.problem(path, "is not the file that %s lists" % name)
            elif path not in self.files:
                self.problem(path, "is missing; %s lists it" % name)
        if must is not None and listed != must:
            self.problem(name, "does not list %s" % ", ".join(must))
        return listed

    def attempt(self, name, check):
        """Runs a check of one file; what it finds wrong is the file's."""
        try:
            return check()
        except (Wrong, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as wrong:
            self.problem(name, str(wrong) or type(wrong).__name__)
            return None

    def check(self, keys):
        self.check_hashes(CUSTODY_HASH, [CUSTODY, MANIFEST])
        listed = self.check_hashes(MANIFEST)
        for name in sorted(set(self.files) - set(listed) - {MANIFEST, CUSTODY, CUSTODY_HASH}):
            self.problem(name, "is listed nowhere")
        self.custody = self.attempt(CUSTODY, self.check_custody) or {}
        proof = self.attempt("events.proof", lambda: self.check_proof(self.read("events.proof")))
        self.events = dict(proof.events) if proof else {}
        self.note = proof.note if proof else None
        self.signed = self.attempt("checkpoint.note", lambda: self.check_note(keys)) or "no signature holds"
        self.attempt("events.ndjson", self.check_events)
        for name in sorted(self.files):
            if name.startswith("proofs/"):
                self.attempt(name, lambda: self.check_single(name))
            if name.startswith("attachments/") and hashlib.sha256(self.files[name]).hexdigest() != name[12:]:
                self.problem(name, "is not the document that its name says")
            if name.startswith("rules/"):
                self.attempt(name, lambda: self.check_rule(name))
        self.attempt("attachments.json", self.check_attachments)

    def check_custody(self):
        custody = json.loads(self.read(CUSTODY))
        if custody["manifest"] != hashlib.sha256(self.read(MANIFEST)).hexdigest():
            raise Wrong("was written for another manifest")
        return custody

    @staticmethod
    def check_proof(data):
        proof = Proof(data)
        proof.check()
        return proof

    def check_note(self, keys):
        note = Note(self.read("checkpoint.note"))
        signed = check_signature(note, keys)
        if self.note and (note.text, note.signatures) != (self.note.text, self.note.signatures):
            raise Wrong("is not the checkpoint that events.proof leads to")
        return signed

    def check_events(self):
        lines = self.read("events.ndjson").split(b"\n")[:-1]
        if lines != [line for _, line in sorted(self.events.items())]:
            raise Wrong("these are not the events that events.proof proves")

    def check_single(self, name):
        proof = self.check_proof(self.files[name])
        if proof.events[0] not in self.events.items() or int(re.sub("[^0-9]", "", name.partition(".")[0])) != proof.events[0][0]:
            raise Wrong("proves another event")
        if self.note and proof.note.text != self.note.text:
            raise Wrong("leads to another checkpoint")

    def check_rule(self, name):
        rule = json.loads(self.files[name])
        if hashlib.sha256(canonical(rule["body"])).hexdigest() != rule["sha256"]:
            raise Wrong("its body has another hash than it says")

    def check_attachments(self):
        for item in json.loads(self.read("attachments.json")):
            line = self.events.get(item["event"], b"")
            if item["sha256"].encode() not in line:
                raise Wrong("event %s names no document %s" % (item["event"], item["sha256"]))
            if item["file"] is not None and item["file"] not in self.files:
                raise Wrong("%s is missing" % item["file"])


def verify_package(path, keys):
    package = Package(path)
    package.check(keys)
    for name, what in package.problems:
        print("%s: %s" % (name, what))
    if not package.problems:
        custody, request = package.custody, json.loads(package.files["request.json"])
        print("%s: %d of the %d events that %s had, %s" % (
            request["subject"], len(package.events), package.note.size, package.note.origin, package.signed))
        print("taken out by %s at %s with %s, recorded there as event %s" % (
            custody.get("exportedBy", "nobody named"), custody["exportedAt"], custody["program"],
            custody["recorded"]["event"]))
        absent = sorted({i["sha256"] for i in json.loads(package.files["attachments.json"]) if i["file"] is None})
        print("%d files agree with the manifest; %d documents are named and absent" % (
            len(package.files) - 3, len(absent)))
    print(json.dumps({"verdict": "refused" if package.problems else "clean", "events": len(package.events),
                      "files": sorted({name for name, _ in package.problems})}))
    return 2 if package.problems else 0


def main(words):
    options, places, against = {}, [], []
    words = list(words)
    while words:
        word = words.pop(0)
        if word in ("--key", "--proof", "--growth", "--old", "--against", "--package"):
            if not words:
                raise SystemExit(__doc__)
            if word == "--against":
                against.append(words.pop(0))
            else:
                options[word] = words.pop(0)
        else:
            places.append(word)
    keys = read_keys(options["--key"]) if "--key" in options else None
    if "--proof" in options and not places:
        return verify_proof(options["--proof"], keys)
    if "--growth" in options and "--old" in options and not places:
        return verify_growth(options["--growth"], options["--old"], keys)
    if "--package" in options and not places:
        return verify_package(options["--package"], keys)
    if len(places) != 1 or places[0].startswith("-"):
        print(__doc__)
        return 64
    return verify_log(places[0], keys, against)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        print(json.dumps({"verdict": "refused", "because": str(wrong)}))
        sys.exit(2)
    except OSError as error:
        print(error)
        sys.exit(66)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        print(json.dumps({"verdict": "refused", "because": "unreadable: %s" % error}))
        sys.exit(2)
