# shellcheck shell=sh disable=SC2034,SC2154
# The binaries that action.yml may run; install.sh reads this. A binary whose SHA-256 is not here
# is never run, whoever serves it.
#
# A release of version V is made in this order, so that its tag holds the pins of its own binaries:
#
#   1. `make release` on the commit that sets V in src/cli/version.h, on x86_64 and on aarch64. The
#      same commit gives the same bytes wherever it is built, so anybody can do it again and compare;
#   2. a line for each below, `V ARCH SHA256`. The old lines stay: they are the versions that a
#      workflow can ask for. Pins are no source of the binary, and leave its bytes as they are;
#   3. the tag vV on that commit, and a release of it with the binaries as its files, named
#      onedockerfile-linux-ARCH.
#
# Until the files are there, and for an architecture without a line, the action builds its source.
pins='
'

# A mirror can stand here instead, with the same files.
address=${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download/v$version/onedockerfile-linux-$arch
