package dev.tidemark.core.dialect;

import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.core.redact.KeyedHash;
import dev.tidemark.core.redact.Redactor;

/**
 * What a deployment adds to the meaning of spans.
 *
 * @param redactor cleans every record
 * @param arguments hashes arguments, so that equal ones are recognised; null leaves them unknown
 * @param prices asked when nobody reported a cost
 * @param tenant whose spans these are
 * @param content whose content is kept
 */
public record NormalizerSettings(
    Redactor redactor, KeyedHash arguments, PriceBook prices, String tenant, ContentRules content) {

  /** The standard rules, arguments unknown, no prices, the default tenant, nobody's content. */
  public static NormalizerSettings standard() {
    return new NormalizerSettings(
        Redactor.standard(), null, PriceBook.EMPTY, "default", ContentRules.off());
  }

  /** With arguments hashed by {@code hash}. */
  public NormalizerSettings withArguments(KeyedHash hash) {
    return new NormalizerSettings(redactor, hash, prices, tenant, content);
  }

  /** With another price book. */
  public NormalizerSettings withPrices(PriceBook book) {
    return new NormalizerSettings(redactor, arguments, book, tenant, content);
  }

  /** With other rules of redaction. */
  public NormalizerSettings withRedactor(Redactor rules) {
    return new NormalizerSettings(rules, arguments, prices, tenant, content);
  }

  /** For another tenant. */
  public NormalizerSettings withTenant(String name) {
    return new NormalizerSettings(redactor, arguments, prices, name, content);
  }

  /** Keeping content as {@code rules} say. */
  public NormalizerSettings withContent(ContentRules rules) {
    return new NormalizerSettings(redactor, arguments, prices, tenant, rules);
  }
}
