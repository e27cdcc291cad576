package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.Feasibility;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.fleet.Recording;
import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plays every pair of versions that differ, and asks for every drift whether it was told. */
final class RecordedPairs {
  /** What became of the drifts of one metric, over all plays. Mutable. */
  static final class Tally {
    int feasible;
    int feasibleFound;
    int infeasible;
    int infeasibleFound;

    /** Drifts of signals that the detector does not watch. */
    int unwatched;
  }

  /** All of them. */
  static final class Outcome {
    final Map<String, Tally> byMetric = new TreeMap<>();
    final List<String> missed = new ArrayList<>();
    final List<String> infeasible = new ArrayList<>();

    /** Alerts on metrics that truth.json lists as the same, |z| below 2. */
    final List<String> onSame = new ArrayList<>();

    int plays;

    Tally total() {
      Tally total = new Tally();
      for (Tally tally : byMetric.values()) {
        total.feasible += tally.feasible;
        total.feasibleFound += tally.feasibleFound;
        total.infeasible += tally.infeasible;
        total.infeasibleFound += tally.infeasibleFound;
        total.unwatched += tally.unwatched;
      }
      return total;
    }
  }

  private static final Feasibility NOTHING_TO_COMPARE =
      new Feasibility(false, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Findability.NEVER);

  private final Recording recording;
  private final Outcome outcome = new Outcome();

  private RecordedPairs(Recording recording) {
    this.recording = recording;
  }

  static Outcome judge(Recording recording, List<Long> seeds) {
    RecordedPairs pairs = new RecordedPairs(recording);
    for (long seed : seeds) {
      for (Truth.Pair pair : recording.truth().pairs()) {
        pairs.play(pair, seed, seed == seeds.get(0));
      }
    }
    return pairs.outcome;
  }

  private void play(Truth.Pair pair, long seed, boolean first) {
    RecordedPlay play =
        RecordedPlay.of(
            new RecordedPlay.Phase(
                pair.a(), recording.version(pair.src(), pair.domain(), pair.a())),
            new RecordedPlay.Phase(
                pair.b(), recording.version(pair.src(), pair.domain(), pair.b())),
            seed);
    outcome.plays++;
    List<Finding> told =
        play.opened().stream().filter(f -> f.getWindowEndMs() > play.changeMs()).toList();
    String name = pair.src() + "/" + pair.domain() + " " + pair.a() + " -> " + pair.b();
    for (Truth.Metric drift : pair.drift()) {
      judge(name + ", seed " + seed, drift, play, told, pair, first);
    }
    for (Truth.Metric same : pair.same()) {
      Watched watched = Watched.of(same);
      if (watched != null) {
        told.stream()
            .filter(watched::isToldBy)
            .forEach(f -> outcome.onSame.add(name + ": " + same.metric() + " of " + same.tool()));
      }
    }
  }

  private void judge(
      String name,
      Truth.Metric drift,
      RecordedPlay play,
      List<Finding> told,
      Truth.Pair pair,
      boolean first) {
    Watched watched = Watched.of(drift);
    Tally tally = outcome.byMetric.computeIfAbsent(drift.metric(), m -> new Tally());
    List<Signal> signals =
        watched == null
            ? List.of()
            : watched.signals().stream()
                .filter(s -> Feasibility.watches(watched.kind(), s))
                .toList();
    if (signals.isEmpty()) {
      tally.unwatched++;
      return;
    }
    Direction direction = Watched.direction(drift);
    boolean found =
        told.stream().anyMatch(f -> watched.isToldBy(f) && f.getDirection() == direction);
    Feasibility best = best(play, watched, signals, pair);
    tally.feasible += best.findable() ? 1 : 0;
    tally.feasibleFound += best.findable() && found ? 1 : 0;
    tally.infeasible += best.findable() ? 0 : 1;
    tally.infeasibleFound += !best.findable() && found ? 1 : 0;
    String what = name + ": " + text(drift);
    if (best.findable() && !found) {
      outcome.missed.add(
          what
              + ", evidence "
              + Text.number(best.evidence())
              + " nats of the "
              + Text.number(best.evidence() - best.margin())
              + " it takes");
    } else if (!best.findable() && !found && first) {
      outcome.infeasible.add(what + ": " + needed(best, drift));
    }
  }

  private static String needed(Feasibility best, Truth.Metric drift) {
    if (best.evidence() == Double.NEGATIVE_INFINITY) {
      return "the new version has another name of agent or model, so no series goes on";
    }
    return best.neededCalls() == Findability.NEVER
        ? "no number of calls is enough beside this baseline"
        : "needs " + best.neededCalls() + " calls of the new version, has " + drift.nB();
  }

  /** The best verdict over the signals and the subjects that both versions have. */
  private static Feasibility best(
      RecordedPlay play, Watched watched, List<Signal> signals, Truth.Pair pair) {
    Map<String, List<WindowRecord>> before = bySubject(play, watched, pair.a());
    Map<String, List<WindowRecord>> after = bySubject(play, watched, pair.b());
    Feasibility best = NOTHING_TO_COMPARE;
    for (String subject : before.keySet()) {
      for (Signal signal : after.containsKey(subject) ? signals : List.<Signal>of()) {
        Feasibility its =
            Feasibility.of(
                before.get(subject), after.get(subject), signal, watched.item(), play.deployment());
        best = its.margin() > best.margin() ? its : best;
      }
    }
    return best;
  }

  private static String text(Truth.Metric drift) {
    String of = drift.tool() == null ? "" : " of " + drift.tool();
    return drift.metric() + of + " " + Text.number(drift.a()) + " -> " + Text.number(drift.b());
  }

  private static Map<String, List<WindowRecord>> bySubject(
      RecordedPlay play, Watched watched, String version) {
    return play.windows().stream()
        .filter(w -> w.getSeries().getSubjectKind() == watched.kind())
        .filter(
            w -> watched.name() == null || w.getSeries().getSubjectName().equals(watched.name()))
        .filter(w -> w.getSeries().getAgentVersion().equals(version))
        .collect(
            Collectors.groupingBy(
                w -> w.getSeries().getAgentName() + " " + w.getSeries().getSubjectName(),
                TreeMap::new,
                Collectors.toList()));
  }
}
