// The system's LZ4: the block, high-compression and frame interfaces.
#include <lz4.h>
#include <lz4hc.h>
#include <lz4frame.h>
