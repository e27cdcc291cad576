package dev.tidemark.core.window;

import dev.tidemark.records.WindowRecord;

/** The counters of a window; what each one counts is said in {@code WindowRecord.avsc}. */
public enum Counter {
  ATTEMPTS("attempts"),
  OPERATIONS("operations"),
  RETRIES("retries"),
  RETRIES_DECLARED("retriesDeclared"),
  RETRIES_SAME_CALL_ID("retriesSameCallId"),
  RETRIES_INFERRED_EXACT("retriesInferredExact"),
  RETRIES_INFERRED_REPAIR("retriesInferredRepair"),
  RECOVERED_OPERATIONS("recoveredOperations"),
  IDENTICAL("identical"),
  REPEATS("repeats"),
  OK("ok"),
  ERRORS("errors"),
  DENIED("denied"),
  REJECTED("rejected"),
  AWAITING_HUMAN("awaitingHuman"),
  CANCELLED("cancelled"),
  TIMEOUTS("timeouts"),
  UNKNOWN_OUTCOME("unknownOutcome"),
  MODEL_CALLS("modelCalls"),
  MODEL_ERRORS("modelErrors"),
  INPUT_TOKENS("inputTokens"),
  OUTPUT_TOKENS("outputTokens"),
  CACHE_READ_TOKENS("cacheReadTokens"),
  CACHE_WRITE_TOKENS("cacheWriteTokens"),
  REASONING_TOKENS("reasoningTokens"),
  TOKENS_UNKNOWN("tokensUnknown"),
  COST_MICROS("costMicros"),
  COST_UNKNOWN("costUnknown"),
  DURATION_UNKNOWN("durationUnknown"),
  RUNS("runs"),
  RUNS_SUCCEEDED("runsSucceeded"),
  RUNS_FAILED("runsFailed"),
  RUNS_RECOVERED("runsRecovered"),
  RUNS_ABNORMAL("runsAbnormal"),
  RUNS_ESCALATED("runsEscalated"),
  RUNS_LOOPING("runsLooping"),
  EXHAUSTED_OPERATIONS("exhaustedOperations"),
  HANDOFFS("handoffs"),
  HUMAN_REQUESTS("humanRequests"),
  HUMAN_APPROVED("humanApproved"),
  HUMAN_REJECTED("humanRejected"),
  HUMAN_OVERRIDDEN("humanOverridden"),
  HUMAN_TIMED_OUT("humanTimedOut"),
  POLICY_ALLOWED("policyAllowed"),
  POLICY_DENIED("policyDenied"),
  FEEDBACK("feedback"),
  CAPTURE_LOST("captureLost");

  private final int position;
  private final int slot;

  Counter(String field) {
    this.position = WindowRecord.SCHEMA$.getField(field).pos();
    this.slot = position - WindowRecord.SCHEMA$.getField("attempts").pos();
  }

  /** Place of the counter among the sums: counters stand together in the record. */
  int slot() {
    return slot;
  }

  /** The counter in a record. */
  public long of(WindowRecord record) {
    return (Long) record.get(position);
  }

  void put(WindowRecord record, long value) {
    record.put(position, value);
  }
}
