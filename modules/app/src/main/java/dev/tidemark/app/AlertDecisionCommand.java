package dev.tidemark.app;

import dev.tidemark.app.host.Cluster;
import dev.tidemark.app.host.DecisionWriter;
import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Signal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a human decides about an alert, written where detect reads it. */
abstract class AlertDecisionCommand implements Callable<Integer> {
  private final Console console;
  private final DecisionAction action;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "KEY", description = "Key of the alert, or a beginning of it.")
  private String key;

  @Option(names = "--by", paramLabel = "WHO", required = true, description = "Who decides.")
  private String by;

  @Option(names = "--note", paramLabel = "TEXT", required = true, description = "Why.")
  private String note;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      defaultValue = "now",
      description = {
        "Event time from which it holds, such as 2026-11-22T18:00:00Z (default: now); what was",
        "told before stays as it was told."
      })
  private String at;

  AlertDecisionCommand(Console console, DecisionAction action) {
    this.console = console;
    this.action = action;
  }

  @Override
  public Integer call() {
    Cluster cluster = kafka.clusterWithRegistry();
    long timeMs = time();
    cluster.reach();
    Alert alert = LastAlerts.read(cluster).find(key);
    requirePossible(alert);
    try (var writer = DecisionWriter.open(cluster)) {
      long newestMs = writer.newestMs(alert.getSeries());
      if (newestMs > timeMs) {
        timeMs = newestMs;
      }
      writer.write(decision(alert, timeMs));
      console.say(
          "tidemark: "
              + (action == DecisionAction.ACCEPT ? "accepted" : "noted")
              + "; takes effect with the first window from "
              + Instant.ofEpochMilli(timeMs)
              + " on"
              + (newestMs < timeMs - 600_000
                  ? " (the newest one told is from " + Instant.ofEpochMilli(newestMs) + ")"
                  : ""));
    }
    return ExitCode.OK;
  }

  private void requirePossible(Alert alert) {
    if (alert.getSignal() == Signal.LIVE_LOOP) {
      throw Failure.failed(
          "alert " + alert.getAlertKey() + " is about one run and ends with it: nothing to decide",
          null);
    }
    if (action != DecisionAction.ACCEPT) {
      return;
    }
    if (alert.getModes().contains(DetectionMode.LIMIT)) {
      throw Failure.failed(
          "alert "
              + alert.getAlertKey()
              + " is about a limit you set: change rule "
              + Console.safe(alert.getItem())
              + " in the rules file instead",
          null);
    }
    if (!AlertLine.isOpen(alert)) {
      throw Failure.failed(
          "alert "
              + alert.getAlertKey()
              + " does not fire any more ("
              + alert.getStatus()
              + "): there is nothing to accept",
          null);
    }
  }

  private AlertDecision decision(Alert alert, long timeMs) {
    return AlertDecision.newBuilder()
        .setDecisionId(UUID.randomUUID().toString())
        .setAlertKey(alert.getAlertKey())
        .setEpisodeId(alert.getEpisodeId())
        .setAction(action)
        .setSeries(alert.getSeries())
        .setSignal(alert.getSignal())
        .setDirection(alert.getDirection())
        .setActor(by)
        .setTimeMs(timeMs)
        .setNote(note)
        .build();
  }

  private long time() {
    if (at.equals("now")) {
      return System.currentTimeMillis();
    }
    try {
      return Instant.parse(at).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw Failure.usage("--at " + at + " is not a time: write it like 2026-11-22T18:00:00Z");
    }
  }

  /** Takes the new behaviour as the baseline. */
  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      header = "Take the new behaviour as the baseline; ends the alert as ACCEPTED.")
  static final class Accept extends AlertDecisionCommand {
    Accept(Console console) {
      super(console, DecisionAction.ACCEPT);
    }
  }

  /** Says something about an alert. */
  @Command(
      name = "note",
      mixinStandardHelpOptions = true,
      header = "Say something about an alert; changes nothing else.")
  static final class Note extends AlertDecisionCommand {
    Note(Console console) {
      super(console, DecisionAction.NOTE);
    }
  }
}
