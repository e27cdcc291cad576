package dev.tidemark.capture;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.ContentRole;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** One call of a model. What is not told stays unknown, never zero. */
public final class ModelCall extends Call<ModelCall> {
  private static final int MICRO_DIGITS = 6;

  ModelCall(Run run, String model) {
    super(run, SpanKind.LLM, "chat");
    with(span -> span.setModelName(model));
  }

  /** Provider, such as openai. */
  public ModelCall provider(String provider) {
    return with(span -> span.setModelProvider(provider));
  }

  /** Fingerprint of the provider's backend. */
  public ModelCall backend(String fingerprint) {
    return with(span -> span.setModelBackend(fingerprint));
  }

  /** What the model is told; kept, redacted, only where content of models is kept. */
  public ModelCall prompt(String text) {
    return keep(ContentRole.PROMPT, text);
  }

  /** What the model answers; kept, redacted, only where content of models is kept. */
  public ModelCall completion(String text) {
    return keep(ContentRole.COMPLETION, text);
  }

  private ModelCall keep(ContentRole role, String text) {
    if (run().config().content().keepsModels(run().config().tenant())) {
      say(role, text);
    }
    return this;
  }

  /** Tokens; input includes cached ones, output includes reasoning. */
  public ModelCall tokens(long input, long output) {
    return with(
        span -> {
          span.setInputTokens(input);
          span.setOutputTokens(output);
        });
  }

  /** Input tokens read from and written to a cache. */
  public ModelCall cacheTokens(long read, long written) {
    return with(
        span -> {
          span.setCacheReadTokens(read);
          span.setCacheWriteTokens(written);
        });
  }

  /** Output tokens spent on reasoning. */
  public ModelCall reasoningTokens(long tokens) {
    return with(span -> span.setReasoningTokens(tokens));
  }

  /** Cost as the provider reports it, in units of an ISO 4217 currency, rounded to millionths. */
  public ModelCall cost(BigDecimal amount, String currency) {
    return with(
        span -> {
          if (amount != null) {
            span.setCostMicros(micros(amount));
            span.setCostCurrency(currency);
            span.setCostSource(CostSource.REPORTED);
          }
        });
  }

  /** The client tried again by itself, this often, before it got an answer. */
  public ModelCall retried(int times, String errorType) {
    AgentEvent event = run().newEvent(EventType.RETRY);
    event.setSpanId(spanId());
    event.setCount(times);
    event.setErrorType(errorType);
    run().publish(event);
    return this;
  }

  @Override
  public void failed(String type) {
    end(Outcome.ERROR, type);
  }

  @Override
  ModelCall self() {
    return this;
  }

  /** Saturates: what no long holds is rejected as impossible later, and counted. */
  private static long micros(BigDecimal amount) {
    return amount
        .movePointRight(MICRO_DIGITS)
        .setScale(0, RoundingMode.HALF_EVEN)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .longValue();
  }
}
