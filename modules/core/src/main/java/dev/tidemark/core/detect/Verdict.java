package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Signal;

/**
 * What a series has to say about one episode.
 *
 * @param episodeMs end of the window that opened the episode
 * @param seq ascending within the alert key
 * @param timeMs end of the window that decided
 * @param note what a human said; null when no human did
 * @param notedBy who said it
 */
record Verdict(
    Signal signal,
    Direction direction,
    FindingAction action,
    CloseReason reason,
    long episodeMs,
    long seq,
    long timeMs,
    Evidence evidence,
    String note,
    String notedBy) {
  Verdict(
      Signal signal,
      Direction direction,
      FindingAction action,
      CloseReason reason,
      long episodeMs,
      long seq,
      long timeMs,
      Evidence evidence) {
    this(signal, direction, action, reason, episodeMs, seq, timeMs, evidence, null, null);
  }

  /** The same because a human said something. */
  Verdict said(String text, String who) {
    return new Verdict(
        signal, direction, action, reason, episodeMs, seq, timeMs, evidence, text, who);
  }
}
