package dev.tidemark.app.host;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ErasureScope;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.ErasureMark;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    /** Erased now: readers no longer meet them; gone from the log when the broker compacts it. */
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
   * @param until when the last of them is gone at the latest, as long as the topic is written to;
   *     null when nothing remains, or it is not known
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
  private final Map<String, Set<Integer>> traces = new TreeMap<>();
  private final Map<Integer, Long> newestMs = new HashMap<>();
  private final Map<String, Map<String, Integer>> keys = new HashMap<>();
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
    Map<String, Config> configs = configs();
    List<Line> lines = new ArrayList<>();
    for (Topic<?, ?> topic : topics.all()) {
      lines.add(line(topic, configs.get(topic.name())));
    }
    return new Report(traces.size(), lines);
  }

  private boolean is(String itsConversation, String itsTenant) {
    return tenant == null ? conversation.equals(itsConversation) : tenant.equals(itsTenant);
  }

  /** Where a trace stands is where its erasure has to be told, whoever put it there. */
  private <V> void collect(Topic<String, V> topic, Predicate<V> concerned) {
    boolean source = topic.name().equals(topics.spans().name());
    boolean told = source || topic.name().equals(topics.events().name());
    try (var reader = TopicReader.open(cluster, topic)) {
      reader.readToEnd(
          found -> {
            if (source) {
              newestMs.merge(found.partition(), found.timestamp(), Math::max);
            }
            if (concerned.test(found.value())) {
              Set<Integer> partitions =
                  traces.computeIfAbsent(RecordKeys.trace(found.key()), t -> new TreeSet<>());
              if (told) {
                partitions.add(found.partition());
              }
            }
          });
    }
  }

  private <K, V> Line line(Topic<K, V> topic, Config config) {
    String name = topic.name();
    if (name.equals(topics.audit().name()) || name.equals(topics.deadLetters().name())) {
      return new Line(name, 0, Fate.ANONYMOUS, null);
    }
    if (name.equals(topics.partials().name()) || name.equals(topics.correlations().name())) {
      return new Line(
          name, 0, Fate.NOT_SEARCHED, forgotten(PartitionLog.newestMs(cluster, topic), config));
    }
    return topic.cleanup() == Topic.Cleanup.DELETE ? kept(topic, config) : erasable(topic, config);
  }

  private <K, V> Line kept(Topic<K, V> topic, Config config) {
    long[] found = {0, 0};
    try (var reader = TopicReader.open(cluster, topic)) {
      reader.readToEnd(
          record -> {
            if (concerns(record.key(), record.value())) {
              found[0]++;
              found[1] = Math.max(found[1], record.timestamp());
            }
          });
    }
    return new Line(topic.name(), found[0], Fate.EXPIRES, forgotten(found[1], config));
  }

  /** What was erased before may still stand in the log; it is not counted again. */
  private <K, V> Line erasable(Topic<K, V> topic, Config config) {
    Map<String, Integer> concerned = new TreeMap<>();
    long[] found = {0};
    Map<String, Long> records = new HashMap<>();
    try (var reader = TopicReader.open(cluster, topic).withTombstones()) {
      reader.readToEnd(
          record -> {
            String key = String.valueOf(record.key());
            if (record.value() == null) {
              concerned.remove(key);
              records.remove(key);
            } else if (concerns(record.key(), record.value())) {
              concerned.put(key, record.partition());
              records.merge(key, 1L, Long::sum);
            }
          });
    }
    records.values().forEach(count -> found[0] += count);
    keys.put(topic.name(), concerned);
    return new Line(topic.name(), found[0], Fate.ERASED, found[0] == 0 ? null : compacted(config));
  }

  private boolean concerns(Object key, Object value) {
    if (value instanceof AgentSpan span) {
      return traces.containsKey(span.getTraceId());
    } else if (value instanceof AgentEvent event) {
      return traces.containsKey(event.getTraceId());
    } else if (value instanceof AgentRun run) {
      return traces.containsKey(run.getTraceId());
    } else if (value instanceof AgentContent content) {
      return traces.containsKey(content.getTraceId());
    } else if (value instanceof AgentEvidence copy) {
      return traces.containsKey(copy.getTraceId());
    } else if (value instanceof Finding finding) {
      return concerns(finding.getSeries().getTenant(), finding.getItem());
    } else if (value instanceof Alert alert) {
      boolean concerned = concerns(alert.getSeries().getTenant(), alert.getItem());
      if (concerned) {
        alerts.add(alert.getAlertKey());
      }
      return concerned;
    } else if (value instanceof AlertDecision decision) {
      return decision.getSeries().getTenant().equals(tenant);
    } else if (value instanceof ChangeEvent change) {
      return change.getTenant().equals(tenant);
    } else if (value instanceof WindowRecord window) {
      return window.getSeries().getTenant().equals(tenant);
    }
    return key instanceof byte[] bytes
        && traces.containsKey(new String(bytes, StandardCharsets.UTF_8));
  }

  /** An alert of a run that loops has the trace id as its item, or at the head of it. */
  private boolean concerns(String itsTenant, String item) {
    if (tenant != null) {
      return tenant.equals(itsTenant);
    }
    return item != null && item.length() >= 32 && traces.containsKey(item.substring(0, 32));
  }

  /** A segment goes when its last record is old enough, and is written for a while. */
  private static Instant forgotten(long newestMs, Config config) {
    long retentionMs = number(config, "retention.ms");
    return newestMs == 0
        ? null
        : retentionMs < 0 ? Instant.MAX : later(newestMs, retentionMs, config);
  }

  private static Instant compacted(Config config) {
    long lagMs = number(config, "max.compaction.lag.ms");
    return lagMs == Long.MAX_VALUE ? null : later(System.currentTimeMillis(), lagMs, config);
  }

  private static Instant later(long fromMs, long ms, Config config) {
    return Instant.ofEpochMilli(fromMs + ms + number(config, "segment.ms"));
  }

  private static long number(Config config, String name) {
    return Long.parseLong(config.get(name).value());
  }

  private Map<String, Config> configs() throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.all().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    var configs = new HashMap<String, Config>();
    try (Admin admin = cluster.admin()) {
      admin
          .describeConfigs(resources)
          .all()
          .get()
          .forEach((resource, config) -> configs.put(resource.name(), config));
    }
    return configs;
  }

  /**
   * Erases what was found. Roles are told first, by records without a value on {@code agent-spans}
   * and {@code agent-findings}: they forget the runs and alerts and tell the audit chain. Then
   * every topic that can be erased gets a record without a value for every key, for roles that do
   * not run and copies they no longer know. Returns when the broker has all of it.
   */
  public void erase() {
    tellRuns();
    tombstones(topics.runs());
    tombstones(topics.evidence());
    tombstones(topics.content());
    tombstones(topics.alerts());
    try (var producer = new WaitingProducer<>(cluster, topics.findings(), "the erasure")) {
      int partitions = producer.partitions();
      long nowMs = System.currentTimeMillis();
      for (String alert : alerts) {
        producer.send(Partitioning.trace(alert, partitions), nowMs, alert, null);
      }
      producer.await();
    }
  }

  /** Stamped like the newest span of its partition: players live in another time. */
  private void tellRuns() {
    ErasureScope scope = tenant == null ? ErasureScope.CONVERSATION : ErasureScope.TENANT;
    try (var producer = new WaitingProducer<>(cluster, topics.spans(), "the erasure")) {
      int partitions = producer.partitions();
      var runs = new TreeMap<Integer, Long>();
      traces.forEach(
          (trace, standing) -> {
            var told = new TreeSet<>(standing);
            told.add(Partitioning.trace(trace, partitions));
            for (int partition : told) {
              runs.merge(partition, 1L, Long::sum);
              producer.send(
                  partition, stamp(partition), trace, null, new ErasureMark(scope, 1)::addTo);
            }
          });
      runs.forEach(
          (partition, count) ->
              producer.send(
                  partition, stamp(partition), null, null, new ErasureMark(scope, count)::addTo));
      producer.await();
    }
  }

  private long stamp(int partition) {
    return newestMs.getOrDefault(partition, System.currentTimeMillis());
  }

  private <V> void tombstones(Topic<String, V> topic) {
    try (var producer = new WaitingProducer<>(cluster, topic, "the erasure")) {
      long nowMs = System.currentTimeMillis();
      keys.get(topic.name())
          .forEach((key, partition) -> producer.send(partition, nowMs, key, null));
      producer.await();
    }
  }
}
