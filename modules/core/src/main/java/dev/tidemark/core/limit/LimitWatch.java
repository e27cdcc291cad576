package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One number of one series against its limit, frame by frame. A frame with too little in it is
 * passed over: it neither breaks a row nor adds to it.
 */
final class LimitWatch extends Watch {
  private static final double WORSE = 2;
  private final LimitRule rule;
  private Frame frame = new Frame();
  private long judgedMs;
  private int row;
  private int calm;
  private Frame last = new Frame();
  private double lastValue;

  LimitWatch(SeriesKey key, LimitRule rule, int ruleHash) {
    super(key, ruleHash);
    this.rule = rule;
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
    return rule.window().toMillis();
  }

  @Override
  void begin(long startMs) {
    frame = new Frame();
    row = 0;
    calm = 0;
    long lengthMs = rule.window().toMillis();
    judgedMs = Math.floorDiv(startMs, lengthMs) * lengthMs;
  }

  @Override
  void add(WindowRecord window) {
    frame.add(window, rule.reading());
  }

  @Override
  List<Finding> judge(long toMs, LimitSettings settings) {
    List<Finding> findings = new ArrayList<>();
    long lengthMs = rule.window().toMillis();
    while (judgedMs + lengthMs <= toMs) {
      judgeFrame(judgedMs, judgedMs + lengthMs, settings, findings);
      frame = new Frame();
      judgedMs += lengthMs;
    }
    return findings;
  }

  private void judgeFrame(long startMs, long endMs, LimitSettings settings, List<Finding> out) {
    boolean begun = startMs < firstMs && rule.direction() == Direction.DOWN;
    OptionalDouble value = frame.value(rule.reading(), rule.minimum());
    if (value.isEmpty() || (begun && rule.reading().measure().ofTime())) {
      return;
    }
    lastValue = value.getAsDouble();
    last = frame;
    if (!rule.passedBy(lastValue)) {
      row = 0;
      calm++;
      if (episode.open() && calm >= rule.times()) {
        episode.tell(endMs, 0);
        out.add(finding(FindingAction.CLOSE, CloseReason.RESOLVED, startMs, endMs));
        episode.end();
      }
      return;
    }
    calm = 0;
    row = Math.min(row + 1, rule.times());
    if (row == 1 && !episode.open()) {
      episode.since(startMs);
    }
    double excess = rule.excess(lastValue);
    if (!episode.open() && row >= rule.times()) {
      episode.open(endMs, excess);
      out.add(finding(FindingAction.OPEN, CloseReason.NONE, startMs, endMs));
    } else if (episode.mayUpdate(endMs, settings.updateEvery().toMillis())
        && excess >= WORSE * episode.told()) {
      episode.tell(endMs, excess);
      out.add(finding(FindingAction.UPDATE, CloseReason.NONE, startMs, endMs));
    }
  }

  @Override
  Finding finding(FindingAction action, CloseReason reason, long startMs, long endMs) {
    long lengthMs = rule.window().toMillis();
    return new LimitFinding(key, signal(), direction(), rule.id(), LimitFinding.LIMIT)
        .of(episode, action, reason, startMs, endMs)
        .since(episode.sinceMs(), episode.sinceMs() + lengthMs)
        .loud(rule.severity())
        .seen(rule.reading(), last, lastValue, last.words(rule.reading(), lastValue))
        .against(rate() ? rule.threshold() : 0, rule.ratio(lastValue), rule.words(last.currency()))
        .finding();
  }

  private boolean rate() {
    return rule.reading().measure() == Measure.RATE;
  }

  @Override
  void writeRest(ByteWriter out) {
    frame.write(out);
    last.write(out);
    out.number(judgedMs).number(row).number(calm);
    out.fixed(Double.doubleToLongBits(lastValue));
  }

  @Override
  void readRest(ByteReader in) {
    frame = Frame.read(in);
    last = Frame.read(in);
    judgedMs = in.number();
    row = in.whole();
    calm = in.whole();
    lastValue = Double.longBitsToDouble(in.fixed());
  }
}
