package dev.tidemark.capture;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Which span what happens now belongs to: over threads ({@link #activate}, {@link #wrap}) and over
 * messages (W3C Trace Context, version 00, in the Kafka headers {@code traceparent} and {@code
 * tracestate}). Immutable.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param sampled the flag of the standard; handed on, never obeyed: metrics need every span
 * @param traceState what other tracing systems wrote beside it, handed on; empty when nothing
 */
public record TraceContext(String traceId, String spanId, boolean sampled, String traceState) {
  /** Name of the header. */
  public static final String HEADER = "traceparent";

  private static final int LENGTH = 55;
  private static final int TRACE = 32;
  private static final int SPAN = 16;
  private static final ThreadLocal<TraceContext> CURRENT = new ThreadLocal<>();

  /**
   * A context.
   *
   * @throws IllegalArgumentException when an id has not its form
   */
  public TraceContext {
    Objects.requireNonNull(traceState, "traceState");
    if (!isId(traceId, TRACE) || !isId(spanId, SPAN)) {
      throw new IllegalArgumentException(
          "a trace id has 32 lower-case hex digits and a span id 16, neither of them all zero");
    }
  }

  /** A context beside which nothing is written. */
  public TraceContext(String traceId, String spanId, boolean sampled) {
    this(traceId, spanId, sampled, "");
  }

  /**
   * The context a header value names; empty for anything that is none, as the standard asks. Later
   * versions are read as far as they are like this one.
   */
  public static Optional<TraceContext> parse(String traceparent) {
    if (traceparent == null || traceparent.length() < LENGTH) {
      return Optional.empty();
    }
    String version = traceparent.substring(0, 2);
    boolean longer = traceparent.length() > LENGTH;
    boolean dashes =
        traceparent.charAt(2) == '-'
            && traceparent.charAt(35) == '-'
            && traceparent.charAt(52) == '-';
    if (!dashes
        || !isHex(version)
        || version.equals("ff")
        || (longer && (version.equals("00") || traceparent.charAt(LENGTH) != '-'))) {
      return Optional.empty();
    }
    String trace = traceparent.substring(3, 35);
    String span = traceparent.substring(36, 52);
    String flags = traceparent.substring(53, LENGTH);
    if (!isId(trace, TRACE) || !isId(span, SPAN) || !isHex(flags)) {
      return Optional.empty();
    }
    return Optional.of(new TraceContext(trace, span, (Integer.parseInt(flags, 16) & 1) == 1));
  }

  /** The context of a message; empty when it has none. */
  public static Optional<TraceContext> extract(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value() == null
        ? Optional.empty()
        : parse(new String(header.value(), StandardCharsets.UTF_8).trim())
            .map(context -> context.beside(TraceState.extract(headers)));
  }

  /** The context of this thread; empty when none is active. */
  public static Optional<TraceContext> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The value of the header. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  /** Puts the context into a message, in place of one it has. */
  public void inject(Headers headers) {
    headers.remove(HEADER);
    headers.add(HEADER, traceparent().getBytes(StandardCharsets.US_ASCII));
    TraceState.inject(traceState, headers);
  }

  private TraceContext beside(String state) {
    return new TraceContext(traceId, spanId, sampled, state);
  }

  /** Makes this the context of the thread until the scope is closed. */
  public Scope activate() {
    TraceContext before = CURRENT.get();
    CURRENT.set(this);
    return () -> restore(before);
  }

  /** What does {@code task} in this context, on whatever thread. */
  public Runnable wrap(Runnable task) {
    Objects.requireNonNull(task, "task");
    return () -> {
      try (Scope scope = activate()) {
        task.run();
      }
    };
  }

  /** What does {@code task} in this context, on whatever thread. */
  public <T> Callable<T> wrap(Callable<T> task) {
    Objects.requireNonNull(task, "task");
    return () -> {
      try (Scope scope = activate()) {
        return task.call();
      }
    };
  }

  /** What asks {@code source} in this context, on whatever thread. */
  public <T> Supplier<T> supplying(Supplier<T> source) {
    Objects.requireNonNull(source, "source");
    return () -> {
      try (Scope scope = activate()) {
        return source.get();
      }
    };
  }

  /** An executor whose tasks run in the context of the thread that hands them over. */
  public static Executor following(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return task -> {
      TraceContext now = CURRENT.get();
      executor.execute(now == null ? task : now.wrap(task));
    };
  }

  private static void restore(TraceContext before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  private static boolean isId(String id, int digits) {
    if (id == null || id.length() != digits || !isHex(id)) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      if (id.charAt(i) != '0') {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Ends what {@link #activate} began; the thread has the context again that it had before. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
