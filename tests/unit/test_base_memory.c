/* Blocks that know their size, growing arrays, arenas, the host. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include "base/memory.h"

static void a_null_host_and_null_members_mean_the_defaults(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_host given = CUSTVAL_HOST_INIT, *const hosts[] = {NULL, &given};
    for (size_t i = 0; i < SUPPORT_COUNT(hosts); i++) {
        custval_host whole;
        assert_ok(custval__host_read(&whole, hosts[i], &error), &error);
        assert_int_equal(whole.struct_size, sizeof whole);
        assert_null(whole.runner);
        assert_null(whole.progress);
        unsigned char *block = custval__alloc(&whole, 10, 10);
        assert_non_null(block);
        memset(block, 1, 100);
        block = custval__resize(&whole, block, 1000, 1);
        assert_non_null(block);
        assert_int_equal(block[99], 1);
        custval__free(&whole, block);
    }
}

static void a_host_that_was_never_initialised_is_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host whole, given = CUSTVAL_HOST_INIT;
    given.struct_size = 3;
    assert_status(custval__host_read(&whole, &given, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_message(&error, "custval_host.struct_size is 3");
    assert_non_null(whole.allocator);
}

static void the_allocator_sees_every_size_as_it_was_asked_for(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    char *block = custval__alloc(&counter.host, 7, 11);
    assert_non_null(block);
    assert_int_equal(counter.live_bytes, 77 + 16);
    memcpy(block, "kept", 5);
    block = custval__resize(&counter.host, block, 2, 3);
    assert_non_null(block);
    assert_int_equal(counter.live_bytes, 6 + 16);
    assert_string_equal(block, "kept");
    block = custval__resize(&counter.host, block, 100, 100);
    assert_string_equal(block, "kept");
    custval__free(&counter.host, block);
    custval__free(&counter.host, NULL);
    counting_host_end(&counter);
}

static void blocks_are_aligned_as_malloc_aligns(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    for (size_t size = 0; size < 50; size++) {
        void *const block = custval__alloc(&counter.host, size, 1);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        custval__free(&counter.host, block);
    }
    counting_host_end(&counter);
}

static void a_size_that_overflows_is_out_of_memory(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    custval__arena arena;
    custval__arena_init(&arena, &counter.host);
    static const size_t sizes[][2] = {{SIZE_MAX, 1},         {SIZE_MAX - 15, 1}, {1, SIZE_MAX},
                                      {SIZE_MAX / 2 + 1, 2}, {SIZE_MAX / 8, 9},  {SIZE_MAX, SIZE_MAX}};
    for (size_t i = 0; i < SUPPORT_COUNT(sizes); i++) {
        assert_null(custval__alloc(&counter.host, sizes[i][0], sizes[i][1]));
        assert_null(custval__alloc_zero(&counter.host, sizes[i][0], sizes[i][1]));
        assert_null(custval__resize(&counter.host, NULL, sizes[i][0], sizes[i][1]));
        assert_null(custval__arena_alloc(&arena, sizes[i][0], sizes[i][1]));
    }
    assert_null(custval__copy_text(&counter.host, "", SIZE_MAX));
    assert_null(custval__arena_text(&arena, "", SIZE_MAX));
    void *block = NULL;
    size_t capacity = 0;
    assert_int_not_equal(custval__grow(&counter.host, &block, &capacity, SIZE_MAX / 2 + 1, 1), 0);
    assert_int_not_equal(custval__grow(&counter.host, &block, &capacity, SIZE_MAX / 4, 8), 0);
    assert_null(block);
    assert_int_equal(counter.allocations, 0);
    custval__arena_free(&arena);
    counting_host_end(&counter);
}

static void a_zeroed_block_is_zero(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    unsigned char *const block = custval__alloc_zero(&counter.host, 33, 3);
    assert_non_null(block);
    for (size_t i = 0; i < 99; i++) assert_int_equal(block[i], 0);
    custval__free(&counter.host, block);
    counting_host_end(&counter);
}

static void a_failed_resize_keeps_the_old_block(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    char *const block = custval__copy_text(&counter.host, "still here, not this", 10);
    assert_string_equal(block, "still here");
    counting_host_fail(&counter, 1, 1);
    assert_null(custval__resize(&counter.host, block, 1000, 1));
    assert_string_equal(block, "still here");
    assert_null(custval__copy_text(&counter.host, "text", 4));
    custval__free(&counter.host, block);
    counting_host_end(&counter);
}

static void an_empty_text_may_come_without_a_pointer(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    char *const copy = custval__copy_text(&counter.host, NULL, 0);
    assert_string_equal(copy, "");
    custval__free(&counter.host, copy);
    counting_host_end(&counter);
}

static void a_growing_array_keeps_its_elements_and_grows_rarely(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    for (uint32_t count = 0; count < 10000; count++) {
        void *block = numbers;
        assert_int_equal(custval__grow(&counter.host, &block, &capacity, count, sizeof *numbers), 0);
        numbers = block;
        assert_true(capacity > count);
        numbers[count] = count;
    }
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(numbers[i], i);
    assert_true(counter.allocations < 15);
    const size_t before = capacity;
    void *block = numbers;
    counting_host_fail(&counter, 1, 1);
    assert_int_not_equal(custval__grow(&counter.host, &block, &capacity, capacity, sizeof *numbers), 0);
    assert_ptr_equal(block, numbers);
    assert_int_equal(capacity, before);
    custval__free(&counter.host, numbers);
    counting_host_end(&counter);
}

static void pieces_of_an_arena_are_zero_aligned_and_apart(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    custval__arena arena;
    custval__arena_init(&arena, &counter.host);
    support_random random = random_seeded("arena");
    unsigned char *pieces[300];
    size_t sizes[300];
    for (size_t i = 0; i < 300; i++) {
        sizes[i] = i == 150 ? 200000 : random_below(&random, i < 250 ? 200 : 5000);
        pieces[i] = custval__arena_alloc(&arena, sizes[i], 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)(i % 255 + 1), sizes[i]);
    }
    for (size_t i = 0; i < 300; i++) {
        for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(pieces[i][j], i % 255 + 1);
    }
#ifdef CUSTVAL_PIECES_APART
    size_t filled = 0;
    for (size_t i = 0; i < 300; i++) filled += sizes[i] > 0;
    assert_true(counter.allocations >= filled);
#else
    assert_true(counter.allocations < 40);
#endif
    assert_string_equal(custval__arena_text(&arena, "name, more", 4), "name");
    custval__arena_free(&arena);
    custval__arena_free(&arena);
    counting_host_end(&counter);
}

static void an_arena_that_runs_out_of_memory_keeps_what_it_has(void **state) {
    (void)state;
    counting_host counter;
    counting_host_init(&counter);
    custval__arena arena;
    custval__arena_init(&arena, &counter.host);
    char *const name = custval__arena_text(&arena, "name", 4);
    counting_host_fail(&counter, 1, 1);
    assert_null(custval__arena_alloc(&arena, 100000, 1));
    assert_null(custval__arena_text(&arena, name, 100000));
    assert_string_equal(name, "name");
    custval__arena_free(&arena);
    counting_host_end(&counter);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_null_host_and_null_members_mean_the_defaults),
        cmocka_unit_test(a_host_that_was_never_initialised_is_refused),
        cmocka_unit_test(the_allocator_sees_every_size_as_it_was_asked_for),
        cmocka_unit_test(blocks_are_aligned_as_malloc_aligns),
        cmocka_unit_test(a_size_that_overflows_is_out_of_memory),
        cmocka_unit_test(a_zeroed_block_is_zero),
        cmocka_unit_test(a_failed_resize_keeps_the_old_block),
        cmocka_unit_test(an_empty_text_may_come_without_a_pointer),
        cmocka_unit_test(a_growing_array_keeps_its_elements_and_grows_rarely),
        cmocka_unit_test(pieces_of_an_arena_are_zero_aligned_and_apart),
        cmocka_unit_test(an_arena_that_runs_out_of_memory_keeps_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
