#include "checksum.h"
#include <string.h>

// Both sums are defined on little-endian words. Every platform Keshi runs on is little-endian; refuse to compile
// elsewhere rather than compute a wrong sum.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian only");

static uint32_t read32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static uint64_t read64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return v; }

// CRC-32C by table: eight tables, eight bytes a step ("slicing by 8"). Filled before main, so no thread ever sees
// them half made.
static uint32_t table[8][256];

__attribute__((constructor)) static void fill_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int bit = 0; bit < 8; bit++) c = (c >> 1) ^ (0x82F63B78u & (0u - (c & 1)));
    table[0][i] = c;
  }
  for (int t = 1; t < 8; t++)
    for (uint32_t i = 0; i < 256; i++)
      table[t][i] = (table[t - 1][i] >> 8) ^ table[0][table[t - 1][i] & 0xFF];
}

uint32_t keshi_crc32c_table(uint32_t crc, const void *bytes, size_t length) {
  const uint8_t *p = bytes;
  uint32_t c = ~crc;
  for (; length >= 8; length -= 8, p += 8) {
    uint32_t low = read32(p) ^ c, high = read32(p + 4);
    c = table[7][low & 0xFF] ^ table[6][(low >> 8) & 0xFF] ^ table[5][(low >> 16) & 0xFF] ^ table[4][low >> 24] ^
        table[3][high & 0xFF] ^ table[2][(high >> 8) & 0xFF] ^ table[1][(high >> 16) & 0xFF] ^ table[0][high >> 24];
  }
  for (; length > 0; length--, p++) c = (c >> 8) ^ table[0][(c ^ *p) & 0xFF];
  return ~c;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse(uint32_t crc, const uint8_t *p, size_t length) {
  uint64_t c = (uint32_t)~crc;
  for (; length >= 8; length -= 8, p += 8) c = _mm_crc32_u64(c, read64(p));
  for (; length > 0; length--, p++) c = _mm_crc32_u8((uint32_t)c, *p);
  return ~(uint32_t)c;
}
#endif

uint32_t keshi_crc32c(uint32_t crc, const void *bytes, size_t length) {
#if defined(__x86_64__)
  // Asked at run time: the binary must also start on a processor, or under an emulator, without the instruction.
  if (__builtin_cpu_supports("sse4.2")) return crc32c_sse(crc, bytes, length);
#endif
  return keshi_crc32c_table(crc, bytes, length);
}

// XXH32, written from its published description.
static const uint32_t P1 = 2654435761u, P2 = 2246822519u, P3 = 3266489917u, P4 = 668265263u, P5 = 374761393u;

static uint32_t rotate(uint32_t v, int by) { return (v << by) | (v >> (32 - by)); }
static uint32_t mix(uint32_t lane, uint32_t word) { return rotate(lane + word * P2, 13) * P1; }

uint32_t keshi_xxh32(const void *bytes, size_t length) {
  const uint8_t *p = bytes;
  size_t left = length;
  uint32_t h = P5;
  if (left >= 16) {
    uint32_t a = P1 + P2, b = P2, c = 0, d = 0u - P1;
    for (; left >= 16; left -= 16, p += 16) {
      a = mix(a, read32(p));
      b = mix(b, read32(p + 4));
      c = mix(c, read32(p + 8));
      d = mix(d, read32(p + 12));
    }
    h = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  }
  h += (uint32_t)length;
  for (; left >= 4; left -= 4, p += 4) h = rotate(h + read32(p) * P3, 17) * P4;
  for (; left > 0; left--, p++) h = rotate(h + *p * P5, 11) * P1;
  h ^= h >> 15;
  h *= P2;
  h ^= h >> 13;
  h *= P3;
  return h ^ (h >> 16);
}
