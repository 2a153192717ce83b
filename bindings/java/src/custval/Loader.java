// SPDX-License-Identifier: Apache-2.0
package custval;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Finds the native part: the file that the property {@code custval.library} names, else the one within the jar, which
 * is copied to a file that only this user can read.
 */
final class Loader {
    private Loader() {}

    static void load() {
        String named = System.getProperty("custval.library");
        if (named != null) {
            System.load(Path.of(named).toAbsolutePath().toString());
            return;
        }
        String file = System.mapLibraryName("custval_jni");
        String place = "native/" + platform() + "/" + file;
        try (InputStream within = Loader.class.getResourceAsStream(place)) {
            if (within == null) {
                throw new UnsatisfiedLinkError(
                        "this jar of custval has no native part for " + platform()
                                + ": build one and name it with -Dcustval.library=");
            }
            loadCopy(within, file);
        } catch (IOException failure) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("custval: " + failure.getMessage());
            error.initCause(failure);
            throw error;
        }
    }

    private static void loadCopy(InputStream within, String file) throws IOException {
        Path folder = Files.createTempDirectory("custval");
        Path copy = folder.resolve(file);
        try {
            Files.copy(within, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
        } finally {
            // What is loaded needs no name any more, but Windows keeps it until the end.
            if (!copy.toFile().delete() | !folder.toFile().delete()) {
                folder.toFile().deleteOnExit();
                copy.toFile().deleteOnExit();
            }
        }
    }

    /** For example {@code linux-x86_64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String first = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "darwin" : system;
        String second = processor.equals("amd64") ? "x86_64" : processor.equals("arm64") ? "aarch64" : processor;
        return first + "-" + second;
    }
}
