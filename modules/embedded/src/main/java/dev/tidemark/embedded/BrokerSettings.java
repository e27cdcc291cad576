package dev.tidemark.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Settings of a single broker that is its own controller, small enough for a laptop. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final Map<String, String> ONE_NODE =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("num.partitions", "1"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"));

  /** A dead member or transaction is noticed in seconds, a live one never waits. */
  private static final Map<String, String> QUICK =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          "group.streams.initial.rebalance.delay.ms", "0",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
          "broker.heartbeat.interval.ms", "500",
          "broker.session.timeout.ms", "4000");

  private static final Map<String, String> SMALL =
      Map.of(
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "log.cleaner.threads", "1",
          "log.cleaner.dedupe.buffer.size", "2097152",
          "log.cleaner.io.buffer.size", "65536",
          "log.segment.bytes", "67108864",
          "log.index.size.max.bytes", "1048576");

  /**
   * Players stamp a simulated arrival weeks ago, so a record may be as old as it likes, and what is
   * past its retention is looked for only after a day.
   */
  private static final Map<String, String> TIME =
      Map.of(
          "log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE),
          "log.message.timestamp.after.max.ms", "3600000",
          "log.initial.task.delay.ms", "86400000",
          "log.retention.check.interval.ms", "86400000");

  private BrokerSettings() {}

  static Properties of(Path logs, BrokerPorts ports) {
    String host = "127.0.0.1:";
    var settings = new Properties();
    settings.putAll(ONE_NODE);
    settings.putAll(QUICK);
    settings.putAll(SMALL);
    settings.putAll(TIME);
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("process.roles", "broker,controller");
    settings.put(
        "listeners",
        "BROKER://"
            + host
            + ports.broker()
            + ","
            + CONTROLLER_LISTENER
            + "://"
            + host
            + ports.controller());
    settings.put("advertised.listeners", "BROKER://" + host + ports.broker());
    settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "BROKER");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + host + ports.controller());
    settings.put("log.dirs", logs.toString());
    return settings;
  }
}
