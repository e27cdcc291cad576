package dev.tidemark.embedded;

import java.util.Set;
import java.util.stream.Collectors;

/** Threads that would keep the JVM from ending. */
final class Threads {
  private Threads() {}

  static Set<Thread> user() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }
}
