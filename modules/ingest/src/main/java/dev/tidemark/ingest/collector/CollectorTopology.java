package dev.tidemark.ingest.collector;

import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.streams.topology.Drawing;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.Topology;

/**
 * What a Collector wrote becomes spans and events, redacted, keyed by trace id. Stateless: every
 * record stands for itself. {@code otlp_proto} and {@code otlp_json} are told apart record by
 * record.
 */
public final class CollectorTopology implements TopologyDefinition {
  static final String SPANS_SINK = "spans-sink";
  static final String EVENTS_SINK = "events-sink";
  static final String CONTENT_SINK = "content-sink";
  static final String DEAD_SINK = "dead-letters-sink";
  private static final String NORMALIZE = "normalize-";

  private final CollectorConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;
  private final Normalizer normalizer;

  /** One that reads dialects without settings of a deployment. */
  public CollectorTopology(CollectorConfig config, Topics topics, AvroSerdes serdes) {
    this(config, topics, serdes, Normalizer.standard());
  }

  public CollectorTopology(
      CollectorConfig config, Topics topics, AvroSerdes serdes, Normalizer normalizer) {
    this.normalizer = normalizer;
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public List<Topic<?, ?>> inputs() {
    List<Topic<?, ?>> inputs = new ArrayList<>();
    config.spans().forEach(name -> inputs.add(Topic.ofOthers(name)));
    config.logs().forEach(name -> inputs.add(Topic.ofOthers(name)));
    return inputs;
  }

  @Override
  public List<Topic<?, ?>> outputs() {
    return List.of(topics.spans(), topics.events(), topics.content(), topics.deadLetters());
  }

  @Override
  public Topology build() {
    var drawing = new Drawing(serdes);
    List<String> normalizers = new ArrayList<>();
    for (String name : config.spans()) {
      normalizers.add(normalizer(drawing, name, NormalizeProcessor.Signal.TRACES));
    }
    for (String name : config.logs()) {
      normalizers.add(normalizer(drawing, name, NormalizeProcessor.Signal.LOGS));
    }
    String[] parents = normalizers.toArray(String[]::new);
    return drawing
        .sink(SPANS_SINK, topics.spans(), parents)
        .sink(EVENTS_SINK, topics.events(), parents)
        .sink(CONTENT_SINK, topics.content(), parents)
        .sink(DEAD_SINK, topics.deadLetters(), parents)
        .topology();
  }

  private String normalizer(Drawing drawing, String topic, NormalizeProcessor.Signal signal) {
    String source = topic + "-source";
    String normalize = NORMALIZE + topic;
    drawing
        .source(source, Topic.ofOthers(topic))
        .processor(
            normalize, () -> new NormalizeProcessor(signal, config.tenant(), normalizer), source);
    return normalize;
  }
}
