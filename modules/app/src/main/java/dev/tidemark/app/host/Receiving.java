package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.core.redact.KeyedHash;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.core.redact.RedactionRules;
import dev.tidemark.ingest.KafkaOutlet;
import dev.tidemark.ingest.receive.OtlpReceiver;
import dev.tidemark.ingest.receive.ReceiverConfig;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The OTLP receiver of one process, with the producer behind it and its meters. */
public final class Receiving implements AutoCloseable {
  private static final int[] REFUSALS = {400, 401, 403, 404, 405, 408, 413, 415, 429, 503};
  private final OtlpReceiver receiver;
  private final KafkaOutlet outlet;

  private Receiving(OtlpReceiver receiver, KafkaOutlet outlet) {
    this.receiver = receiver;
    this.outlet = outlet;
  }

  /**
   * Starts to listen.
   *
   * @throws Failure config, when others could send without a token; unreachable, when a port is
   *     taken
   */
  public static Receiving start(
      Cluster cluster, ReceiverConfig config, Normalizer normalizer, MeterRegistry meters) {
    var outlet = new KafkaOutlet(cluster.clientConfig(), cluster.topics(), cluster.serdes());
    try {
      var receiver = OtlpReceiver.start(config, outlet, normalizer);
      bind(receiver, meters);
      return new Receiving(receiver, outlet);
    } catch (IllegalArgumentException e) {
      outlet.close();
      throw Failure.config(e.getMessage());
    } catch (IOException e) {
      outlet.close();
      throw Failure.unreachable(e.getMessage(), e);
    }
  }

  /**
   * How spans are read: what models cost, and the key by which equal arguments are recognised.
   *
   * @param key file whose bytes are the key, the same for every process that receives; null for a
   *     key that nobody knows and that is forgotten with the process
   * @param content whose content is kept
   */
  public static Normalizer normalizer(PriceBook prices, Path key, ContentRules content) {
    byte[] bytes = new byte[32];
    try {
      if (key == null) {
        new SecureRandom().nextBytes(bytes);
      } else {
        bytes = Files.readAllBytes(key);
      }
      return Normalizer.of(
          NormalizerSettings.standard()
              .withPrices(prices)
              .withArguments(KeyedHash.of(bytes))
              .withContent(content));
    } catch (IOException e) {
      throw Failure.config("cannot read --hash-key " + key + ": check the file");
    } catch (IllegalArgumentException e) {
      throw Failure.config("--hash-key " + key + " cannot be used: " + e.getMessage());
    }
  }

  private static void bind(OtlpReceiver receiver, MeterRegistry meters) {
    FunctionCounter.builder("tidemark.ingest.spans", receiver, r -> r.counts().spans())
        .description("Spans that the brokers acknowledged.")
        .register(meters);
    FunctionCounter.builder("tidemark.ingest.events", receiver, r -> r.counts().events())
        .description("Events that the brokers acknowledged.")
        .register(meters);
    FunctionCounter.builder("tidemark.ingest.items.rejected", receiver, r -> r.counts().rejected())
        .description("Spans and log records that cannot be used, inside requests that can.")
        .register(meters);
    FunctionCounter.builder("tidemark.ingest.contents", receiver, r -> r.counts().contents())
        .description("Records of content, kept because somebody asked, that brokers acknowledged.")
        .register(meters);
    for (String rule : RedactionRules.standard().names()) {
      FunctionCounter.builder(
              "tidemark.ingest.redactions", receiver, r -> r.counts().redacted().of(rule))
          .tag("rule", rule)
          .description("Values redacted before they reached Kafka, by rule; never what they were.")
          .register(meters);
    }
    FunctionCounter.builder(
            "tidemark.ingest.redaction.failed",
            receiver,
            r -> r.counts().redacted().of(RedactionReport.RULE_ERROR))
        .description("Texts dropped because a rule of redaction broke on them: should be 0.")
        .register(meters);
    for (int status : REFUSALS) {
      FunctionCounter.builder(
              "tidemark.ingest.requests.refused", receiver, r -> r.counts().refused(status))
          .tag("status", Integer.toString(status))
          .description("Requests refused as a whole, by HTTP status or what gRPC has for it.")
          .register(meters);
    }
    Gauge.builder("tidemark.ingest.inflight.bytes", receiver, OtlpReceiver::bytesInFlight)
        .description("Bytes of requests that are held now.")
        .register(meters);
  }

  /** Base address for OTLP/HTTP. */
  public URI http() {
    return receiver.http();
  }

  /** Address for OTLP/gRPC. */
  public URI grpc() {
    return receiver.grpc();
  }

  @Override
  public void close() {
    receiver.close();
    outlet.close();
  }
}
