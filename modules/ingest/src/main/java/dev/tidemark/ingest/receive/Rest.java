package dev.tidemark.ingest.receive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * What a client still sends of a body that was refused, read and thrown away: over HTTP/1 a
 * connection that is closed with bytes unread is reset, and with it goes the answer that was on its
 * way. Not longer than a body may be slow.
 */
final class Rest implements Runnable {
  /** So many bodies of the largest size are read past. */
  private static final long MOST_BODIES = 4;

  private final Request request;
  private final Callback then;
  private final AtomicBoolean over = new AtomicBoolean();
  private long left;

  private Rest(Request request, long most, Callback then) {
    this.request = request;
    this.left = most;
    this.then = then;
  }

  /** Completes {@code then} when the rest is gone; to be called when the answer was written. */
  static Callback of(Request request, Limits limits, Callback then) {
    boolean reset = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    if (reset || request.getHeaders().contains(HttpHeader.EXPECT)) {
      return then;
    }
    return Callback.from(
        () -> {
          Rest rest = new Rest(request, MOST_BODIES * limits.bodyBytes(), then);
          request
              .getComponents()
              .getScheduler()
              .schedule(rest::end, limits.grace().toMillis(), TimeUnit.MILLISECONDS);
          rest.run();
        },
        then::failed);
  }

  @Override
  public void run() {
    while (!over.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        end();
        return;
      }
      left -= chunk.remaining();
      boolean last = chunk.isLast() || left < 0;
      chunk.release();
      if (last) {
        end();
      }
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      then.succeeded();
    }
  }
}
