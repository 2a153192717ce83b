// SPDX-License-Identifier: Apache-2.0
package custval;

import static custval.Samples.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers load an application again without ending: each time with classes, and a native part, of its own. */
class ReloadTest {
    @Test
    void everyClassLoaderHasItsOwn() throws Exception {
        URL jar = ValueSystem.class.getProtectionDomain().getCodeSource().getLocation();
        for (int i = 0; i < 4; i++) {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
                Class<?> kind = loader.loadClass("custval.ValueSystem");
                assertNotSame(ValueSystem.class, kind);
                Object system = kind.getMethod("parse", String.class).invoke(null, json(Samples.SHOP));
                assertEquals(List.of("q1", "q2", "q3"), kind.getMethod("inputs").invoke(system));
                kind.getMethod("close").invoke(system);
            }
            System.gc();
        }
    }
}
