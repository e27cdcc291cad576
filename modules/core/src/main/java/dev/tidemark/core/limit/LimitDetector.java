package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds closed windows against the limits of a team. The windows of a series have to come in the
 * order of their ends; the same windows and ticks give the same findings, byte for byte. All memory
 * is in the {@link DetectorStates}; an instance is stateless and safe for use by many threads.
 */
public final class LimitDetector {
  private final LimitSettings settings;
  private final String configHash;
  private final Map<String, Integer> hashes = new HashMap<>();
  private final Map<String, LimitRule> limits = new TreeMap<>();
  private final Map<String, SloRule> slos = new TreeMap<>();

  public LimitDetector(LimitSettings settings) {
    this.settings = settings;
    this.configHash = settings.configHash();
    settings.limits().forEach(rule -> limits.put(rule.id(), rule));
    settings.slos().forEach(rule -> slos.put(rule.id(), rule));
    limits.forEach((id, rule) -> hashes.put(id, rule.toString().hashCode()));
    slos.forEach((id, rule) -> hashes.put(id, rule.toString().hashCode()));
  }

  private Watch watch(SeriesKey key, LimitRule rule) {
    return new LimitWatch(key, rule, hashes.get(rule.id()));
  }

  private Watch watch(SeriesKey key, SloRule rule) {
    return new SloWatch(key, rule, hashes.get(rule.id()));
  }

  /** Takes a window and says what it decided; mostly nothing. A revision changes nothing. */
  public List<Finding> observe(WindowRecord window, DetectorStates states) {
    if (settings.isEmpty() || window.getRevision() > 0) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    SeriesKey key = window.getSeries();
    for (LimitRule rule : limits.values()) {
      if (rule.scope().covers(key)) {
        take(watch(key, rule), window, states, findings);
      }
    }
    for (SloRule rule : slos.values()) {
      if (rule.scope().covers(key)) {
        take(watch(key, rule), window, states, findings);
      }
    }
    return signed(findings);
  }

  private void take(
      Watch watch, WindowRecord window, DetectorStates states, List<Finding> findings) {
    String at = WatchIndex.keyOf(watch.ruleId(), watch.key);
    byte[] known = states.get(at);
    if (known != null) {
      restore(watch, known);
    }
    if (window.getWindowEndMs() <= watch.lastEndMs) {
      return;
    }
    boolean listed = watch.waits();
    findings.addAll(watch.take(window, settings));
    states.put(at, watch.toBytes());
    if (!listed) {
      WatchIndex.add(at, states);
    }
  }

  /** Everything up to a time was told: judges what is silent. */
  public List<Finding> tick(long endMs, DetectorStates states) {
    List<Finding> findings = new ArrayList<>();
    WatchIndex.visit(states, at -> pass(at, endMs, states, findings));
    return signed(findings);
  }

  /** Whether the watch is to be kept in the index. */
  private boolean pass(String at, long endMs, DetectorStates states, List<Finding> findings) {
    byte[] known = states.get(at);
    if (known == null) {
      return false;
    }
    String id = WatchIndex.ruleOf(at);
    ByteReader in = new ByteReader().on(known, 0, known.length);
    SeriesKey key = Watch.seriesIn(in);
    Watch watch;
    if (limits.containsKey(id)) {
      watch = watch(key, limits.get(id));
    } else if (slos.containsKey(id)) {
      watch = watch(key, slos.get(id));
    } else {
      Watch.orphaned(key, id, in, endMs).ifPresent(findings::add);
      return false;
    }
    watch.read(in);
    List<Finding> told = watch.pass(endMs, settings);
    findings.addAll(told);
    if (!told.isEmpty() || !watch.waits()) {
      states.put(at, watch.toBytes());
    }
    return watch.waits();
  }

  /**
   * Takes what a human said about an alert of a limit; told with the first window or tick behind
   * its time. A limit is accepted by changing its rule, so nothing else does anything here.
   */
  public void decide(AlertDecision decision, DetectorStates states) {
    if (decision.getAction() != DecisionAction.NOTE) {
      return;
    }
    SeriesKey key = decision.getSeries();
    for (LimitRule rule : limits.values()) {
      note(watch(key, rule), decision, states);
    }
    for (SloRule rule : slos.values()) {
      note(watch(key, rule), decision, states);
    }
  }

  private static void note(Watch watch, AlertDecision decision, DetectorStates states) {
    String alertKey = AlertKeys.of(watch.key, watch.signal(), watch.direction(), watch.ruleId());
    String at = WatchIndex.keyOf(watch.ruleId(), watch.key);
    byte[] known = states.get(at);
    if (known == null || !alertKey.equals(decision.getAlertKey())) {
      return;
    }
    restore(watch, known);
    if (watch.note(decision)) {
      states.put(at, watch.toBytes());
      WatchIndex.add(at, states);
    }
  }

  private static void restore(Watch watch, byte[] bytes) {
    ByteReader in = new ByteReader().on(bytes, 0, bytes.length);
    Watch.seriesIn(in);
    watch.read(in);
  }

  private List<Finding> signed(List<Finding> findings) {
    findings.forEach(finding -> finding.setConfigHash(configHash));
    return findings;
  }
}
