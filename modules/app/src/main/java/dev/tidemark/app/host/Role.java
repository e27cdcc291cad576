package dev.tidemark.app.host;

import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.ingest.collector.CollectorConfig;
import dev.tidemark.ingest.collector.CollectorTopology;
import dev.tidemark.streams.alert.AlertTopology;
import dev.tidemark.streams.detect.DetectTopology;
import dev.tidemark.streams.evidence.EvidenceConfig;
import dev.tidemark.streams.evidence.EvidenceTopology;
import dev.tidemark.streams.observe.ObserveConfig;
import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.streams.observe.ObserveTopology;
import dev.tidemark.streams.observe.RunLimits;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.Topic;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a process can be told to do. The names are spelled as on the command line. */
public enum Role {
  /** OTLP, and what a Collector wrote to Kafka, become spans and events. */
  ingest,
  /** Spans and events become runs and windows. */
  observe,
  /** Windows become findings. */
  detect,
  /** Findings become alerts. */
  alert,
  /** Runs worth keeping are copied; verdicts and decisions are chained. */
  evidence,
  /** The page, the API, metrics and health. */
  query;

  /** Assumptions for drawing a topology without a broker. */
  public static final Preflight ASSUMED = new Preflight(4, 4, Topic.Clock.BROKER);

  /** Roles that are topologies wherever they run, in the order of the way of the data. */
  public static Stream<Role> topologies() {
    return Arrays.stream(values()).filter(role -> role != query && role != ingest);
  }

  /** The topology of this role on a cluster; costs that nobody reported stay unknown. */
  public TopologyDefinition topology(Cluster cluster, Preflight checked) {
    return topology(cluster, checked, PriceBook.EMPTY, RuleSet.DEFAULT, EvidenceConfig.DEFAULT);
  }

  /**
   * The topology of this role on a cluster.
   *
   * @param prices what models cost; only observe asks for it
   * @param rules what the team set about alerts; only detect and alert ask for it
   * @param kept which runs are worth keeping; only evidence asks for it
   * @throws IllegalStateException for {@link #query}, which is none
   */
  public TopologyDefinition topology(
      Cluster cluster, Preflight checked, PriceBook prices, RuleSet rules, EvidenceConfig kept) {
    return switch (this) {
      case observe ->
          new ObserveTopology(
              ObserveConfig.of(checked.sourcePartitions(), checked.subjectPartitions())
                  .withClock(
                      checked.arrivalClock() == Topic.Clock.BROKER
                          ? ArrivalClock.BROKER
                          : ArrivalClock.PRODUCER)
                  .with(RunLimits.DEFAULT, prices),
              cluster.topics(),
              cluster.serdes());
      case detect ->
          new DetectTopology(
              rules.detect(checked.subjectPartitions()), cluster.topics(), cluster.serdes());
      case alert -> new AlertTopology(rules.alert(), cluster.topics(), cluster.serdes());
      case evidence -> new EvidenceTopology(kept, cluster.topics(), cluster.serdes());
      case ingest ->
          new CollectorTopology(CollectorConfig.DEFAULT, cluster.topics(), cluster.serdes());
      case query -> throw new IllegalStateException("query is not a topology");
    };
  }
}
