package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** Threads that would keep the JVM from ending. */
final class Threads {
  /** A thread that was told to end may still be on its way out when its owner returns. */
  private static final Duration ON_THE_WAY_OUT = Duration.ofSeconds(10);

  private Threads() {}

  static Set<Thread> user() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }

  static void awaitOnly(Set<Thread> before) {
    await()
        .pollInSameThread()
        .atMost(ON_THE_WAY_OUT)
        .untilAsserted(() -> assertThat(user()).isSubsetOf(before));
  }
}
