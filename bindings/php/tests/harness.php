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

    public static function finish(): never
    {
        echo self::$passed . ' passed, ' . self::$failed . " failed, 0 skipped\n";
        exit(self::$failed === 0 ? 0 : 1);
    }
}
