package dev.tidemark.capture;

import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.dialect.Normalized;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.core.redact.RedactionTally;
import dev.tidemark.core.redact.Redactor;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the spans of any agent that is instrumented with OpenTelemetry straight to Kafka, without
 * a collector: the same dialects, redaction and records as OTLP through {@code ingest}.
 *
 * <pre>{@code
 * SdkTracerProvider.builder()
 *     .addSpanProcessor(BatchSpanProcessor.create(TidemarkSpanExporter.open(config)));
 * }</pre>
 *
 * <p>{@link #export} hands records to a {@link SpanPublisher} and never waits or throws; it reports
 * success when they were handed over, for what becomes of them then is in {@link #counters}.
 * Metrics need every span: use a sampler that keeps all of them. Needs {@code
 * opentelemetry-sdk-trace}, which the agent brings. Thread-safe.
 */
public final class TidemarkSpanExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(TidemarkSpanExporter.class);
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);
  private static final String UNTOLD = "default";
  private final SpanPublisher publisher;
  private final Normalizer normalizer;
  private final String environment;
  private final RedactionTally redacted = new RedactionTally();
  private final AtomicLong unread = new AtomicLong();

  private TidemarkSpanExporter(CaptureConfig config, SpanPublisher publisher) {
    this.publisher = publisher;
    this.environment = config.environment();
    this.normalizer =
        Normalizer.of(
            new NormalizerSettings(
                Redactor.of(config.redaction()),
                config.hash(),
                PriceBook.EMPTY,
                config.tenant(),
                config.content()));
  }

  /**
   * Exports to Kafka. Returns at once, whether or not Kafka can be reached.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a client setting is wrong
   */
  public static TidemarkSpanExporter open(CaptureConfig config) {
    return new TidemarkSpanExporter(config, KafkaSpanPublisher.open(config));
  }

  /** Exports through a publisher, which it closes. */
  public static TidemarkSpanExporter of(CaptureConfig config, SpanPublisher publisher) {
    return new TidemarkSpanExporter(config, publisher);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    for (SpanData span : spans) {
      try {
        publish(normalizer.normalize(OtelSpans.of(span)));
      } catch (RuntimeException neverTheAgents) {
        long count = unread.incrementAndGet();
        if (Long.bitCount(count) == 1) {
          LOG.warn("{} spans could not be read: {}", count, neverTheAgents.getClass().getName());
        }
      }
    }
    return CompletableResultCode.ofSuccess();
  }

  /** Spans that could not be read and are in no counter of the publisher: should be 0. */
  public long unread() {
    return unread.get();
  }

  /** What was redacted in spans before they were handed to the publisher, by rule. */
  public RedactionReport redacted() {
    return redacted.report();
  }

  /** What became of the records so far. */
  public CaptureCounters counters() {
    return publisher.counters();
  }

  @Override
  public CompletableResultCode flush() {
    return aside(() -> publisher.flush(FLUSH_LIMIT));
  }

  @Override
  public CompletableResultCode shutdown() {
    return aside(
        () -> {
          publisher.close();
          return true;
        });
  }

  private void publish(Normalized normalized) {
    for (AgentSpan span : normalized.spans()) {
      if (span.getEnvironment().equals(UNTOLD)) {
        span.setEnvironment(environment);
      }
      publisher.publish(span, SpanPublisher.NOW);
    }
    for (AgentEvent event : normalized.events()) {
      if (event.getEnvironment().equals(UNTOLD)) {
        event.setEnvironment(environment);
      }
      publisher.publish(event, SpanPublisher.NOW);
    }
    for (AgentContent content : normalized.contents()) {
      if (content.getEnvironment().equals(UNTOLD)) {
        content.setEnvironment(environment);
      }
      publisher.publish(content, SpanPublisher.NOW);
    }
    redacted.add(normalized.redacted());
  }

  /** Waiting happens on a thread of its own: the caller's may be the agent's. */
  private static CompletableResultCode aside(BooleanSupplier work) {
    var result = new CompletableResultCode();
    var thread =
        new Thread(
            () -> {
              if (work.getAsBoolean()) {
                result.succeed();
              } else {
                result.fail();
              }
            },
            "tidemark-exporter");
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
