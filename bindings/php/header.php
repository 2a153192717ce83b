<?php
// Prints the file for ffi.preload: php header.php [LIBRARY] >custval.h; see docs/php.md.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

require __DIR__ . '/Declarations.php';

$library = $argv[1] ?? 'libcustval.so.0';
echo "#define FFI_SCOPE \"custval\"\n#define FFI_LIB \"$library\"\n", Custval\Declarations::HEADER, "\n";
