// The two checksums of the log's files. Neither is a defence against intent: that is what the hash tree is for.
#ifndef KESHI_CHECKSUM_H
#define KESHI_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, reflected, as in iSCSI, ext4 and Kafka) of `length` bytes. Start with `crc` 0; hand the result
/// in again to go on with more bytes.
uint32_t keshi_crc32c(uint32_t crc, const void *bytes, size_t length);

/// The same sum without the processor's help. Public so that a test can hold the two against each other.
uint32_t keshi_crc32c_table(uint32_t crc, const void *bytes, size_t length);

/// XXH32 with seed 0, the checksum inside an LZ4 frame (header byte and content).
uint32_t keshi_xxh32(const void *bytes, size_t length);

#endif
