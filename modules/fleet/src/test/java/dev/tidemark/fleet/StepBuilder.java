package dev.tidemark.fleet;

/** A line of a recording made up for a test; its times count from the run's start. */
final class StepBuilder {
  private final int seq;
  private final String kind;
  private String status;
  private Integer retries;
  private String err;
  private String by = "agent";
  private Long ts;
  private Long dur;
  private String durq;

  StepBuilder(int seq, String kind) {
    this.seq = seq;
    this.kind = kind;
    this.ts = seq == 0 ? 0L : null;
  }

  StepBuilder status(String value) {
    status = value;
    return this;
  }

  StepBuilder retries(int value) {
    retries = value;
    return this;
  }

  StepBuilder err(String value) {
    err = value;
    return this;
  }

  StepBuilder by(String value) {
    by = value;
    return this;
  }

  StepBuilder times(Long start, Long duration, String quality) {
    ts = start;
    dur = duration;
    durq = quality;
    return this;
  }

  RecordedStep build() {
    return new RecordedStep(
        "test-0123456789ab",
        seq,
        kind,
        "test",
        "none",
        "agent",
        "model",
        "v1",
        null,
        null,
        by,
        status,
        err,
        retries,
        null,
        null,
        null,
        null,
        null,
        null,
        ts,
        dur,
        durq,
        "tool",
        "aa",
        1L,
        1L,
        null,
        null,
        null,
        null,
        null);
  }
}
