package dev.tidemark.core.run;

/**
 * What a model call used. A negative number is unknown.
 *
 * @param input input tokens, cached ones included
 * @param output output tokens, reasoning ones included
 * @param cacheRead input tokens read from a cache
 * @param cacheWrite input tokens written to a cache
 * @param reasoning output tokens spent on reasoning
 * @param costMicros millionths of the currency
 * @param currency ISO 4217 code
 */
public record Usage(
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long reasoning,
    long costMicros,
    String currency) {
  boolean tokensUnknown() {
    return input < 0 && output < 0;
  }
}
