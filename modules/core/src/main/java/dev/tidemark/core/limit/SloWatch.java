package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.limit.SloRule.Burn;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The error budget of one series and how fast it burns. */
final class SloWatch extends Watch {
  private static final int NONE = -1;
  private final SloRule rule;
  private final Map<Duration, BurnRing> rings = new TreeMap<>();
  private List<Exemplar> exemplars = List.of();
  private int told = NONE;

  SloWatch(SeriesKey key, SloRule rule, int ruleHash) {
    super(key, ruleHash);
    this.rule = rule;
    begin(0);
  }

  @Override
  String ruleId() {
    return rule.id();
  }

  @Override
  Signal signal() {
    return rule.reading().signal();
  }

  @Override
  Direction direction() {
    return rule.direction();
  }

  @Override
  long longestMs() {
    return rings.keySet().stream().mapToLong(Duration::toMillis).max().orElse(0);
  }

  @Override
  void begin(long startMs) {
    for (Burn burn : rule.burns()) {
      rings.put(burn.longer(), new BurnRing(burn.longer()));
      rings.put(burn.shorter(), new BurnRing(burn.shorter()));
    }
  }

  @Override
  void add(WindowRecord window) {
    long n = rule.reading().trials(window);
    long bad = rule.bad(n, rule.reading().events(window));
    rings.values().forEach(ring -> ring.add(window.getWindowStartMs(), n, bad));
    if (bad > 0) {
      List<Exemplar> newest = Examples.of(window, rule.reading().shown());
      exemplars = newest.isEmpty() ? exemplars : Examples.smallest(List.of(), newest);
    }
  }

  @Override
  List<Finding> judge(long toMs, LimitSettings settings) {
    rings.values().forEach(ring -> ring.moveTo(toMs));
    int loudest = NONE;
    boolean known = true;
    for (int i = rule.burns().size() - 1; i >= 0; i--) {
      Burn burn = rule.burns().get(i);
      BurnRing longer = rings.get(burn.longer());
      BurnRing shorter = rings.get(burn.shorter());
      boolean enough = longer.trials() >= rule.minimum() && shorter.trials() > 0;
      if (enough && rate(longer) >= burn.factor() && rate(shorter) >= burn.factor()) {
        loudest = i;
      }
      known &= enough || (told != NONE && told != i);
    }
    return tell(loudest, known, toMs, settings);
  }

  private List<Finding> tell(int loudest, boolean known, long toMs, LimitSettings settings) {
    long startMs = Math.min(lastEndMs, toMs);
    List<Finding> findings = new ArrayList<>(1);
    if (loudest != NONE && !episode.open()) {
      told = loudest;
      episode.since(toMs);
      episode.open(toMs, loudest);
      findings.add(finding(FindingAction.OPEN, CloseReason.NONE, startMs, toMs));
    } else if (loudest != NONE
        && loudest < told
        && episode.mayUpdate(toMs, settings.updateEvery().toMillis())) {
      told = loudest;
      episode.tell(toMs, loudest);
      findings.add(finding(FindingAction.UPDATE, CloseReason.NONE, startMs, toMs));
    } else if (loudest == NONE && known && episode.open()) {
      episode.tell(toMs, 0);
      findings.add(finding(FindingAction.CLOSE, CloseReason.RESOLVED, startMs, toMs));
      episode.end();
      told = NONE;
    }
    return findings;
  }

  private double rate(BurnRing ring) {
    return ring.trials() == 0 ? 0 : ring.events() / (double) ring.trials() / rule.budget();
  }

  @Override
  Finding finding(FindingAction action, CloseReason reason, long startMs, long endMs) {
    Burn burn = rule.burns().get(Math.max(0, told));
    BurnRing longer = rings.get(burn.longer());
    double seen = rate(longer);
    Frame frame = Frame.of(longer.trials(), rule.bad(longer.trials(), longer.events()), exemplars);
    return new LimitFinding(key, signal(), direction(), rule.id(), LimitFinding.SLO)
        .of(episode, action, reason, startMs, endMs)
        .since(episode.sinceMs() - burn.longer().toMillis(), episode.sinceMs())
        .loud(burn.severity())
        .seen(rule.reading(), frame, frame.rate().getRate(), words(burn, seen))
        .against(rule.limitRate(), frame.rate().getRate() / rule.limitRate(), rule.words(burn))
        .finding();
  }

  private String words(Burn burn, double seen) {
    String pace =
        "burns "
            + Rules.times(seen)
            + " as fast as allowed over "
            + Rules.span(burn.longer())
            + " and "
            + Rules.times(rate(rings.get(burn.shorter())))
            + " over "
            + Rules.span(burn.shorter());
    if (seen <= 1) {
      return pace;
    }
    double days = rule.period().toMillis() / 86_400_000.0 / seen;
    return pace + "; at this pace the budget lasts " + Rules.days(days);
  }

  @Override
  void writeRest(ByteWriter out) {
    rings.values().forEach(ring -> ring.write(out));
    Examples.write(out, exemplars);
    out.number(told);
  }

  @Override
  void readRest(ByteReader in) {
    rings.values().forEach(ring -> ring.read(in));
    exemplars = Examples.read(in);
    told = in.whole();
  }
}
