package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SubjectVersions.Version;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Finding;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds drift in the rates of closed windows: the alert-budget e-detector.
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
    RecentChanges changes = RecentChanges.of(states.get(RecentChanges.KEY));
    changes.add(change);
    states.put(RecentChanges.KEY, changes.toBytes());
  }

  /** Takes a window and says what it decided; mostly nothing. */
  public List<Finding> observe(WindowRecord window, DetectorStates states) {
    SeriesKey key = window.getSeries();
    if (SignalCounts.watched(key.getSubjectKind()).isEmpty()) {
      return List.of();
    }
    SubjectVersions subject = SubjectVersions.of(states.get(SeriesKeys.subject(key)));
    SeriesWatch series = load(key, states);
    if (window.getRevision() > 0) {
      if (series != null) {
        series.revise(window);
        states.put(SeriesKeys.series(key), series.toBytes());
      }
      return List.of();
    }
    if (series == null) {
      series = begin(key, subject, states);
    } else if (window.getWindowEndMs() <= series.lastEndMs()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(endOthers(window, subject, states));
    findings.addAll(endOwn(window, series, states));
    findings.addAll(findings(series, window, series.observe(window, settings), states));
    long firstMs = subject.find(key).map(Version::firstMs).orElse(window.getWindowStartMs());
    subject.put(new Version(key, firstMs, window.getWindowEndMs(), series.open()));
    states.put(SeriesKeys.series(key), series.toBytes());
    states.put(SeriesKeys.subject(key), subject.toBytes());
    return findings;
  }

  private SeriesWatch begin(SeriesKey key, SubjectVersions subject, DetectorStates states) {
    byte[] known = states.get(SHARES);
    long index = known == null ? 0 : new StateReader(known).whole();
    states.put(SHARES, new StateWriter().whole(index + 1).toBytes());
    SeriesWatch series = new SeriesWatch(key, index);
    Optional<Version> previous = subject.mostRecentBut(key);
    if (previous.isPresent()) {
      series.compareWith(load(previous.get().key(), states));
    }
    return series;
  }

  /** Ends what a newer version or silence has overtaken in other versions of the subject. */
  private List<Finding> endOthers(
      WindowRecord window, SubjectVersions subject, DetectorStates states) {
    SeriesKey key = window.getSeries();
    long firstMs = subject.find(key).map(Version::firstMs).orElse(window.getWindowStartMs());
    List<Finding> findings = new ArrayList<>();
    for (Version other : subject.openBut(key)) {
      long quietMs = window.getWindowEndMs() - other.lastMs();
      boolean newer = firstMs > other.firstMs();
      CloseReason reason = CloseReason.NONE;
      if (newer && quietMs >= settings.supersedeAfter().toMillis()) {
        reason = CloseReason.SUPERSEDED;
      } else if (quietMs >= settings.expireAfter().toMillis()) {
        reason = CloseReason.EXPIRED;
      }
      if (reason != CloseReason.NONE) {
        SeriesWatch series = load(other.key(), states);
        var verdicts = series.close(reason, window.getWindowEndMs());
        findings.addAll(findings(series, window, verdicts, states));
        states.put(SeriesKeys.series(other.key()), series.toBytes());
        subject.put(new Version(other.key(), other.firstMs(), other.lastMs(), false));
      }
    }
    return findings;
  }

  private List<Finding> endOwn(WindowRecord window, SeriesWatch series, DetectorStates states) {
    long quietMs = window.getWindowStartMs() - series.lastEndMs();
    if (!series.open() || quietMs < settings.expireAfter().toMillis()) {
      return List.of();
    }
    var verdicts = series.close(CloseReason.EXPIRED, window.getWindowEndMs());
    return findings(series, window, verdicts, states);
  }

  private List<Finding> findings(
      SeriesWatch series, WindowRecord window, List<Verdict> verdicts, DetectorStates states) {
    if (verdicts.isEmpty()) {
      return List.of();
    }
    RecentChanges changes = RecentChanges.of(states.get(RecentChanges.KEY));
    return verdicts.stream()
        .map(verdict -> Findings.of(series, window, verdict, changes, settings))
        .toList();
  }

  private static SeriesWatch load(SeriesKey key, DetectorStates states) {
    byte[] bytes = states.get(SeriesKeys.series(key));
    return bytes == null ? null : SeriesWatch.of(bytes);
  }
}
