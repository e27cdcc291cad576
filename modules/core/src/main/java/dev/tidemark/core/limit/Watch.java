package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one rule remembers about one series. */
abstract sealed class Watch permits LimitWatch, SloWatch {
  private static final int FORMAT = 1;
  final SeriesKey key;
  private final int ruleHash;
  Episode episode = new Episode();
  private Notes notes = new Notes();
  long firstMs;
  long lastEndMs;

  /** Whether it is judged; else only its numbers are kept. */
  private boolean active;

  /** Hash of the rule as it was: what was collected under another one is forgotten. */
  private int rule;

  Watch(SeriesKey key, int ruleHash) {
    this.key = key;
    this.ruleHash = ruleHash;
  }

  abstract String ruleId();

  abstract Signal signal();

  abstract Direction direction();

  /** The longest time it looks back, milliseconds. */
  abstract long longestMs();

  /** Forgets what was collected; judging begins with a window that starts at a time. */
  abstract void begin(long startMs);

  abstract void add(WindowRecord window);

  /** Judges everything up to a time; the findings of that, mostly none. */
  abstract List<Finding> judge(long toMs, LimitSettings settings);

  abstract Finding finding(FindingAction action, CloseReason reason, long startMs, long endMs);

  abstract void writeRest(ByteWriter out);

  abstract void readRest(ByteReader in);

  /** Whether ticks have to be shown to it. */
  final boolean waits() {
    return active || !notes.isEmpty();
  }

  /** Keeps what a human said until time has passed it; false when it changes nothing. */
  final boolean note(AlertDecision decision) {
    return episode.known() && notes.add(decision);
  }

  /** Takes a window that is newer than all before; says what follows. */
  final List<Finding> take(WindowRecord window, LimitSettings settings) {
    long startMs = window.getWindowStartMs();
    List<Finding> findings = new ArrayList<>(pass(startMs, settings));
    if (!active || rule != ruleHash) {
      begin(startMs);
      firstMs = startMs;
      active = true;
      rule = ruleHash;
    }
    add(window);
    lastEndMs = window.getWindowEndMs();
    findings.addAll(pass(lastEndMs, settings));
    return findings;
  }

  /** Judges up to a time without new data; a series that is silent for long is let go. */
  final List<Finding> pass(long toMs, LimitSettings settings) {
    List<Finding> findings = noted(toMs);
    if (!active) {
      return findings;
    }
    long endMs = lastEndMs + Math.max(longestMs(), settings.expireAfter().toMillis());
    if (rule == ruleHash) {
      findings.addAll(judge(Math.min(toMs, endMs), settings));
    }
    if (toMs >= endMs) {
      if (episode.open()) {
        episode.tell(endMs, 0);
        findings.add(finding(FindingAction.CLOSE, CloseReason.EXPIRED, lastEndMs, endMs));
        episode.end();
      }
      begin(0);
      active = false;
    }
    return findings;
  }

  private List<Finding> noted(long toMs) {
    List<Finding> findings = new ArrayList<>();
    for (Notes.Note note : notes.before(toMs)) {
      LimitFinding told = new LimitFinding(key, signal(), direction(), ruleId(), "");
      if (note.episodeId().isEmpty() || note.episodeId().equals(told.episodeId(episode))) {
        episode.note();
        findings.add(
            told.of(episode, FindingAction.NOTE, CloseReason.NONE, toMs, toMs)
                .noted(note)
                .finding());
      }
    }
    return findings;
  }

  final byte[] toBytes() {
    ByteWriter out = new ByteWriter().number(FORMAT);
    out.text(key.getTenant()).text(key.getEnvironment()).text(key.getSubjectKind().name());
    out.text(key.getSubjectName()).text(key.getAgentName()).text(key.getAgentVersion());
    out.text(key.getToolVersion()).text(key.getModelBackend());
    out.text(signal().name()).text(direction().name());
    episode.write(out);
    notes.write(out);
    out.one(active ? 1 : 0).number(firstMs).number(lastEndMs).number(rule);
    writeRest(out);
    return out.toBytes();
  }

  /** The series of stored bytes; the reader stands behind it. */
  static SeriesKey seriesIn(ByteReader in) {
    if (in.number() != FORMAT) {
      throw new IllegalStateException(
          "stored limit state has an unknown format: reset the state of the detect role");
    }
    String tenant = in.text();
    String environment = in.text();
    SubjectKind kind = SubjectKind.valueOf(in.text());
    return new SeriesKey(
        tenant, environment, kind, in.text(), in.text(), in.text(), in.text(), in.text());
  }

  /** Reads what stands behind the series. */
  final void read(ByteReader in) {
    in.text();
    in.text();
    episode = Episode.read(in);
    notes = Notes.read(in);
    active = in.one() == 1;
    firstMs = in.number();
    lastEndMs = in.number();
    rule = in.whole();
    if (rule == ruleHash) {
      readRest(in);
    } else {
      begin(lastEndMs);
    }
  }

  /** The end of an episode whose rule is not there any more; empty when none is open. */
  static Optional<Finding> orphaned(SeriesKey key, String ruleId, ByteReader in, long endMs) {
    Signal signal = Signal.valueOf(in.text());
    Direction direction = Direction.valueOf(in.text());
    Episode episode = Episode.read(in);
    if (!episode.open()) {
      return Optional.empty();
    }
    episode.tell(endMs, 0);
    return Optional.of(
        new LimitFinding(key, signal, direction, ruleId, LimitFinding.LIMIT)
            .of(episode, FindingAction.CLOSE, CloseReason.SUPERSEDED, endMs, endMs)
            .since(episode.sinceMs(), episode.sinceMs())
            .removed()
            .finding());
  }
}
