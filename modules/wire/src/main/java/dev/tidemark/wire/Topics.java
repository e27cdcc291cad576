package dev.tidemark.wire;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.Topic.Cleanup;
import dev.tidemark.wire.Topic.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Every topic of one deployment. Immutable; the prefix is empty or kebab-case.
 *
 * <p>{@code agent-spans} and {@code agent-events} are keyed by trace id with Kafka's murmur2
 * partitioner and need equal partition counts. {@code agent-windows}, {@code agent-changes} and
 * {@code agent-partials} are partitioned by subject ({@link Partitioning#subject}); {@code
 * agent-correlations} has as many partitions.
 */
public final class Topics {
  private static final Duration DAY = Duration.ofDays(1);
  private final String prefix;
  private final Topic<String, AgentSpan> spans;
  private final Topic<String, AgentEvent> events;

  private Topics(String prefix) {
    this.prefix = prefix;
    this.spans = topic("agent-spans", AgentSpan.class, Cleanup.DELETE, 7, Clock.BROKER);
    this.events = topic("agent-events", AgentEvent.class, Cleanup.DELETE, 7, Clock.BROKER);
  }

  /** Topics without a prefix. */
  public static Topics plain() {
    return new Topics("");
  }

  /**
   * Topics whose names start with {@code prefix} and a dash.
   *
   * @throws IllegalArgumentException when the prefix is not kebab-case
   */
  public static Topics prefixed(String prefix) {
    if (prefix.isEmpty()) {
      return plain();
    }
    if (!prefix.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "topic prefix '" + prefix + "' is not kebab-case: use lower-case letters and dashes");
    }
    return new Topics(prefix + "-");
  }

  /** Spans of agents, keyed by trace id; stamped by the broker in production. */
  public Topic<String, AgentSpan> spans() {
    return spans;
  }

  /** Events of agents, keyed by trace id; stamped by the broker in production. */
  public Topic<String, AgentEvent> events() {
    return events;
  }

  /** Summaries of runs, keyed by trace id; without a value once the run was erased. */
  public Topic<String, AgentRun> runs() {
    return topic("agent-runs", AgentRun.class, Cleanup.ERASABLE, 30, Clock.PRODUCER);
  }

  /**
   * Closed windows and their revisions, and after the windows of every bound passed a tick: a
   * record with neither key nor value that says up to which end the windows of its partition were
   * told ({@link Ticks}). Consumers skip records without a value; who waits for quiet series reads
   * the ticks. Revisions may still come after them.
   */
  public Topic<WindowKey, WindowRecord> windows() {
    return new Topic<>(
        prefix + "agent-windows",
        WindowKey.class,
        WindowRecord.class,
        Cleanup.DELETE,
        DAY.multipliedBy(30),
        Clock.PRODUCER);
  }

  /**
   * First-seen and declared changes, keyed by change id; by the subject that tells them, and once
   * more by the fleet.
   */
  public Topic<String, ChangeEvent> changes() {
    return topic("agent-changes", ChangeEvent.class, Cleanup.DELETE, 90, Clock.PRODUCER);
  }

  /** What humans decided about alerts, keyed by decision id; by the subject of the series. */
  public Topic<String, AlertDecision> decisions() {
    return topic("agent-decisions", AlertDecision.class, Cleanup.DELETE, 90, Clock.PRODUCER);
  }

  /** Findings of detectors, keyed by alert key. */
  public Topic<String, Finding> findings() {
    return topic("agent-findings", Finding.class, Cleanup.DELETE, 30, Clock.PRODUCER);
  }

  /** Last state of every alert, keyed by alert key, compacted. */
  public Topic<String, Alert> alerts() {
    return topic("agent-alerts", Alert.class, Cleanup.COMPACT, 0, Clock.PRODUCER);
  }

  /** Every state of every alert, keyed by alert key. */
  public Topic<String, Alert> alertsHistory() {
    return topic("agent-alerts-history", Alert.class, Cleanup.DELETE, 90, Clock.PRODUCER);
  }

  /**
   * Traces that alerts show, keyed by trace id as {@link #runs}, with the alert's key: from where
   * evidence reads alerts to where it knows runs.
   */
  public Topic<byte[], byte[]> pins() {
    return new Topic<>(
        prefix + "agent-pins",
        byte[].class,
        byte[].class,
        Cleanup.DELETE,
        DAY.multipliedBy(7),
        Clock.PRODUCER);
  }

  /**
   * Copies of the spans and events of runs worth keeping, keyed by {@link RecordKeys#copy}, in the
   * partition of the trace.
   */
  public Topic<String, AgentEvidence> evidence() {
    return topic("agent-evidence", AgentEvidence.class, Cleanup.ERASABLE, 30, Clock.PRODUCER);
  }

  /** Verdicts and decisions, one chain of hashes per partition; as many partitions as spans. */
  public Topic<String, AuditEntry> audit() {
    return topic("agent-audit", AuditEntry.class, Cleanup.DELETE, 3650, Clock.PRODUCER);
  }

  /** Records that could not be used; coordinates and reason, no payload. */
  public Topic<String, DeadLetter> deadLetters() {
    return topic("agent-dead-letters", DeadLetter.class, Cleanup.DELETE, 7, Clock.PRODUCER);
  }

  /**
   * What was said, for tools and tenants that asked for it, keyed by {@link RecordKeys#content};
   * empty unless somebody does. Of its own so that few may read it and it is gone sooner.
   */
  public Topic<String, AgentContent> content() {
    return topic("agent-content", AgentContent.class, Cleanup.ERASABLE, 3, Clock.BROKER);
  }

  /**
   * Framed partial windows and watermarks between the two stages of observe. Not a repartition
   * topic: the engine deletes those behind the committed offset, and open windows are rebuilt from
   * here.
   */
  public Topic<byte[], byte[]> partials() {
    return new Topic<>(
        prefix + "agent-partials",
        byte[].class,
        byte[].class,
        Cleanup.DELETE,
        DAY.multipliedBy(2),
        Clock.PRODUCER);
  }

  /**
   * Human requests and decisions in frames, and watermarks, on their way to where they are joined
   * across traces; by what joins them. Kept like {@link #partials} so that a join that was down
   * goes on where it was, and looked at when a wait is in doubt.
   */
  public Topic<byte[], byte[]> correlations() {
    return new Topic<>(
        prefix + "agent-correlations",
        byte[].class,
        byte[].class,
        Cleanup.DELETE,
        DAY.multipliedBy(2),
        Clock.PRODUCER);
  }

  /** All topics in the order of the way of the data. */
  public List<Topic<?, ?>> all() {
    return List.of(
        spans(),
        events(),
        partials(),
        correlations(),
        runs(),
        windows(),
        changes(),
        decisions(),
        findings(),
        alerts(),
        alertsHistory(),
        pins(),
        evidence(),
        audit(),
        deadLetters(),
        content());
  }

  private <V> Topic<String, V> topic(
      String name, Class<V> type, Cleanup cleanup, int days, Clock clock) {
    return new Topic<>(prefix + name, String.class, type, cleanup, DAY.multipliedBy(days), clock);
  }
}
