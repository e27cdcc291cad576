package dev.tidemark.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The assembled distribution of this build, started as a process of its own like a user would. */
final class Distribution {
  private Distribution() {}

  /**
   * A started launcher.
   *
   * @param process the launcher, which has become the JVM
   * @param out file with its standard output
   * @param err file with its standard error
   */
  record Started(Process process, Path out, Path err) implements AutoCloseable {
    String text(Path file) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    int exitCode(Duration limit) throws InterruptedException {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ": " + text(err));
      }
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  static Path home() {
    try (Stream<Path> built = Files.list(Repository.path("modules/app/target"))) {
      return built
          .filter(path -> path.getFileName().toString().startsWith("tidemark-"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Started start(Path directory, Map<String, String> environment, List<String> words)
      throws IOException {
    File out = File.createTempFile("out", ".txt", directory.toFile());
    File err = File.createTempFile("err", ".txt", directory.toFile());
    var command = new ArrayList<String>();
    command.add(home().resolve("tidemark").toString());
    command.addAll(words);
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().putAll(environment);
    return new Started(builder.start(), out.toPath(), err.toPath());
  }
}
