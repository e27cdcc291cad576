package dev.tidemark.app;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Sets up slf4j-simple, which reads system properties once, before the first logger: nothing here
 * may touch a class that logs.
 */
final class Logs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logs() {}

  /** Levels by what is to be run: servers tell what they do, the other commands only trouble. */
  static void before(String[] args) {
    boolean debug = Arrays.asList(args).contains("--debug");
    String command = Arrays.stream(args).filter(a -> !a.startsWith("-")).findFirst().orElse("");
    boolean server = command.equals("run");
    boolean toFile = command.equals("demo") || command.equals("dev");
    level("defaultLogLevel", debug ? "info" : server || toFile ? "warn" : "error");
    level("log.dev.tidemark", debug ? "debug" : server || toFile ? "info" : "warn");
    level("showDateTime", "true");
    level("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXX");
    level("showThreadName", "false");
    if (toFile && !debug) {
      Path log = Path.of(".tidemark", command + ".log");
      if (log.toAbsolutePath().getParent().toFile().isDirectory()
          || log.toAbsolutePath().getParent().toFile().mkdirs()) {
        level("logFile", log.toString());
      }
    }
  }

  private static void level(String key, String value) {
    if (System.getProperty(PREFIX + key) == null) {
      System.setProperty(PREFIX + key, value);
    }
  }
}
