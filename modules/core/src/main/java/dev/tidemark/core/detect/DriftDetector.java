package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SeriesWatch.Told;
import dev.tidemark.core.detect.SubjectVersions.Overdue;
import dev.tidemark.core.detect.SubjectVersions.Version;
import dev.tidemark.core.window.Rollout;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.Finding;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds drift in closed windows: the alert-budget e-detector.
 *
 * <p>Every false alert is paid from one budget per deployment (expected false alerts per day), so
 * ten thousand series make as few of them as ten. The windows of a subject have to come in the
 * order of their ends; the same windows give the same findings, byte for byte. All memory is in the
 * {@link DetectorStates}; an instance is stateless and safe for use by many threads.
 */
public final class DriftDetector {
  private static final String SHARES = "shares";

  /**
   * What other partitions of the subjects show in a window is named by findings of later windows:
   * by then it was read, unless those partitions are behind.
   */
  private static final long ELSEWHERE_MS = 15_000;

  private final DetectorSettings settings;

  public DriftDetector(DetectorSettings settings) {
    this.settings = settings;
  }

  /**
   * Remembers that something was rolled out, so that findings can name it. What a subject's own
   * windows show for the first time is known from them: read from another topic, it would be there
   * for a finding or not, as chance has it. A fleet has to be told, and of versions of prompts and
   * policies everybody: windows do not show them.
   *
   * @param toldMs when it was told; findings behind this and its own time name it
   * @return false when findings of later times were told before, without it
   */
  public boolean announce(ChangeEvent change, long toldMs, DetectorStates states) {
    boolean seen = change.getSource() == ChangeSource.FIRST_SEEN;
    boolean ofFleet = SubjectKind.FLEET.name().equals(change.getSubjectKind());
    if (seen && !ofFleet && !Rollout.versionOnly(change)) {
      return true;
    }
    long knownMs = Math.max(toldMs, change.getTimeMs()) + (seen ? ELSEWHERE_MS : 0);
    RecentChanges.announce(change, knownMs, states);
    return knownMs >= SignalStates.lastTickMs(states);
  }

  /**
   * Takes what a human decided about an alert. It takes effect between the windows that start by
   * its time and those that start after it: a note is told, and what is accepted becomes the
   * baseline.
   */
  public DecisionFate decide(AlertDecision decision, DetectorStates states) {
    SeriesWatch series = SeriesWatch.load(decision.getSeries(), states);
    if (series == null) {
      boolean another = !SignalCounts.watches(decision.getSeries().getSubjectKind());
      return another ? DecisionFate.AWAITED : DecisionFate.UNKNOWN_SERIES;
    }
    series.await(decision);
    series.store();
    return decision.getTimeMs() >= SignalStates.lastTickMs(states)
        ? DecisionFate.AWAITED
        : DecisionFate.LATE;
  }

  /** Takes a window and says what it decided; mostly nothing. */
  public List<Finding> observe(WindowRecord window, DetectorStates states) {
    SeriesKey key = window.getSeries();
    if (!SignalCounts.watches(key.getSubjectKind())) {
      return List.of();
    }
    SeriesWatch known = SeriesWatch.load(key, states);
    if (window.getRevision() > 0) {
      if (known != null) {
        known.revise(window);
        known.store();
      }
      return List.of();
    }
    if (known != null && window.getWindowEndMs() <= known.lastEndMs()) {
      return List.of();
    }
    boolean behind = window.getWindowStartMs() > SignalStates.lastTickMs(states);
    List<Finding> findings = new ArrayList<>();
    if (behind) {
      findings.addAll(advance(key, window.getWindowStartMs(), states));
    }
    SubjectVersions subject = SubjectVersions.of(states.get(SeriesKeys.subject(key)));
    Optional<ChangeEvent> own = Optional.empty();
    SeriesWatch series = behind && known != null ? SeriesWatch.load(key, states) : known;
    if (series == null) {
      own = rollout(window, subject);
      own.ifPresent(change -> RecentChanges.announce(change, window.getWindowEndMs(), states));
      series = begin(key, subject, states);
      subject.put(new Version(key, window.getWindowStartMs(), window.getWindowEndMs(), false));
    }
    findings.addAll(findings(series, series.decide(window.getWindowStartMs(), settings), states));
    PartsMemory parts = PartsMemory.of(states.get(SeriesKeys.parts(key)));
    parts.add(window);
    states.put(SeriesKeys.parts(key), parts.toBytes());
    findings.addAll(findings(series, series.observe(window, settings), states));
    series.store();
    findings.addAll(facts(window, series, own, states));
    long firstMs = subject.find(key).orElseThrow().firstMs();
    subject.put(new Version(key, firstMs, window.getWindowEndMs(), series.open()));
    states.put(SeriesKeys.subject(key), subject.toBytes());
    remember(window, states);
    return findings;
  }

  /** What the first window of a version tells. */
  private static Optional<ChangeEvent> rollout(WindowRecord window, SubjectVersions subject) {
    SeriesKey key = window.getSeries();
    return Rollout.tells(key)
        ? Optional.of(Rollout.of(key, subject.lastBegun().orElse(null), window.getWindowStartMs()))
        : Optional.empty();
  }

  /**
   * Event time has come to {@code timeMs} in all subjects: every window that ends by then was
   * shown. Silence is judged, and what nobody goes on with ends. Which ticks are told does not
   * matter: what was due in between is told as if there had been one for every window.
   */
  public List<Finding> tick(long timeMs, DetectorStates states) {
    List<SubjectVersions> subjects = new ArrayList<>();
    states.each(SeriesKeys.SUBJECTS, (key, bytes) -> subjects.add(SubjectVersions.of(bytes)));
    long clockMs = SignalStates.lastTickMs(states);
    SignalStates.tick(timeMs, states);
    List<Finding> findings = new ArrayList<>();
    for (SubjectVersions subject : subjects) {
      findings.addAll(advance(subject, clockMs, timeMs, states));
    }
    return findings;
  }

  /** Brings a subject to the start of a window, when no tick has. */
  private List<Finding> advance(SeriesKey key, long startMs, DetectorStates states) {
    byte[] known = states.get(SeriesKeys.subject(key));
    return known == null
        ? List.of()
        : advance(SubjectVersions.of(known), SignalStates.lastTickMs(states), startMs, states);
  }

  /**
   * Brings a subject from a time to another one, slot by slot of its volume, so that what ends,
   * what is decided and what is silent follow one another as they would with a tick per window.
   */
  private List<Finding> advance(
      SubjectVersions known, long fromMs, long toMs, DetectorStates states) {
    SubjectVersions subject = known;
    List<Finding> findings = new ArrayList<>();
    if (subject.abreast() > 1) {
      findings.addAll(compare(subject.newest().key(), toMs, states));
      subject = SubjectVersions.of(states.get(SeriesKeys.subject(subject.newest().key())));
    }
    long lastMs = subject.newest().lastMs();
    long slotMs = VolumeWatch.SLOT_MS;
    long next = (Math.floorDiv(Math.max(fromMs, lastMs - 1), slotMs) + 1) * slotMs;
    long silentMs = lastMs + settings.expireAfter().toMillis() + slotMs;
    for (; next < Math.min(toMs, silentMs); next += slotMs) {
      findings.addAll(pass(subject, next, states));
    }
    findings.addAll(pass(subject, toMs, states));
    return findings;
  }

  private List<Finding> pass(SubjectVersions subject, long timeMs, DetectorStates states) {
    SeriesKey any = subject.newest().key();
    List<Finding> findings = new ArrayList<>();
    boolean changed = overdue(subject, timeMs, states, findings);
    SubjectKind kind = any.getSubjectKind();
    boolean volume = kind == SubjectKind.AGENT || kind == SubjectKind.FLEET;
    for (Version version : subject.all()) {
      if (volume || version.open()) {
        SeriesWatch series = SeriesWatch.load(version.key(), states);
        boolean waited = series.decisionsWait();
        List<Told> told = new ArrayList<>(series.decide(timeMs, settings));
        told.addAll(series.quiet(timeMs, settings));
        findings.addAll(findings(series, told, states));
        if (waited || !told.isEmpty()) {
          series.store();
          subject.put(version.open(series.open()));
          changed = true;
        }
      }
    }
    changed |= overdue(subject, timeMs, states, findings);
    if (changed) {
      states.put(SeriesKeys.subject(any), subject.toBytes());
    }
    return findings;
  }

  private SeriesWatch begin(SeriesKey key, SubjectVersions subject, DetectorStates states) {
    byte[] known = states.get(SHARES);
    long index = known == null ? 0 : new StateReader(known).whole();
    states.put(SHARES, new StateWriter().whole(index + 1).toBytes());
    SeriesWatch series = new SeriesWatch(key, index, states);
    Optional<Version> previous = subject.mostRecentBut(key);
    if (previous.isPresent()) {
      series.compareWith(SeriesWatch.load(previous.get().key(), states));
    }
    return series;
  }

  /** Compares the versions that were alive in the newest window, once its bound has passed. */
  private List<Finding> compare(SeriesKey key, long timeMs, DetectorStates states) {
    if (key.getSubjectKind() == SubjectKind.FLEET) {
      return List.of();
    }
    Concurrent concurrent = Concurrent.of(states.get(SeriesKeys.concurrent(key)));
    if (concurrent.entries().size() < 2 || timeMs < concurrent.endMs()) {
      return List.of();
    }
    SubjectVersions subject = SubjectVersions.of(states.get(SeriesKeys.subject(key)));
    List<Finding> findings = new ArrayList<>();
    for (Concurrent.Entry mine : concurrent.entries()) {
      SeriesWatch series = SeriesWatch.load(mine.key(), states);
      Optional<Concurrent.Entry> theirs =
          series.baseline() == null ? Optional.empty() : concurrent.of(series.baseline());
      if (theirs.isPresent()) {
        findings.addAll(findings(series, series.compare(mine, theirs.get(), settings), states));
        series.store();
        subject.find(mine.key()).ifPresent(v -> subject.put(v.open(series.open())));
      }
    }
    concurrent.clear();
    states.put(SeriesKeys.concurrent(key), concurrent.toBytes());
    states.put(SeriesKeys.subject(key), subject.toBytes());
    return findings;
  }

  private List<Finding> facts(
      WindowRecord window, SeriesWatch series, Optional<ChangeEvent> own, DetectorStates states) {
    SeriesKey key = window.getSeries();
    if (key.getSubjectKind() == SubjectKind.FLEET) {
      return List.of();
    }
    FirstSeenFacts facts = FirstSeenFacts.of(states.get(SeriesKeys.facts(key)));
    boolean agent = key.getSubjectKind() == SubjectKind.AGENT;
    List<Finding> findings =
        facts.observe(window, series.exemplars().since(agent ? "ok" : "error", 0), settings);
    states.put(SeriesKeys.facts(key), facts.toBytes());
    if (!findings.isEmpty()) {
      RecentChanges all = RecentChanges.of(key, states);
      for (Finding finding : findings) {
        RecentChanges changes = all.at(finding.getWindowEndMs());
        own.ifPresent(change -> changes.add(change, window.getWindowEndMs()));
        finding.setChanges(changes.before(finding.getSeries(), finding.getChangeMs()));
      }
    }
    return findings;
  }

  private void remember(WindowRecord window, DetectorStates states) {
    SeriesKey key = window.getSeries();
    if (key.getSubjectKind() != SubjectKind.FLEET) {
      Concurrent concurrent = Concurrent.of(states.get(SeriesKeys.concurrent(key)));
      concurrent.add(window);
      states.put(SeriesKeys.concurrent(key), concurrent.toBytes());
    }
  }

  /**
   * Ends what a newer version or silence has overtaken, at the time when it was overtaken; whether
   * there was anything.
   */
  private boolean overdue(
      SubjectVersions subject, long timeMs, DetectorStates states, List<Finding> findings) {
    List<Overdue> due = subject.overdue(timeMs, settings);
    for (Overdue one : due) {
      SeriesWatch series = SeriesWatch.load(one.version().key(), states);
      List<Told> told = new ArrayList<>(series.decide(one.timeMs(), settings));
      told.addAll(series.close(one.reason(), one.timeMs()));
      findings.addAll(findings(series, told, states));
      series.store();
      subject.put(one.version().open(false));
    }
    return !due.isEmpty();
  }

  private List<Finding> findings(SeriesWatch series, List<Told> told, DetectorStates states) {
    if (told.isEmpty()) {
      return List.of();
    }
    RecentChanges changes = RecentChanges.of(series.key(), states);
    PartsMemory own = PartsMemory.of(states.get(SeriesKeys.parts(series.key())));
    PartsMemory previous =
        series.baseline() == null
            ? own
            : PartsMemory.of(states.get(SeriesKeys.parts(series.baseline())));
    return told.stream()
        .map(
            t -> {
              RecentChanges known = changes.at(t.verdict().timeMs());
              return Findings.of(series, t, new Explanation(own, previous, known), settings);
            })
        .toList();
  }
}
