#include <stdint.h>

#include "base/sha256.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In pieces, each as long as its first byte says, it is the hash of the whole. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sha256 whole, pieces;
	char expected[65], found[65];

	sha256_init(&whole);
	sha256_add(&whole, data, size);
	sha256_hex(&whole, expected);
	sha256_init(&pieces);
	for (size_t at = 0, length = 0; at < size; at += length) {
		length = data[at] < size - at ? data[at] : size - at;
		sha256_add(&pieces, data + at, length);
		sha256_add(&pieces, data + at + length, length == 0);
		length += length == 0;
	}
	sha256_hex(&pieces, found);
	require_same(found, expected);
	return 0;
}
