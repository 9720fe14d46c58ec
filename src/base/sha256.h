#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

/*
 * SHA-256 (FIPS 180-4), for the fingerprints of findings. Ours, since none of the three libraries
 * offers it in every release that is supported and one more dependency would weigh more.
 */
struct sha256 {
	uint32_t state[8];
	uint64_t length; /* bytes */
	unsigned char block[64];
};

void sha256_init(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *bytes, size_t length);

/* 64 lower-case hex digits and a NUL. */
void sha256_hex(struct sha256 *hash, char hex[65]);

#endif
