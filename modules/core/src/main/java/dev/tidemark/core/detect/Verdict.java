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
 */
record Verdict(
    Signal signal,
    Direction direction,
    FindingAction action,
    CloseReason reason,
    long episodeMs,
    long seq,
    Evidence evidence) {}
