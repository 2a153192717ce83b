<?php
// What the tests share: counting, and looking at what is thrown.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

require_once __DIR__ . '/../Custval.php';

final class Harness
{
    public static int $passed = 0;
    public static int $failed = 0;

    public static function test(string $name, callable $body): void
    {
        try {
            $body();
            self::$passed++;
            echo "ok $name\n";
        } catch (\Throwable $failure) {
            self::$failed++;
            echo "FAILED: $name: " . get_class($failure) . ": {$failure->getMessage()}\n{$failure->getTraceAsString()}\n";
        }
    }

    public static function same(mixed $expected, mixed $found, string $what = ''): void
    {
        if ($expected !== $found) {
            throw new \Exception("$what: " . var_export($found, true) . ' instead of ' . var_export($expected, true));
        }
    }

    public static function true(bool $holds, string $what = ''): void
    {
        self::same(true, $holds, $what);
    }

    public static function near(float $expected, ?float $found, float $tolerance, string $what): void
    {
        if ($found === null || abs($expected - $found) > $tolerance * max(1, abs($expected))) {
            throw new \Exception("$what: " . var_export($found, true) . ' instead of ' . var_export($expected, true));
        }
    }

    /** The exception, which must be of this class with this text in its message. */
    public static function throws(string $class, string $part, callable $body): \Throwable
    {
        try {
            $body();
        } catch (\Throwable $thrown) {
            self::same($class, get_class($thrown), $thrown->getMessage());
            self::true(str_contains($thrown->getMessage(), $part), "\"$part\" in \"{$thrown->getMessage()}\"");
            return $thrown;
        }
        throw new \Exception("nothing was thrown instead of $class");
    }

    /**
     * What a cycle leaves in memory, in bytes: the median of five rounds, after one that fills up what is free. A leak
     * grows in every round, a heap with holes in one or two.
     */
    public static function left(int $cycles, callable $body): float
    {
        $before = 0;
        $grown = [];
        for ($round = 0; $round <= 5; $round++) {
            for ($i = 0; $i < $cycles; $i++) {
                $body();
            }
            gc_collect_cycles();
            $now = (int) preg_replace('/.*RssAnon:\s*(\d+).*/s', '$1', file_get_contents('/proc/self/status'));
            $grown[$round] = $now - $before;
            $before = $now;
        }
        unset($grown[0]);
        sort($grown);
        return $grown[2] * 1024 / $cycles;
    }

    public static function finish(): never
    {
        echo self::$passed . ' passed, ' . self::$failed . " failed, 0 skipped\n";
        exit(self::$failed === 0 ? 0 : 1);
    }
}
