package dev.tidemark.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka's fault handlers from ending the JVM that hosts the broker: the thread that asks for
 * it gets an exception instead. Installed once and for the life of the JVM.
 */
final class ExitGuard {
  private static final Logger log = LoggerFactory.getLogger(ExitGuard.class);
  private static final AtomicBoolean installed = new AtomicBoolean();

  private ExitGuard() {}

  static void install() {
    if (installed.compareAndSet(false, true)) {
      Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
      Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
    }
  }

  private static void refuse(String how, int status, String message) {
    String sentence =
        "embedded broker wanted to "
            + how
            + " this process with status "
            + status
            + (message == null ? "" : " (" + message + ")")
            + ": restart the process";
    log.error(sentence);
    throw new IllegalStateException(sentence);
  }
}
