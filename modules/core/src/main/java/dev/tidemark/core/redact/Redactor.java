package dev.tidemark.core.redact;

import dev.tidemark.core.redact.FieldPlan.Kind;
import dev.tidemark.core.redact.FieldPlan.Range;
import dev.tidemark.core.redact.FieldPlan.Text;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Makes records safe to publish: secrets and personal data in any text field become {@code
 * [redacted:kind]}, texts are trimmed, capped at 256 bytes of UTF-8 and rid of control characters,
 * impossible numbers (negative, not finite, out of range) become null. Best effort, and it fails
 * closed: when a rule breaks, the text is dropped and the record stays.
 *
 * <p>Kinds: bearer, api_key, aws_key, jwt, private_key, iban (mod 97), card (Luhn), email. Work is
 * bounded per text: no rule backtracks and only the first 4,096 characters are read.
 *
 * <p>Pure and thread-safe; never changes the record it is given.
 */
public final class Redactor {
  private static final Redactor STANDARD = new Redactor(TextCleaner.STANDARD);
  private static final FieldPlan SPAN = FieldPlan.of(AgentSpan.getClassSchema());
  private static final FieldPlan EVENT = FieldPlan.of(AgentEvent.getClassSchema());
  private final TextCleaner cleaner;

  Redactor(List<SecretRule> rules) {
    this.cleaner = new TextCleaner(rules);
  }

  /** The rules every producer of ours uses. */
  public static Redactor standard() {
    return STANDARD;
  }

  /** One text on its own; null stays null. */
  public Redaction text(String text) {
    return text == null ? new Redaction(null, 0) : cleaner.clean(text);
  }

  /** A span. A duration that ends before it starts loses its start and its duration. */
  public Cleaned<AgentSpan> span(AgentSpan span) {
    var change = new Change<>(span, AgentSpan::new);
    clean(change, SPAN);
    Long start = span.getStartMs();
    if (start != null && start > span.getEndMs()) {
      change.copy().setStartMs(null);
      change.copy().setDurationUs(null);
      change.rejected++;
    }
    return change.done(SPAN);
  }

  /** An event. A count below one becomes one. */
  public Cleaned<AgentEvent> event(AgentEvent event) {
    var change = new Change<>(event, AgentEvent::new);
    clean(change, EVENT);
    if (event.getCount() < 1) {
      change.copy().setCount(1);
      change.rejected++;
    }
    return change.done(EVENT);
  }

  private <R extends SpecificRecordBase> void clean(Change<R> change, FieldPlan plan) {
    for (Text field : plan.texts) {
      Object value = change.original.get(field.position());
      if (value != null) {
        cleanText(change, field, value.toString());
      }
    }
    for (Range range : plan.ranges) {
      Object value = change.original.get(range.position());
      if (value != null && !range.contains(value)) {
        change.copy().put(range.position(), null);
        change.rejected++;
      }
    }
  }

  private <R extends SpecificRecordBase> void cleanText(
      Change<R> change, Text field, String value) {
    String clean;
    if (field.kind() == Kind.HEX && isHex(value)) {
      clean = value.toLowerCase(Locale.ROOT);
    } else {
      Redaction redaction = cleaner.clean(value);
      change.redacted += redaction.count();
      boolean cut = field.kind() != Kind.TEXT && redaction.count() == 0;
      clean = cut ? Digests.keepDistinct(redaction.text(), value) : redaction.text();
    }
    if (clean.isEmpty()) {
      clean = field.whenBlank();
    }
    if (!value.equals(clean)) {
      change.copy().put(field.position(), clean);
    }
  }

  private static boolean isHex(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.digit(value.charAt(i), 16) < 0 || value.charAt(i) > 'f') {
        return false;
      }
    }
    return value.length() <= 64;
  }

  /** Copies on the first change: most records have none. */
  private static final class Change<R extends SpecificRecordBase> {
    final R original;
    private final Supplier<R> blank;
    private R copy;
    int redacted;
    int rejected;

    Change(R original, Supplier<R> blank) {
      this.original = original;
      this.blank = blank;
    }

    R copy() {
      if (copy == null) {
        copy = blank.get();
        for (int i = 0; i < original.getSchema().getFields().size(); i++) {
          copy.put(i, original.get(i));
        }
      }
      return copy;
    }

    Cleaned<R> done(FieldPlan plan) {
      int before = (Integer) original.get(plan.redactions);
      if (redacted > 0 || before < 0) {
        copy().put(plan.redactions, Math.max(before, 0) + redacted);
      }
      return new Cleaned<>(copy == null ? original : copy, redacted, rejected);
    }
  }
}
