package dev.tidemark.streams.detect;

import dev.tidemark.streams.topology.Drawing;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.List;
import org.apache.kafka.streams.Topology;

/**
 * Closed windows become findings. Windows, changes and decisions stand in the partition of their
 * subject, so one task sees all versions of a subject, what was rolled out for it and what humans
 * decided about it.
 */
public final class DetectTopology implements TopologyDefinition {
  static final String FINDINGS_SINK = "findings-sink";
  static final String DEAD_SINK = "dead-letters-sink";
  private static final String DETECT = "detect-drift";

  private final DetectConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;

  public DetectTopology(DetectConfig config, Topics topics, AvroSerdes serdes) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
  }

  @Override
  public String name() {
    return "detect";
  }

  @Override
  public List<Topic<?, ?>> inputs() {
    return List.of(topics.windows(), topics.changes(), topics.decisions());
  }

  @Override
  public List<Topic<?, ?>> outputs() {
    return List.of(topics.findings(), topics.deadLetters());
  }

  @Override
  public Topology build() {
    return new Drawing(serdes)
        .source("windows-source", topics.windows())
        .source("changes-source", topics.changes())
        .source("decisions-source", topics.decisions())
        .processor(
            DETECT,
            () -> new DetectDriftProcessor(config, topics, serdes),
            "windows-source",
            "changes-source",
            "decisions-source")
        .bytesStore(StateStores.DETECTORS, DETECT)
        .sink(FINDINGS_SINK, topics.findings(), DETECT)
        .sink(DEAD_SINK, topics.deadLetters(), DETECT)
        .topology();
  }
}
