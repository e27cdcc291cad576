package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One alert key in time: opened once by whichever mode fires first, told again when another mode
 * joins or the matter got worse, closed when no mode fires any more.
 */
final class Episode {
  private static final double WORSE = 2;
  private final Signal signal;
  private final Direction direction;
  private long openedMs;
  private long toldMs;
  private long seq;
  private double toldLog;
  private Severity toldSeverity;

  Episode(Signal signal, Direction direction) {
    this.signal = signal;
    this.direction = direction;
  }

  /** End of the window that opened it. */
  long openedMs() {
    return openedMs;
  }

  boolean open() {
    return openedMs > 0;
  }

  /**
   * Takes the outcome of a window.
   *
   * @param fired shifts that began to fire with it, none or one per mode
   * @param firing shifts that fire now
   * @param ended last shift that stopped firing with it, or null
   */
  List<Verdict> observe(
      long endMs, List<Evidence> fired, List<Evidence> firing, Evidence ended, long updateEveryMs) {
    List<Verdict> verdicts = new ArrayList<>(2);
    for (Evidence evidence : strongestFirst(fired)) {
      FindingAction action = open() ? FindingAction.UPDATE : FindingAction.OPEN;
      openedMs = open() ? openedMs : endMs;
      verdicts.add(tell(action, CloseReason.NONE, endMs, evidence));
    }
    if (open() && firing.isEmpty() && ended != null) {
      verdicts.add(close(CloseReason.RESOLVED, endMs, ended));
    } else if (open() && verdicts.isEmpty() && !firing.isEmpty()) {
      Evidence lead = strongestFirst(firing).get(0);
      boolean worse = loudness(lead).compareTo(toldSeverity) < 0 || lead.log() >= WORSE * toldLog;
      if (worse && endMs - toldMs >= updateEveryMs) {
        verdicts.add(tell(FindingAction.UPDATE, CloseReason.NONE, endMs, lead));
      }
    }
    return verdicts;
  }

  Verdict close(CloseReason reason, long endMs, Evidence last) {
    Verdict verdict = tell(FindingAction.CLOSE, reason, endMs, last);
    openedMs = 0;
    return verdict;
  }

  Verdict tell(FindingAction action, CloseReason reason, long endMs, Evidence evidence) {
    seq++;
    toldMs = endMs;
    toldLog = evidence.log();
    toldSeverity = loudness(evidence);
    return new Verdict(signal, direction, action, reason, openedMs, seq, endMs, evidence);
  }

  /** The smaller the louder: the order of the enumeration. */
  private Severity loudness(Evidence evidence) {
    return Severities.of(signal, direction, evidence.ratio());
  }

  private static List<Evidence> strongestFirst(List<Evidence> evidence) {
    List<Evidence> sorted = new ArrayList<>(evidence);
    sorted.sort(
        Comparator.comparingDouble((Evidence e) -> e.threshold() - e.log())
            .thenComparing(e -> e.mode() != DetectionMode.FROZEN));
    return sorted;
  }

  void write(StateWriter out) {
    out.whole(seq);
    if (seq > 0) {
      out.whole(openedMs).whole(toldMs).real(toldLog).text(toldSeverity.name());
    }
  }

  static Episode read(Signal signal, Direction direction, StateReader in) {
    Episode episode = new Episode(signal, direction);
    episode.seq = in.whole();
    if (episode.seq > 0) {
      episode.openedMs = in.whole();
      episode.toldMs = in.whole();
      episode.toldLog = in.real();
      episode.toldSeverity = Severity.valueOf(in.text());
    }
    return episode;
  }
}
