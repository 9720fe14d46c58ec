/*
 * libgit2 with mbed TLS parses every certificate that the system trusts when it starts, for
 * fetches over HTTPS. Nothing here fetches anything, and that took as long as to read 1000 files:
 * this function stands in for mbed TLS's and trusts nobody. It is weak, so that it steps back
 * where mbed TLS is linked in statically.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

__attribute__((weak)) int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}
