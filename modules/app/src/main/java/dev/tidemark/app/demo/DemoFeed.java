package dev.tidemark.app.demo;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads closed windows and alerts back from their topics on a thread of its own, like any consumer
 * outside would.
 */
final class DemoFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private final VersionTable table = new VersionTable();
  private final Map<String, Alert> fired = new LinkedHashMap<>();
  private final Consumer<Alert> onAlert;
  private final Thread thread;
  private volatile boolean stop;
  private volatile long newestWindowEndMs;
  private volatile long lastNewsNanos = System.nanoTime();

  /**
   * @param onAlert called once for every episode, when it begins
   */
  DemoFeed(Cluster cluster, Consumer<Alert> onAlert) {
    this.onAlert = onAlert;
    this.thread = new Thread(() -> read(cluster), "demo-feed");
    thread.setDaemon(true);
    thread.start();
  }

  VersionTable table() {
    return table;
  }

  /** First state of every alert so far, in the order of arrival. */
  List<Alert> alerts() {
    synchronized (fired) {
      return new ArrayList<>(fired.values());
    }
  }

  /** End of the newest window that has closed, milliseconds since the epoch. */
  long newestWindowEndMs() {
    return newestWindowEndMs;
  }

  /** Time since something was read. */
  Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - lastNewsNanos);
  }

  private void read(Cluster cluster) {
    try (var windows = TopicReader.open(cluster, cluster.topics().windows());
        var alerts = TopicReader.open(cluster, cluster.topics().alertsHistory())) {
      while (!stop) {
        int news = windows.poll(POLL, found -> window(found.key(), found.value()));
        news += alerts.poll(POLL, found -> alert(found.value()));
        if (news > 0) {
          lastNewsNanos = System.nanoTime();
        }
      }
    } catch (RuntimeException e) {
      LOG.error("windows and alerts can no longer be read", e);
    }
  }

  private void window(WindowKey key, WindowRecord window) {
    table.add(key, window);
    newestWindowEndMs = Math.max(newestWindowEndMs, window.getWindowEndMs());
  }

  private void alert(Alert alert) {
    boolean begins;
    synchronized (fired) {
      begins =
          alert.getStatus() == AlertStatus.FIRING
              && fired.putIfAbsent(alert.getEpisodeId(), alert) == null;
    }
    if (begins) {
      onAlert.accept(alert);
    }
  }

  @Override
  public void close() {
    stop = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
