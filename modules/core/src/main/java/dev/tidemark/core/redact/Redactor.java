package dev.tidemark.core.redact;

import dev.tidemark.core.redact.FieldPlan.Kind;
import dev.tidemark.core.redact.FieldPlan.Range;
import dev.tidemark.core.redact.FieldPlan.Text;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Makes records safe to publish: secrets and personal data in any text field become {@code
 * [redacted:kind]}, texts are trimmed, capped at 256 bytes of UTF-8 (what was cut ends with an
 * ellipsis) and rid of control characters, impossible numbers (negative, not finite, out of range)
 * become null. Best effort, and it fails closed: when a rule breaks, the text is dropped and the
 * record stays.
 *
 * <p>Kinds: bearer, api_key, aws_key, jwt, private_key, iban (mod 97), card (Luhn), email. Work is
 * bounded per text: no rule backtracks and only the first 4,096 characters are read.
 *
 * <p>Pure and thread-safe; never changes the record it is given.
 */
public final class Redactor {
  private static final Redactor STANDARD = new Redactor(RedactionRules.standard());
  private static final FieldPlan SPAN = FieldPlan.of(AgentSpan.getClassSchema());
  private static final FieldPlan EVENT = FieldPlan.of(AgentEvent.getClassSchema());
  private static final FieldPlan CONTENT = FieldPlan.of(AgentContent.getClassSchema());
  private static final int LOWER_HEX = 0;
  private static final int MIXED_HEX = 1;
  private static final int NO_HEX = 2;
  private static final byte[] HEX_DIGITS = hexDigits();
  private final TextCleaner cleaner;

  private Redactor(RedactionRules rules) {
    this.cleaner = new TextCleaner(rules);
  }

  /** A redactor with rules of a deployment. */
  public static Redactor of(RedactionRules rules) {
    return new Redactor(rules);
  }

  /** The rules every producer of ours uses. */
  public static Redactor standard() {
    return STANDARD;
  }

  /** One text on its own; null stays null. */
  public Redaction text(String text) {
    return text == null ? Redaction.unchanged(null) : cleaner.clean(text);
  }

  /**
   * Content that somebody asked to keep, such as a prompt: lines stay, at most {@code bytes} of
   * UTF-8 are kept; null stays null.
   */
  public Redaction content(String text, int bytes) {
    return text == null ? Redaction.unchanged(null) : cleaner.content(text, bytes);
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

  /**
   * Content that somebody asked to keep: its words as {@link #content(String, int)}, everything
   * else as metadata. When a rule breaks the words are gone and the record says so.
   */
  public Cleaned<AgentContent> content(AgentContent content, int bytes) {
    var change = new Change<>(content, AgentContent::new);
    clean(change, CONTENT);
    Redaction words = content(content.getText(), bytes);
    change.found(words);
    AgentContent copy = change.copy();
    copy.setText(words.text());
    copy.setTruncated(content.getTruncated() || words.truncated());
    copy.setRedactions(new RedactionReport(before(content)).plus(change.report).counts());
    return new Cleaned<>(copy, change.redacted, change.rejected, change.report);
  }

  private static Map<String, Long> before(AgentContent content) {
    return content.getRedactions() == null ? Map.of() : content.getRedactions();
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
    int hex = field.kind() == Kind.HEX ? hex(value) : NO_HEX;
    String clean;
    if (hex != NO_HEX) {
      clean = hex == LOWER_HEX ? value : value.toLowerCase(Locale.ROOT);
    } else if (cleaner.isKnown(value)) {
      return; // It was clean: not cut, not trimmed, not empty.
    } else {
      Redaction redaction = cleaner.clean(value);
      change.found(redaction);
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

  /** What the digits of an id are. */
  private static int hex(String value) {
    if (value.length() > 64) {
      return NO_HEX;
    }
    int kinds = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      kinds |= c < HEX_DIGITS.length ? HEX_DIGITS[c] : NO_HEX;
    }
    return Math.min(kinds, NO_HEX);
  }

  private static byte[] hexDigits() {
    var kinds = new byte[128];
    for (char c = 0; c < kinds.length; c++) {
      int known = "ABCDEF".indexOf(c) >= 0 ? MIXED_HEX : LOWER_HEX;
      kinds[c] = (byte) (Character.digit(c, 16) < 0 ? NO_HEX : known);
    }
    return kinds;
  }

  /** Copies on the first change: most records have none. */
  private static final class Change<R extends SpecificRecordBase> {
    final R original;
    private final Supplier<R> blank;
    private R copy;
    private RedactionReport report = RedactionReport.NONE;
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

    void found(Redaction redaction) {
      redacted += redaction.count();
      report = report.plus(redaction.report());
    }

    Cleaned<R> done(FieldPlan plan) {
      int before = (Integer) original.get(plan.redactions);
      if (redacted > 0 || before < 0) {
        copy().put(plan.redactions, Math.max(before, 0) + redacted);
      }
      return new Cleaned<>(copy == null ? original : copy, redacted, rejected, report);
    }
  }
}
