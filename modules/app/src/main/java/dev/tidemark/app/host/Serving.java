package dev.tidemark.app.host;

import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.query.Health;
import dev.tidemark.query.QueryServer;
import dev.tidemark.query.view.KafkaSpanReader;
import dev.tidemark.query.view.KafkaStreamsViews;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The page, the API, metrics and health of one process over the roles that run in it. */
public final class Serving implements AutoCloseable {
  private final QueryServer server;
  private final KafkaSpanReader spans;

  private Serving(QueryServer server, KafkaSpanReader spans) {
    this.server = server;
    this.spans = spans;
  }

  /** A meter registry with the basics of the process. */
  public static PrometheusMeterRegistry meters() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    return meters;
  }

  /**
   * Starts to listen.
   *
   * @param detector what detect was set to
   * @param names host names, besides this machine's own, by which clients may call the server
   */
  public static Serving start(
      StreamsHost roles,
      Cluster cluster,
      DetectorSettings detector,
      PrometheusMeterRegistry meters,
      String host,
      int port,
      Set<String> names) {
    KafkaSpanReader spans =
        KafkaSpanReader.open(cluster.clientConfig(), cluster.topics(), cluster.serdes());
    QueryServer server =
        QueryServer.builder()
            .host(host)
            .names(names)
            .port(port)
            .views(KafkaStreamsViews.over(roles.engines()))
            .spans(spans)
            .detector(detector)
            .metrics(meters::scrape)
            .live(health(roles::live))
            .ready(health(roles::ready))
            .start();
    return new Serving(server, spans);
  }

  private static Supplier<Health> health(Supplier<Map<String, String>> reasons) {
    return () -> {
      Map<String, String> against = new LinkedHashMap<>(reasons.get());
      return new Health(against.isEmpty(), against);
    };
  }

  /** Where the page is. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    spans.close();
  }
}
