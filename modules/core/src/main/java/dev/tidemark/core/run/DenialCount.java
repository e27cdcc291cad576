package dev.tidemark.core.run;

/** How many records of a run tell a denial, and how many of them are verdicts. */
final class DenialCount {
  private int verdicts;
  private int denials;

  void add(SpanFact fact, int sign) {
    verdicts += Denials.judges(fact) ? sign : 0;
    denials += Denials.tells(fact) ? sign : 0;
  }

  void add(EventFact fact, int sign) {
    verdicts += Denials.judges(fact) ? sign : 0;
    denials += Denials.judges(fact) ? sign : 0;
  }

  boolean any() {
    return denials > 0;
  }

  /** Whether a verdict may be about what another record tells as denied. */
  boolean meet() {
    return verdicts > 0 && denials > 1;
  }
}
