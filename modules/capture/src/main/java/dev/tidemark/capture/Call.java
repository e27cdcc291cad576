package dev.tidemark.capture;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One attempt at something, from its start to the first outcome it is told; that sends its span,
 * later words change nothing. Closing a call that was told no outcome sends UNKNOWN. For one
 * thread.
 */
public abstract sealed class Call<C extends Call<C>> implements AutoCloseable
    permits ToolCall, ModelCall {
  private final Run run;
  private final AgentSpan span;
  private final Instant start;
  private final AtomicBoolean ended = new AtomicBoolean();

  Call(Run run, SpanKind kind, String name) {
    this.run = run;
    this.span = run.newSpan(kind, name);
    this.start = run.config().clock().instant();
  }

  /** Id of the span, 16 hex digits. */
  public final String spanId() {
    return span.getSpanId();
  }

  /** It worked. */
  public final void ok() {
    end(Outcome.OK, null);
  }

  /** It took too long. */
  public final void timedOut() {
    end(Outcome.TIMEOUT, "timeout");
  }

  /** Somebody stopped it. */
  public final void cancelled() {
    end(Outcome.CANCELLED, null);
  }

  /** It failed; only the class of the exception is kept. */
  public final void failed(Throwable error) {
    failed(typeOf(error));
  }

  /** It failed; {@code type} is a class of errors such as {@code not_found}, never a message. */
  public abstract void failed(String type);

  @Override
  public final void close() {
    end(Outcome.UNKNOWN, null);
  }

  final Run run() {
    return run;
  }

  final C with(Consumer<AgentSpan> change) {
    if (!ended.get()) {
      change.accept(span);
    }
    return self();
  }

  final void end(Outcome outcome, String errorType) {
    if (ended.compareAndSet(false, true)) {
      span.setOutcome(outcome);
      span.setErrorType(errorType);
      stamp(span, start, run.config().clock().instant());
      run.publish(span);
    }
  }

  abstract C self();

  static String typeOf(Throwable error) {
    return error == null ? null : error.getClass().getName();
  }

  /** Sets the times; a clock that stepped back leaves start and duration unknown. */
  static void stamp(AgentSpan span, Instant start, Instant end) {
    span.setEndMs(end.toEpochMilli());
    if (!end.isBefore(start)) {
      span.setStartMs(start.toEpochMilli());
      span.setDurationUs(Duration.between(start, end).toNanos() / 1_000);
    }
  }
}
