package dev.tidemark.streams.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The only way to discard or to note something: every reason is a Kafka Streams sensor of the task,
 * {@code tidemark-<room>-metrics: <reason>-total}, and so a meter of the process. Reasons are a
 * bounded set of kebab-case words.
 */
public final class Counts {
  private final ProcessingContext context;
  private final String room;
  private final Map<String, Sensor> sensors = new HashMap<>();

  public Counts(ProcessingContext context, String room) {
    this.context = context;
    this.room = room;
  }

  /** Counts one. */
  public void record(String reason) {
    record(reason, 1);
  }

  /** Counts {@code times}; nothing when it is 0. */
  public void record(String reason, long times) {
    if (times > 0) {
      sensors.computeIfAbsent(reason, this::sensor).record((double) times);
    }
  }

  private Sensor sensor(String reason) {
    return context
        .metrics()
        .addRateTotalSensor(
            "tidemark-" + room, context.taskId().toString(), reason, Sensor.RecordingLevel.INFO);
  }
}
