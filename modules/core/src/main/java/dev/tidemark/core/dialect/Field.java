package dev.tidemark.core.dialect;

import java.util.EnumSet;
import java.util.Set;

/** What dialects name differently and a record holds once. */
enum Field {
  AGENT_NAME,
  AGENT_VERSION,
  RUN_ID,
  CONVERSATION,
  PROMPT_VERSION,
  PROVIDER,
  MODEL,
  MODEL_BACKEND,
  INPUT_TOKENS,
  OUTPUT_TOKENS,
  CACHE_READ_TOKENS,
  CACHE_WRITE_TOKENS,
  REASONING_TOKENS,
  COST,
  CURRENCY,
  FINISH_REASON,
  TOOL_NAME,
  TOOL_VERSION,
  TOOL_DEFINITION,
  TOOL_CALL_ID,
  ARGUMENTS,
  RESULT,
  PROMPT,
  COMPLETION,
  ATTEMPT,
  HANDOFF_FROM,
  HANDOFF_TO,
  POLICY,
  POLICY_VERSION,
  POLICY_RULE,
  DECISION_ID;

  private static final Set<Field> QUOTING =
      EnumSet.of(ARGUMENTS, RESULT, TOOL_DEFINITION, PROMPT, COMPLETION);

  /** Whether it is measured and hashed only, and kept where content is asked for. */
  boolean quotes() {
    return QUOTING.contains(this);
  }
}
