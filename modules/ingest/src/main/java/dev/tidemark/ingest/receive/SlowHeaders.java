package dev.tidemark.ingest.receive;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which a request's headers are not complete within a limit. The idle limit
 * alone would let a client drip one header byte after the other for ever. Looks at every connection
 * once per limit; one that sent bytes but neither began nor finished a request since the last look
 * is dripping. Thread-safe.
 */
final class SlowHeaders implements Connection.Listener {
  private final Scheduler scheduler;
  private final long limitMs;
  private final Map<Connection, Watched> watched = new ConcurrentHashMap<>();

  /** A connection as it was at the last look. */
  private record Watched(Scheduler.Task next, long bytes, long begun, long answered) {}

  SlowHeaders(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limitMs = limit.toMillis();
  }

  @Override
  public void onOpened(Connection connection) {
    // Nothing sent at all is a matter of the idle limit, unless it is the first request.
    watched.put(connection, new Watched(schedule(connection), -1, 0, 0));
  }

  @Override
  public void onClosed(Connection connection) {
    Watched last = watched.remove(connection);
    if (last != null) {
      last.next().cancel();
    }
  }

  private Scheduler.Task schedule(Connection connection) {
    return scheduler.schedule(() -> look(connection), limitMs, TimeUnit.MILLISECONDS);
  }

  private void look(Connection connection) {
    Watched last = watched.get(connection);
    if (last == null) {
      return;
    }
    long bytes = connection.getBytesIn();
    long begun = connection.getMessagesIn();
    long answered = connection.getMessagesOut();
    boolean busy = begun > answered || begun > last.begun() || answered > last.answered();
    if (!busy && bytes != last.bytes()) {
      watched.remove(connection);
      connection.close();
      return;
    }
    watched.replace(connection, last, new Watched(schedule(connection), bytes, begun, answered));
  }
}
