<?php
// The calls that every embedding answers alike: tests/embeddings/calls.py writes them.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

use Custval\CustvalException;
use Custval\Groups;
use Custval\Lifetime;
use Custval\System;

function run_shared_calls(string $path): void
{
    // Whole numbers beyond 2^63 and texts are left as they are; documents go on as the very text.
    $calls = json_decode(file_get_contents($path), false, 64, JSON_THROW_ON_ERROR)->calls;
    foreach ($calls as $call) {
        Harness::test("{$call->call} {$call->id}", fn () => ('shared_' . $call->call)($call));
    }
}

function document(object $document): string
{
    return json_encode($document, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION);
}

function near_expected(object $call, array $found): void
{
    foreach (get_object_vars($call->expected) as $name => $expected) {
        if ($expected !== null && array_key_exists($name, $found)) {
            Harness::near((float) $expected, $found[$name], $call->tolerance, $name);
        }
    }
}

function exactly(object $call, array $found): void
{
    foreach (get_object_vars($call->exact) as $name => $exact) {
        Harness::same($exact === null ? null : (float) $exact, $found[$name], $name);
    }
}

function shared_score(object $call): void
{
    $system = System::of(document($call->system));
    Harness::same($call->inputs, $system->inputs());
    $scores = $system->scores(...$call->cells);
    Harness::same($call->status, $scores['status']);
    exactly($call, $scores);
    near_expected($call, $scores);
    $batch = $system->score(array_combine($call->inputs, array_map(fn ($cell) => [$cell], $call->cells)));
    exactly($call, array_map(fn (array $column) => $column[0], $batch));
}

function shared_refuse(object $call): void
{
    $refused = Harness::throws(CustvalException::class, $call->message_part, fn () => System::of(document($call->system)));
    Harness::same($call->error, $refused->status);
}

function shared_weights(object $call): void
{
    $made = Custval\weights($call->matrix);
    Harness::same(array_map('floatval', $call->exact->weights), array_values($made['weights']));
    Harness::same($call->exact->cr === null ? null : (float) $call->exact->cr, $made['cr']);
}

function shared_group(object $call): void
{
    $groups = new Groups(document($call->groups));
    Harness::same($call->inputs, $groups->columns());
    Harness::same($call->expected, $groups->group(...$call->cells));
}

function shared_lifetime(object $call): void
{
    [$x, $t_x, $T] = $call->cells;
    $forecast = (new Lifetime(document($call->lifetime)))->predict(
        ['x' => [$x], 't_x' => [$t_x], 'T' => [$T]],
        ['horizon' => $call->horizon, 'outputs' => ['alive', 'expected']],
    );
    $found = array_map(fn (array $column) => $column[0], $forecast);
    exactly($call, $found);
    near_expected($call, $found);
}
