package dev.tidemark.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Scripts in Node with real clients, their packages installed once into the build's directory. */
final class NodeClients {
  private static final long INSTALL_MINUTES = 6;
  private static final long RUN_MINUTES = 2;
  private final Path directory;

  private NodeClients(Path directory) {
    this.directory = directory;
  }

  /** Whether there is a Node that can run them. */
  static boolean canRun() {
    try {
      return run(
                  Path.of("."),
                  1,
                  "node",
                  "-e",
                  "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)")
              == 0
          && run(Path.of("."), 1, "npm", "--version") == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Installs exactly what the lock file names, unless that is installed already. */
  static NodeClients install() throws IOException {
    Path from = Repository.path("modules/app/src/test/clients");
    Path to = Repository.path("modules/app").resolve("target/clients");
    Files.createDirectories(to);
    Path lock = to.resolve("package-lock.json");
    Path installed = to.resolve("node_modules/.package-lock.json");
    boolean same =
        Files.exists(installed)
            && Files.exists(lock)
            && Files.mismatch(lock, from.resolve("package-lock.json")) < 0;
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(file.getFileName().toString());
        Files.write(copy, Files.readAllBytes(file));
      }
    }
    if (!same) {
      String[] npm = {
        "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"
      };
      succeed(to, INSTALL_MINUTES, npm);
    }
    return new NodeClients(to);
  }

  /** Runs a script that sends to {@code otlp}, and waits until it has ended well. */
  void run(String script, URI otlp) throws IOException {
    succeed(directory, RUN_MINUTES, "node", script, otlp.toString());
  }

  private static void succeed(Path directory, long minutes, String... command) throws IOException {
    int code = run(directory, minutes, command);
    if (code != 0) {
      Path log = directory.resolve(log(command));
      throw new AssertionError(
          String.join(" ", command) + " ended with " + code + "\n" + Files.readString(log));
    }
  }

  private static String log(String... command) {
    return command[0]
        + "-"
        + (command.length > 1 ? command[1].replaceAll("\\W", "-") : "")
        + ".log";
  }

  private static int run(Path directory, long minutes, String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of(command));
    Path log =
        Files.isDirectory(directory.resolve("node_modules")) || command[1].equals("ci")
            ? directory.resolve(log(command))
            : Files.createTempFile("node", ".log");
    Process process =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return -1;
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return -1;
    }
    return process.exitValue();
  }
}
