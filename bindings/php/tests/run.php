<?php
// Tests of the PHP binding: php run.php CALLS, which tests/embeddings/calls.py wrote.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

use Custval\CustvalException;
use Custval\Groups;
use Custval\Lifetime;
use Custval\System;

require __DIR__ . '/harness.php';
require __DIR__ . '/shared_calls.php';

const SHOP = '{"custval": "system", "version": 1, "dimensions": [
    {"id": "product", "side": "benefit", "indicators": [
        {"id": "quality", "weight": 3, "items": [{"column": "q1", "scale": [1, 10]}]},
        {"id": "range", "weight": 1, "items": [{"column": "grade",
            "curve": {"type": "table", "scores": {"gut": 80, "7": 90, "\ud83d\ude42": 100}}}]}]},
    {"id": "money", "side": "sacrifice", "indicators": [
        {"id": "price", "items": [{"column": "q3", "scale": [1, 10]}]}]}]}';
const LIFETIME = '{"custval": "lifetime", "version": 1, "model": "bgnbd",
    "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}}';

// First, in a heap without holes, which would hide a leak.
Harness::test('nothing leaks', function () {
    $leak = Harness::left(2000, fn () => FFI::cdef()->new('char[100]', false));
    Harness::true($leak > 64, "a leak of 100 bytes shows as $leak");
    $small = ['q1' => [5], 'grade' => ['gut'], 'q3' => [2]];
    $left = Harness::left(2000, function () use ($small) {
        $system = new System(SHOP);
        $system->score($small);
        $system->explain(1, 'gut', 2);
        try {
            $system->value('many', 'gut', 2);
        } catch (InvalidArgumentException) {
        }
    });
    Harness::true($left < 64, "a cycle leaves $left bytes");
    $columns = ['q1' => array_fill(0, 10000, 5), 'grade' => array_fill(0, 10000, 'gut'), 'q3' => array_fill(0, 10000, 2)];
    $system = System::of(SHOP);
    $left = Harness::left(40, fn () => $system->score($columns));
    Harness::true($left < 5000, "10,000 rows leave $left bytes");
});

run_shared_calls($argv[1]);

Harness::test('parts of an explanation give the value', function () {
    $system = System::of(SHOP);
    $sum = 0.0;
    foreach ($system->explain(8, 'gut', 3) as $step) {
        $sum += $step['is_part'] === 1.0 ? $step['contribution'] : 0.0;
    }
    Harness::same($system->value(8, 'gut', 3), $sum);
    Harness::true(str_contains($system->why(8, 'gut', 3), 'quality'));
});

Harness::test('every way in gives the same bits', function () {
    $system = new System(str_replace(['"grade",', '"curve": {"type": "table", "scores": {"gut": 80, "7": 90, "\ud83d\ude42": 100}}'],
        ['"q2",', '"scale": [1, 10]'], SHOP));
    $columns = ['q1' => [10, 4, null], 'q2' => [10.0, '7', 5], 'q3' => [1, 10, 2], 'name' => ['not', 'read', 'here']];
    $lists = $system->score($columns);
    $packed = ['q1' => pack('d*', 10, 4, NAN), 'q2' => pack('d*', 10, 7, 5), 'q3' => pack('d*', 1, 10, 2)];
    Harness::same($lists['value'], $system->score($packed)['value']);
    Harness::same(pack('d*', 10, 4), substr($packed['q1'], 0, 16));
    Harness::same(array_slice($lists['value'], 0, 2),
        array_values(array_slice(unpack('d*', $system->score($packed, ['packed' => true])['value']), 0, 2)));
    $memory = array_map(function (string $block) {
        $cells = Custval\Library::ffi()->new('double[3]');
        FFI::memcpy($cells, $block, 24);
        return $cells;
    }, $packed);
    $out = Custval\Library::ffi()->new('double[3]');
    $status = Custval\Library::ffi()->new('uint32_t[3]');
    $system->scorer()->score($memory, ['value' => $out], $status);
    foreach ([0, 1, 2] as $row) {
        $alone = $system->scores(...array_map(fn ($name) => $columns[$name][$row], ['q1', 'q2', 'q3']));
        Harness::same($lists['value'][$row], $alone['value']);
        Harness::same($lists['value'][$row], is_nan($out[$row]) ? null : $out[$row]);
        Harness::same($alone['status'], $status[$row]);
        Harness::same((float) $alone['status'], $lists['status'][$row]);
    }
    Harness::same(100.0, $lists['value'][0]);
});

Harness::test('long columns of cells of any kind', function () {
    $system = new System('{"custval": "system", "version": 1, "dimensions": [{"id": "product", "side": "benefit",
        "indicators": [{"id": "quality", "items": [{"column": "q1", "scale": [0, 10000]}]}]}]}');
    $score = fn (array $cells) => $system->score(['q1' => $cells])['value'];
    $plain = array_map(floatval(...), range(0, 9999));
    $expected = $score($plain);
    Harness::same(25.0, $expected[2500]);
    Harness::same($expected, $system->score(['q1' => pack('d*', ...$plain)])['value']);
    Harness::same($expected, $score(range(0, 9999)), 'whole numbers');
    foreach ([0, 4095, 4096, 8191, 9999] as $row) {
        $cells = $plain;
        $cells[$row] = (string) $row;
        Harness::same($expected, $score($cells), "a text in row $row");
        $cells[$row] = null;
        Harness::same(array_replace($expected, [$row => null]), $score($cells), "nothing in row $row");
        $cells[$row] = 'many';
        Harness::throws(InvalidArgumentException::class, "row $row", fn () => $score($cells));
    }
    $named = array_combine(array_map(fn ($row) => "customer $row", range(0, 9999)), $plain);
    Harness::same($expected, $score($named), 'keys are not looked at');
    unset($plain[4096]);
    Harness::same(9999, count($score($plain)));
    Harness::same($expected[4097], $score($plain)[4096]);
});

Harness::test('texts, numbers as texts, and what is missing', function () {
    $system = System::of(SHOP);
    Harness::same($system, System::of(SHOP), 'one text, one system');
    Harness::same(['q1', 'grade', 'q3'], $system->inputs());
    Harness::same([false, true, false], array_map([$system, 'isText'], [0, 1, 2]));
    Harness::same(100.0, $system->value(10, "\u{1F642}", 1));
    Harness::same($system->value(8, 'gut', 3), $system->value(q3: 3, q1: 8, grade: 'gut'));
    Harness::same($system->scores(8, null, 3), $system->scores(...['q3' => 3, 'q1' => 8]));
    Harness::same($system->value(10, 'gut', 1), $system->value('10', 'gut', '1.0'), 'as databases give them');
    Harness::same($system->value(10, '7', 1), $system->value(10, 7, 1));
    Harness::same($system->scores(null, 'gut', 1), $system->scores('', 'gut', 1));
    Harness::same($system->scores(null, 'gut', 1), $system->scores(NAN, 'gut', 1));
    Harness::same(null, $system->value(null, null, null));
    Harness::same(2048, $system->scores(10, 'schlecht', 1)['status']);
    Harness::true(str_contains($system->reason(10, 'schlecht', 1), 'schlecht'));
    Harness::same('', $system->reason(10, 'gut', 1));
    $long = $system->scores(10, str_repeat('x', 100000), 1);
    Harness::same(2048, $long['status']);
    $batch = $system->score(['q1' => [10, 10], 'grade' => ['gut', null], 'q3' => [1, 1]]);
    Harness::same([$system->value(10, 'gut', 1), $system->value(10, null, 1)], $batch['value']);
    Harness::same([], $system->score(['q1' => [], 'grade' => [], 'q3' => []])['value']);
});

Harness::test('options reach the library', function () {
    $system = System::of(SHOP);
    $all = $system->scorer(['levels' => ['value', 'indicator'], 'coverage' => 'none'])->columns();
    Harness::same(['value', 'quality', 'range', 'price'], $all);
    $thrown = Harness::throws(CustvalException::class, 'nobody', fn () => $system->scorer(['profile' => 'nobody']));
    Harness::same('CUSTVAL_ERROR_NOT_FOUND', $thrown->status);
    Harness::same(-7, $thrown->getCode());
    Harness::same(null, $thrown->row);
    foreach ([['nothing' => 1], ['levels' => 'all'], ['profile' => []], ['as_of' => 5]] as $options) {
        Harness::throws(InvalidArgumentException::class, 'option', fn () => $system->scorer($options));
    }
});

Harness::test('misuse is an exception', function () {
    $system = System::of(SHOP);
    $bad = InvalidArgumentException::class;
    Harness::throws($bad, '3 cells (q1, grade, q3), not 2', fn () => $system->value(1, 'gut'));
    Harness::throws($bad, '"q2"', fn () => $system->value(q1: 1, q2: 2));
    Harness::throws($bad, 'q1', fn () => $system->value('many', 'gut', 3));
    Harness::throws($bad, 'grade', fn () => $system->value(1, [], 3));
    Harness::throws($bad, 'q3', fn () => $system->value(1, 'gut', new stdClass()));
    Harness::throws($bad, 'row 1', fn () => $system->score(['q1' => [1, 'x'], 'grade' => ['gut', 'gut'], 'q3' => [1, 1]]));
    Harness::throws($bad, 'q3', fn () => $system->score(['q1' => [1], 'grade' => ['gut'], 'q3' => [1, 2]]));
    Harness::throws($bad, 'grade', fn () => $system->score(['q1' => [1], 'grade' => pack('d', 1), 'q3' => [1]]));
    Harness::throws($bad, 'q1', fn () => $system->score(['q1' => 'seven b', 'grade' => [], 'q3' => []]));
    Harness::throws(CustvalException::class, 'q3', fn () => $system->score(['q1' => [1], 'grade' => ['gut']]));
    $small = Custval\Library::ffi()->new('double[1]');
    $rows = ['q1' => [1, 2], 'grade' => ['gut', 'gut'], 'q3' => [1, 2]];
    Harness::throws($bad, 'value', fn () => $system->scorer()->score($rows, ['value' => $small]));
    Harness::throws($bad, 'joy', fn () => $system->scorer()->score($rows, ['joy' => $small]));
    Harness::throws(TypeError::class, '', fn () => System::of(null));
    Harness::throws(CustvalException::class, '', fn () => new Groups('{}'));
    Harness::throws(CustvalException::class, '', fn () => new Lifetime(''));
    Harness::throws($bad, 'row 0', fn () => Custval\weights([[1, 2]]));
    Harness::throws(CustvalException::class, '', fn () => Custval\weights([]));
    Harness::throws(CustvalException::class, 'b', fn () => Custval\weights([[1, 2], [2, 1]], ['a', 'b']));
    Harness::throws($bad, '2 cells', fn () => (new Groups('{"custval": "groups", "version": 1, "measures":
        [{"id": "a", "cuts": [1]}, {"id": "b", "cuts": [1]}], "groups": [{"id": "any"}]}'))->group(1));
});

Harness::test('the lifetime value is what its parts say', function () {
    $lifetime = new Lifetime(LIFETIME);
    $row = ['x' => [2], 't_x' => [30], 'T' => [38], 'spend' => [20]];
    $options = ['horizon' => 52, 'cash_period' => 4, 'rate' => 0.1, 'rate_period' => 52, 'spend_column' => 'spend'];
    $worth = $lifetime->predict($row, $options + ['outputs' => ['expected', 'value']]);
    $most = 20 * $worth['expected'][0];
    Harness::true($worth['value'][0] < $most && $worth['value'][0] > $most / 1.1, 'discounted by less than a year');
    Harness::throws(CustvalException::class, '', fn () => $lifetime->predict($row, ['horizon' => -1]));
    Harness::throws(CustvalException::class, '', fn () => $lifetime->clv(2, 30, 38, 20, 52));
});

Harness::test('whatever comes, an exception is the worst that happens', function () {
    mt_srand(1);
    $cells = [null, 1, 5.5, -1e308, NAN, INF, -INF, PHP_INT_MAX, true, '', 'gut', "\xff\xfe", "a\0b", "1e999",
        str_repeat('x', 5000), [], new stdClass()];
    $system = System::of(SHOP);
    $scored = $refused = 0;
    for ($i = 0; $i < 20000; $i++) {
        $row = array_map(fn () => $cells[mt_rand(0, count($cells) - 1)], range(1, mt_rand(0, 9) ? 3 : mt_rand(1, 5)));
        try {
            $value = $system->value(...$row);
            Harness::true($value === null || abs($value) <= 100);
            $scored++;
        } catch (InvalidArgumentException) {
            $refused++;
        }
    }
    Harness::true($scored > 1000 && $refused > 1000, "$scored scored, $refused refused");
    $refused = 0;
    for ($i = 0; $i < 6000; $i++) {
        $text = $i % 2 ? SHOP : LIFETIME;
        for ($k = mt_rand(1, 3); $k > 0; $k--) {
            $place = mt_rand(0, strlen($text) - 1);
            $text = substr_replace($text, mt_rand(0, 1) ? chr(mt_rand(0, 255)) : '', $place, mt_rand(0, 9));
        }
        try {
            $i % 2 ? new System($text) : new Lifetime($text);
        } catch (CustvalException $thrown) {
            Harness::true(strlen($thrown->getMessage()) > 10);
            $refused++;
        }
    }
    Harness::true($refused > 3000, "$refused refused");
});

Harness::finish();
