package dev.tidemark.bench.windows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The tie of a child process to the process that started it: the child ends when its standard input
 * does, so that nothing stays behind whatever way the parent ends.
 */
final class Parent {
  private static volatile Runnable closer = () -> {};

  private Parent() {}

  /** Runs {@code onEnd} and ends this process once the parent closes the pipe or is gone. */
  static void watch(Runnable onEnd) {
    Thread thread =
        new Thread(
            () -> {
              awaitEnd(System.in);
              Thread stop = new Thread(onEnd, "stop");
              stop.setDaemon(true);
              stop.start();
              try {
                stop.join(20_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(0);
            },
            "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a child does. */
  interface Work {
    void run() throws InterruptedException;
  }

  /** Does it and says {@code done}, or {@code failed} and why; the parent ends this process. */
  static void report(Work work) {
    watch(() -> closer.run());
    try {
      work.run();
      System.out.println("done");
    } catch (InterruptedException | RuntimeException e) {
      System.out.println("failed " + e.toString().replace('\n', ' '));
    }
  }

  /** What to close when the parent ends, for {@link #report}. */
  static void onEnd(Runnable close) {
    closer = close;
  }

  private static void awaitEnd(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // Gone is gone.
    }
  }
}
