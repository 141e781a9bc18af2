#ifndef KESHI_PREFETCH_H
#define KESHI_PREFETCH_H

#include <stddef.h>

/// Asks the processor to bring the line at `address` near, for writing. Only a hint: it reads nothing, and an address
/// that is nobody's does no harm.
static inline void keshi_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

/// Asks the system to back these bytes with large pages when they are first touched. Only a hint: nothing is read or
/// written, and a system without large pages does as ever.
void keshi_want_large_pages(const void *start, size_t bytes);

#endif
