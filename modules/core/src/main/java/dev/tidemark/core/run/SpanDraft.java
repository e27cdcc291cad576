package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.Actor;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;

/**
 * A span while it is read, to be filled again and again. Times are milliseconds since the epoch.
 */
public final class SpanDraft {
  /** Span id; never 0. */
  public long id;

  /** Parent span id; 0 when there is none. */
  public long parentId;

  /** Start; {@link SpanFact#NONE} when unknown. */
  public long startMs;

  /** End, clamped to the arrival. */
  public long endMs;

  /** Arrival, never before an earlier one of the partition. */
  public long arrivalMs;

  /** Where it stands in its partition. */
  public long offset;

  /** Content hash; of two spans with one id the smaller wins. */
  public long hash;

  /** Duration in microseconds; negative when unknown. */
  public long durationUs;

  /** Hash of the tool's or model's name as it was sent. */
  public long target;

  /** Hash of the tool call id; 0 when there is none. */
  public long callId;

  /** Hash of the arguments; 0 when unknown. */
  public long argumentsHash;

  /** Declared attempt number; 0 when not declared. */
  public int attempt;

  /** Whether the agent says which span this one tries again. */
  public boolean retryOf;

  /** Whether it was late. */
  public boolean late;

  public SpanKind kind = SpanKind.STEP;
  public Outcome outcome = Outcome.UNKNOWN;
  public Actor actor = Actor.AGENT;

  /** Who acted. */
  public AgentScope scope;

  /** Series of the tool or model; null for other kinds. */
  public SeriesNode subject;

  /** Class of the error, or null. */
  public String errorType;

  /** What a model call used; null for other kinds. */
  public Usage usage;

  public Enforcement enforcement = Enforcement.NONE;

  /** Run id, or null. */
  public String runId;

  /** Conversation, or null. */
  public String conversationId;

  /** Prompt version, or null. */
  public String promptVersion;
}
