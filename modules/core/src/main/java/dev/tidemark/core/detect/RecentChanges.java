package dev.tidemark.core.detect;

import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The newest change events of the subjects of a partition, at most 64, and apart from them those of
 * each fleet in it, at most 64 too: a fleet is told of everything its tenant rolls out. Since when
 * each is known stands beside it: which of them a finding names depends on times alone, not on what
 * was read when.
 */
final class RecentChanges {
  static final String KEY = "changes";
  private static final int FORMAT = 2;
  private static final int KEPT = 64;
  private static final int TOLD = 3;
  private static final Comparator<ChangeEvent> FIRST =
      Comparator.comparingLong(ChangeEvent::getTimeMs)
          .thenComparing(ChangeEvent::getSubjectKind, Comparator.nullsLast(String::compareTo))
          .thenComparing(ChangeEvent::getSubjectName, Comparator.nullsLast(String::compareTo));
  private final List<Known> changes = new ArrayList<>();

  /** A change, and the time behind which it is known. */
  private record Known(ChangeEvent change, long toldMs) {
    private long timeMs() {
      return change.getTimeMs();
    }

    private String id() {
      return change.getChangeId();
    }
  }

  /**
   * Remembers a change where its subject finds it.
   *
   * @param toldMs findings of later times may name it
   */
  static void announce(ChangeEvent change, long toldMs, DetectorStates states) {
    boolean fleet = SubjectKind.FLEET.name().equals(change.getSubjectKind());
    String key = fleet ? ofFleet(change.getTenant(), change.getEnvironment()) : KEY;
    RecentChanges recent = of(states.get(key));
    recent.add(change, toldMs);
    states.put(key, recent.toBytes());
  }

  /** The changes among which those of a series are. */
  static RecentChanges of(SeriesKey series, DetectorStates states) {
    boolean fleet = series.getSubjectKind() == SubjectKind.FLEET;
    return of(states.get(fleet ? ofFleet(series.getTenant(), series.getEnvironment()) : KEY));
  }

  private static String ofFleet(String tenant, String environment) {
    return String.join("\u0000", KEY, tenant, environment);
  }

  /**
   * Adds a change once; of several subjects that tell it, the one that saw it first counts, of
   * equal ones the first by name: which was read first does not matter.
   *
   * @param toldMs findings of later times may name it
   */
  void add(ChangeEvent change, long toldMs) {
    for (Known known : changes) {
      if (known.id().equals(change.getChangeId())) {
        if (FIRST.compare(known.change(), change) <= 0) {
          return;
        }
        changes.remove(known);
        break;
      }
    }
    changes.add(new Known(change, toldMs));
    changes.sort(Comparator.comparingLong(Known::timeMs).thenComparing(Known::id));
    if (changes.size() > KEPT) {
      changes.remove(0);
    }
  }

  /** What a finding of a time may name. */
  RecentChanges at(long timeMs) {
    RecentChanges known = new RecentChanges();
    changes.stream().filter(change -> change.toldMs() < timeMs).forEach(known.changes::add);
    return known;
  }

  /**
   * What was rolled out for a subject or its agent up to a time, nearest first, at most three; for
   * a fleet whatever was.
   */
  List<ChangeEvent> before(SeriesKey series, long timeMs) {
    return changes.stream()
        .map(Known::change)
        .filter(change -> change.getTimeMs() <= timeMs && concerns(change, series))
        .sorted(
            Comparator.comparingLong((ChangeEvent c) -> timeMs - c.getTimeMs())
                .thenComparing(ChangeEvent::getChangeId))
        .limit(TOLD)
        .toList();
  }

  private static boolean concerns(ChangeEvent change, SeriesKey series) {
    if (!change.getTenant().equals(series.getTenant())
        || !change.getEnvironment().equals(series.getEnvironment())) {
      return false;
    }
    if (series.getSubjectKind() == SubjectKind.FLEET) {
      return true;
    }
    String agent = change.getAgentName() == null ? "" : change.getAgentName();
    boolean whole = series.getSubjectKind() == SubjectKind.AGENT;
    String own = whole ? series.getSubjectName() : series.getAgentName();
    boolean sameSubject =
        change.getName().equals(series.getSubjectName()) && (agent.isEmpty() || agent.equals(own));
    boolean sameAgent =
        change.getKind() == ChangeKind.AGENT_VERSION && change.getName().equals(own);
    boolean declared = change.getSource() == ChangeSource.DECLARED;
    return sameSubject || sameAgent || (declared && !agent.isEmpty() && agent.equals(own));
  }

  private byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT).whole(changes.size());
    for (Known known : changes) {
      ChangeEvent c = known.change();
      out.text(c.getChangeId()).text(c.getTenant()).text(c.getEnvironment());
      out.text(c.getKind().name()).text(c.getName()).text(c.getVersion());
      optional(out, c.getPreviousVersion());
      optional(out, c.getAgentName());
      optional(out, c.getSubjectKind());
      optional(out, c.getSubjectName());
      out.whole(c.getTimeMs()).text(c.getSource().name());
      optional(out, c.getNote());
      out.whole(known.toldMs());
    }
    return out.toBytes();
  }

  private static RecentChanges of(byte[] bytes) {
    RecentChanges recent = new RecentChanges();
    if (bytes == null) {
      return recent;
    }
    StateReader in = StateReader.of(bytes, FORMAT);
    for (int left = in.count(); left > 0; left--) {
      ChangeEvent c = new ChangeEvent();
      c.setChangeId(in.text());
      c.setTenant(in.text());
      c.setEnvironment(in.text());
      c.setKind(ChangeKind.valueOf(in.text()));
      c.setName(in.text());
      c.setVersion(in.text());
      c.setPreviousVersion(optional(in));
      c.setAgentName(optional(in));
      c.setSubjectKind(optional(in));
      c.setSubjectName(optional(in));
      c.setTimeMs(in.whole());
      c.setSource(ChangeSource.valueOf(in.text()));
      c.setNote(optional(in));
      recent.changes.add(new Known(c, in.whole()));
    }
    return recent;
  }

  private static void optional(StateWriter out, String text) {
    out.flag(text != null);
    if (text != null) {
      out.text(text);
    }
  }

  private static String optional(StateReader in) {
    return in.flag() ? in.text() : null;
  }
}
