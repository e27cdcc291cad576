package dev.tidemark.fleet;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;

/**
 * A record of a run and when it arrives; exactly one of span and event is there.
 *
 * @param arrivalMs milliseconds since the epoch
 */
public record Sent(long arrivalMs, AgentSpan span, AgentEvent event) {}
