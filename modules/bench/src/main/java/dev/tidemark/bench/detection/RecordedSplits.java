package dev.tidemark.bench.detection;

import dev.tidemark.fleet.RecordedRun;
import dev.tidemark.fleet.Recording;
import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays what does not differ, as if it did: halves, random splits and repeats of one version, the
 * second part rolled out under a new name. Every alert is a false one, except in a repeat whose
 * model servers had changed: there the latency has to be told, and the server as the reason.
 */
final class RecordedSplits {
  private static final String RELABELLED = "-aa";

  /** What was told. */
  static final class Outcome {
    int plays;
    long falseAlerts;
    final List<String> falseOnes = new ArrayList<>();
    final List<String> notPlayed = new ArrayList<>();

    /** Repeats whose backend had changed. */
    int changedBackends;

    /** Of those, repeats whose latency was told with the backend as the reason. */
    int backendsFound;
  }

  private final Recording recording;
  private final Outcome outcome = new Outcome();

  private RecordedSplits(Recording recording) {
    this.recording = recording;
  }

  /**
   * @param randomSplits of every version and seed
   */
  static Outcome judge(Recording recording, List<Long> seeds, int randomSplits) {
    RecordedSplits splits = new RecordedSplits(recording);
    for (long seed : seeds) {
      for (Truth.Halves halves : recording.truth().halves()) {
        List<RecordedRun> all = recording.version(halves.src(), halves.domain(), halves.version());
        String name = halves.src() + "/" + halves.domain() + " " + halves.version();
        splits.play(
            name + ", halves",
            halves.version(),
            Recording.half(all, true),
            Recording.half(all, false),
            seed);
        for (int i = 0; i < randomSplits; i++) {
          splits.random(name, halves.version(), all, seed * 1_000 + i);
        }
      }
      recording.truth().repeats().forEach(repeat -> splits.repeat(repeat, seed));
    }
    return splits.outcome;
  }

  private void random(String name, String version, List<RecordedRun> all, long seed) {
    Chance chance = new Chance(seed, 5_000_000);
    List<RecordedRun> a = new ArrayList<>();
    List<RecordedRun> b = new ArrayList<>();
    for (RecordedRun run : all) {
      (chance.below(2) == 0 ? a : b).add(run);
    }
    play(name + ", split " + seed, version, a, b, seed);
  }

  private void repeat(Truth.Repeat repeat, long seed) {
    List<RecordedRun> a = part(repeat, repeat.a());
    List<RecordedRun> b = part(repeat, repeat.b());
    String name = repeat.src() + "/" + repeat.domain() + " " + repeat.a() + " and " + repeat.b();
    if (a.isEmpty() || b.isEmpty()) {
      outcome.notPlayed.add(name + ": no runs are called so");
      return;
    }
    Set<String> before = Recording.backends(a);
    Set<String> after = Recording.backends(b);
    boolean changed = !before.isEmpty() && !after.isEmpty() && !before.equals(after);
    if (!changed) {
      play(name, a.get(0).version(), a, b, seed);
      return;
    }
    String version = a.get(0).version();
    RecordedPlay play =
        RecordedPlay.of(
            new RecordedPlay.Phase(version, a), new RecordedPlay.Phase(version, b), seed);
    outcome.plays++;
    outcome.changedBackends++;
    boolean found = play.opened().stream().anyMatch(f -> blamesBackend(f, after));
    outcome.backendsFound += found ? 1 : 0;
  }

  private static boolean blamesBackend(Finding finding, Set<String> after) {
    return finding.getSignal() == Signal.LATENCY
        && finding.getSeries().getSubjectKind() == SubjectKind.MODEL
        && after.contains(finding.getSeries().getModelBackend())
        && finding.getBaseline() != null
        && !finding.getBaseline().getModelBackend().equals(finding.getSeries().getModelBackend());
  }

  private void play(
      String name, String version, List<RecordedRun> a, List<RecordedRun> b, long seed) {
    RecordedPlay play =
        RecordedPlay.of(
            new RecordedPlay.Phase(version, a),
            new RecordedPlay.Phase(version + RELABELLED, b),
            seed);
    outcome.plays++;
    outcome.falseAlerts += play.opened().size();
    for (Finding f : play.opened()) {
      outcome.falseOnes.add(
          name
              + ": "
              + f.getSignal()
              + " "
              + f.getDirection()
              + " of "
              + f.getSeries().getSubjectKind()
              + " "
              + f.getSeries().getSubjectName()
              + ", "
              + f.getMode());
    }
  }

  /** What a repeat calls a part: trials as 0+1, or a version with or without one trial. */
  private List<RecordedRun> part(Truth.Repeat repeat, String name) {
    if (name.matches("\\d+(\\+\\d+)*")) {
      return recording.trials(repeat.src(), repeat.domain(), repeat.version(), numbers(name));
    }
    String[] words = name.split(" trial ", 2);
    String version = recording.versionEnding(repeat.src(), repeat.domain(), words[0]);
    if (version == null) {
      return List.of();
    }
    return words.length == 1
        ? recording.version(repeat.src(), repeat.domain(), version)
        : recording.trials(repeat.src(), repeat.domain(), version, numbers(words[1]));
  }

  private static Set<Integer> numbers(String list) {
    return Arrays.stream(list.split("\\+", -1)).map(Integer::valueOf).collect(Collectors.toSet());
  }
}
