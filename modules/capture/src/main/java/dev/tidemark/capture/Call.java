package dev.tidemark.capture;

import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ContentRole;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One attempt at something, from its start to the first outcome it is told; that sends its span,
 * later words change nothing. Closing a call that was told no outcome sends UNKNOWN. For one
 * thread.
 */
public abstract sealed class Call<C extends Call<C>> implements AutoCloseable
    permits ToolCall, ModelCall {
  private static final int MOST_PARTS = 64;

  /** So much more than the limit waits, for redaction to see what the limit cuts through. */
  private static final int CUT_LATER = 1_024;

  private final Run run;
  private final AgentSpan span;
  private final Instant start;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<AgentContent> words = new ArrayList<>(0);

  Call(Run run, SpanKind kind, String name) {
    this.run = run;
    this.span = run.newSpan(kind, name);
    this.start = run.config().clock().instant();
  }

  /** Id of the span, 16 hex digits. */
  public final String spanId() {
    return span.getSpanId();
  }

  /** What is started now as a child of this call, in this thread or behind another one's door. */
  public final TraceContext context() {
    return run.context(span);
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
      for (AgentContent said : words) {
        said.setToolCallId(span.getToolCallId());
        said.setTimeMs(span.getEndMs());
        run.publish(said);
      }
    }
  }

  /** Keeps words until the call has ended; only asked where {@link ContentRules} keep them. */
  final void say(ContentRole role, String text) {
    if (text == null || ended.get() || words.size() >= MOST_PARTS) {
      return;
    }
    int limit = run.config().content().limitBytes() + CUT_LATER;
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    AgentContent said = run.newContent(role, span.getSpanId());
    said.setPart((int) words.stream().filter(other -> other.getRole() == role).count());
    said.setToolName(span.getToolName());
    said.setOriginalBytes(bytes);
    said.setText(text.length() > limit ? text.substring(0, limit) : text);
    words.add(said);
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
