package dev.tidemark.bench.windows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Whatever Kafka Streams runs; how far it has read is told by its consumers' own metrics. */
class StreamsContestant implements Contestant {
  private final KafkaStreams streams;
  private final String source;
  private final int threads;
  private List<Metric> consumed = List.of();
  private volatile String failure;

  StreamsContestant(KafkaStreams streams, String source, int threads) {
    this.streams = streams;
    this.source = source;
    this.threads = threads;
  }

  @Override
  public final void start() {
    streams.setUncaughtExceptionHandler(
        problem -> {
          failure = problem.toString().replace('\n', ' ');
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
  }

  @Override
  public final long consumed() {
    if (consumed.size() < threads) {
      consumed = find();
    }
    double sum = 0;
    for (Metric metric : consumed) {
      sum += (double) metric.metricValue();
    }
    return (long) sum;
  }

  @Override
  public final String failure() {
    return failure;
  }

  @Override
  public final void close() {
    leave(streams);
  }

  /** Stops and leaves the group at once, so that the next start need not wait for the session. */
  static void leave(KafkaStreams streams) {
    streams.close(
        CloseOptions.timeout(Duration.ofSeconds(15))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  final KafkaStreams streams() {
    return streams;
  }

  private List<Metric> find() {
    List<Metric> found = new ArrayList<>();
    for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
      MetricName name = entry.getKey();
      if (name.name().equals("records-consumed-total")
          && name.group().equals("consumer-fetch-manager-metrics")
          && source.equals(name.tags().get("topic"))
          && !name.tags().containsKey("partition")) {
        found.add(entry.getValue());
      }
    }
    return found;
  }
}
