package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.AlertDecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What humans said and nobody was told yet, in the order of their times; at most sixteen. */
final class Notes {
  private static final int MOST = 16;
  private static final Comparator<Note> ORDER =
      Comparator.comparingLong(Note::timeMs).thenComparing(Note::id);
  private final List<Note> waiting = new ArrayList<>();

  /** One of them. */
  record Note(String id, long timeMs, String episodeId, String actor, String text) {}

  /** Adds it once; false when it is there or there is no room. */
  boolean add(AlertDecision decision) {
    if (waiting.size() >= MOST
        || waiting.stream().anyMatch(note -> note.id().equals(decision.getDecisionId()))) {
      return false;
    }
    String episode = decision.getEpisodeId() == null ? "" : decision.getEpisodeId();
    waiting.add(
        new Note(
            decision.getDecisionId(),
            decision.getTimeMs(),
            episode,
            decision.getActor(),
            decision.getNote()));
    waiting.sort(ORDER);
    return true;
  }

  /** Takes out those from before a time. */
  List<Note> before(long timeMs) {
    List<Note> due = waiting.stream().filter(note -> note.timeMs() < timeMs).toList();
    waiting.removeAll(due);
    return due;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void write(ByteWriter out) {
    out.number(waiting.size());
    for (Note note : waiting) {
      out.text(note.id()).number(note.timeMs()).text(note.episodeId());
      out.text(note.actor()).text(note.text());
    }
  }

  static Notes read(ByteReader in) {
    Notes notes = new Notes();
    for (int left = in.length(); left > 0; left--) {
      notes.waiting.add(new Note(in.text(), in.number(), in.text(), in.text(), in.text()));
    }
    return notes;
  }
}
