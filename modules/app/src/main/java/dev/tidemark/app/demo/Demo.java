package dev.tidemark.app.demo;

import dev.tidemark.app.Console;
import dev.tidemark.app.Failure;
import dev.tidemark.app.host.Cluster;
import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.KafkaSpanPublisher;
import dev.tidemark.capture.Overflow;
import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.fleet.FleetPlan;
import dev.tidemark.fleet.FleetPlan.Phase;
import dev.tidemark.fleet.FleetPlayer;
import dev.tidemark.fleet.PlayListener.Progress;
import dev.tidemark.fleet.PlayReport;
import dev.tidemark.fleet.RecordedRuns;
import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays the pairs against a running cluster, shows what comes out, and judges it. */
public final class Demo {
  private static final Duration FLUSH = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final long WINDOW_MS = 15_000;
  private static final double RUNS_PER_HOUR = 900;
  private static final int SUBJECTS = 8;

  private final Console console;
  private final Screen screen;
  private final Cluster cluster;
  private final int partitions;
  private final List<Pairing> pairings = Pairing.shown();
  private final List<Integer> runsUntil = new ArrayList<>();
  private int tenths;

  /**
   * @param partitions partitions of the subjects, over which the budget of alerts is spread
   */
  public Demo(Console console, Cluster cluster, int partitions) {
    this.console = console;
    this.screen = Screen.of(console);
    this.cluster = cluster;
    this.partitions = partitions;
  }

  /**
   * Plays and judges.
   *
   * @param speed simulated time per real time
   * @return whether nothing findable was missed and nothing false fired
   */
  public boolean play(long seed, double speed) throws InterruptedException {
    FleetPlan plan = plan(seed, speed);
    screen.message("tidemark: playing recorded runs, seed " + seed);
    try (var feed = new DemoFeed(cluster, this::alert)) {
      PlayReport report = publish(plan, feed);
      settle(feed, report);
      screen.clear();
      List<Judgement> judgements = judge(feed);
      for (Pairing pairing : pairings) {
        console.data("");
        console.data(pairing.line());
        feed.table().lines(pairing.environment(), SUBJECTS).forEach(console::data);
      }
      console.data("");
      VerdictText.lines(judgements).forEach(console::data);
      return judgements.stream().allMatch(Judgement::good);
    }
  }

  private FleetPlan plan(long seed, double speed) {
    var recorded = RecordedRuns.shipped();
    var phases = new ArrayList<Phase>();
    int runs = 0;
    for (Pairing pairing : pairings) {
      phases.addAll(pairing.phases());
      for (Phase phase : pairing.phases()) {
        runs += recorded.select(phase.runs()).size();
      }
      runsUntil.add(runs);
    }
    return FleetPlan.of(phases, seed).runsPerHour(RUNS_PER_HOUR).speed(speed);
  }

  private PlayReport publish(FleetPlan plan, DemoFeed feed) {
    var config =
        CaptureConfig.of(cluster.clientConfig()).topics(cluster.topics()).overflow(Overflow.WAIT);
    try (var publisher = new LabelledPublisher(KafkaSpanPublisher.open(config), pairings)) {
      PlayReport report =
          FleetPlayer.shipped().play(plan, publisher, progress -> show(progress, feed));
      if (!publisher.flush(FLUSH)) {
        throw Failure.unreachable(
            "the broker did not take all records within " + FLUSH.toSeconds() + " s: see the log",
            null);
      }
      long lost = publisher.counters().droppedInAll();
      if (lost > 0) {
        throw Failure.failed(lost + " records were dropped on their way: see the log", null);
      }
      return report;
    }
  }

  private void show(Progress progress, DemoFeed feed) {
    Pairing current = current(progress.runsStarted());
    String line =
        ProgressBar.line(
            current.environment(),
            progress.runsStarted(),
            progress.runs(),
            progress.recordsPerSecond());
    if (screen.live()) {
      var block = new ArrayList<String>();
      block.add("");
      block.add(line);
      block.add(current.line());
      block.addAll(feed.table().lines(current.environment(), SUBJECTS));
      screen.block(block);
    } else if (10 * progress.runsStarted() / Math.max(1, progress.runs()) > tenths) {
      tenths = 10 * progress.runsStarted() / progress.runs();
      screen.message(line);
    }
  }

  private Pairing current(int runsStarted) {
    int pair = 0;
    while (pair < pairings.size() - 1 && runsStarted > runsUntil.get(pair)) {
      pair++;
    }
    return pairings.get(pair);
  }

  private void alert(Alert alert) {
    screen.line(
        console.bold("ALERT")
            + "  "
            + Console.safe(alert.getSeries().getEnvironment())
            + "  "
            + AlertSentence.of(alert));
  }

  /** Waits until every window has closed and nothing more comes out. */
  private void settle(DemoFeed feed, PlayReport report) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE.toNanos();
    while (feed.newestWindowEndMs() < report.lastWindowEndMs(WINDOW_MS)
        || feed.quiet().compareTo(QUIET) < 0) {
      if (System.nanoTime() > deadline) {
        throw Failure.failed(
            "windows are closed up to "
                + Instant.ofEpochMilli(feed.newestWindowEndMs())
                + ", not up to "
                + Instant.ofEpochMilli(report.lastWindowEndMs(WINDOW_MS))
                + ", "
                + SETTLE.toSeconds()
                + " s after the last record: see the log",
            null);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private List<Judgement> judge(DemoFeed feed) {
    var budget = DetectorSettings.defaults(partitions).budget();
    Truth truth = Truth.shipped();
    var judgements = new ArrayList<Judgement>();
    for (Pairing pairing : pairings) {
      List<Expectation> expectations =
          pairing.nothingChanges()
              ? List.of()
              : Expectations.of(
                  truth.pair(pairing.src(), pairing.domain(), pairing.before(), pairing.after()));
      List<Alert> alerts =
          feed.alerts().stream()
              .filter(alert -> alert.getSeries().getEnvironment().equals(pairing.environment()))
              .toList();
      judgements.add(
          new Judge(new FindableDrift(pairing, feed.table(), budget))
              .judge(pairing.line(), expectations, pairing.nothingChanges(), alerts));
    }
    return judgements;
  }
}
