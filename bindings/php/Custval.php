<?php
// Customer value in PHP, by FFI: see docs/php.md.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

namespace Custval;

use FFI;
use FFI\CData;

require_once __DIR__ . '/Declarations.php';

/** What the library refuses: the message names the node, column, row and value concerned. */
final class CustvalException extends \RuntimeException
{
    public function __construct(string $message, int $code, public readonly string $status, public readonly ?int $row)
    {
        parent::__construct($message, $code);
    }
}

/** The library, opened once per process. */
final class Library
{
    private static ?FFI $ffi = null;

    /** What ffi.preload opened; else the file that CUSTVAL_LIBRARY names, else that of the system. */
    public static function ffi(): FFI
    {
        return self::$ffi ??= self::open();
    }

    private static function open(): FFI
    {
        try {
            return FFI::scope('custval');
        } catch (FFI\Exception) {
            return FFI::cdef(Declarations::HEADER, getenv('CUSTVAL_LIBRARY') ?: 'libcustval.so.0');
        }
    }

    /** Calls what may fail; the error is its last argument. */
    public static function call(string $function, mixed ...$arguments): void
    {
        $ffi = self::ffi();
        $error = self::struct('custval_error');
        $status = $ffi->$function(...[...$arguments, FFI::addr($error)]);
        if ($status !== 0) {
            $message = FFI::string($error->message);
            $row = $error->row < 0 ? null : $error->row;
            throw new CustvalException(
                $message !== '' ? $message : $ffi->custval_status_description($status),
                $status,
                $ffi->custval_status_name($status),
                $row,
            );
        }
    }

    /** A call that makes an object. */
    public static function make(string $type, string $function, mixed ...$arguments): CData
    {
        $out = self::ffi()->new($type . ' *');
        self::call($function, ...[...$arguments, FFI::addr($out)]);
        return $out;
    }

    /** A struct with its size and its first values. */
    public static function struct(string $type): CData
    {
        $struct = self::ffi()->new($type);
        $struct->struct_size = FFI::sizeof($struct);
        foreach (Declarations::INITIAL[$type] ?? [] as $name => $value) {
            $struct->$name = $value;
        }
        return $struct;
    }

    /** Memory for a text with its NUL; it lives as long as what is returned. */
    public static function text(string $text): CData
    {
        $memory = Library::ffi()->new('char[' . (strlen($text) + 1) . ']');
        FFI::memcpy($memory, $text, strlen($text));
        return $memory;
    }

    public static function version(): string
    {
        return self::ffi()->custval_version_string();
    }
}

/** Options of a call, with the texts that they point to. */
final class Options
{
    private readonly CData $struct;
    /** @var list<CData> */
    private array $memory = [];

    /** Members by name; words become bits of the enum that `$words` gives for a member. */
    public function __construct(string $type, array $given, array $words)
    {
        $this->struct = Library::struct($type);
        foreach ($given as $name => $value) {
            if (isset($words[$name])) {
                $value = self::bits($name, $words[$name], (array) $value);
            } elseif (is_string($value)) {
                $this->memory[] = $text = Library::text($value);
                $value = Library::ffi()->cast('char *', $text);
            }
            try {
                $this->struct->$name = $value;
            } catch (FFI\Exception | \TypeError) {
                throw new \InvalidArgumentException("option \"$name\" does not exist, or not with such a value");
            }
        }
    }

    /** For the call; valid as long as this object. */
    public function pointer(): CData
    {
        return FFI::addr($this->struct);
    }

    private static function bits(string $name, string $enum, array $words): int
    {
        $bits = 0;
        foreach ($words as $word) {
            $bits |= Declarations::WORDS[$enum][$word]
                ?? throw new \InvalidArgumentException("option \"$name\" cannot be \"$word\"");
        }
        return $bits;
    }
}

/** Columns of one length: arrays, packed strings (8 bytes per number, as pack('d*') makes them) or memory of FFI. */
final class Table
{
    private readonly CData $handle;
    private readonly int $rows;
    /** @var list<CData|string> what the library borrows; a string stays where it is as long as it is held */
    private array $memory = [];

    /**
     * @param array<string, array|string|CData> $columns
     * @param list<string> $texts names of those that hold texts
     */
    public static function of(array $columns, array $texts = []): self
    {
        $rows = null;
        foreach ($columns as $name => $column) {
            $length = match (true) {
                is_array($column) => count($column),
                is_string($column) => intdiv(strlen($column), 8),
                default => count($column),
            };
            if ($length !== ($rows ??= $length) || (is_string($column) && strlen($column) % 8 !== 0)) {
                throw new \InvalidArgumentException("column \"$name\" is not as long as those before it");
            }
        }
        $table = new self(Library::make('custval_table', 'custval_table_new', null, $rows ?? 0), $rows ?? 0);
        foreach ($columns as $name => $column) {
            $table->add((string) $name, $column, in_array((string) $name, $texts, true));
        }
        return $table;
    }

    public function __construct(CData $handle, int $rows)
    {
        $this->handle = $handle;
        $this->rows = $rows;
    }

    /** Takes over a table that the library made. */
    public static function made(CData $handle): self
    {
        return new self($handle, Library::ffi()->custval_table_rows($handle));
    }

    public function __destruct()
    {
        Library::ffi()->custval_table_free($this->handle);
    }

    public function handle(): CData
    {
        return $this->handle;
    }

    public function rows(): int
    {
        return $this->rows;
    }

    private function add(string $name, array|string|CData $column, bool $isText): void
    {
        if ($isText) {
            if (!is_array($column)) {
                throw new \InvalidArgumentException("column \"$name\" is one of texts: an array is needed");
            }
            $this->addTexts($name, $column);
            return;
        }
        if (is_array($column)) {
            $column = self::numbers($name, $column);
        }
        $this->memory[] = $column;
        Library::call('custval_table_add_doubles', $this->handle, $name, $column);
    }

    /** Cells that are packed at a time: as many arguments of a call. */
    private const CHUNK = 4096;

    /** Numbers, also as the texts that databases give; nothing is NaN. */
    private static function numbers(string $name, array $cells): CData
    {
        $cells = array_values($cells); // of a list this is the list itself
        $count = count($cells);
        $numbers = Library::ffi()->new('double[' . max(1, $count) . ']');
        for ($row = 0; $row < $count; $row += self::CHUNK) {
            $some = array_slice($cells, $row, self::CHUNK);
            try {
                $packed = self::pack(...$some);
            } catch (\TypeError) {
                $packed = self::pack(...self::numbersOf($name, $row, $some));
            }
            FFI::memcpy($numbers + $row, $packed, strlen($packed));
        }
        return $numbers;
    }

    /** The type of the arguments is what looks at every cell: a third faster than the fastest loop. */
    private static function pack(float ...$cells): string
    {
        return pack('d*', ...$cells);
    }

    /** @return list<float> */
    private static function numbersOf(string $name, int $row, array $cells): array
    {
        $numbers = [];
        foreach ($cells as $cell) {
            $numbers[] = \is_float($cell) || \is_int($cell) ? $cell : Cell::number($cell, "\"$name\", row $row");
            $row++;
        }
        return $numbers;
    }

    /** An empty text is a missing one. */
    private function addTexts(string $name, array $cells): void
    {
        $cells = array_map(static fn ($cell) => Cell::text($cell, "\"$name\""), $cells);
        $block = Library::text(implode('', $cells));
        $offsets = Library::ffi()->new('int32_t[' . (count($cells) + 1) . ']');
        $end = 0;
        $row = 0;
        foreach ($cells as $cell) {
            $offsets[++$row] = $end += strlen($cell);
        }
        $column = Library::struct('custval_column');
        $column->type = Declarations::WORDS['custval_type']['utf8'];
        $column->data = Library::ffi()->cast('char *', $block);
        $column->offsets = Library::ffi()->cast('void *', FFI::addr($offsets[0]));
        Library::call('custval_table_add_copy', $this->handle, $name, FFI::addr($column));
    }

    /** @return array<string, list<float|string|null>|string> by name; packed: strings of doubles instead of lists */
    public function columns(bool $packed = false): array
    {
        $ffi = Library::ffi();
        $columns = [];
        for ($i = 0; $i < $ffi->custval_table_columns($this->handle); $i++) {
            $columns[$ffi->custval_table_name($this->handle, $i)] = $this->column($i, $packed);
        }
        return $columns;
    }

    private function column(int $index, bool $packed): array|string
    {
        $column = Library::struct('custval_column');
        Library::call('custval_table_column', $this->handle, $index, FFI::addr($column));
        $types = Declarations::WORDS['custval_type'];
        if ($column->type === $types['float64']) {
            // A number that is missing is NaN as well.
            $block = $this->rows === 0 ? '' : FFI::string(Library::ffi()->cast('char *', $column->data), 8 * $this->rows);
            if ($packed) {
                return $block;
            }
            $numbers = $block === '' ? [] : array_values(unpack('d*', $block));
            foreach ($numbers as $row => $number) {
                if ($number !== $number) { // NaN, without a call
                    $numbers[$row] = null;
                }
            }
            return $numbers;
        }
        $isText = $column->type >= $types['utf8'] && $column->type <= $types['dictionary'];
        $out = $isText ? Library::ffi()->new('custval_text') : Library::ffi()->new('double');
        $read = $isText ? 'custval_table_text' : 'custval_table_number';
        $cells = [];
        for ($row = 0; $row < $this->rows; $row++) {
            Library::call($read, $this->handle, $index, $row, FFI::addr($out));
            $cells[] = $isText ? Cell::textOf($out) : (is_nan($out->cdata) ? null : $out->cdata);
        }
        return $cells;
    }
}

/** Single cells, as people and databases write them. */
final class Cell
{
    public static function number(mixed $cell, string $where): float
    {
        if ($cell === null || $cell === '') {
            return NAN;
        }
        if (is_int($cell) || is_float($cell) || is_bool($cell) || is_numeric($cell)) {
            return (float) $cell;
        }
        throw new \InvalidArgumentException("column $where: " . get_debug_type($cell) . ' where a number is needed');
    }

    public static function text(mixed $cell, string $where): string
    {
        if ($cell === null || is_string($cell) || is_int($cell) || (is_float($cell) && $cell === floor($cell))) {
            return (string) $cell;
        }
        throw new \InvalidArgumentException("column $where: " . get_debug_type($cell) . ' where a text is needed');
    }

    public static function textOf(CData $text): ?string
    {
        return $text->data === null ? null : FFI::string(Library::ffi()->cast('char *', $text->data), $text->length);
    }
}

/** An indicator system: made once from its document, used by everything in this process. */
final class System
{
    private const WORDS = ['levels' => 'custval_level', 'coverage' => 'custval_coverage'];

    /** So that a process that goes on for long with ever new documents does not grow. */
    private const MOST_KNOWN = 100;

    /** @var array<string, self> by document */
    private static array $known = [];

    private readonly CData $handle;
    private ?Scorer $scorer = null;
    /** @var list<string> */
    private array $inputs = [];
    /** @var list<bool> */
    private array $texts = [];

    /** The system of a document; the same one for the same text. */
    public static function of(string $document): self
    {
        if (count(self::$known) >= self::MOST_KNOWN) {
            self::$known = [];
        }
        return self::$known[$document] ??= new self($document);
    }

    public function __construct(string $document)
    {
        $this->handle =
            Library::make('custval_system', 'custval_system_parse', null, $document, strlen($document));
        $input = Library::struct('custval_input');
        for ($i = 0; $i < Library::ffi()->custval_system_inputs($this->handle); $i++) {
            Library::call('custval_system_input', $this->handle, $i, FFI::addr($input));
            $this->inputs[] = $input->column;
            $this->texts[] = $input->is_text !== 0;
        }
    }

    public function __destruct()
    {
        if (isset($this->handle)) {
            Library::ffi()->custval_system_free($this->handle);
        }
    }

    /** @return list<string> the columns that the system reads: the order of the cells of a row */
    public function inputs(): array
    {
        return $this->inputs;
    }

    /** Whether an input is a text (a category, a profile) and not a number. */
    public function isText(int $input): bool
    {
        return $this->texts[$input];
    }

    /** A scorer with options (as_of, profile, context, levels, coverage), for many rows. */
    public function scorer(array $options = []): Scorer
    {
        $made = new Options('custval_score_options', $options, self::WORDS);
        $handle = Library::make('custval_scorer', 'custval_scorer_new', $this->handle, $made->pointer());
        return new Scorer($this, $handle);
    }

    /** The perceived value of one row, null if it has none. */
    public function value(mixed ...$cells): ?float
    {
        return $this->scores(...$cells)['value'];
    }

    /** @return array<string, float|int|null> value, sides, coverage, status of one row */
    public function scores(mixed ...$cells): array
    {
        return ($this->scorer ??= $this->scorer())->scores(...$cells);
    }

    /**
     * Scores every row of columns.
     *
     * @param array $options as_of, profile, context, levels, coverage; packed: true for strings of doubles
     * @return array<string, list<float|null>|string>
     */
    public function score(array $columns, array $options = []): array
    {
        $packed = $options['packed'] ?? false;
        unset($options['packed']);
        $made = new Options('custval_score_options', $options, self::WORDS);
        $table = $this->table($columns);
        $scores = Library::make('custval_table', 'custval_score', $this->handle, $table->handle(), $made->pointer());
        return Table::made($scores)->columns($packed);
    }

    /**
     * Why the value of one row is what it is.
     *
     * @return list<array<string, float|string|null>> steps; `contribution` of those with `is_part` 1 add up to the value
     */
    public function explain(mixed ...$cells): array
    {
        $columns = $this->explanation($cells)->columns();
        return array_map(
            static fn (int $row) => array_map(static fn (array $column) => $column[$row], $columns),
            array_keys($columns['node']),
        );
    }

    /** The same as a tree for people. */
    public function why(mixed ...$cells): string
    {
        $table = $this->explanation($cells);
        $length = Library::ffi()->new('size_t');
        Library::call('custval_explain_text', $table->handle(), null, 0, FFI::addr($length));
        $buffer = Library::ffi()->new('char[' . ($length->cdata + 1) . ']');
        Library::call('custval_explain_text', $table->handle(), $buffer, $length->cdata + 1, FFI::addr($length));
        return FFI::string($buffer, $length->cdata);
    }

    /** What is wrong with one row, in one line; empty if nothing is. */
    public function reason(mixed ...$cells): string
    {
        $buffer = Library::ffi()->new('char[2048]');
        $table = $this->row($cells);
        Library::call('custval_row_reason', $this->handle, $table->handle(), 0, null, $buffer, 2048);
        return FFI::string($buffer);
    }

    private function explanation(array $cells): Table
    {
        $table = $this->row($cells);
        return Table::made(Library::make('custval_table', 'custval_explain', $this->handle, $table->handle(), 0, null));
    }

    private function row(array $cells): Table
    {
        $row = array_map(static fn ($cell) => [$cell], $this->arranged($cells));
        return $this->table(array_combine($this->inputs, $row));
    }

    /** A table of the columns that the system reads, for calls of this file. */
    public function table(array $columns): Table
    {
        $texts = array_intersect_key($this->inputs, array_filter($this->texts));
        return Table::of(array_intersect_key($columns, array_flip($this->inputs)), $texts);
    }

    /** Cells in the order of the inputs; those given by name may come in any order, and be left out if missing. */
    public function arranged(array $cells): array
    {
        $inputs = implode(', ', $this->inputs);
        if (array_is_list($cells)) {
            if (count($cells) !== count($this->inputs)) {
                $given = count($cells);
                throw new \InvalidArgumentException(
                    'the system reads ' . count($this->inputs) . " cells ($inputs), not $given",
                );
            }
            return $cells;
        }
        foreach (array_diff_key($cells, array_flip($this->inputs)) as $name => $_) {
            throw new \InvalidArgumentException("the system reads no \"$name\", but $inputs");
        }
        return array_map(static fn (string $name) => $cells[$name] ?? null, $this->inputs);
    }
}

/** Scores rows of one system again and again, in memory of its own. */
final class Scorer
{
    private readonly CData $handle;
    private readonly CData $numbers;
    private readonly CData $texts;
    private readonly CData $out;
    private readonly CData $status;
    /** @var array<int, CData> room for the texts of a row, by input */
    private array $rooms = [];
    /** @var list<string> */
    private array $columns = [];

    public function __construct(private readonly System $system, CData $handle)
    {
        $ffi = Library::ffi();
        $this->handle = $handle;
        $inputs = max(1, count($system->inputs()));
        for ($i = 0; $i < $ffi->custval_scorer_columns($handle); $i++) {
            $this->columns[] = $ffi->custval_scorer_column_name($handle, $i);
        }
        $this->numbers = Library::ffi()->new("double[$inputs]");
        $this->texts = $ffi->new("custval_text[$inputs]");
        $this->out = Library::ffi()->new('double[' . max(1, count($this->columns)) . ']');
        $this->status = Library::ffi()->new('uint32_t');
    }

    public function __destruct()
    {
        Library::ffi()->custval_scorer_free($this->handle);
    }

    /** @return list<string> names of the scores */
    public function columns(): array
    {
        return $this->columns;
    }

    /** @return array<string, float|int|null> by name, and `status`: 0, or bits of custval_row_status */
    public function scores(mixed ...$cells): array
    {
        foreach ($this->system->arranged($cells) as $i => $cell) {
            if ($this->system->isText($i)) {
                $this->takeText($i, Cell::text($cell, "\"{$this->system->inputs()[$i]}\""));
            } else {
                $this->numbers[$i] = Cell::number($cell, "\"{$this->system->inputs()[$i]}\"");
            }
        }
        $ffi = Library::ffi();
        $status = $ffi->custval_scorer_row(
            $this->handle,
            $this->numbers,
            $this->texts,
            $this->out,
            FFI::addr($this->status),
        );
        if ($status !== 0) {
            $name = $ffi->custval_status_name($status);
            throw new CustvalException($ffi->custval_status_description($status), $status, $name, null);
        }
        $scores = [];
        foreach ($this->columns as $k => $name) {
            $scores[$name] = is_nan($this->out[$k]) ? null : $this->out[$k];
        }
        $scores['status'] = $this->status->cdata;
        return $scores;
    }

    private function takeText(int $input, string $text): void
    {
        $length = strlen($text);
        if (!isset($this->rooms[$input]) || FFI::sizeof($this->rooms[$input]) < $length) {
            $this->rooms[$input] = Library::ffi()->new('char[' . max(64, $length) . ']');
        }
        FFI::memcpy($this->rooms[$input], $text, $length);
        $this->numbers[$input] = NAN;
        $this->texts[$input]->data = $length === 0 ? null : Library::ffi()->cast('char *', $this->rooms[$input]);
        $this->texts[$input]->length = $length;
    }

    /**
     * Scores columns into memory of the caller: nothing is copied where they are memory of FFI, too.
     *
     * @param array<string, CData> $out doubles, as many as there are rows, by name of the score
     */
    public function score(array $columns, array $out, ?CData $status = null): void
    {
        $ffi = Library::ffi();
        $table = $this->system->table($columns);
        $pointers = $ffi->new('double *[' . max(1, count($this->columns)) . ']');
        foreach ($out as $name => $memory) {
            $index = array_search($name, $this->columns, true);
            if ($index === false || count($memory) < $table->rows()) {
                throw new \InvalidArgumentException("score \"$name\": there is none, or too little memory for it");
            }
            $pointers[$index] = FFI::addr($memory[0]);
        }
        if ($status !== null && count($status) < $table->rows()) {
            throw new \InvalidArgumentException('too little memory for the status of every row');
        }
        Library::call('custval_scorer_table', $this->handle, $table->handle(), $pointers, $status);
    }
}

/** Groups of customers that are managed apart. */
final class Groups
{
    private readonly CData $handle;

    public function __construct(string $document)
    {
        $this->handle =
            Library::make('custval_groups', 'custval_groups_parse', null, $document, strlen($document));
    }

    public function __destruct()
    {
        if (isset($this->handle)) {
            Library::ffi()->custval_groups_free($this->handle);
        }
    }

    /** @return list<string> the columns that the measures read: the order of the cells of a row */
    public function columns(): array
    {
        $ffi = Library::ffi();
        $columns = [];
        for ($i = 0; $i < $ffi->custval_groups_measures($this->handle); $i++) {
            $name = $ffi->new('char *');
            $ffi->custval_groups_measure($this->handle, $i, FFI::addr($name));
            $columns[] = FFI::string($name);
        }
        return $columns;
    }

    /** @return array<string, list<string|float|null>> the group of each row, its levels, and a status */
    public function assign(array $columns): array
    {
        $table = Table::of($columns);
        $assigned = Library::make('custval_table', 'custval_groups_assign', $this->handle, $table->handle(), null);
        return Table::made($assigned)->columns();
    }

    /** The id of the group of one customer, null if there is none; of groups with cuts, not quantiles. */
    public function group(mixed ...$cells): ?string
    {
        $columns = $this->columns();
        if (count($cells) !== count($columns)) {
            $names = implode(', ', $columns);
            throw new \InvalidArgumentException(
                'the groups read ' . count($columns) . " cells ($names), not " . count($cells),
            );
        }
        $row = array_combine($columns, array_map(static fn ($cell) => [$cell], array_values($cells)));
        return $this->assign($row)['group'][0];
    }
}

/** A lifetime model with its parameters. */
final class Lifetime
{
    private readonly CData $handle;

    public function __construct(string $document)
    {
        $this->handle =
            Library::make('custval_lifetime', 'custval_lifetime_parse', null, $document, strlen($document));
    }

    public function __destruct()
    {
        if (isset($this->handle)) {
            Library::ffi()->custval_lifetime_free($this->handle);
        }
    }

    /**
     * Predicts for each row.
     *
     * @param array $columns x, t_x, T, and what the options name
     * @param array $options members of custval_lifetime_predict_options: horizon, rate, rate_period, spend_column, ...;
     *                       outputs and timing as words
     * @return array<string, list<float|null>|string>
     */
    public function predict(array $columns, array $options = []): array
    {
        $packed = $options['packed'] ?? false;
        unset($options['packed']);
        $words = ['outputs' => 'custval_lifetime_output', 'timing' => 'custval_timing'];
        $made = new Options('custval_lifetime_predict_options', $options, $words);
        $table = Table::of($columns);
        $forecast = Library::make(
            'custval_table',
            'custval_lifetime_predict',
            $this->handle,
            $table->handle(),
            $made->pointer(),
        );
        return Table::made($forecast)->columns($packed);
    }

    /** The lifetime value of one customer over a horizon, null if it does not exist. */
    public function clv(float $x, float $t_x, float $T, float $mean_spend, float $horizon, array $options = []): ?float
    {
        $row = ['x' => [$x], 't_x' => [$t_x], 'T' => [$T], 'mean_spend' => [$mean_spend]];
        $options += ['horizon' => $horizon, 'outputs' => ['value']];
        return $this->predict($row, $options)['value'][0];
    }
}

/**
 * Weights from judgements in pairs, by the eigenvector method with Saaty's random index of 1980.
 *
 * @param list<list<float|null>> $matrix entry (i, j): how many times i is as important as j; null twice if not judged
 * @param ?list<string> $names of the criteria; null: "1", "2", ...
 * @return array{weights: array<string, float>, cr: ?float} below 0.1 the judgements are consistent enough
 */
function weights(array $matrix, ?array $names = null): array
{
    $count = count($matrix);
    $names = array_map('strval', $names ?? ($count > 0 ? range(1, $count) : []));
    if (count($names) !== $count) {
        throw new \InvalidArgumentException("the matrix has $count rows for " . count($names) . ' names');
    }
    $ffi = Library::ffi();
    $cells = Library::ffi()->new('double[' . max(1, $count * $count) . ']');
    $pointers = $ffi->new('char *[' . max(1, $count) . ']');
    $memory = [];
    foreach (array_values($matrix) as $i => $row) {
        if (count($row) !== $count) {
            throw new \InvalidArgumentException("row $i of the matrix has " . count($row) . " cells for $count names");
        }
        foreach (array_values($row) as $j => $cell) {
            $cells[$i * $count + $j] = Cell::number($cell, "\"{$names[$j]}\", row $i");
        }
        $memory[] = $text = Library::text($names[$i]);
        $pointers[$i] = Library::ffi()->cast('char *', $text);
    }
    $judgements = Library::struct('custval_judgements');
    $judgements->names = FFI::addr($pointers[0]);
    $judgements->count = $count;
    $judgements->matrices = FFI::addr($cells[0]);
    $weights = Library::make('custval_weights', 'custval_weights_ahp', null, FFI::addr($judgements), null);
    try {
        $cr = Library::ffi()->new('double');
        Library::call('custval_weights_diagnostic', $weights, 'cr', FFI::addr($cr));
        $shares = [];
        foreach ($names as $i => $name) {
            $shares[$name] = $ffi->custval_weights_share($weights, $i);
        }
        return ['weights' => $shares, 'cr' => is_nan($cr->cdata) ? null : $cr->cdata];
    } finally {
        $ffi->custval_weights_free($weights);
    }
}
