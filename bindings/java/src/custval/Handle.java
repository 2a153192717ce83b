// SPDX-License-Identifier: Apache-2.0
package custval;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * An object of the library. Calls enter and leave it; it is freed once, after it was closed and the last call has left,
 * so that closing it while others use it, or forgetting to, does no harm.
 */
final class Handle implements Runnable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int CLOSED = Integer.MIN_VALUE;

    private final long address;
    private final LongConsumer free;
    private final String what;
    /** Memory that the object borrows: it must live as long. */
    private final Object borrowed;

    private Cleaner.Cleanable registered;

    /** Calls inside, and the sign once closed. */
    private final AtomicInteger state = new AtomicInteger();

    private Handle(long address, LongConsumer free, String what, Object borrowed) {
        this.address = address;
        this.free = free;
        this.what = what;
        this.borrowed = borrowed;
    }

    /** Closes by itself when the owner, which must not be reachable from the handle, is collected. */
    static Handle of(Object owner, long address, LongConsumer free, Object borrowed) {
        Handle handle = new Handle(address, free, owner.getClass().getSimpleName(), borrowed);
        handle.registered = CLEANER.register(owner, handle);
        return handle;
    }

    long enter() {
        if (state.getAndUpdate(calls -> calls < 0 ? calls : calls + 1) < 0) {
            throw new IllegalStateException("the " + what + " is closed");
        }
        return address;
    }

    /** For objects that belong to one thread at a time. */
    long enterAlone() {
        if (!state.compareAndSet(0, 1)) {
            throw new IllegalStateException(
                    "the " + what + (state.get() < 0 ? " is closed" : " is in use by another thread"));
        }
        return address;
    }

    /** A call on two objects, in the order in which they are given to it. */
    interface Call<T> {
        T on(long first, long second);
    }

    <T> T within(LongFunction<T> call) {
        long inside = enter();
        try {
            return call.apply(inside);
        } finally {
            leave();
        }
    }

    <T> T with(Handle other, Call<T> call) {
        return within(first -> other.within(second -> call.on(first, second)));
    }

    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            free.accept(address);
        }
    }

    void close() {
        registered.clean();
    }

    /** Runs once: by close(), or when the owner is collected. */
    @Override
    public void run() {
        if (state.getAndUpdate(calls -> calls | CLOSED) == 0) {
            free.accept(address);
        }
    }
}
