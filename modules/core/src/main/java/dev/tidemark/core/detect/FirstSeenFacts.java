package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Error types of a tool or model and tools of an agent that were never seen before: facts, told
 * once each, with no statistics behind them. Told when the subject, all its versions, has counted
 * 500 attempts without them and then three with them; the fact ends an hour later. At most 64 names
 * are known; beyond that nothing is new.
 */
final class FirstSeenFacts {
  private static final int FORMAT = 1;
  private static final int KNOWN = 64;
  private static final long ESTABLISHED = 500;
  private static final long ENOUGH = 3;
  private static final long LASTS_MS = 3_600_000;
  private static final String DETECTOR = "first-seen/1";
  private static final String ERROR = "error_type:";
  private static final String TOOL = "tool:";

  private long attempts;
  private final TreeMap<String, Fact> facts = new TreeMap<>();

  /**
   * A name, the attempts before it, how often it came, and when it was told; -1 while it is not.
   */
  private static final class Fact {
    private final long before;
    private final long firstMs;
    private long count;
    private long toldMs = -1;
    private boolean ended;
    private SeriesKey series;

    private Fact(long before, long firstMs) {
      this.before = before;
      this.firstMs = firstMs;
    }
  }

  /**
   * Takes a window of a subject; what it tells for the first time.
   *
   * @param exemplars runs that may show it
   */
  List<Finding> observe(WindowRecord window, List<Exemplar> exemplars, DetectorSettings settings) {
    List<Finding> findings = new ArrayList<>(expired(window, settings));
    TreeMap<String, Long> told = new TreeMap<>();
    if (window.getSeries().getSubjectKind() != SubjectKind.AGENT) {
      window.getErrorTypes().forEach((type, count) -> told.put(ERROR + type, count));
    }
    window
        .getParts()
        .forEach(
            (part, sums) ->
                Parts.toolName(part)
                    .ifPresent(name -> told.merge(TOOL + name, sums.getAttempts(), Long::sum)));
    for (Map.Entry<String, Long> entry : told.entrySet()) {
      if (!Parts.overflow(entry.getKey()) && entry.getValue() > 0) {
        see(entry.getKey(), entry.getValue(), window, exemplars, settings, findings);
      }
    }
    attempts += window.getAttempts();
    return findings;
  }

  private void see(
      String name,
      long count,
      WindowRecord window,
      List<Exemplar> exemplars,
      DetectorSettings settings,
      List<Finding> findings) {
    Fact fact = facts.get(name);
    if (fact == null) {
      if (facts.size() >= KNOWN) {
        return;
      }
      fact = new Fact(attempts, window.getWindowStartMs());
      facts.put(name, fact);
    }
    fact.count += count;
    if (fact.toldMs < 0 && !fact.ended && fact.count >= ENOUGH) {
      fact.ended = fact.before < ESTABLISHED;
      if (!fact.ended) {
        fact.toldMs = window.getWindowEndMs();
        fact.series = window.getSeries();
        Finding finding = finding(name, fact, window, settings);
        finding.setAction(FindingAction.OPEN);
        finding.setCloseReason(CloseReason.NONE);
        long firstMs = fact.firstMs;
        finding.setExemplars(exemplars.stream().filter(e -> e.getTimeMs() >= firstMs).toList());
        findings.add(finding);
      }
    }
  }

  private List<Finding> expired(WindowRecord window, DetectorSettings settings) {
    List<Finding> findings = new ArrayList<>();
    facts.forEach(
        (name, fact) -> {
          if (fact.toldMs >= 0 && window.getWindowEndMs() - fact.toldMs >= LASTS_MS) {
            Finding finding = finding(name, fact, window, settings);
            finding.setSeq(2L);
            finding.setFindingId(finding.getEpisodeId() + "-2");
            finding.setAction(FindingAction.CLOSE);
            finding.setCloseReason(CloseReason.EXPIRED);
            finding.setWindowEndMs(fact.toldMs + LASTS_MS);
            findings.add(finding);
            fact.toldMs = -1;
            fact.ended = true;
          }
        });
    return findings;
  }

  private static Finding finding(
      String name, Fact fact, WindowRecord window, DetectorSettings settings) {
    Signal signal = name.startsWith(ERROR) ? Signal.NEW_ERROR_TYPE : Signal.NEW_TOOL;
    String item = name.substring(name.indexOf(':') + 1);
    SeriesKey series = fact.series;
    Finding finding = new Finding();
    finding.setAlertKey(AlertKeys.of(series, signal, Direction.UP, item));
    finding.setEpisodeId(finding.getAlertKey() + "-" + fact.toldMs);
    finding.setSeq(1L);
    finding.setFindingId(finding.getEpisodeId() + "-1");
    finding.setSeries(series);
    finding.setSignal(signal);
    finding.setItem(item);
    finding.setDirection(Direction.UP);
    finding.setMode(DetectionMode.LIMIT);
    finding.setWindowStartMs(window.getWindowStartMs());
    finding.setWindowEndMs(window.getWindowEndMs());
    finding.setChangeMs(fact.firstMs);
    finding.setChangeLowMs(fact.firstMs);
    finding.setChangeHighMs(fact.firstMs);
    finding.setBefore(new RateEvidence(fact.before, 0L, 0d, 0d, 0d, 0d));
    finding.setAfter(new RateEvidence(fact.count, fact.count, 1d, 1d, 1d, 0d));
    finding.setAlternative("");
    finding.setDetector(DETECTOR);
    finding.setConfigHash(settings.configHash());
    finding.setLimit("first seen after " + fact.before + " attempts without it");
    finding.setExemplars(List.of());
    finding.setExemplarsBefore(List.of());
    finding.setChanges(List.of());
    finding.setDimensions(List.of());
    finding.setDoubts(List.of());
    finding.setChildAlertKeys(List.of());
    return finding;
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT).whole(attempts).whole(facts.size());
    facts.forEach(
        (name, fact) -> {
          out.text(name).whole(fact.before).whole(fact.firstMs).whole(fact.count);
          out.whole(fact.toldMs).flag(fact.ended).flag(fact.series != null);
          if (fact.series != null) {
            SeriesKeys.write(out, fact.series);
          }
        });
    return out.toBytes();
  }

  static FirstSeenFacts of(byte[] bytes) {
    FirstSeenFacts seen = new FirstSeenFacts();
    if (bytes == null) {
      return seen;
    }
    StateReader in = StateReader.of(bytes, FORMAT);
    seen.attempts = in.whole();
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      Fact fact = new Fact(in.whole(), in.whole());
      fact.count = in.whole();
      fact.toldMs = in.whole();
      fact.ended = in.flag();
      fact.series = in.flag() ? SeriesKeys.read(in) : null;
      seen.facts.put(name, fact);
    }
    return seen;
  }
}
