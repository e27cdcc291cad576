package dev.tidemark.app.host;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Everything that is kept about one conversation or one tenant: finds it, erases what a log can
 * erase at once, and says of the rest until when it is there. Not thread-safe.
 */
public final class Erasure {
  /** What happens to the records of a topic. */
  public enum Fate {
    /** Erased now; the broker lets go of them with its next compaction. */
    ERASED,
    /** Gone with the retention of the topic. */
    EXPIRES,
    /** Internal frames that are not searched; gone with the retention of the topic. */
    NOT_SEARCHED,
    /** Carries nothing that leads to a conversation or a tenant. */
    ANONYMOUS
  }

  /**
   * What there is on one topic.
   *
   * @param records records found
   * @param until when the last of them is gone; null when nothing remains, or it is not known
   */
  public record Line(String topic, long records, Fate fate, Instant until) {}

  /**
   * What was found.
   *
   * @param traces number of traces concerned
   */
  public record Report(int traces, List<Line> lines) {
    /** Copies the lines. */
    public Report {
      lines = List.copyOf(lines);
    }
  }

  private final Cluster cluster;
  private final Topics topics;
  private final String conversation;
  private final String tenant;
  private final Set<String> traces = new TreeSet<>();
  private final Set<String> alerts = new TreeSet<>();

  private Erasure(Cluster cluster, String conversation, String tenant) {
    this.cluster = cluster;
    this.topics = cluster.topics();
    this.conversation = conversation;
    this.tenant = tenant;
  }

  /** Of one conversation. */
  public static Erasure ofConversation(Cluster cluster, String conversation) {
    return new Erasure(cluster, conversation, null);
  }

  /** Of one tenant. */
  public static Erasure ofTenant(Cluster cluster, String tenant) {
    return new Erasure(cluster, null, tenant);
  }

  /** Reads every topic twice: for the traces concerned, then for all that belongs to them. */
  public Report find() throws ExecutionException, InterruptedException {
    collect(topics.runs(), run -> is(run.getConversationId(), run.getTenant()));
    collect(topics.spans(), span -> is(span.getConversationId(), span.getTenant()));
    collect(topics.events(), event -> is(event.getConversationId(), event.getTenant()));
    collect(topics.content(), said -> is(said.getConversationId(), said.getTenant()));
    Map<String, Long> retention = retention();
    List<Line> lines = new ArrayList<>();
    for (Topic<?, ?> topic : topics.all()) {
      lines.add(line(topic, retention.get(topic.name())));
    }
    return new Report(traces.size(), lines);
  }

  private boolean is(String itsConversation, String itsTenant) {
    return tenant == null ? conversation.equals(itsConversation) : tenant.equals(itsTenant);
  }

  private <V> void collect(Topic<String, V> topic, Predicate<V> concerned) {
    try (var reader = TopicReader.open(cluster, topic)) {
      reader.readToEnd(
          found -> {
            if (concerned.test(found.value())) {
              traces.add(found.key());
            }
          });
    }
  }

  private <K, V> Line line(Topic<K, V> topic, long retentionMs) {
    String name = topic.name();
    if (name.equals(topics.audit().name()) || name.equals(topics.deadLetters().name())) {
      return new Line(name, 0, Fate.ANONYMOUS, null);
    }
    if (name.equals(topics.partials().name()) || name.equals(topics.correlations().name())) {
      return new Line(name, 0, Fate.NOT_SEARCHED, until(newest(topic), retentionMs));
    }
    boolean compacted = topic.cleanup() == Topic.Cleanup.COMPACT;
    long[] found = {0, 0};
    try (var reader = TopicReader.open(cluster, topic)) {
      reader.readToEnd(
          record -> {
            if (concerns(record.key(), record.value())) {
              found[0]++;
              found[1] = Math.max(found[1], record.timestamp());
              if (record.value() instanceof Alert alert) {
                alerts.add(alert.getAlertKey());
              }
            }
          });
    }
    return compacted
        ? new Line(name, found[0], Fate.ERASED, null)
        : new Line(
            name, found[0], Fate.EXPIRES, found[0] == 0 ? null : until(found[1], retentionMs));
  }

  private boolean concerns(Object key, Object value) {
    if (value instanceof AgentSpan span) {
      return traces.contains(span.getTraceId());
    } else if (value instanceof AgentEvent event) {
      return traces.contains(event.getTraceId());
    } else if (value instanceof AgentRun run) {
      return traces.contains(run.getTraceId());
    } else if (value instanceof AgentContent content) {
      return traces.contains(content.getTraceId());
    } else if (value instanceof AgentEvidence copy) {
      return traces.contains(copy.getTraceId());
    } else if (value instanceof Finding finding) {
      return concerns(finding.getSeries().getTenant(), finding.getItem());
    } else if (value instanceof Alert alert) {
      return concerns(alert.getSeries().getTenant(), alert.getItem());
    } else if (value instanceof AlertDecision decision) {
      return decision.getSeries().getTenant().equals(tenant);
    } else if (value instanceof ChangeEvent change) {
      return change.getTenant().equals(tenant);
    } else if (value instanceof WindowRecord window) {
      return window.getSeries().getTenant().equals(tenant);
    }
    return key instanceof byte[] bytes
        && traces.contains(new String(bytes, StandardCharsets.UTF_8));
  }

  /** An alert of a run that loops has the trace id as its item, or at the head of it. */
  private boolean concerns(String itsTenant, String item) {
    if (tenant != null) {
      return tenant.equals(itsTenant);
    }
    return item != null && item.length() >= 32 && traces.contains(item.substring(0, 32));
  }

  private long newest(Topic<?, ?> topic) {
    return PartitionLog.newestMs(cluster, topic);
  }

  private static Instant until(long newestMs, long retentionMs) {
    return newestMs == 0
        ? null
        : retentionMs < 0 ? Instant.MAX : Instant.ofEpochMilli(newestMs + retentionMs);
  }

  private Map<String, Long> retention() throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.all().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    var retention = new LinkedHashMap<String, Long>();
    try (Admin admin = cluster.admin()) {
      for (Map.Entry<ConfigResource, Config> one :
          admin.describeConfigs(resources).all().get().entrySet()) {
        retention.put(
            one.getKey().name(), Long.parseLong(one.getValue().get("retention.ms").value()));
      }
    }
    return retention;
  }

  /**
   * Erases what was found on compacted topics; tells the alert role by a finding without a value,
   * so that it forgets them too. Returns when the broker has it.
   */
  public void erase() {
    forget(topics.alerts());
    forget(topics.findings());
  }

  private <V> void forget(Topic<String, V> topic) {
    try (var producer = new WaitingProducer<>(cluster, topic, "the erasure")) {
      int partitions = producer.partitions();
      long nowMs = System.currentTimeMillis();
      for (String alert : alerts) {
        producer.send(Partitioning.trace(alert, partitions), nowMs, alert, null);
      }
      producer.await();
    }
  }
}
