#!/usr/bin/perl
# Objects that Git would need long to write.
#
#   objects.pl loose TYPE SIZE   the file of a loose object of so many NUL bytes
#   objects.pl pack SIZE TEXT    a pack: a blob of so many NUL bytes, and one packed as a change of it
use strict;
use warnings;
use Compress::Zlib;
use Digest::SHA qw(sha1);

use constant { BLOB => 3, DELTA => 6, PIECE => 1 << 20, BASE => 65_521 };

# Deflated, so many NUL bytes behind a header: a piece that is flushed can be repeated.
sub zeros {
	my ($header, $size) = @_;
	my ($stream) = deflateInit(-Level => 9);
	my $bytes = $stream->deflate($header) . $stream->flush(Z_FULL_FLUSH);
	my $piece = $stream->deflate("\0" x PIECE) . $stream->flush(Z_FULL_FLUSH);
	my ($low, $high) = (1, 0);

	$bytes .= $piece x int($size / PIECE);
	$bytes .= $stream->deflate("\0" x ($size % PIECE)) . $stream->flush(Z_FINISH);
	# The sum at the end is of what went in, of which most did not.
	$high = ($high + ($low = ($low + $_) % BASE)) % BASE for unpack 'C*', $header;
	$high = ($high + $low * $size) % BASE;
	return substr($bytes, 0, -4) . pack 'N', $high << 16 | $low;
}

# A number, seven bits a byte; in an entry's head four of the first are there already.
sub number {
	my ($value) = @_;
	my $bytes = '';

	do {
		$bytes .= chr($value & 0x7f | ($value > 0x7f ? 0x80 : 0));
	} while ($value >>= 7);
	return $bytes;
}

sub head {
	my ($type, $size) = @_;
	my $rest = $size >> 4;

	return chr(($rest ? 0x80 : 0) | $type << 4 | $size & 15) . ($rest ? number($rest) : '');
}

sub distance {
	my ($value) = @_;
	my $bytes = chr($value & 0x7f);

	while ($value >>= 7) {
		$bytes = chr(0x80 | --$value & 0x7f) . $bytes;
	}
	return $bytes;
}

sub pack_of {
	my ($size, $text) = @_;
	my $delta = number($size) . number(length $text) . chr(length $text) . $text;
	my $base = head(BLOB, $size) . zeros('', $size);
	my $pack = 'PACK' . pack('NN', 2, 2) . $base . head(DELTA, length $delta) .
		distance(length $base) . compress($delta);

	return $pack . sha1($pack);
}

my ($what, @arguments) = @ARGV;
binmode STDOUT;
print $what eq 'pack' ? pack_of(@arguments) : zeros("$arguments[0] $arguments[1]\0", $arguments[1]);
