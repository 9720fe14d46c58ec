#!/usr/bin/perl
# Each system call fails once, in the program as it is developed: with the system's libraries.
use strict;
use warnings;
use Calls;

Calls::run($ENV{ONEDOCKERFILE}, \&Calls::is_loader);
