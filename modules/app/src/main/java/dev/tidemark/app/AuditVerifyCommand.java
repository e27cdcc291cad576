package dev.tidemark.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.core.audit.ChainCheck;
import dev.tidemark.records.AuditEntry;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows every chain and says where one is broken. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Check that no verdict or decision was removed, moved or changed; exits 3 if one was.",
    description = {
      "",
      "One chain per partition; erasures are told in it. HEAD is the hash of the last entry: note it elsewhere, and a chain",
      "that was cut off or written anew is found by comparing.",
      ""
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 20;
  private final Console console;
  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Begin with what arrived then, such as 2026-11-22T18:00:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "End with what arrived then.")
  private String to;

  AuditVerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    long fromMs = from == null ? Long.MIN_VALUE : time("--from", from);
    long toMs = to == null ? Long.MAX_VALUE : time("--to", to);
    if (fromMs > toMs) {
      throw Failure.usage("--from " + from + " is behind --to " + to + ": give the earlier first");
    }
    cluster.reach();
    Map<Integer, ChainCheck> checks = new TreeMap<>();
    long unread;
    try (var reader = TopicReader.open(cluster, cluster.topics().audit())) {
      reader
          .beginnings()
          .forEach(
              (chain, offset) ->
                  checks.put(chain, new ChainCheck(chain, from == null && offset == 0)));
      if (from != null) {
        reader.since(fromMs);
      }
      Set<Integer> over = new HashSet<>();
      reader.readToEnd(entry -> next(entry, checks, over, toMs));
      unread = reader.undecodable();
    }
    print(checks);
    return verdict(checks, unread);
  }

  private static void next(
      ConsumerRecord<String, AuditEntry> entry,
      Map<Integer, ChainCheck> checks,
      Set<Integer> over,
      long toMs) {
    if (entry.timestamp() > toMs) {
      over.add(entry.partition());
    }
    if (!over.contains(entry.partition())) {
      checks.get(entry.partition()).next(entry.value());
    }
  }

  private int verdict(Map<Integer, ChainCheck> checks, long unread) {
    long broken = checks.values().stream().mapToLong(ChainCheck::broken).sum();
    int said = 0;
    for (Map.Entry<Integer, ChainCheck> chain : checks.entrySet()) {
      for (ChainCheck.Break found : chain.getValue().breaks()) {
        if (said++ < SHOWN) {
          console.say(
              "tidemark: partition "
                  + chain.getKey()
                  + ", entry "
                  + found.sequence()
                  + " "
                  + found.what());
        }
      }
    }
    if (broken > SHOWN) {
      console.say("tidemark: " + (broken - SHOWN) + " more are not shown");
    }
    if (unread > 0) {
      console.say("tidemark: " + unread + " records are no entries at all");
    }
    return broken + unread == 0 ? ExitCode.OK : ExitCode.FOUND;
  }

  private void print(Map<Integer, ChainCheck> checks) {
    var table =
        Table.of("PARTITION>", "ENTRIES>", "FIRST>", "LAST>", "ERASED RUNS>", "STATE", "HEAD");
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    checks.forEach(
        (chain, check) -> {
          boolean empty = check.last() == null;
          String state =
              check.broken() > 0 ? "broken in " + check.broken() : empty ? "empty" : "whole";
          table.row(
              chain,
              check.entries(),
              empty ? null : check.first(),
              empty ? null : check.last().getSequence(),
              check.erasedRuns(),
              state,
              empty ? null : check.last().getHash());
          nodes.add(node(chain, check));
        });
    switch (output.format()) {
      case table -> table.lines().forEach(console::data);
      case json -> console.data(nodes.toPrettyString());
      case jsonl -> nodes.forEach(node -> console.data(node.toString()));
    }
  }

  private static ObjectNode node(int chain, ChainCheck check) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("schema", "dev.tidemark.cli.AuditChain").put("partition", chain);
    node.put("entries", check.entries()).put("erasedRuns", check.erasedRuns());
    if (check.last() == null) {
      node.putNull("first").putNull("last").putNull("head");
    } else {
      node.put("first", check.first()).put("last", check.last().getSequence());
      node.put("head", check.last().getHash());
    }
    node.put("broken", check.broken());
    ArrayNode breaks = node.putArray("breaks");
    for (ChainCheck.Break found : check.breaks()) {
      breaks
          .addObject()
          .put("kind", found.kind().name())
          .put("sequence", found.sequence())
          .put("what", found.what());
    }
    return node;
  }

  private static long time(String option, String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw Failure.usage(
          option + " " + text + " is not a time: write it like 2026-11-22T18:00:00Z");
    }
  }
}
