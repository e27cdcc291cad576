package dev.tidemark.bench.windows;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.HostConfig;
import dev.tidemark.streams.observe.ObserveConfig;
import dev.tidemark.streams.observe.ObserveTopology;
import dev.tidemark.streams.observe.RunLimits;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** How ours runs: the properties of the host, and the room for series that a shape needs. */
final class OursConfig {
  static final Duration COMMIT = Duration.ofMillis(100);

  /** No run is held, so no span is linked or known to be a duplicate. */
  private static final RunLimits NO_RUNS = new RunLimits(0, 0, 1);

  private static final int SERIES_CAP = 1_000_000;
  private static final long STATE_BYTES = 128L << 20;

  private OursConfig() {}

  static KafkaStreams streams(RunSpec spec, ObserveConfig.ArrivalClock clock) {
    Topics topics = Topics.prefixed(spec.prefix());
    Cluster cluster =
        new Cluster(
            spec.bootstrap(),
            Map.of("bootstrap.servers", spec.bootstrap(), "schema.registry.url", spec.registry()),
            spec.registry(),
            topics,
            spec.runId());
    AvroSerdes serdes = cluster.serdes();
    Properties properties =
        new HostConfig(cluster, spec.directory(), COMMIT, spec.more("threads", 1), STATE_BYTES, 0)
            .streams("observe");
    ObserveTopology topology = new ObserveTopology(observe(spec, clock), topics, serdes);
    return new KafkaStreams(topology.build(), properties);
  }

  static ObserveConfig observe(RunSpec spec, ObserveConfig.ArrivalClock clock) {
    ObserveConfig usual = ObserveConfig.of(spec.partitions(), spec.partitions());
    return new ObserveConfig(
        usual.sourcePartitions(),
        usual.subjectPartitions(),
        Duration.ofMillis(spec.more("windowMs", 15_000)),
        Duration.ofMillis(spec.more("latenessMs", 15_000)),
        usual.skew(),
        usual.horizon(),
        usual.inactivity(),
        Duration.ofMillis(spec.more("flushMs", (int) usual.flush().toMillis())),
        Duration.ofMillis(spec.more("spillMs", (int) usual.spill().toMillis())),
        usual.runRetention(),
        usual.windowRetention(),
        usual.loops(),
        SERIES_CAP,
        usual.humanHorizon(),
        limits(spec),
        usual.prices(),
        clock,
        usual.clockTolerance());
  }

  private static RunLimits limits(RunSpec spec) {
    RunLimits usual = RunLimits.DEFAULT;
    return spec.contestant().equals(Contestants.OURS_NO_LINKING)
        ? NO_RUNS
        : new RunLimits(
            usual.perTask(), usual.perTenant(), spec.more("factsInHeap", usual.factsInHeap()));
  }
}
