package dev.tidemark.streams.topology;

import dev.tidemark.core.window.Series;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The only way to discard or to note something: every reason is a Kafka Streams sensor of the task,
 * {@code tidemark-<room>-metrics: <reason>-total}, and so a meter of the process. Reasons are a
 * bounded set of kebab-case words.
 */
public final class Counts {
  private static final int MOST_AGENTS = 200;
  private final ProcessingContext context;
  private final String room;
  private final Map<String, Sensor> sensors = new HashMap<>();
  private int byAgent;

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

  /**
   * Counts {@code times} for one of a bounded number of agents; those beyond it are counted
   * together. The reason is one that nothing else is counted under.
   */
  public void record(String reason, String agent, long times) {
    String key = reason + '/' + agent;
    boolean room = sensors.containsKey(key) || byAgent < MOST_AGENTS;
    String name = room ? agent : Series.OVERFLOW;
    sensors
        .computeIfAbsent(reason + '/' + name, any -> sensorOf(reason, name))
        .record((double) times);
  }

  private Sensor sensorOf(String reason, String agent) {
    byAgent++;
    String task = context.taskId().toString();
    Sensor sensor =
        context
            .metrics()
            .addSensor(
                String.join(".", "tidemark", room, task, reason, agent),
                Sensor.RecordingLevel.INFO);
    sensor.add(
        new MetricName(
            reason + "-total",
            "tidemark-" + room + "-metrics",
            "How many, by agent.",
            Map.of("task-id", task, "agent", agent)),
        new CumulativeSum());
    return sensor;
  }

  private Sensor sensor(String reason) {
    return context
        .metrics()
        .addRateTotalSensor(
            "tidemark-" + room, context.taskId().toString(), reason, Sensor.RecordingLevel.INFO);
  }
}
