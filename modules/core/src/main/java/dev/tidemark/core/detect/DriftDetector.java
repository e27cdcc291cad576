package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SeriesWatch.Told;
import dev.tidemark.core.detect.SubjectVersions.Overdue;
import dev.tidemark.core.detect.SubjectVersions.Version;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
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
  private final DetectorSettings settings;

  public DriftDetector(DetectorSettings settings) {
    this.settings = settings;
  }

  /** Remembers that something was rolled out, so that findings can name it. */
  public void announce(ChangeEvent change, DetectorStates states) {
    RecentChanges.announce(change, states);
  }

  /**
   * Takes what a human decided about an alert. It takes effect between the windows that start
   * before its time and those that start at or after it: a note is told, and what is accepted
   * becomes the baseline.
   */
  public void decide(AlertDecision decision, DetectorStates states) {
    SeriesWatch series = SeriesWatch.load(decision.getSeries(), states);
    if (series != null) {
      series.await(decision);
      series.store();
    }
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
    List<Finding> findings = new ArrayList<>(compare(key, window.getWindowEndMs(), states));
    SubjectVersions subject = SubjectVersions.of(states.get(SeriesKeys.subject(key)));
    if (known == null) {
      begin(key, subject, states).store();
      subject.put(new Version(key, window.getWindowStartMs(), window.getWindowEndMs(), false));
    }
    findings.addAll(overdue(subject, window.getWindowEndMs(), states));
    PartsMemory parts = PartsMemory.of(states.get(SeriesKeys.parts(key)));
    parts.add(window);
    states.put(SeriesKeys.parts(key), parts.toBytes());
    SeriesWatch series = SeriesWatch.load(key, states);
    findings.addAll(findings(series, series.observe(window, settings), states));
    series.store();
    findings.addAll(facts(window, series, states));
    long firstMs = subject.find(key).orElseThrow().firstMs();
    subject.put(new Version(key, firstMs, window.getWindowEndMs(), series.open()));
    states.put(SeriesKeys.subject(key), subject.toBytes());
    remember(window, states);
    return findings;
  }

  /**
   * Event time has come to {@code timeMs} in all subjects: every window that ends by then was
   * shown. Silence is judged, and what nobody goes on with ends.
   */
  public List<Finding> tick(long timeMs, DetectorStates states) {
    SignalStates.tick(timeMs, states);
    List<SubjectVersions> subjects = new ArrayList<>();
    states.each(SeriesKeys.SUBJECTS, (key, bytes) -> subjects.add(SubjectVersions.of(bytes)));
    List<Finding> findings = new ArrayList<>();
    for (SubjectVersions subject : subjects) {
      findings.addAll(tick(subject, timeMs, states));
    }
    return findings;
  }

  private List<Finding> tick(SubjectVersions subject, long timeMs, DetectorStates states) {
    SeriesKey any = subject.newest().key();
    List<Finding> findings = new ArrayList<>();
    if (subject.alive(timeMs) > 1) {
      findings.addAll(compare(any, timeMs + 1, states));
    }
    SubjectKind kind = any.getSubjectKind();
    boolean changed = false;
    boolean volume = kind == SubjectKind.AGENT || kind == SubjectKind.FLEET;
    for (Version version : subject.all()) {
      if (volume || version.open()) {
        SeriesWatch series = SeriesWatch.load(version.key(), states);
        boolean waited = series.decisionsWait();
        List<Told> told = new ArrayList<>(series.decide(timeMs));
        told.addAll(series.quiet(timeMs, settings));
        findings.addAll(findings(series, told, states));
        if (waited || !told.isEmpty()) {
          series.store();
          subject.put(version.open(series.open()));
          changed = true;
        }
      }
    }
    List<Finding> ended = overdue(subject, timeMs, states);
    findings.addAll(ended);
    if (changed || !ended.isEmpty()) {
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

  /** Compares the versions that were alive in the newest window, once a later one has come. */
  private List<Finding> compare(SeriesKey key, long endMs, DetectorStates states) {
    if (key.getSubjectKind() == SubjectKind.FLEET) {
      return List.of();
    }
    Concurrent concurrent = Concurrent.of(states.get(SeriesKeys.concurrent(key)));
    if (concurrent.entries().size() < 2 || endMs <= concurrent.endMs()) {
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

  private List<Finding> facts(WindowRecord window, SeriesWatch series, DetectorStates states) {
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
      RecentChanges changes = RecentChanges.of(key, states);
      findings.forEach(f -> f.setChanges(changes.before(f.getSeries(), f.getChangeMs())));
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

  /** Ends what a newer version or silence has overtaken, at the time when it was overtaken. */
  private List<Finding> overdue(SubjectVersions subject, long timeMs, DetectorStates states) {
    List<Finding> findings = new ArrayList<>();
    for (Overdue due : subject.overdue(timeMs, settings)) {
      SeriesWatch series = SeriesWatch.load(due.version().key(), states);
      findings.addAll(findings(series, series.close(due.reason(), due.timeMs()), states));
      series.store();
      subject.put(due.version().open(false));
    }
    return findings;
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
        .map(t -> Findings.of(series, t, new Explanation(own, previous, changes), settings))
        .toList();
  }
}
