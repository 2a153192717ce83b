<?php
// What a web backend does with a request: scores one row of a cached system, and tries what it must not.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

header('Content-Type: application/json');
try {
    $system = Custval\System::of(file_get_contents($_SERVER['SYSTEM_DOCUMENT']));
    parse_str($_SERVER['QUERY_STRING'], $query);
    $cells = array_map(fn (string $name) => $query[$name] ?? null, $system->inputs());
    $answer = $system->scores(...$cells) + ['parts' => count($system->explain(...$cells))];
} catch (Custval\CustvalException | InvalidArgumentException $refused) {
    http_response_code(422);
    $answer = ['error' => $refused->getMessage()];
}
try {
    FFI::cdef('int getpid(void);');
    $answer['ffi'] = 'open';
} catch (FFI\Exception) {
    $answer['ffi'] = 'closed';
}
echo json_encode($answer);
