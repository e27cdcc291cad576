package dev.tidemark.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of the recorded steps; null is "not recorded". Names and units are those of the data's
 * own README: times in milliseconds, sizes in characters, cost in USD.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RecordedStep(
    String run,
    int seq,
    String kind,
    String src,
    String domain,
    String agent,
    String model,
    String version,
    Integer trial,
    String attack,
    String by,
    String status,
    String err,
    Integer retries,
    Long in,
    Long out,
    Long cached,
    Long reason,
    Double cost,
    String backend,
    Long ts,
    Long dur,
    String durq,
    String tool,
    String args,
    Long argn,
    Long resn,
    String to,
    Boolean success,
    Double reward,
    String term,
    @JsonProperty("attack_success") Boolean attackSuccess) {

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  /** Whether it becomes a record of its own with a time of its own. */
  boolean isTimedStep() {
    return is("llm") || is("tool") || is("handoff");
  }

  /** Recorded duration in milliseconds; null when the recording says it is not to be trusted. */
  Long trustedDuration() {
    boolean distrusted = "clock_back".equals(durq) || "implausible".equals(durq);
    return distrusted || dur == null || dur < 0 ? null : dur;
  }
}
