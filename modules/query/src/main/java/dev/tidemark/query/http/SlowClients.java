package dev.tidemark.query.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose first request is not complete within a time limit. The idle limit alone
 * would let a client drip one header byte after the other for ever. Thread-safe.
 */
public final class SlowClients implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration limit;
  private final Map<Connection, Scheduler.Task> waiting = new ConcurrentHashMap<>();

  /** A limit on the time from opening a connection to the end of its first headers. */
  public SlowClients(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    waiting.put(
        connection,
        scheduler.schedule(() -> judge(connection), limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task task = waiting.remove(connection);
    if (task != null) {
      task.cancel();
    }
  }

  private void judge(Connection connection) {
    if (waiting.remove(connection) != null && connection.getMessagesOut() == 0) {
      connection.close();
    }
  }
}
