<?php
// Scores a million rows in PHP: php embeddings_php.php SYSTEM ROWS. Prints JSON lines.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

require __DIR__ . '/../bindings/php/Custval.php';

const REPEATS = 7;
const WEIGHTS = [0.25, 0.2, 0.25, 0.15, 0.15, -0.4, -0.25, -0.15, -0.2];
ini_set('memory_limit', '-1');

function report(string $what, callable $task): void
{
    $took = [];
    for ($i = -1; $i < REPEATS; $i++) {
        $begun = hrtime(true);
        $task();
        if ($i >= 0) {
            $took[] = (hrtime(true) - $begun) * 1e-9;
        }
    }
    sort($took);
    echo json_encode(['what' => $what, 'seconds' => $took[intdiv(REPEATS, 2)]]), "\n";
}

$rows = (int) $argv[2];
$system = Custval\System::of(file_get_contents($argv[1]));
$names = $system->inputs();
$ffi = Custval\Library::ffi();
$lists = $packed = $memory = [];
foreach ($names as $c => $name) {
    for ($r = 0; $r < $rows; $r++) {
        $lists[$name][$r] = (float) (1 + ($r * (2 * $c + 7) + intdiv($r, 11)) % 10);
    }
    $packed[$name] = implode('', array_map(fn (array $some) => pack('d*', ...$some), array_chunk($lists[$name], 1000)));
    $memory[$name] = $ffi->new("double[$rows]");
    FFI::memcpy($memory[$name], $packed[$name], 8 * $rows);
}
$scorer = $system->scorer(['levels' => 'value', 'coverage' => 'none']);
$out = ['value' => $ffi->new("double[$rows]")];
$status = $ffi->new("uint32_t[$rows]");
report('columns lent', fn () => $scorer->score($memory, $out, $status));
report('packed columns lent', fn () => $scorer->score($packed, $out, $status));
report('columns of arrays', fn () => $scorer->score($lists, $out, $status));
report('rows one by one', function () use ($scorer, $lists, $rows, $names) {
    for ($r = 0; $r < $rows; $r++) {
        $row = [];
        foreach ($names as $name) {
            $row[] = $lists[$name][$r];
        }
        $scorer->scores(...$row);
    }
});
report('plain expression', function () use ($lists, $rows, $names) {
    $plain = [];
    for ($r = 0; $r < $rows; $r++) {
        $sum = 0.0;
        foreach ($names as $c => $name) {
            $sum += WEIGHTS[$c] * ($lists[$name][$r] - 1) / 9 * 100;
        }
        $plain[] = $sum;
    }
});
